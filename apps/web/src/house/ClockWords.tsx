import type { Clock } from '@jieyou/core/support/schema.ts';
import { clockKindLabels, clockStateLabels } from '@jieyou/core/texts/labels.ts';
import type { z } from 'zod';
import { formatInstant } from './format.ts';

const SHAPES: Readonly<Record<z.infer<typeof Clock>['state'], string>> = {
  'on-track': '○',
  'at-risk': '◐',
  overdue: '●',
  paused: '‖',
  none: '',
};

/** A clock as words with its state by shape; the due moment is in the title. `withKind` names what it measures. */
export function ClockWords({ clock, withKind = false }: { readonly clock: z.infer<typeof Clock>; readonly withKind?: boolean }) {
  if (clock.state === 'none' && clock.words === '') return <span className="jy-clock">—</span>;
  const kind = withKind && clock.kind !== null ? `${clockKindLabels[clock.kind]} ` : '';
  return (
    <span className={`jy-clock jy-clock-${clock.state}`} title={clock.dueAt === null ? undefined : `应在 ${formatInstant(clock.dueAt)} 前`}>
      <i aria-hidden="true">{SHAPES[clock.state]}</i>
      {kind}
      {clock.words === '' ? clockStateLabels[clock.state] : clock.words}
    </span>
  );
}
