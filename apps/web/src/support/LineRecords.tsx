import type { ResponseStatus } from '@jieyou/core/responses/schema.ts';
import { responseStatusLabels } from '@jieyou/core/texts/responsesLabels.ts';
import { Link } from '@tanstack/react-router';
import { shortDay } from '../house/format.ts';
import type { LineData } from './queries.ts';

/** What was recorded under a line, and the way to the next record. */
export function LineRecords({ line, mayWrite }: { readonly line: LineData; readonly mayWrite: boolean }) {
  if (line.kind === 'conference') return null;
  return (
    <div className="rd-quiet rd-links">
      {line.records.map((r) => (
        <div key={r.id}>
          <Link to="/responses/$id" params={{ id: r.id }}>
            {shortDay(r.on)}的记录：{responseStatusLabels[r.status as ResponseStatus]}
          </Link>
        </div>
      ))}
      {mayWrite && line.status === 'open' ? (
        <Link to="/lines/$id/record" params={{ id: line.id }}>
          {line.records.length === 0 ? '写第一条记录' : '再写一条记录'}
        </Link>
      ) : null}
    </div>
  );
}
