import { createHash } from 'node:crypto';
import { LARGEST_FILE_MEGABYTES } from '@jieyou/core/cases/rules.ts';
import { mayEver, professionals } from '@jieyou/core/identity/policy.ts';
import type { SealingEvent } from '@jieyou/core/sealing/events.ts';
import { sealingPackOf } from '@jieyou/core/sealing/pack.ts';
import { registersLetters } from '@jieyou/core/sealing/policy.ts';
import { approvalVerdict, closesAt, decisionVerdict, letterVerdict, type SealRefusal } from '@jieyou/core/sealing/rules.ts';
import type { LetterDraft, SealingDraft } from '@jieyou/core/sealing/schema.ts';
import { formatInstant } from '@jieyou/core/shared/day.ts';
import type { Verdict } from '@jieyou/core/shared/verdict.ts';
import type { z } from 'zod';
import { dropIfItFails, dropIfItSucceeds, kindOf } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { answerKeptFile, fileAs } from '../platform/http/fileAs.ts';
import { packInForce } from '../rulepacks/index.ts';
import { filesOf, keyOf, lentOf, newKey, openBundle, partsOf, sealBundle, storedOf, withoutLent, withStored } from './bundle.ts';
import * as store from './store.ts';

const ensure = <Code extends SealRefusal>(ctx: Ctx<Code>, verdict: Verdict<SealRefusal>): void => {
  if (!verdict.ok) ctx.refuse(verdict.code as Code, verdict.facts);
};

const record = (ctx: Ctx, type: SealingEvent, recordKind: 'sealed-file' | 'query-letter', recordId: string) =>
  ctx.record({ type, recordKind, recordId });

const tell = (ctx: Ctx, persons: readonly string[], kind: string, recordKind: string, recordId: string, number: string) =>
  ctx.notify(
    [...new Set(persons)].filter((p) => p !== ctx.actor.personId),
    { kind, recordKind, recordId, number },
  );

const fileInReach = async (ctx: Ctx, id: string): Promise<store.SealedFile> => (await store.findFile(ctx.tx, id)) ?? ctx.notFound();

/** Proposes to seal a case that the judicial authority has decided on. */
export const proposeSealing = async (ctx: Ctx<'sealing.no-such-case' | 'sealing.in-future'>, draft: z.infer<typeof SealingDraft>) => {
  if (draft.decidedOn > ctx.today) ctx.refuse('sealing.in-future');
  const caseId = (await store.caseToSeal(ctx.tx, draft.caseNumber)) ?? ctx.refuse('sealing.no-such-case');
  const id = ctx.id();
  await store.insertFile(ctx.tx, {
    districtId: ctx.actor.districtId,
    id,
    caseId,
    number: draft.caseNumber,
    status: 'proposed',
    authority: draft.authority,
    decisionNo: draft.decisionNo,
    decidedOn: draft.decidedOn,
    basis: draft.basis,
    reason: draft.reason,
    proposedBy: ctx.actor.personId,
    proposedAt: ctx.now,
  });
  await record(ctx, 'sealing.proposed', 'sealed-file', id);
  await tell(ctx, await store.holdersOf(ctx.tx, ctx.actor.districtId, 'security'), 'sealing.waits', 'sealed-file', id, draft.caseNumber);
  return { id, version: 1 };
};

type Deciding = Ctx<'sealing.moved-on' | 'sealing.same-person'>;

const waiting = async (ctx: Deciding, id: string, waits: 'proposed' | 'unseal-proposed'): Promise<store.SealedFile> => {
  const file = await fileInReach(ctx, id);
  const proposer = waits === 'proposed' ? file.proposedBy : file.unsealBy;
  ensure(ctx, decisionVerdict({ status: file.status, waits, proposedByMe: proposer !== null && ctx.actor.selves.includes(proposer) }));
  return file;
};

const move = async (ctx: Ctx<'sealing.moved-on'>, file: store.SealedFile, change: Parameters<typeof store.moveFile>[2]) => {
  if (!(await store.moveFile(ctx.tx, file, change))) ctx.refuse('sealing.moved-on');
  return { id: file.id, version: file.version + 1 };
};

/** Seals: the rows leave their tables and are enciphered under a key of the file's own, files on disk as well. */
export const decideSealing = async (ctx: Deciding, id: string, decision: 'seal' | 'refuse') => {
  const file = await waiting(ctx, id, 'proposed');
  if (decision === 'refuse') {
    await record(ctx, 'sealing.refused', 'sealed-file', id);
    return move(ctx, file, { status: 'refused', decidedBy: ctx.actor.personId });
  }
  const { files } = ctx.services;
  const taken = await store.takeForSealing(ctx.tx, id);
  for (const storedAs of lentOf(taken)) dropIfItSucceeds(ctx.http.request, storedAs);
  const bundle = withoutLent(taken);
  const { keyId, keyCt, provider } = newKey(ctx.crypto, id);
  const kept: Parameters<typeof store.insertContent>[2][number][] = [];
  for (const one of storedOf(bundle)) {
    const { storedAs } = await files.put(one.id, await files.get(one.id, one.storedAs), provider);
    dropIfItFails(ctx.http.request, storedAs);
    dropIfItSucceeds(ctx.http.request, one.storedAs);
    kept.push({ districtId: file.districtId, id: one.id, fileId: id, storedAs });
  }
  await store.insertContent(ctx.tx, { districtId: file.districtId, id, keyId, keyCt, bodyCt: sealBundle(provider, id, bundle) }, kept);
  await store.sealAway(ctx.tx, id);
  await record(ctx, 'sealing.sealed', 'sealed-file', id);
  return move(ctx, file, { status: 'sealed', decidedBy: ctx.actor.personId, sealedAt: ctx.now });
};

/** Asks to lift a sealing, by a decision of the authority. */
export const proposeUnsealing = async (
  ctx: Ctx<'sealing.moved-on'>,
  id: string,
  body: { authority: string; decisionNo: string; reason: string },
) => {
  const file = await fileInReach(ctx, id);
  if (file.status !== 'sealed') ctx.refuse('sealing.moved-on', { status: file.status });
  await record(ctx, 'sealing.unseal-proposed', 'sealed-file', id);
  await tell(ctx, await store.holdersOf(ctx.tx, file.districtId, 'security'), 'sealing.waits', 'sealed-file', id, file.number);
  return move(ctx, file, {
    status: 'unseal-proposed',
    unsealAuthority: body.authority,
    unsealDecisionNo: body.decisionNo,
    unsealReason: body.reason,
    unsealBy: ctx.actor.personId,
  });
};

/** Lifts a sealing: everything goes back where it was, with its history. */
export const decideUnsealing = async (ctx: Deciding, id: string, decision: 'unseal' | 'refuse') => {
  const file = await waiting(ctx, id, 'unseal-proposed');
  if (decision === 'refuse') {
    await record(ctx, 'sealing.unseal-refused', 'sealed-file', id);
    return move(ctx, file, { status: 'sealed' });
  }
  const { files } = ctx.services;
  const kept = await store.takeForUnsealing(ctx.tx, id);
  const provider = keyOf(ctx.crypto, id, kept.keyId, kept.keyCt);
  const names = new Map<string, string>();
  for (const one of kept.files) {
    const { storedAs } = await files.put(one.id, await files.get(one.id, one.storedAs, provider));
    dropIfItFails(ctx.http.request, storedAs);
    dropIfItSucceeds(ctx.http.request, one.storedAs);
    names.set(one.id, storedAs);
  }
  await store.putBack(ctx.tx, id, withStored(openBundle(provider, id, kept.bodyCt), names));
  await record(ctx, 'sealing.unsealed', 'sealed-file', id);
  return move(ctx, file, { status: 'unsealed', unsealedAt: ctx.now });
};

/** Registers a letter; it opens nothing until two others have approved it. */
export const registerQueryLetter = async (
  ctx: Ctx<'sealing.moved-on' | 'sealing.in-future' | 'sealing.letter-over' | 'sealing.too-long' | 'sealing.reader-unknown'>,
  fileId: string,
  draft: LetterDraft,
) => {
  const file = await fileInReach(ctx, fileId);
  const pack = sealingPackOf((await packInForce(ctx.tx, 'sealing', file.districtId, ctx.today)).values);
  const verdict = letterVerdict({ ...draft, status: file.status, longest: pack.longestOpeningHours, today: ctx.today });
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  const readers = [...new Set(draft.readerIds)];
  if ((await store.workingAmong(ctx.tx, file.districtId, readers, professionals)) !== readers.length) ctx.refuse('sealing.reader-unknown');
  const id = ctx.id();
  await store.insertLetter(ctx.tx, {
    ...draft,
    readerIds: readers,
    districtId: file.districtId,
    id,
    fileId,
    number: file.number,
    status: 'registered',
    registeredBy: ctx.actor.personId,
    registeredAt: ctx.now,
  });
  await record(ctx, 'sealing.letter-registered', 'query-letter', id);
  const asked = [
    ...(await store.holdersOf(ctx.tx, file.districtId, 'security')),
    ...(await store.holdersOf(ctx.tx, file.districtId, 'centre')),
  ];
  await tell(ctx, asked, 'sealing.waits', 'sealed-file', fileId, file.number);
  return { id, version: 1 };
};

/** Keeps the picture of a letter, while nobody has decided on it. */
export const addLetterScan = async (
  ctx: Ctx<'sealing.decided' | 'files.empty' | 'files.too-large' | 'files.kind-not-allowed'>,
  id: string,
  content: Buffer,
) => {
  const letter = (await store.findLetter(ctx.tx, id)) ?? ctx.notFound();
  if (!mayEver(registersLetters, ctx.actor)) return ctx.notFound();
  if (letter.status !== 'registered' || (await store.approvalsOf(ctx.tx, [id])).length > 0) ctx.refuse('sealing.decided');
  if (content.length === 0) ctx.refuse('files.empty');
  if (content.length > LARGEST_FILE_MEGABYTES * 1024 * 1024) ctx.refuse('files.too-large', { maxMegabytes: LARGEST_FILE_MEGABYTES });
  const kind = await kindOf(content);
  if (kind === null || !(kind === 'application/pdf' || kind.startsWith('image/'))) return ctx.refuse('files.kind-not-allowed');
  const { storedAs } = await ctx.services.files.put(id, content);
  dropIfItFails(ctx.http.request, storedAs);
  if (letter.scanAs !== null) dropIfItSucceeds(ctx.http.request, letter.scanAs);
  const scanSha256 = createHash('sha256').update(content).digest('hex');
  if (!(await store.moveLetter(ctx.tx, letter, { scanAs: storedAs, scanMime: kind, scanSha256 }))) ctx.refuse('sealing.decided');
  return { id, version: letter.version + 1 };
};

/** One of the two approvals; the second one opens the file for the named people. */
export const decideQueryLetter = async (
  ctx: Ctx<'sealing.decided' | 'sealing.same-person' | 'sealing.no-scan' | 'sealing.letter-over'>,
  id: string,
  decision: 'approve' | 'refuse',
) => {
  const letter = (await store.findLetter(ctx.tx, id)) ?? ctx.notFound();
  // Readers see an open letter too; only those who keep the files decide.
  const file = await fileInReach(ctx, letter.fileId);
  const before = await store.approvalsOf(ctx.tx, [id]);
  const role = mayEver(registersLetters, ctx.actor) ? 'centre' : 'security';
  ensure(
    ctx,
    approvalVerdict({
      status: letter.status,
      scanned: letter.scanAs !== null,
      registeredByMe: ctx.actor.selves.includes(letter.registeredBy),
      roleDone: before.some((a) => a.role === role),
      untilDay: letter.untilDay,
      today: ctx.today,
    }),
  );
  const opens = decision === 'approve' && before.some((a) => a.decision === 'approve');
  const change =
    decision === 'refuse'
      ? { status: 'refused' }
      : opens
        ? { status: 'open', opensAt: ctx.now, closesAt: closesAt(ctx.now, letter.hours, letter.untilDay) }
        : {};
  if (!(await store.moveLetter(ctx.tx, letter, change))) ctx.refuse('sealing.decided');
  await store.insertApproval(ctx.tx, {
    districtId: letter.districtId,
    id: ctx.id(),
    letterId: id,
    personId: ctx.actor.personId,
    role,
    decision,
    at: ctx.now,
  });
  await record(ctx, 'sealing.letter-decided', 'query-letter', id);
  if (opens) await tell(ctx, letter.readerIds, 'sealing.opened', 'query-letter', id, letter.letterNo);
  else await tell(ctx, [letter.registeredBy], 'sealing.waits', 'sealed-file', file.id, file.number);
  return { id, version: letter.version + 1 };
};

const openLetter = async (ctx: Ctx, id: string) => {
  const letter = (await store.findLetter(ctx.tx, id)) ?? ctx.notFound();
  if (!letter.readerIds.includes(ctx.actor.personId)) return ctx.notFound();
  const content = (await store.contentByLetter(ctx.tx, letter.fileId)) ?? ctx.notFound();
  return { letter, provider: keyOf(ctx.crypto, letter.fileId, content.keyId, content.keyCt), bodyCt: content.bodyCt };
};

const noteReading = async (ctx: Ctx, letter: store.LetterRecord, attachmentId: string | null) => {
  await store.insertReading(ctx.tx, {
    districtId: letter.districtId,
    id: ctx.id(),
    fileId: letter.fileId,
    letterId: letter.id,
    personId: ctx.actor.personId,
    attachmentId,
    at: ctx.now,
  });
  await record(ctx, 'sealing.opened', 'query-letter', letter.id);
  ctx.saw('query-letter', letter.id, { outcome: 'opened', reason: letter.letterNo });
};

/** Opens a sealed file for a named person, within the hours of an approved letter, in the parts that it names. */
export const openSealedFile = async (ctx: Ctx, id: string) => {
  const { letter, provider, bodyCt } = await openLetter(ctx, id);
  const bundle = openBundle(provider, letter.fileId, bodyCt);
  await noteReading(ctx, letter, null);
  return {
    number: letter.number,
    unit: letter.unit,
    letterNo: letter.letterNo,
    closesAt: letter.closesAt ?? ctx.now,
    watermark: `${ctx.actor.name} ${letter.letterNo} ${formatInstant(ctx.now)}`,
    parts: partsOf(ctx.crypto, bundle, letter.scope),
    files: letter.scope.includes('files') ? filesOf(bundle) : [],
  };
};

/** One file of a sealed file, for the same people and hours. */
export const readSealedAttachment = async (ctx: Ctx, id: string, fileId: string): Promise<Buffer> => {
  const { letter, provider, bodyCt } = await openLetter(ctx, id);
  if (!letter.scope.includes('files')) return ctx.notFound();
  const file = filesOf(openBundle(provider, letter.fileId, bodyCt)).find((one) => one.id === fileId) ?? ctx.notFound();
  const storedAs = (await store.fileByLetter(ctx.tx, letter.fileId, fileId)) ?? ctx.notFound();
  await noteReading(ctx, letter, fileId);
  answerKeptFile(ctx.http.reply, file.mime, fileAs(file.name));
  return ctx.services.files.get(fileId, storedAs, provider);
};
