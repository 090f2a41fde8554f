import { FormDocument, readDocument } from '@jieyou/core/forms/document.ts';
import type { FormEvent } from '@jieyou/core/forms/events.ts';
import { type FormFacts, type FormValues, fill, toldOf } from '@jieyou/core/forms/filling.ts';
import {
  beginVerdict,
  correctVerdict,
  decideVerdict,
  type FormRefusal,
  handsVerdict,
  openVerdict,
  signerVerdict,
  writeVerdict,
} from '@jieyou/core/forms/rules.ts';
import { scoresOf } from '@jieyou/core/forms/scale.ts';
import type { FormUnder } from '@jieyou/core/forms/schema.ts';
import { type Day, isMinorOn } from '@jieyou/core/shared/day.ts';
import type { Verdict } from '@jieyou/core/shared/verdict.ts';
import type { SignatureDraft } from '@jieyou/core/signatures/schema.ts';
import { ageToday, exactIndexes, touchCase } from '../cases/index.ts';
import { headsOf } from '../groups/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { Denied, Invalid } from '../platform/http/errors.ts';
import { keepSignature, openHands } from '../signatures/index.ts';
import { sheetOf } from './hands.ts';
import { heldFor } from './prefill.ts';
import * as store from './store.ts';
import { sameUnder, type Under, underColumns, underOf } from './under.ts';

const ensure = <Code extends string>(ctx: Ctx<Code>, verdict: Verdict<FormRefusal>): void => {
  // Each endpoint lists the refusals that its rule may give.
  if (!verdict.ok) ctx.refuse(verdict.code as string as Code, verdict.facts);
};

const record = (ctx: Ctx<never>, type: FormEvent, id: string, facts: Record<string, string | number | null> = {}) =>
  ctx.record({ type, recordKind: 'form-answer', recordId: id, facts });

/** Reads a document without keeping it: what is wrong, or how it will look. */
export const checkTemplate = (text: string) => readDocument(text);

/** Issues a version for this district. It is never changed afterwards; the next one takes its place. */
export const issueTemplate = async (
  ctx: Ctx<'forms.document-wrong' | 'forms.superseded-meanwhile' | 'forms.nothing-new'>,
  given: { text: string; reason: string; insteadOf: string | null },
) => {
  const { tx, actor } = ctx;
  const { document, problems } = readDocument(given.text);
  if (document === null) return ctx.refuse('forms.document-wrong', { count: problems.length });
  const leading = await store.leadingOf(tx, actor.districtId, document.code);
  if ((leading?.id ?? null) !== given.insteadOf) return ctx.refuse('forms.superseded-meanwhile');
  if (leading !== undefined && !leading.retired && JSON.stringify(FormDocument.parse(leading.document)) === JSON.stringify(document))
    return ctx.refuse('forms.nothing-new');
  const id = ctx.id();
  const edition = (leading?.edition ?? 0) + 1;
  const written = await store.insertTemplate(tx, {
    id,
    divisionId: actor.districtId,
    code: document.code,
    edition,
    title: document.title,
    standard: document.standard,
    subject: document.subject,
    signer: document.signer,
    document: JSON.stringify(document),
    reason: given.reason,
    issuedBy: actor.personId,
    issuedAt: ctx.now,
  });
  if (!written) return ctx.refuse('forms.superseded-meanwhile');
  await ctx.record({
    type: 'form.issued' satisfies FormEvent,
    recordKind: 'form-template',
    recordId: id,
    facts: { code: document.code, edition },
  });
  return { id, version: edition };
};

/** Ends a form here: nothing new is begun on it, what was filled stays. Issuing another version opens it again. */
export const retireTemplate = async (ctx: Ctx<'forms.superseded-meanwhile'>, id: string, reason: string) => {
  const { tx, actor } = ctx;
  const found = (await store.templateById(tx, actor.districtId, id)) ?? ctx.notFound();
  if (!found.current) return ctx.refuse('forms.superseded-meanwhile');
  const made = ctx.id();
  const { document } = found;
  const edition = found.edition + 1;
  const written = await store.insertTemplate(tx, {
    id: made,
    divisionId: actor.districtId,
    code: found.code,
    edition,
    title: document.title,
    standard: document.standard,
    subject: document.subject,
    signer: document.signer,
    document: JSON.stringify(document),
    retired: true,
    reason,
    issuedBy: actor.personId,
    issuedAt: ctx.now,
  });
  if (!written) return ctx.refuse('forms.superseded-meanwhile');
  await ctx.record({
    type: 'form.retired' satisfies FormEvent,
    recordKind: 'form-template',
    recordId: made,
    facts: { code: found.code, edition },
  });
  return { id: made, version: edition };
};

/** What a form stands under, where the person writes; whoever only sees it is denied openly. */
const underInHand = async (ctx: Ctx<never>, of: FormUnder): Promise<Under> => {
  const found = (await underOf(ctx, of)) ?? ctx.notFound();
  if (!found.inHand) throw new Denied();
  return found;
};

/** A filled form with what it stands under, in hand. */
const answerInHand = async (ctx: Ctx<never>, id: string) => {
  const answer = (await store.answerById(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();
  return { answer, under: await underInHand(ctx, answer.under), own: ctx.actor.selves.includes(answer.authorId) };
};

const factsOf = (ctx: Ctx<never>, { birthOn }: Under): FormFacts => ({
  '@minor': birthOn === null ? null : isMinorOn(birthOn as Day, ctx.today),
  '@age': ageToday(birthOn, ctx.today),
});

/** Tells those who look at it that a form under it changed. */
const changed = async (ctx: Ctx<never>, under: FormUnder): Promise<void> => ctx.changed(under.kind, under.id);

type Begin = { id?: string | undefined; under: FormUnder; templateId: string | null; corrects: string | null };

/** Begins a form, or a correction with the version and the answers of what it corrects. One that brings its own id is begun once. */
export const beginAnswer = async (
  ctx: Ctx<
    | 'forms.case-closed'
    | 'forms.cancelled'
    | 'forms.person-still'
    | 'forms.not-current'
    | 'forms.not-open-here'
    | 'forms.kept-in-room'
    | 'forms.not-correctable'
    | 'forms.corrected-already'
  >,
  given: Begin,
) => {
  const { tx, actor } = ctx;
  const under = await underInHand(ctx, given.under);
  const id = given.id ?? ctx.id();
  if (given.id !== undefined) {
    const known = await store.answerById(tx, actor.districtId, id);
    if (known !== undefined && sameUnder(known.under, given.under) && known.authorId === actor.personId)
      return { id, version: known.version };
  }
  const corrected = given.corrects === null ? null : ((await store.answerById(tx, actor.districtId, given.corrects)) ?? ctx.notFound());
  if (corrected !== null && !sameUnder(corrected.under, given.under)) return ctx.notFound();
  const template = (await store.templateById(tx, actor.districtId, corrected?.templateId ?? given.templateId ?? '')) ?? ctx.notFound();
  const { document } = template;
  ensure(ctx, beginVerdict(under, corrected === null ? { ...template, each: document.each } : null));
  if (corrected !== null)
    ensure(ctx, correctVerdict({ status: corrected.status, correctedBy: await store.isCorrected(tx, actor.districtId, corrected.id) }));
  const before = corrected === null ? undefined : ((await store.contentOf(tx, actor.districtId, corrected.id)) ?? ctx.notFound());
  const facts = before?.facts ?? factsOf(ctx, under);
  // What does not fit its field here is left out, and asked for like anything else.
  const answers = before?.answers ?? fill(document, await heldFor(ctx as Ctx<never>, document, given.under), facts, ctx.today).kept;
  const written = await store.insertAnswer(
    tx,
    {
      districtId: actor.districtId,
      id,
      ...underColumns(given.under),
      stationId: under.stationId,
      templateId: template.id,
      code: template.code,
      keptAs: document.keptAs,
      status: 'draft',
      revision: (corrected?.revision ?? 0) + 1,
      rootId: corrected?.rootId ?? id,
      correctsId: corrected?.id ?? null,
      authorId: actor.personId,
      madeAt: ctx.now,
      savedAt: ctx.now,
    },
    { answers, facts, results: before?.results ?? [], told: null },
  );
  if (!written) {
    if (corrected !== null) return ctx.refuse('forms.corrected-already');
    throw new Invalid([{ path: 'id', message: '这个编号已被使用' }]);
  }
  await record(ctx, 'form.begun', id, { [under.kind]: under.id, code: template.code, edition: template.edition });
  await changed(ctx as Ctx<never>, given.under);
  return { id, version: 1 };
};

type Writing =
  | 'forms.case-closed'
  | 'forms.cancelled'
  | 'forms.person-still'
  | 'forms.over'
  | 'forms.not-author'
  | 'record.changed-meanwhile';
type Written = { readonly values: FormValues; readonly version: number };

/** What the answers come to on the version of the form; what could never have been typed is said back, field by field. */
const settle = async (ctx: Ctx<Writing>, id: string, given: Written, finished: boolean) => {
  const { answer, under, own } = await answerInHand(ctx as Ctx<never>, id);
  ensure(ctx, writeVerdict({ status: answer.status, own }));
  ensure(ctx, openVerdict(under));
  const template = (await store.templateById(ctx.tx, ctx.actor.districtId, answer.templateId)) ?? ctx.notFound();
  const { document } = template;
  const { facts } = (await store.contentOf(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();
  const filled = fill(document, given.values, facts, ctx.today);
  const wrong = filled.problems.filter((p) => finished || p.shape === true);
  if (wrong.length > 0) throw new Invalid(wrong.slice(0, 50).map((p) => ({ path: `values.${p.field}`, message: p.says })));
  const content = {
    answers: filled.kept,
    facts,
    results: scoresOf(document, filled.kept),
    told: finished ? toldOf(document, filled.kept) : null,
  };
  return { answer, under, document, content };
};

/** Keeps a draft as far as it goes. */
export const saveAnswer = async (ctx: Ctx<Writing>, id: string, given: Written) => {
  const { answer, content } = await settle(ctx, id, given, false);
  const of = { districtId: ctx.actor.districtId, id, version: given.version };
  if (answer.version !== given.version) return ctx.refuse('record.changed-meanwhile', { version: answer.version });
  await store.writeContent(ctx.tx, of, content);
  if (!(await store.moveAnswer(ctx.tx, of, { status: 'draft', savedAt: ctx.now })))
    return ctx.refuse('record.changed-meanwhile', { version: answer.version });
  return { id, version: given.version + 1 };
};

/** Tells of a form that waits or was answered: by the number of its case at most, and nothing of its content. */
const tell = (
  ctx: Ctx<never>,
  kind: 'forms.laid' | 'forms.signed' | 'forms.returned',
  persons: readonly string[],
  id: string,
  under: Under | undefined,
): Promise<void> => ctx.notify(persons, { kind, recordKind: 'form-answer', recordId: id, number: under?.file?.number ?? '' });

/** Submits a form. Where the version asks for a signature it waits for the head or the supervisor before whom it is laid; else it stands at once, and what it corrects stands back. */
export const submitAnswer = async (
  ctx: Ctx<Writing | 'forms.signature-missing' | 'forms.signer-unknown'>,
  id: string,
  given: Written & { readonly signerId: string | null },
) => {
  const { answer, under, document, content } = await settle(ctx as Ctx<Writing>, id, given, true);
  const of = { districtId: ctx.actor.districtId, id, version: given.version };
  if (answer.version !== given.version) return ctx.refuse('record.changed-meanwhile', { version: answer.version });
  const sheet = await sheetOf(ctx, { answer, under, document, values: content.answers });
  const known = given.signerId === null ? [] : (await store.supervisorsOf(ctx.tx, answer.authorId)).map((s) => s.id);
  ensure(ctx, signerVerdict(document.signer, given.signerId, known));
  if (sheet !== null) ensure(ctx, handsVerdict(openHands(sheet.needs, sheet.signatures, sheet.hash)));
  await store.writeContent(ctx.tx, of, content);
  const waits = document.signer !== 'nobody';
  const change = { status: waits ? 'waiting' : 'submitted', savedAt: ctx.now, submittedAt: ctx.now, signerId: given.signerId } as const;
  if (!(await store.moveAnswer(ctx.tx, of, change))) return ctx.refuse('record.changed-meanwhile', { version: answer.version });
  // The one before whom it is laid, or the heads of the station; never who wrote it. What it is called and about stays in the form.
  if (waits) {
    const asked = given.signerId === null ? await headsOf(ctx.tx, ctx.actor.districtId, answer.stationId) : [given.signerId];
    await tell(
      ctx as Ctx<never>,
      'forms.laid',
      asked.filter((person) => person !== answer.authorId),
      id,
      under,
    );
  }
  if (!waits && answer.correctsId !== null) await standBack(ctx as Ctx<never>, answer.correctsId);
  await record(ctx as Ctx<never>, 'form.submitted', id, { [under.kind]: under.id, code: answer.code, revision: answer.revision });
  if (under.kind === 'case') await touchCase(ctx.tx, ctx.actor.districtId, under.id, ctx.now);
  await changed(ctx as Ctx<never>, answer.under);
  return { id, version: given.version + 1 };
};

/** Takes a signature by hand on a form that is being written: on the answers that were shown; others on submission, and it does not count. */
export const signAnswer = async (
  ctx: Ctx<'forms.over' | 'forms.not-author' | 'forms.not-signed-here' | 'signatures.guardian-kept-back' | 'signatures.id-taken'>,
  id: string,
  draft: SignatureDraft,
) => {
  const { answer, under, own } = await answerInHand(ctx as Ctx<never>, id);
  ensure(ctx, writeVerdict({ status: answer.status, own }));
  const { document } = (await store.templateById(ctx.tx, ctx.actor.districtId, answer.templateId)) ?? ctx.notFound();
  if (document.signers === undefined || (under.file === null && draft.who !== 'worker')) return ctx.refuse('forms.not-signed-here');
  const person = { caseId: under.file?.id ?? null, recipientId: under.file?.recipientId ?? null };
  const of = { kind: 'form' as const, id, stationId: under.stationId, ...person };
  const not = await keepSignature(ctx, of, draft, exactIndexes(ctx.crypto, draft.name).name);
  if (not !== null) return ctx.refuse(not);
  await record(ctx as Ctx<never>, 'form.hand-signed', id, { [under.kind]: under.id, who: draft.who, way: draft.way });
  await changed(ctx as Ctx<never>, answer.under);
  return { id: draft.id, version: 1 };
};

const standBack = async (ctx: Ctx<never>, id: string): Promise<void> => {
  await store.replaceAnswer(ctx.tx, ctx.actor.districtId, id);
  await record(ctx, 'form.replaced', id);
};

/** Signs a form or sends it back with a word: the head of the station, or the supervisor before whom it lies; its author never does. */
export const decideAnswer = async (
  ctx: Ctx<'forms.own' | 'forms.not-waiting' | 'forms.reason-missing' | 'record.changed-meanwhile'>,
  id: string,
  given: { signs: boolean; says: string; version: number },
) => {
  const { tx, actor } = ctx;
  const answer = (await store.answerById(tx, actor.districtId, id)) ?? ctx.notFound();
  if (!store.signs(actor, answer)) {
    // Row-level security shows it to those who reach what it stands under, and to nobody else.
    if ((await underOf(ctx, answer.under)) === undefined) ctx.notFound();
    throw new Denied();
  }
  ensure(ctx, decideVerdict({ status: answer.status, own: actor.selves.includes(answer.authorId) }, given.signs, given.says));
  if (answer.version !== given.version) return ctx.refuse('record.changed-meanwhile', { version: answer.version });
  const done = await store.decide(tx, { id, version: given.version, decisionId: ctx.id() }, given.signs, given.says);
  if (done === undefined) return ctx.refuse('record.changed-meanwhile', { version: answer.version });
  if (done.replaced !== null) await record(ctx as Ctx<never>, 'form.replaced', done.replaced);
  const { under } = answer;
  await tell(ctx as Ctx<never>, given.signs ? 'forms.signed' : 'forms.returned', [answer.authorId], id, await underOf(ctx, under));
  await record(ctx as Ctx<never>, given.signs ? 'form.signed' : 'form.returned', id, { [under.kind]: under.id, code: answer.code });
  await changed(ctx as Ctx<never>, answer.under);
  return { id, version: given.version + 1 };
};

/** Puts a draft away: its author, or whoever carries the case by now. */
export const discardAnswer = async (ctx: Ctx<'forms.over' | 'record.changed-meanwhile'>, id: string, version: number) => {
  const { answer, under } = await answerInHand(ctx as Ctx<never>, id);
  if (answer.status !== 'draft' && answer.status !== 'returned') return ctx.refuse('forms.over', { status: answer.status });
  if (!(await store.moveAnswer(ctx.tx, { districtId: ctx.actor.districtId, id, version }, { status: 'discarded' })))
    return ctx.refuse('record.changed-meanwhile', { version: answer.version });
  await record(ctx as Ctx<never>, 'form.discarded', id, { [under.kind]: under.id, code: answer.code });
  await changed(ctx as Ctx<never>, answer.under);
  return { id, version: version + 1 };
};
