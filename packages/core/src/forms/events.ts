/** What the forms room remembers, with the words of the audit list. Codes and numbers, never an answer. */
export const formEvents = {
  'form.issued': '签发表单版本',
  'form.retired': '停用表单',
  'form.begun': '开始填表',
  'form.hand-signed': '在表单上签名',
  'form.submitted': '提交表单',
  'form.signed': '签署表单',
  'form.returned': '退回表单',
  'form.replaced': '表单由更正代替',
  'form.discarded': '作废表单草稿',
} as const;

/** Type of an event of the forms room. */
export type FormEvent = keyof typeof formEvents;
