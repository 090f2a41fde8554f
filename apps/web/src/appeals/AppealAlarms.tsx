import { addAlarmEntry, listAlarms } from '@jieyou/core/alarms/endpoints.ts';
import type { Appeal } from '@jieyou/core/appeals/schema.ts';
import { alarmKindLabels, alarmStatusLabels } from '@jieyou/core/texts/alarmLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { z } from 'zod';
import { queryOf, useAct } from '../house/ask.ts';
import { shortInstant } from '../house/format.ts';
import { RefusalNotice } from '../house/RefusalNotice.tsx';

type File = Pick<z.infer<typeof Appeal>, 'id' | 'caseId' | 'channel' | 'topic' | 'urgent'>;

/** Where a record of a crisis or of violence at home begins that this appeal tells of. */
export const alarmSearch = (file: File, caseId: string) => ({
  case: caseId,
  [file.channel === 'hotline' ? 'call' : 'appeal']: file.id,
  kind: file.topic === 'violence' ? 'violence' : 'crisis',
});

/** Whether the appeal itself tells of danger. */
export const tellsOfDanger = (file: Pick<File, 'topic' | 'urgent'>): boolean => file.urgent || file.topic === 'violence';

/** Records of the case that this appeal belongs to: those it is joined to, those it may be joined to in one step, or a new one. */
export function AppealAlarms({ file, caseId }: { readonly file: File; readonly caseId: string }) {
  const joined = useQuery(queryOf(listAlarms, { query: { appealId: file.id, limit: 5 } }));
  const all = useQuery(queryOf(listAlarms, { query: { caseId, limit: 5 } }));
  const join = useAct(addAlarmEntry);
  if (joined.data === undefined || all.data === undefined) return null;
  const here = new Set(joined.data.rows.map((a) => a.id));
  const others = all.data.rows.filter((a) => !here.has(a.id) && a.status !== 'closed');
  const says = (a: (typeof others)[number]) => `${alarmStatusLabels[a.status]}　${shortInstant(a.registeredAt)}`;
  return (
    <section className="jy-card" aria-label="危机与家暴">
      <h2>危机与家暴</h2>
      {here.size === 0 ? <p className="jy-secondary">这份求助还没有关联的记录。</p> : null}
      <ul className="jy-plain-list">
        {joined.data.rows.map((a) => (
          <li key={a.id}>
            <Link to="/alarms/$id" params={{ id: a.id }}>
              {alarmKindLabels[a.kind]}记录
            </Link>
            {`　${says(a)}`}
          </li>
        ))}
        {others.map((a) => (
          <li key={a.id}>
            {alarmKindLabels[a.kind]}记录　{says(a)}
            <Button
              size="small"
              type="link"
              loading={join.isPending}
              onClick={() =>
                join.mutate({
                  params: { id: a.id },
                  body: { version: a.version, entry: { kind: 'appeal', appealId: file.id, says: '' } },
                })
              }
            >
              并入这份记录
            </Button>
          </li>
        ))}
      </ul>
      <RefusalNotice error={join.error} />
      <Link to="/alarms/new" search={alarmSearch(file, caseId) as never}>
        <Button block {...(tellsOfDanger(file) && here.size === 0 ? { type: 'primary' as const } : {})}>
          登记危机或家暴
        </Button>
      </Link>
    </section>
  );
}
