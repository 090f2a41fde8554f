import { liveConsentVerdict } from '@jieyou/core/cases/rules.ts';
import type { HouseholdFacts } from '@jieyou/core/resources/eligibility.ts';
import { nextQuestions, type Ranked, rankResources } from '@jieyou/core/resources/ranking.ts';
import { mayLink, mayRefer } from '@jieyou/core/resources/rules.ts';
import { ageOn, type Day } from '@jieyou/core/shared/day.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { reachesContent } from '@jieyou/core/support/rules.ts';
import { sql } from 'kysely';
import { consentsOfCase } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { contentOfRequest, requestInReach } from '../support/index.ts';
import * as store from './store.ts';

const row = ({ candidate: c, outcome, ruled, serves, intake }: Ranked<store.RankedFrom>) => ({
  id: c.id,
  kind: c.kind,
  name: c.name,
  category: c.category,
  authority: c.authority,
  phone: c.phone,
  issuingTier: c.issuingTier,
  helpFields: c.helpFields,
  serves: [...serves],
  validTo: c.validTo,
  answer: outcome.answer,
  ruled,
  findings: [...outcome.findings],
  missing: [...outcome.missing],
  takes: intake.takes,
  intakeSays: intake.says,
});

/** Ranks every resource that is valid today; the reply holds the best of each answer, so that reasons against are never cut off. */
export const rankingFor = async (
  ctx: Pick<Ctx, 'tx' | 'actor' | 'today'>,
  ask: { facts: HouseholdFacts; helpFields: readonly HelpField[]; most: number },
) => {
  const bank = await store.candidates(ctx.tx, ctx.actor.districtId, ctx.today);
  const ranked = rankResources(bank, { facts: ask.facts, helpFields: ask.helpFields, today: ctx.today });
  const of = (answer: 'fits' | 'may' | 'not') => ranked.filter((r) => r.outcome.answer === answer);
  const [fits, may, not] = [of('fits'), of('may'), of('not')];
  return {
    rows: [fits, may, not].flatMap((some) => some.slice(0, ask.most).map(row)),
    counts: { fits: fits.length, may: may.length, not: not.length, unruled: ranked.filter((r) => !r.ruled).length },
    questions: nextQuestions(ranked),
  };
};

/** What the case already says: typed facts go before it, and nothing is concluded that nobody wrote down. */
const knownOf = async (ctx: Ctx<never>, requestId: string) => {
  const request = await requestInReach(ctx, requestId);
  if (!reachesContent(ctx.actor, request)) return ctx.notFound();
  const content = (await contentOfRequest(ctx.tx, request.districtId, requestId)) ?? ctx.notFound();
  const says: string[] = [];
  const facts: HouseholdFacts = {};
  const birth = content.recipientBirthOn;
  if (birth !== null) {
    facts.birthOn = birth;
    says.push(`${ageOn(birth as Day, ctx.today) ?? 0} 岁（个案）`);
  }
  if (content.recipientGender === 'female' || content.recipientGender === 'male') {
    facts.gender = content.recipientGender;
    says.push(`${content.recipientGender === 'female' ? '女' : '男'}（个案）`);
  }
  const { rows } = await sql<{ code: string; name: string }>`select d.code, d.name from division d
    where starts_with(${request.divisionPath}, d.path) and d.code is not null and d.tier in ('street', 'district')
    order by length(d.path) desc limit 1`.execute(ctx.tx);
  const place = rows[0];
  if (place !== undefined && /^[1-9]\d{11}$/.test(place.code)) {
    facts.residence = place;
    says.push(`居住在${place.name}（按站点所在地）`);
  }
  if (request.domain === 'domestic-violence') {
    facts.circumstances = { ...facts.circumstances, violence: true };
    says.push('遭受家庭暴力（问题领域）');
  }
  if (request.domain === 'end-of-life') {
    facts.circumstances = { ...facts.circumstances, 'end-of-life': true };
    says.push('生命末期（问题领域）');
  }
  const consents = await consentsOfCase(ctx.tx, request.districtId, request.caseId);
  if (consents.some((c) => c.purpose === 'referral' && liveConsentVerdict(c, ctx.today).ok)) {
    facts.consent = true;
    says.push('已同意转介（个案）');
  }
  return { request, facts, says };
};

/** Typed facts over known ones; within statuses, circumstances and events entry by entry. */
export const together = (known: HouseholdFacts, typed: HouseholdFacts): HouseholdFacts => ({
  ...known,
  ...Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== null)),
  statuses: { ...known.statuses, ...typed.statuses },
  circumstances: { ...known.circumstances, ...typed.circumstances },
  events: { ...known.events, ...typed.events },
});

/** Resources for a request, by what its case knows and what was typed just now. */
export const rankForRequest = async (ctx: Ctx<never>, requestId: string, body: { facts: HouseholdFacts; most: number }) => {
  const { request, facts, says } = await knownOf(ctx, requestId);
  ctx.saw('request', requestId, { outcome: 'resources' });
  const ranking = await rankingFor(ctx, {
    facts: together(facts, body.facts),
    helpFields: request.helpFields,
    most: body.most,
  });
  const { rows: used } = await sql<{ id: string }>`
    select distinct resource_id as id from support_line where district_id = ${request.districtId} and request_id = ${requestId} and resource_id is not null
    union select resource_id from partner_referral where district_id = ${request.districtId} and request_id = ${requestId}
      and resource_id is not null and status in ('offered', 'accepted', 'done')`.execute(ctx.tx);
  const asker = ctx.actor.roles.includes('worker') && ctx.actor.selves.includes(request.askerId);
  const centre = ctx.actor.roles.includes('centre');
  const can: ('link' | 'refer')[] = [];
  if ((asker || centre) && mayLink(request.status, centre)) can.push('link');
  if ((asker || centre) && mayRefer(request.status)) can.push('refer');
  return { ...ranking, known: { facts, says }, helpFields: request.helpFields, used: used.map((u) => u.id), can };
};
