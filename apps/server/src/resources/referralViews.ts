import { referralMoves } from '@jieyou/core/resources/moves.ts';
import { seenByReferral } from '@jieyou/core/resources/policy.ts';
import type { ReferralStatus } from '@jieyou/core/resources/schema.ts';
import { type Day, formatDay } from '@jieyou/core/shared/day.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { movesFrom } from '@jieyou/core/shared/moves.ts';
import { sql } from 'kysely';
import { consentsOfCase } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, containing, readPage } from '../platform/http/paging.ts';
import { requestInReach } from '../support/index.ts';
import { liaisonsOf } from './partnerStore.ts';
import * as store from './referralStore.ts';

/** One page of referrals to partners, the newest first: numbers, names of staff and partners, no word of a case. */
export const listReferrals = (
  ctx: Ctx<never>,
  query: {
    limit: number;
    after?: string | undefined;
    count?: 'yes' | undefined;
    status?: ReferralStatus[] | undefined;
    helpField?: HelpField[] | undefined;
    partnerId?: string | undefined;
    requestId?: string | undefined;
    number?: string | undefined;
    late?: 'yes' | undefined;
  },
) =>
  readPage<store.ReferralRow>(ctx.tx, query, {
    columns: store.referralColumns(ctx.today),
    from: store.referralSource,
    where: allOf([
      store.referralInReach(ctx.actor),
      query.status !== undefined && sql`f.status = any(${query.status}::text[])`,
      query.helpField !== undefined && sql`f.help_field = any(${query.helpField}::text[])`,
      query.partnerId !== undefined && sql`f.partner_id = ${query.partnerId}`,
      query.requestId !== undefined && sql`f.request_id = ${query.requestId}`,
      query.number !== undefined &&
        query.number !== '' &&
        sql`(f.number like ${containing(query.number.toUpperCase())} or f.request_number like ${containing(query.number.toUpperCase())})`,
      query.late === 'yes' && sql`f.status = 'offered' and f.until < ${ctx.today}::date`,
    ]),
    sort: [{ column: 'id', direction: 'desc', type: 'uuid' }],
    alias: 'f',
  });

/** A referral with its words: what was shown, to whom, why, until when, and what came of it. */
export const readReferral = async (ctx: Ctx<never>, id: string) => {
  const found = (await store.referralById(ctx.tx, ctx.actor, id, ctx.today)) ?? ctx.notFound();
  const content = (await store.contentById(ctx.tx, found.districtId, id)) ?? ctx.notFound();
  // Finds the request first: its policies carry those of the consents.
  const request = await requestInReach(ctx, found.requestId);
  const consent = (await consentsOfCase(ctx.tx, found.districtId, request.caseId)).find((c) => c.id === found.consentId);
  const liaisons = (await liaisonsOf(ctx.tx, found.partnerId, ctx.today)).filter((l) => l.current);
  const asker = ctx.actor.roles.includes('worker') && ctx.actor.selves.includes(found.askerId);
  ctx.saw('referral', id);
  return {
    ...found,
    ...content,
    consent:
      consent === undefined
        ? '同意记录已不可见'
        : `接收方：${consent.receiver}，${formatDay(consent.grantedOn as Day)}起${consent.expiresOn === null ? '' : `，至${formatDay(consent.expiresOn as Day)}`}${consent.withdrawnOn === null ? '' : `（${formatDay(consent.withdrawnOn as Day)}已撤回）`}`,
    liaisons: liaisons.map(({ name, post, phone }) => ({ name, post, phone })),
    can:
      asker || ctx.actor.roles.includes('centre')
        ? movesFrom(referralMoves, found.status).filter((m): m is Exclude<typeof m, 'expire'> => m !== 'expire')
        : [],
    seenBy: seenByReferral,
  };
};

/** Every referral of a request with its words, in the order in which they were sent. */
export const referralsOfRequest = async (ctx: Ctx<never>, requestId: string) => {
  const { rows } = await sql<{ id: string }>`select f.id from partner_referral f
    where f.request_id = ${requestId} and ${store.referralInReach(ctx.actor)} order by f.id`.execute(ctx.tx);
  const files: Awaited<ReturnType<typeof readReferral>>[] = [];
  for (const { id } of rows) files.push(await readReferral(ctx, id));
  return files;
};
