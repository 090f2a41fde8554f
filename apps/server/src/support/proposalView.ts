import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { helpFieldLabels } from '@jieyou/core/shared/fields.ts';
import type { PanelNeed, PanelProposal } from '@jieyou/core/support/panel.ts';
import type { Proposal } from '@jieyou/core/support/schema.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';

const words = (fields: unknown): string =>
  (Array.isArray(fields) ? fields : []).map((f) => helpFieldLabels[f as HelpField] ?? String(f)).join('、');

/** A reason for a seat, in words. */
export const seatReason = (reason: PanelProposal['seats'][number]['reasons'][number]): string => {
  switch (reason.code) {
    case 'covers':
      return `覆盖${words(reason.facts.fields)}`;
    case 'only-one-for':
      return `${words(reason.facts.fields)}只有这一位可请`;
    case 'meets-wish':
      return '符合对专家性别的希望';
    case 'load':
      return `本月 ${String(reason.facts.panels ?? reason.facts.load ?? 0)} 次，未到上限`;
  }
};

/** A loss, in words. */
export const lost = (loss: PanelProposal['seats'][number]['alternatives'][number]['whatWouldBeLost'][number]): string => {
  switch (loss.code) {
    case 'field-uncovered':
      return `${words(loss.fields)}无人覆盖`;
    case 'wish-lost':
      return '不符合对专家性别的希望';
    case 'load-worse':
      return `本月负担多 ${loss.by} 次`;
    case 'nothing':
      return '没有损失';
  }
};

/** Why somebody is not proposed, in words. */
export const LEFT_OUT: Readonly<Record<PanelProposal['leftOut'][number]['reason'], string>> = {
  inactive: '已停用',
  'not-in-term': '不在聘期内',
  'is-asker': '是求助人本人',
  'same-agency': '与求助人同一机构',
  'declared-relation': '登记了利害关系',
  'supervised-asker': '近 24 个月督导过求助人',
  'load-full': '本月已达上限',
  'no-needed-field': '专业与本次需要无关',
  away: '这段时间不在',
  'no-day': '这段时间没有可参加的工作日',
  'panel-would-be-larger': '加入后专家组人数会更多',
  'wish-lost': '加入后不能满足对专家性别的希望',
  'load-worse': '加入后本月负担更重',
  'equal-tie-broken': '同样合适，按固定次序选了另一位',
};

// Who is ruled out by a rule cannot be invited; who was only passed over can, with a reason.
/** Reasons against which somebody may still be chosen. */
export const MAY_OVERRIDE: readonly string[] = [
  'panel-would-be-larger',
  'wish-lost',
  'load-worse',
  'equal-tie-broken',
  'away',
  'no-day',
  'no-needed-field',
];

/** The latest panel proposal of a request, in words. */
export const proposalView = async (ctx: Ctx, requestId: string, proposalId?: string): Promise<Proposal | null> => {
  const { rows } = await sql<{ id: string; at: string; packVersion: string; result: PanelProposal & { need: PanelNeed } }>`
    select id, at, pack_version, result from support_proposal
    where request_id = ${requestId} ${proposalId === undefined ? sql`` : sql`and id = ${proposalId}`} order by id desc limit 1`.execute(
    ctx.tx,
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { result } = row;
  const ids = [
    ...result.seats.flatMap((s) => [s.expertId, ...s.alternatives.map((a) => a.expertId)]),
    ...result.leftOut.map((l) => l.expertId),
  ];
  const { rows: people } = await sql<{ id: string; name: string; title: string; helpFields: HelpField[] }>`
    select e.id, p.name, e.title, e.help_fields from expert e join person p on p.id = e.person_id where e.id = any(${[...new Set(ids)]}::uuid[])`.execute(
    ctx.tx,
  );
  const expert = new Map(people.map((p) => [p.id, p]));
  const needed = result.need.helpFields;
  return {
    id: row.id,
    at: row.at,
    packVersion: row.packVersion,
    fields: [...needed],
    uncovered: result.uncovered,
    seats: result.seats.map((seat) => ({
      expertId: seat.expertId,
      name: expert.get(seat.expertId)?.name ?? '',
      title: expert.get(seat.expertId)?.title ?? '',
      covers: seat.covers,
      reasons: seat.reasons.map(seatReason),
      alternatives: seat.alternatives.map((a) => ({
        expertId: a.expertId,
        name: expert.get(a.expertId)?.name ?? '',
        covers: (expert.get(a.expertId)?.helpFields ?? []).filter((f) => needed.includes(f)),
        lost: a.whatWouldBeLost.map(lost),
      })),
    })),
    leftOut: result.leftOut.map((l) => ({
      expertId: l.expertId,
      name: expert.get(l.expertId)?.name ?? '',
      helpFields: expert.get(l.expertId)?.helpFields ?? [],
      reason: l.reason,
      says: LEFT_OUT[l.reason],
      mayInvite: MAY_OVERRIDE.includes(l.reason),
    })),
  };
};
