/** What was last looked for, while the page lives. It may be somebody's name: it stands in no address and is kept on no device. */
let asked = '';
const listeners = new Set<() => void>();

/** Looks for something else; whoever shows results follows. */
export const lookFor = (text: string): void => {
  asked = text.trim();
  for (const tell of listeners) tell();
};

export const askedNow = (): string => asked;

export const onAsked = (tell: () => void): (() => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};
