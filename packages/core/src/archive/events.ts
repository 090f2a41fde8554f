/** What is remembered of archives, with the words of timelines and of the audit list. */
export const archiveEvents = {
  'archive.started': '取档案',
} as const;
export type ArchiveEvent = keyof typeof archiveEvents;
