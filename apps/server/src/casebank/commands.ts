import { alikeVerdict } from '@jieyou/core/casebank/alike.ts';
import type { CasebankEvent } from '@jieyou/core/casebank/events.ts';
import {
  carryDecisions,
  composeSections,
  decisionVerdict,
  draftingVerdict,
  draftOpenVerdict,
  entryNumber,
  PARTS,
  type Part,
  releaseVerdict,
  searchTextOf,
} from '@jieyou/core/casebank/rules.ts';
import { Sections } from '@jieyou/core/casebank/schema.ts';
import { termsOf } from '@jieyou/core/casebank/similarity.ts';
import { dayOf, instant, yearOf } from '@jieyou/core/shared/day.ts';
import { liveConsent } from '../cases/index.ts';
import { centreOf } from '../identity/index.ts';
import { nextNumber } from '../platform/db/numbers.ts';
import type { Ctx } from '../platform/http/context.ts';
import { Invalid } from '../platform/http/errors.ts';
import { measure } from './meter.ts';
import { findIn, knownFor, methodsFrom, orRefuse, publishedTexts, showsKnown, type Texts, textsOf, wordsPutIn } from './redacting.ts';
import * as store from './store.ts';

type SectionsGiven = { readonly [K in keyof Sections]?: Sections[K] | undefined };

const record = (ctx: Ctx<never>, type: CasebankEvent, id: string, requestId: string, facts: Record<string, string | number> = {}) =>
  ctx.record({ type, recordKind: 'draft', recordId: id, requestRef: requestId, facts });

const draftOf = async (ctx: Ctx<never>, id: string): Promise<store.DraftRow> =>
  (await store.draftById(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();

const openDraft = async (ctx: Ctx<'casebank.draft-over'>, id: string): Promise<store.DraftRow> => {
  const draft = await draftOf(ctx, id);
  const verdict = draftOpenVerdict(draft.status);
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  return draft;
};

const openCount = (findings: readonly { readonly status: string }[]): number => findings.filter((f) => f.status === 'open').length;

/** Begins a publication from a request that is over: text, redaction and findings at once, or nothing. */
export const draftPublication = async (
  ctx: Ctx<'casebank.request-not-closed' | 'casebank.already-drafted' | 'casebank.consent-missing' | 'casebank.redaction-failed'>,
  given: { requestId: string; title: string; pseudonym: string; methods: string[]; sections?: SectionsGiven | undefined },
) => {
  const { tx, actor } = ctx;
  const request = (await store.requestById(tx, actor, given.requestId)) ?? ctx.notFound();
  const consent = await liveConsent(tx, { districtId: actor.districtId, caseId: request.caseId }, 'publication', ctx.today);
  const verdict = draftingVerdict({ requestStatus: request.status, consentLives: consent !== undefined });
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  const composed = composeSections(await store.materialOf(tx, actor.districtId, request.id));
  const sections = checked({ ...composed, ...withoutGaps(given.sections ?? {}) });
  const draft = { title: given.title, methods: given.methods, sections };
  const id = ctx.id();
  const findings = await orRefuse(ctx, async () => {
    const known = await knownFor(ctx, request.id, given.pseudonym);
    return findIn(ctx, textsOf(draft), PARTS, known);
  });
  const stored = await store.insertDraft(tx, {
    ...draft,
    id,
    districtId: actor.districtId,
    requestId: request.id,
    pseudonym: given.pseudonym,
    draftedBy: actor.personId,
    at: ctx.now,
  });
  if (!stored) ctx.refuse('casebank.already-drafted');
  await store.insertFindings(tx, actor.districtId, id, findings);
  await record(ctx, 'casebank.drafted', id, request.id, { findings: findings.length });
  const others = (await centreOf(tx, actor.districtId)).filter((p) => p !== actor.personId);
  await ctx.notify(others, {
    kind: 'casebank.drafted',
    recordKind: 'draft',
    recordId: id,
    number: request.archiveNo ?? request.receiptNo ?? '',
  });
  await ctx.changed('request', request.id);
  return { id, version: 1, openFindings: openCount(findings) };
};

const withoutGaps = (given: SectionsGiven): Partial<Sections> =>
  Object.fromEntries(Object.entries(given).filter(([, text]) => text !== undefined)) as Partial<Sections>;

// What was composed may be shorter than a section has to be; the drafter is told which one to write.
const checked = (sections: Sections): Sections => {
  const parsed = Sections.safeParse(sections);
  if (parsed.success) return parsed.data;
  throw new Invalid(parsed.error.issues.map((issue) => ({ path: `sections.${issue.path.join('.')}`, message: issue.message })));
};

/** Changes a draft. Parts whose words changed are redacted anew; decisions stay where neither the words nor their neighbours changed. */
export const updateDraft = async (
  ctx: Ctx<'record.changed-meanwhile' | 'casebank.draft-over' | 'casebank.redaction-failed'>,
  id: string,
  change: { version: number; title?: string | undefined; methods?: string[] | undefined; sections?: SectionsGiven | undefined },
) => {
  const { tx, actor } = ctx;
  const draft = await openDraft(ctx, id);
  const before = textsOf(draft);
  const old = await store.findingsOf(tx, actor.districtId, id);
  const shown = publishedTexts(before, old);
  const asked: Partial<Texts> = {
    ...withoutGaps(change.sections ?? {}),
    ...(change.title === undefined ? {} : { title: change.title }),
    ...(change.methods === undefined ? {} : { methods: change.methods.join('\n') }),
  };
  // The form shows the redacted text: what comes back as it was shown is no change, and its findings stay to be decided.
  const parts = PARTS.filter((part) => asked[part] !== undefined && asked[part] !== shown[part] && asked[part] !== before[part]);
  const after = { ...before, ...Object.fromEntries(parts.map((part) => [part, asked[part]])) } as Texts;
  const { title, methods, ...sections } = after;
  const version = await store.moveDraft(tx, actor.districtId, id, change.version, ctx.now, {
    title,
    methods: methodsFrom(methods),
    sections,
  });
  if (version === undefined) return ctx.refuse('record.changed-meanwhile', { version: draft.version });
  const found = await orRefuse(ctx, async () => findIn(ctx, after, parts, await knownFor(ctx, draft.requestId, draft.pseudonym)));
  const fresh = parts.flatMap((part) => carried(part, { raw: before[part], places: old }, { raw: after[part], places: found }));
  await store.deleteFindings(tx, actor.districtId, id, parts);
  await store.insertFindings(tx, actor.districtId, id, fresh);
  await record(ctx, 'casebank.updated', id, draft.requestId, { parts: parts.join(',') });
  const untouched = old.filter((f) => !parts.includes(f.part));
  return { id, version, openFindings: openCount([...untouched, ...fresh]) };
};

type TextWithFindings = { readonly raw: string; readonly places: readonly store.FindingRow[] };

const carried = (part: Part, before: TextWithFindings, after: TextWithFindings): store.FindingRow[] => {
  const within = (text: TextWithFindings) => ({ raw: text.raw, places: text.places.filter((f) => f.part === part) });
  return carryDecisions(within(before), within(after)).map(({ from, ...finding }) =>
    from === null
      ? finding
      : { ...finding, status: from.status, replacement: from.replacement, reason: from.reason, decidedBy: from.decidedBy },
  );
};

type Decision = { id: string; decision: 'confirm' | 'keep'; replacement?: string | undefined; reason?: string | undefined };

/** A person's word on each finding: replace it, perhaps by other words, or keep the original for a reason. */
export const confirmFindings = async (
  ctx: Ctx<
    | 'record.changed-meanwhile'
    | 'casebank.draft-over'
    | 'casebank.finding-unknown'
    | 'casebank.keep-needs-reason'
    | 'casebank.known-cannot-stay'
    | 'casebank.redaction-failed'
  >,
  id: string,
  given: { version: number; decisions: readonly Decision[] },
) => {
  const { tx, actor } = ctx;
  const draft = await openDraft(ctx, id);
  const findings = new Map((await store.findingsOf(tx, actor.districtId, id)).map((f) => [f.id, f]));
  const version = await store.moveDraft(tx, actor.districtId, id, given.version, ctx.now, {});
  if (version === undefined) return ctx.refuse('record.changed-meanwhile', { version: draft.version });
  for (const decision of given.decisions) {
    const finding = findings.get(decision.id) ?? ctx.refuse('casebank.finding-unknown');
    const verdict = decisionVerdict(finding, decision);
    if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
    const status = decision.decision === 'keep' ? ('kept' as const) : ('confirmed' as const);
    const replacement = decision.decision === 'confirm' ? (decision.replacement ?? finding.replacement) : finding.replacement;
    const decided = { status, replacement, reason: decision.reason ?? null, decidedBy: actor.personId };
    findings.set(finding.id, { ...finding, ...decided });
    await store.decideFinding(tx, actor.districtId, finding.id, decided);
  }
  const words = given.decisions.flatMap((d) => (d.decision === 'confirm' && d.replacement !== undefined ? [d.replacement] : []));
  if (words.length > 0) await refuseKnownWords(ctx, draft, words);
  await record(ctx, 'casebank.findings-confirmed', id, draft.requestId, { decided: given.decisions.length });
  return { id, version, openFindings: openCount([...findings.values()]) };
};

// Replacing one name by another name of the record would publish it.
const refuseKnownWords = async (
  ctx: Ctx<'casebank.known-cannot-stay' | 'casebank.redaction-failed'>,
  draft: store.DraftRow,
  words: readonly string[],
): Promise<void> => {
  const shows = await orRefuse(ctx, async () => {
    const known = await knownFor(ctx, draft.requestId, draft.pseudonym);
    return showsKnown(words, known, ownWordsOf(draft, known));
  });
  if (shows) ctx.refuse('casebank.known-cannot-stay');
};

type Known = Parameters<typeof showsKnown>[1];

/** The words that redaction itself puts into this draft. */
const ownWordsOf = (draft: store.DraftRow, known: Known): ReadonlySet<string> => {
  const texts = textsOf(draft);
  return new Set(PARTS.flatMap((part) => wordsPutIn(texts[part], known)));
};

/** Publishes a draft: another person looks at it last, and the machine looks once more after that person. */
export const releasePublication = async (
  ctx: Ctx<
    | 'record.changed-meanwhile'
    | 'casebank.draft-over'
    | 'casebank.same-person'
    | 'casebank.consent-missing'
    | 'casebank.findings-open'
    | 'casebank.too-few-alike'
    | 'casebank.redaction-failed'
  >,
  id: string,
  seen: { version: number },
) => {
  const { tx, actor } = ctx;
  const draft = await draftOf(ctx, id);
  const request = (await store.requestById(tx, actor, draft.requestId)) ?? ctx.notFound();
  const findings = await store.findingsOf(tx, actor.districtId, id);
  const consent = await liveConsent(tx, { districtId: actor.districtId, caseId: request.caseId }, 'publication', ctx.today);
  const verdict = releaseVerdict({
    status: draft.status,
    drafterId: draft.draftedBy,
    // A deputy of the drafter is no second person.
    releaserId: actor.selves.includes(draft.draftedBy) ? draft.draftedBy : actor.personId,
    consentLives: consent !== undefined,
    openFindings: openCount(findings),
  });
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  const version = await store.moveDraft(tx, actor.districtId, id, seen.version, ctx.now, { status: 'released' });
  if (version === undefined) return ctx.refuse('record.changed-meanwhile', { version: draft.version });
  const texts = publishedTexts(textsOf(draft), findings);
  const shows = await orRefuse(ctx, async () => {
    const known = await knownFor(ctx, draft.requestId, draft.pseudonym);
    return showsKnown(Object.values(texts), known, ownWordsOf(draft, known));
  });
  if (shows) ctx.refuse('casebank.redaction-failed', { why: 'known-left' });
  const alike = alikeVerdict(await measure(ctx, draft.requestId, Object.values(texts)));
  if (!alike.ok) ctx.refuse(alike.code, alike.facts);
  const { entryId, number } = await publish(ctx, draft, request, texts);
  await record(ctx, 'casebank.released', id, draft.requestId, { entry: entryId, number });
  await ctx.notify([draft.draftedBy, request.askerId], { kind: 'casebank.released', recordKind: 'entry', recordId: entryId, number });
  await ctx.changed('request', draft.requestId);
  return { id, version, entryId, number };
};

const publish = async (ctx: Ctx<never>, draft: store.DraftRow, request: store.SourceRequest, texts: Texts) => {
  const { tx, actor } = ctx;
  const { title, methods, ...sections } = texts;
  const entryId = ctx.id();
  const year = yearOf(ctx.today);
  const series = { districtId: await store.rootOf(tx, actor.districtId), kind: 'AL', scope: '', year };
  const number = entryNumber(year, await nextNumber(tx, series, await store.highestEntry(tx, year)));
  const searchText = searchTextOf(title, sections);
  await store.insertEntry(tx, {
    id: entryId,
    districtId: actor.districtId,
    number,
    draftId: draft.id,
    title,
    domain: request.domain,
    helpFields: request.helpFields,
    methods: methodsFrom(methods),
    year: yearOf(request.closedAt === null ? ctx.today : dayOf(instant(request.closedAt))),
    sections,
    searchText,
    draftedBy: draft.draftedBy,
    releasedBy: actor.personId,
    releasedOn: ctx.today,
  });
  await store.keepTerms(tx, entryId, termsOf(searchText).sort());
  return { entryId, number };
};

/** Gives a draft up; what was found in it is forgotten. */
export const discardDraft = async (ctx: Ctx<'casebank.draft-over'>, id: string) => {
  const { tx, actor } = ctx;
  const draft = await openDraft(ctx, id);
  const version = await store.moveDraft(tx, actor.districtId, id, draft.version, ctx.now, { status: 'discarded' });
  if (version === undefined) ctx.refuse('casebank.draft-over');
  await store.deleteFindings(tx, actor.districtId, id);
  await record(ctx, 'casebank.discarded', id, draft.requestId);
  await ctx.changed('request', draft.requestId);
  return { ok: true as const };
};

/** How many people the draft may be about, with the words that are being written. */
export const measureDraft = async (
  ctx: Ctx<never>,
  id: string,
  typed: { title?: string | undefined; sections?: Readonly<Record<string, string>> | undefined },
) => {
  const { tx, actor } = ctx;
  const draft = await draftOf(ctx, id);
  if ((await store.requestById(tx, actor, draft.requestId)) === undefined) ctx.notFound();
  const texts = publishedTexts(textsOf(draft), await store.findingsOf(tx, actor.districtId, id));
  const written = Object.entries(typed.sections ?? {}).filter(([part]) => (PARTS as readonly string[]).includes(part));
  return measure(ctx, draft.requestId, Object.values({ ...texts, ...Object.fromEntries(written), title: typed.title ?? texts.title }));
};
