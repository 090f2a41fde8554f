import type { Note, NoteParts } from '@jieyou/core/cases/schema.ts';
import { notePartLabels, notePartsSaid } from '@jieyou/core/texts/caseStageLabels.ts';
import { useState } from 'react';
import type { z } from 'zod';

const NONE: NoteParts = { place: '', goal: '', state: '', reflection: '', next: '' };
const LONGEST: Readonly<Record<keyof NoteParts, number>> = { place: 80, goal: 2000, state: 2000, reflection: 5000, next: 2000 };
const PARTS = Object.keys(notePartLabels) as (keyof NoteParts)[];

/** Everything that a note says, for whoever looks through its words. */
export const wordsOfNote = (body: string, parts: NoteParts | null | undefined): string =>
  [body, ...notePartsSaid(parts).map(([, said]) => said)].join('\n');

/** What the form of a process record asks beside the summary; folded away, so that a note stays quick. */
export function NotePartsFields({
  parts,
  onChange,
}: {
  readonly parts: NoteParts | null | undefined;
  readonly onChange: (parts: NoteParts) => void;
}) {
  const said = parts ?? NONE;
  // Open where something stands in it already; afterwards as the hand leaves it.
  const [hand, setHand] = useState<boolean | null>(null);
  return (
    <details className="rd-parts" open={hand ?? notePartsSaid(parts).length > 0} onToggle={(e) => setHand(e.currentTarget.open)}>
      <summary>按过程记录表写全</summary>
      {PARTS.map((part) => (
        <div key={part}>
          <label htmlFor={`note-${part}`}>{notePartLabels[part]}</label>
          {part === 'place' ? (
            <input
              id={`note-${part}`}
              value={said.place}
              maxLength={LONGEST.place}
              onChange={(e) => onChange({ ...said, place: e.target.value })}
            />
          ) : (
            <textarea
              id={`note-${part}`}
              rows={2}
              value={said[part]}
              maxLength={LONGEST[part]}
              onChange={(e) => onChange({ ...said, [part]: e.target.value })}
            />
          )}
        </div>
      ))}
    </details>
  );
}

/** The parts of a note that somebody wrote. */
export function NotePartsShown({ note }: { readonly note: Pick<z.infer<typeof Note>, 'parts'> }) {
  const said = notePartsSaid(note.parts);
  return said.length === 0 ? null : (
    <dl className="rd-parts-said">
      {said.map(([label, words]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}
