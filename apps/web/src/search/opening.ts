/** An address with its words apart, as the router wants it. */
export const partsOf = (address: string): { readonly to: string; readonly search: Readonly<Record<string, string>> } => {
  const [to = '/', words = ''] = address.split('?');
  return { to, search: Object.fromEntries(new URLSearchParams(words)) };
};
