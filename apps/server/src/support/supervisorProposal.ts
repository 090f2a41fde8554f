import { addDays } from '@jieyou/core/shared/day.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import type { PanelExpert, PanelNeed } from '@jieyou/core/support/panel.ts';
import { screenerVerdict } from '@jieyou/core/support/rules.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { limitsOf } from './adviceCommands.ts';
import { rulesOf } from './clock.ts';
import { requestInReach } from './commands.ts';
import { proposePanelExactly } from './panelSolver.ts';
import { LEFT_OUT, lost, MAY_OVERRIDE, seatReason } from './proposalView.ts';
import type { RequestRecord } from './store.ts';

/**
 * Supervisors of the district as the panel's matching sees them: term of the role, what the profession of the person covers, lines of
 * supervision that are open and days away. A supervisor without an entry in the bank is taken to
 * cover any field: supervising is the profession.
 */
const supervisorsFor = async (ctx: Ctx, request: { districtId: string; askerId: string }, helpField: HelpField): Promise<PanelExpert[]> => {
  const { rows } = await sql<{
    id: string;
    name: string;
    gender: PanelExpert['gender'];
    organisationId: string | null;
    helpFields: HelpField[] | null;
    termFrom: PanelExpert['termFrom'];
    termTo: PanelExpert['termTo'];
    most: number | null;
    open: number;
    weekdays: number[] | null;
    away: { from: PanelExpert['termFrom']; to: PanelExpert['termFrom'] }[];
    relations: string[];
    active: boolean | null;
  }>`
    select p.id, p.name, p.gender, p.organisation_id, e.help_fields, min(a.valid_from) as term_from,
      case when bool_or(a.valid_to is null) then null else max(a.valid_to) end as term_to, e.max_panels_per_month as most,
      (select count(*)::int from support_line l where l.district_id = ${request.districtId} and l.holder_id = p.id and l.kind = 'supervision'
        and l.status = 'open') as open,
      e.weekdays, e.active,
      (select coalesce(json_agg(json_build_object('from', b.from_day, 'to', b.to_day)), '[]') from (
        select from_day, to_day from absence where person_id = p.id and ended_at is null
        union all select x.from_day, x.to_day from expert_away x where x.expert_id = e.id) b) as away,
      (select coalesce(array_agg(coalesce(r.person_id, r.organisation_id)), '{}') from expert_relation r where r.expert_id = e.id) as relations
    from role_assignment a join person p on p.id = a.person_id left join expert e on e.person_id = p.id and e.district_id = a.district_id
    where a.district_id = ${request.districtId} and a.role = 'supervisor' and a.deputy_id is null
    group by p.id, p.name, p.gender, p.organisation_id, e.id, e.help_fields, e.max_panels_per_month, e.weekdays, e.active
    order by p.id`.execute(ctx.tx);
  return rows.map((row) => ({
    id: row.id,
    personId: row.id,
    name: row.name,
    gender: row.gender,
    helpFields: row.helpFields ?? [helpField],
    organisationId: row.organisationId,
    termFrom: row.termFrom,
    termTo: row.termTo,
    maxPanelsPerMonth: row.most ?? Number.MAX_SAFE_INTEGER,
    panelsThisMonth: row.open,
    weekdays: row.weekdays ?? [1, 2, 3, 4, 5],
    away: row.away,
    declaredRelations: row.relations,
    // For advice in a round it would be a conflict; for a line of supervision it is the relation that is wanted.
    supervisedAskerUntil: null,
    active: row.active ?? true,
  }));
};

const WORDS: Readonly<Record<string, string>> = { 'load-full': '承接的督导线已达上限', 'not-in-term': '现在没有督导任命' };

const matched = async (ctx: Ctx, request: RequestRecord, helpField: HelpField) => {
  const rules = await rulesOf(ctx.tx, request.districtId, ctx.today);
  const people = await supervisorsFor(ctx, request, helpField);
  const need: PanelNeed = {
    helpFields: [helpField],
    askerId: request.askerId,
    askerOrganisationId: request.organisationId,
    window: { from: addDays(ctx.today, 1), to: addDays(ctx.today, 14) },
    wishes: {},
    today: ctx.today,
  };
  return { people, result: await proposePanelExactly(people, need, limitsOf(rules.pack)) };
};

/** A line of supervision goes to the proposed supervisor, or with a reason to another one; never to one whom a rule excludes. */
export const ensureSupervisor = async (
  ctx: Ctx<'support.supervisor-excluded' | 'support.override-needs-reason'>,
  request: RequestRecord,
  helpField: HelpField,
  holderId: string,
  reason: string | undefined,
): Promise<void> => {
  const { people, result } = await matched(ctx, request, helpField);
  const out = result.leftOut.find((l) => l.expertId === holderId);
  if (out === undefined) return;
  if (!MAY_OVERRIDE.includes(out.reason)) {
    ctx.refuse('support.supervisor-excluded', {
      name: people.find((p) => p.id === holderId)?.name ?? '',
      says: WORDS[out.reason] ?? LEFT_OUT[out.reason],
    });
  }
  if (reason === undefined) ctx.refuse('support.override-needs-reason');
};

/** Proposes who supervises one line, by the same exact matching as a panel, with a reason for everybody. */
export const proposeSupervisor = async (ctx: Ctx<'support.moved-on'>, id: string, helpField: HelpField) => {
  const request = await requestInReach(ctx, id);
  if (!screenerVerdict(ctx.actor, request).ok) return ctx.notFound();
  if (!['matching', 'supporting', 'following'].includes(request.status)) ctx.refuse('support.moved-on', { status: request.status });
  const { people, result } = await matched(ctx, request, helpField);
  const nameOf = (personId: string) => people.find((p) => p.id === personId)?.name ?? '';
  const seat = result.seats[0];
  const load = (personId: string) => people.find((p) => p.id === personId)?.panelsThisMonth ?? 0;
  return {
    helpField,
    chosen:
      seat === undefined
        ? null
        : {
            personId: seat.expertId,
            name: nameOf(seat.expertId),
            reasons: seat.reasons.map((r) => (r.code === 'load' ? `现在承接 ${load(seat.expertId)} 条督导线` : seatReason(r))),
          },
    alternatives: (seat?.alternatives ?? []).map((a) => ({
      personId: a.expertId,
      name: nameOf(a.expertId),
      lost: a.whatWouldBeLost.map((l) => (l.code === 'load-worse' ? `承接的督导线多 ${l.by} 条` : lost(l))),
    })),
    leftOut: result.leftOut.map((l) => ({
      personId: l.expertId,
      name: nameOf(l.expertId),
      says: WORDS[l.reason] ?? LEFT_OUT[l.reason],
      mayChoose: MAY_OVERRIDE.includes(l.reason),
    })),
  };
};
