import type { Instant } from '@jieyou/core/shared/day.ts';
import type { CaseDomain, HelpField } from '@jieyou/core/shared/fields.ts';
import { opinionsVerdict } from '@jieyou/core/support/rules.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { asChair, findConference, ownersFor } from './followCommands.ts';
import { expertsByIds } from './views.ts';

type InvitedRow = {
  expertId: string;
  name: string;
  helpFields: HelpField[];
  status: 'invited' | 'accepted' | 'declined' | 'answered' | 'revoked' | 'expired';
};

/** Whether the opinions of the round are still closed to the expert who looks. */
const opinionsSealed = async (ctx: Ctx, conference: { districtId: string; roundId: string }): Promise<boolean> => {
  const { rows } = await sql<{ opinionAt: string | null; given: number; quorum: number; deadline: Instant }>`
    select i.opinion_at, r.given, r.quorum, r.deadline from support_invitation i join support_round r on r.district_id = i.district_id and r.id = i.round_id
    where i.district_id = ${conference.districtId} and i.round_id = ${conference.roundId} and i.expert_id = ${ctx.actor.expertId}
      and i.status in ('invited', 'accepted', 'answered')`.execute(ctx.tx);
  const own = rows[0];
  return own !== undefined && !opinionsVerdict({ ...own, ownGiven: own.opinionAt !== null, now: ctx.now }).ok;
};

/** What the chair needs to keep the minutes: who was invited and who may own a decision; nothing of the case. */
export const conferenceSheet = async (ctx: Ctx, id: string) => {
  const conference = await findConference(ctx, id);
  await asChair(ctx, conference);
  const { rows: requests } = await sql<{ domain: CaseDomain; helpFields: HelpField[]; chairName: string }>`
    select r.domain, r.help_fields, p.name as chair_name from support_request r join person p on p.id = ${conference.chairId}
    where r.district_id = ${conference.districtId} and r.id = ${conference.requestId}`.execute(ctx.tx);
  const request = requests[0];
  if (request === undefined) return ctx.notFound();
  const { rows: invited } = await sql<InvitedRow>`select i.expert_id, p.name, i.help_fields, i.status
    from support_invitation i join expert e on e.id = i.expert_id join person p on p.id = e.person_id
    where i.district_id = ${conference.districtId} and i.round_id = ${conference.roundId} and i.status <> 'revoked' order by i.id`.execute(
    ctx.tx,
  );
  const minutes = await ctx.tx
    .selectFrom('supportMinutes')
    .select(['minutes', 'consensus', 'attendeeIds'])
    .where('id', '=', id)
    .executeTakeFirst();
  const attendees = await expertsByIds(ctx, minutes?.attendeeIds ?? []);
  ctx.saw('conference', id);
  // A chair who is one of the experts asked must not learn from this page who has answered before the opinions are open to the chair.
  const sealed = ctx.actor.expertId !== null && !ctx.actor.roles.includes('centre') && (await opinionsSealed(ctx, conference));
  const mayHold = conference.status === 'planned';
  return {
    id: conference.id,
    requestId: ctx.actor.roles.includes('centre') ? conference.requestId : null,
    status: conference.status,
    chairId: conference.chairId,
    chairName: request.chairName,
    plannedAt: conference.plannedAt,
    place: conference.place,
    cancelReason: null,
    heldAt: conference.heldAt,
    attendees: [...attendees.values()],
    minutes: minutes?.minutes ?? null,
    consensus: minutes?.consensus ?? null,
    version: conference.version,
    number: conference.number,
    domain: request.domain,
    helpFields: request.helpFields,
    invited: sealed ? invited.map((i) => ({ ...i, status: i.status === 'answered' ? ('accepted' as const) : i.status })) : invited,
    owners: await ownersFor(ctx, conference),
    can: mayHold ? ['holdConference'] : [],
  };
};
