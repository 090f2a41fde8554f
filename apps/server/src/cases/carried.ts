import type { PersonalField } from '@jieyou/core/cases/schema.ts';
import type { PocketCase } from '@jieyou/core/pocket/schema.ts';
import { type Day, isMinorOn } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { correctionsOf, sectionsOf } from './paperText.ts';
import { ageToday, openField } from './recipient.ts';
import { loadStages, signersOfCase, signingOf } from './stageLoading.ts';
import { correctedIn } from './stageStore.ts';
import * as store from './store.ts';
import { type CaseListRow, COLUMNS, FROM } from './views.ts';

/** A case as its worker carries it along. */
export type CarriedCase = {
  readonly minor: boolean;
  readonly row: Omit<CaseListRow, 'birthOn'> & { recipientAge: number | null };
  readonly summary: string;
  readonly contact: { readonly how: string; readonly times: string } | null;
  /** Opens what identifies the person, and says why in the record of access. */
  readonly open: (field: PersonalField, reason: string) => Promise<string | null>;
  /** Who signs, and the plan that is about to be sent. */
  readonly signing: () => Promise<Pick<PocketCase, 'needs' | 'also' | 'plan'>>;
};

/** The open cases on which the person works, alone or along, the latest first: what a station sees of others is not carried. */
export const carriedCases = async (ctx: Ctx<never>, most: number): Promise<CarriedCase[]> => {
  const { tx, actor } = ctx;
  const circle = await store.circleOf(tx, actor);
  const { rows } = await sql<CaseListRow & { summary: string; contact: CarriedCase['contact'] }>`
    select ${COLUMNS}, c.summary,
      (select json_build_object('how', x.how, 'times', x.times) from recipient_contact x
       where x.district_id = f.district_id and x.recipient_id = f.recipient_id and x.ended_at is null order by x.id desc limit 1) as contact
    ${FROM} join case_content c on c.district_id = f.district_id and c.id = f.id
    where f.district_id = ${actor.districtId} and f.status = 'open' and ${store.listedCase(actor, 'f', circle)}
      and (f.worker_id = any(${[...actor.selves]}::uuid[]) or f.id = any(${circle}::uuid[]))
    order by f.updated_at desc, f.id desc limit ${most}`.execute(tx);
  ctx.saw('case', actor.personId, { outcome: 'carried' });
  return rows.map(({ birthOn, summary, contact, ...row }) => ({
    minor: birthOn !== null && isMinorOn(birthOn as Day, ctx.today),
    row: { ...row, recipientAge: ageToday(birthOn, ctx.today) },
    summary,
    contact,
    open: async (field, reason) => {
      const value = openField(ctx.crypto, row.recipientId, await store.recipientById(tx, actor.districtId, row.recipientId), field);
      ctx.saw('recipient', row.recipientId, { kind: 'unmask', reason, outcome: field });
      return value;
    },
    signing: async () => {
      const facts = (await store.caseById(tx, actor, row.id)) ?? ctx.notFound();
      const loaded = await loadStages(ctx, facts);
      const sheet = await signingOf(ctx, loaded);
      if (sheet === null) return { ...(await signersOfCase(ctx, facts.recipientId, loaded.papers)), plan: null };
      const { paperId, ...rest } = sheet;
      const plan = loaded.papers.find((p) => p.id === paperId)?.content.plan;
      const corrected = (await correctedIn(tx, [paperId])).get(paperId) ?? [];
      const lines = [...sectionsOf(plan ? { plan } : {}), ...correctionsOf({ content: plan ? { plan } : {}, corrected })].map(
        ([heading, text]) => ({ heading, text }),
      );
      return { needs: rest.needs, also: rest.also, plan: { paperId, lines, sheet: rest } };
    },
  }));
};
