import { type Day, dayOf, formatDay, formatInstant, type Instant } from '@jieyou/core/shared/day.ts';
import { type CaseDomain, caseDomainLabels, type HelpField, helpFieldLabels } from '@jieyou/core/shared/fields.ts';
import { requestReach } from '@jieyou/core/support/policy.ts';
import { type RequestFacts, reachesContent } from '@jieyou/core/support/rules.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { reachSql } from '../platform/http/scope.ts';
import { sendPaper } from '../platform/print/index.ts';
import { expertsByIds } from './views.ts';

const fieldWords = (fields: readonly HelpField[]): string => fields.map((f) => helpFieldLabels[f]).join('、');

type DocumentRow = RequestFacts & {
  archiveNo: string | null;
  receiptNo: string | null;
  domain: CaseDomain;
  helpFields: HelpField[];
  conferenceStatus: string;
  heldAt: string | null;
  place: string;
  chairName: string;
  minutes: string | null;
  consensus: string | null;
  attendeeIds: string[] | null;
  centreName: string | null;
  roundId: string;
};

/** The conference opinion document (会诊意见书) as an official paper; as PDF where a browser is there to print it. */
export const opinionDocument = async (ctx: Ctx<'support.conference-not-held' | 'print.no-browser'>, id: string, format: 'html' | 'pdf') => {
  const { rows } = await sql<DocumentRow>`
    select r.id, r.district_id, r.status, r.asker_id, r.holder_id, r.station_id, r.organisation_id, r.division_path, r.crisis_since,
      r.crisis_acknowledged_at, r.archive_no, r.receipt_no, r.domain, r.help_fields, c.status as conference_status, c.held_at, c.place, p.name as chair_name,
      m.minutes, m.consensus, m.attendee_ids, d.centre_name, c.round_id
    from support_conference c join support_request r on r.district_id = c.district_id and r.id = c.request_id
      join person p on p.id = c.chair_id join division d on d.id = r.district_id
      left join support_minutes m on m.district_id = c.district_id and m.id = c.id
    where c.id = ${id} and ${reachSql(ctx.actor, requestReach, 'r')}`.execute(ctx.tx);
  const row = rows[0];
  if (row === undefined || !reachesContent(ctx.actor, row)) return ctx.notFound();
  if (row.conferenceStatus !== 'held' || row.minutes === null) return ctx.refuse('support.conference-not-held');
  const experts = await expertsByIds(ctx, row.attendeeIds ?? []);
  const { rows: opinions } = await sql<{ expertId: string; judgement: string; advice: string; risk: string }>`
    select expert_id, judgement, advice, risk from support_opinion where district_id = ${row.districtId} and round_id = ${row.roundId} order by given_at, id`.execute(
    ctx.tx,
  );
  const { rows: actions } = await sql<{ says: string; name: string; dueOn: string }>`
    select a.says, p.name, a.due_on from support_action a join person p on p.id = a.owner_id
    where a.district_id = ${row.districtId} and a.conference_id = ${id} order by a.due_on, a.id`.execute(ctx.tx);
  ctx.saw('conference', id, { outcome: format });
  const heldOn = dayOf((row.heldAt ?? ctx.now) as Instant);
  return sendPaper(ctx, format, `会诊意见书${row.archiveNo ?? ''}`, {
    title: '疑难个案会诊意见书',
    number: row.archiveNo ?? row.receiptNo ?? '',
    date: formatDay(heldOn),
    issuer: row.centreName ?? '社会工作疑难个案支援中心',
    secrecy: '内部资料　注意保密',
    signatures: ['主持人', '求助社工', '支援中心'],
    parts: [
      { kind: 'heading', text: '一、基本情况' },
      {
        kind: 'text',
        text: `会诊时间：${formatInstant((row.heldAt ?? ctx.now) as Instant)}。地点：${row.place}。主持人：${row.chairName}。问题领域：${caseDomainLabels[row.domain]}。所需专业：${fieldWords(row.helpFields)}。`,
      },
      { kind: 'heading', text: '二、到会专家' },
      {
        kind: 'table',
        head: ['姓名', '职称', '专业'],
        rows: (row.attendeeIds ?? []).flatMap((e) => {
          const expert = experts.get(e);
          return expert === undefined ? [] : [[expert.name, expert.title, fieldWords(expert.helpFields)]];
        }),
      },
      { kind: 'heading', text: '三、专家意见' },
      ...(opinions.length === 0
        ? [{ kind: 'text' as const, text: '本轮没有书面意见。' }]
        : opinions.map((o, i) => ({
            kind: 'text' as const,
            text: `专家 ${i + 1}。判断：${o.judgement}\n建议：${o.advice}\n风险：${o.risk}`,
          }))),
      { kind: 'heading', text: '四、会诊纪要' },
      { kind: 'text', text: row.minutes },
      { kind: 'heading', text: '五、会诊共识' },
      { kind: 'text', text: row.consensus ?? '' },
      { kind: 'heading', text: '六、决定与行动' },
      { kind: 'table', head: ['行动', '负责人', '期限'], rows: actions.map((a) => [a.says, a.name, formatDay(a.dueOn as Day)]) },
    ],
  });
};
