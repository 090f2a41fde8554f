import { Fragment } from 'react';

/** A text with every occurrence of what was looked for marked. */
export function Marked({ text, find }: { text: string; find: string }) {
  if (find.length < 2) return <>{text}</>;
  const parts = text.split(find);
  return (
    <>
      {parts.map((part, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: stretches of one text have no other identity
        <Fragment key={i}>
          {i === 0 ? null : <mark>{find}</mark>}
          {part}
        </Fragment>
      ))}
    </>
  );
}
