import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { eventSays } from '@jieyou/core/texts/eventLabels.ts';
import { helpFieldLabels } from '@jieyou/core/texts/labels.ts';
import { useState } from 'react';
import { formatInstant, shortInstant } from './format.ts';

/** One entry of a history. */
export type TimelineItem = {
  readonly id: string;
  readonly at: string;
  readonly type: string;
  readonly byName: string | null;
  readonly says: string;
  readonly helpField?: HelpField | null;
};

/** What happened, the newest first; where entries belong to lines, they can be narrowed to one. */
export function Timeline({ entries }: { readonly entries: readonly TimelineItem[] }) {
  const [only, setOnly] = useState<HelpField | null>(null);
  const fields = [...new Set(entries.flatMap((e) => e.helpField ?? []))];
  const shown = only === null ? entries : entries.filter((e) => e.helpField === only);
  if (entries.length === 0) return <p className="jy-secondary">还没有记录。</p>;
  return (
    <div>
      {fields.length > 1 && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a box around a row of small buttons
        <div className="jy-chips" role="group" aria-label="按支援线筛选">
          <button type="button" aria-pressed={only === null} onClick={() => setOnly(null)}>
            全部
          </button>
          {fields.map((f) => (
            <button key={f} type="button" aria-pressed={only === f} onClick={() => setOnly(f)}>
              {helpFieldLabels[f]}
            </button>
          ))}
        </div>
      )}
      <ol className="jy-timeline">
        {shown.map((e) => (
          <li key={e.id}>
            <time dateTime={e.at} title={formatInstant(e.at)}>
              {shortInstant(e.at)}
            </time>
            <div>
              <span>{e.says === '' ? eventSays(e.type) : e.says}</span>
              <span className="jy-secondary">
                {e.byName !== null && ` ${e.byName}`}
                {e.helpField !== null && e.helpField !== undefined && ` · ${helpFieldLabels[e.helpField]}`}
              </span>
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}
