import { PARTS } from '@jieyou/core/casebank/rules.ts';
import type { Sections } from '@jieyou/core/casebank/schema.ts';
import { sql } from 'kysely';
import { liveConsent } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { publishedTexts, textsOf } from './redacting.ts';
import * as store from './store.ts';

/** The anonymised text of a request as a competition needs it: of the published case, or else of the centre's draft. */
export const anonymisedText = async (ctx: Ctx<never>, requestId: string) => {
  const { tx, actor, today } = ctx;
  const request = (await store.requestById(tx, actor, requestId)) ?? ctx.notFound();
  const consent = await liveConsent(tx, { districtId: actor.districtId, caseId: request.caseId }, 'publication', today);
  const { rows } = await sql<{ id: string; entryId: string | null; title: string; sections: Sections; recalledAt: string | null }>`
    select d.id, e.id as entry_id, e.title, e.sections, e.recalled_at
    from publication_draft d left join casebank_entry e on e.draft_id = d.id
    where d.district_id = ${actor.districtId} and d.request_id = ${requestId} and d.status <> 'discarded'`.execute(tx);
  const found = rows[0];
  const facts = {
    closed: request.status === 'closed',
    domain: request.domain,
    consentLives: consent !== undefined,
    recalled: found?.recalledAt != null,
    entryId: found?.entryId ?? null,
  };
  if (found === undefined || facts.recalled) return { ...facts, openFindings: 0, text: null };
  if (found.entryId !== null) return { ...facts, openFindings: 0, text: { title: found.title, sections: found.sections } };
  const draft = (await store.draftById(tx, actor.districtId, found.id)) ?? ctx.notFound();
  const findings = await store.findingsOf(tx, actor.districtId, draft.id);
  const { title, methods: _methods, ...sections } = publishedTexts(textsOf(draft), findings);
  const openFindings = findings.filter((f) => f.status === 'open' && (PARTS as readonly string[]).includes(f.part)).length;
  return { ...facts, openFindings, text: { title, sections } };
};

/** Marks a published case as excellent. */
export const giveAward = async (ctx: Ctx<never>, entryId: string, award: string): Promise<void> => {
  await sql`update casebank_entry set award = ${award} where id = ${entryId} and district_id = ${ctx.actor.districtId} and recalled_at is null`.execute(
    ctx.tx,
  );
};
