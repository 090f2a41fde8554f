/** Wherever a phone or an address can be opened: that contact is not safe, and how and when it may be made. Calm, and in words. */
export function UnsafeContact({ contact }: { readonly contact: { readonly how: string; readonly times: string } | null }) {
  if (contact === null) return null;
  return (
    <div
      role="note"
      aria-label="联系不安全"
      style={{ borderInlineStart: '3px solid #b45309', background: '#fdf6ec', padding: '8px 12px', margin: '0 0 12px', borderRadius: 6 }}
    >
      <strong>联系不安全</strong>
      <div>怎样联系：{contact.how}</div>
      <div>何时联系：{contact.times}</div>
    </div>
  );
}
