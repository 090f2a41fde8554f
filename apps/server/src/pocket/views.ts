import { pocketPackOf } from '@jieyou/core/pocket/pack.ts';
import { addDays } from '@jieyou/core/shared/day.ts';
import { readDangerWords } from '../alarms/index.ts';
import { linesToCall } from '../calls/index.ts';
import { carriedCases } from '../cases/index.ts';
import { carriedForms } from '../forms/index.ts';
import { carriedSessions } from '../groups/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { packInForce } from '../rulepacks/index.ts';
import { listDueVisits, listVisitActions, listVisits, readVisitStart } from '../visits/index.ts';

const SUMMARY_CHARACTERS = 300;
const MOST_VISITS = 60;
const MOST_SESSIONS = 20;
const MOST_ACTIONS = 20;
const REASON = '随身资料：近日有探访安排';

/** What the next days need, and no more: visits that are planned or due, own open cases in a few words, how to reach whom one visits. */
export const readPocket = async (ctx: Ctx<never>) => {
  const terms = pocketPackOf((await packInForce(ctx.tx, 'pocket', ctx.actor.districtId, ctx.today)).values);
  const carried = await carriedCases(ctx, terms['cases.most']);
  const own = new Set(carried.map((c) => c.row.id));
  const visits = await listVisits(ctx, {
    status: ['planned'],
    mine: 'yes',
    from: addDays(ctx.today, -terms['days.around']),
    to: addDays(ctx.today, terms['days.around']),
    sort: 'soonest',
    limit: MOST_VISITS,
  });
  const due = await listDueVisits(ctx, { mine: 'yes', state: ['never', 'overdue', 'today', 'soon'], limit: MOST_VISITS });
  const planned = visits.rows.filter((v) => own.has(v.caseId));
  const soon = due.rows.filter((d) => own.has(d.id));
  const visited = new Set(planned.map((v) => v.caseId));
  const starts = [];
  for (const caseId of new Set([...visited, ...soon.map((d) => d.id)])) starts.push(await readVisitStart(ctx, caseId));
  const facts = [];
  for (const c of carried) {
    const near = visited.has(c.row.id);
    facts.push({
      caseId: c.row.id,
      summary: c.summary.slice(0, SUMMARY_CHARACTERS),
      contact: c.contact,
      phone: near ? await c.open('phone', REASON) : null,
      address: near ? await c.open('address', REASON) : null,
      minor: c.minor,
      ...(await c.signing()),
    });
  }
  const actions = await listVisitActions(ctx, { mine: 'yes', limit: MOST_ACTIONS });
  const forms = await carriedForms(ctx, terms['forms.kilobytes'] ?? 0);
  const sessions = await carriedSessions(ctx, addDays(ctx.today, terms['days.around']), MOST_SESSIONS);
  return {
    at: ctx.now,
    terms,
    visits: planned,
    due: soon,
    starts,
    cases: carried.map((c) => c.row),
    facts,
    forms,
    sessions,
    actions: actions.rows.filter((a) => own.has(a.caseId)),
    dangerWords: await readDangerWords(ctx),
    lines: await linesToCall(ctx),
  };
};
