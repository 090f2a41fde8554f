/** What the room of imports remembers, with the words of the audit list. Numbers and codes, never a word of a file. */
export const importEvents = {
  'import.uploaded': '上传台账',
  'import.arranged': '调整台账的列',
  'import.confirmed': '确认导入台账',
  'import.dropped': '放弃导入台账',
  'import.undo-asked': '撤销台账导入',
} as const;

/** Type of an event of the room of imports. */
export type ImportEvent = keyof typeof importEvents;
