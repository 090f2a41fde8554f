/** What the photos room remembers, with the words of the audit list. */
export const photoEvents = {
  'photo.added': '添加照片',
  'photo.described': '改照片说明',
  'photo.removed': '删除照片',
} as const;

/** Type of an event of the photos room. */
export type PhotoEvent = keyof typeof photoEvents;
