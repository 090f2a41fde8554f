import type { CaseEvent } from '@jieyou/core/cases/events.ts';
import { consentDatesVerdict, type FieldRefusal, fieldVerdict, noteVerdict, partsWritten } from '@jieyou/core/cases/rules.ts';
import type {
  CaseDraft,
  ConsentDraft,
  ConsentPurpose,
  ConsentReceiver,
  NoteParts,
  PersonalField,
  RecipientDraft,
} from '@jieyou/core/cases/schema.ts';
import { RECEIVERS_OF } from '@jieyou/core/cases/schema.ts';
import type { NoteKind } from '@jieyou/core/cases/stageSchema.ts';
import type { ServiceDomain } from '@jieyou/core/contacts/schema.ts';
import { yearOf } from '@jieyou/core/shared/day.ts';
import { caseNumber, numberVerdict } from '@jieyou/core/support/receipts.ts';
import type { z } from 'zod';
import { type Contact, recordContact } from '../contacts/index.ts';
import { centreOf } from '../identity/index.ts';
import { withCommit } from '../platform/db/database.ts';
import { nextNumber } from '../platform/db/numbers.ts';
import type { Ctx } from '../platform/http/context.ts';
import { Denied, Invalid } from '../platform/http/errors.ts';
import { packVersionOn } from '../rulepacks/index.ts';
import { correctPerson, type PersonChange } from './person.ts';
import { openField, sealRecipient } from './recipient.ts';
import * as store from './store.ts';

type Draft = z.infer<typeof CaseDraft>;
type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined };
type Change = Loose<Omit<Draft, 'serviceDomain' | 'recipient' | 'recipientId' | 'alongside'>> & {
  readonly version: number;
  readonly recipient?: PersonChange | undefined;
};

const record = (ctx: Ctx<never>, type: CaseEvent, id: string, facts: Record<string, string | null> = {}) =>
  ctx.record({ type, recordKind: 'case', recordId: id, facts });

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The columns that were given at all; null is given, undefined is not. */
const given = <T extends object>(columns: T): Given<T> =>
  Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as Given<T>;

/** A case that the person sees; missing and out of reach answer alike. */
const caseInReach = async (ctx: Ctx<never>, id: string): Promise<store.CaseFacts> =>
  (await store.caseById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();

/** A case on which the person works. Whoever sees it without working on it (a head who is a worker too) is denied openly. */
export const caseInHand = async (ctx: Ctx<never>, id: string): Promise<store.CaseFacts> => {
  const found = await caseInReach(ctx, id);
  if (!found.inHand) throw new Denied();
  return found;
};

/**
 * Code under which a station's numbers run: nine digits of its street; for a station of the district the district's six, padded.
 * Undefined where neither has an official code.
 */
export const codeOfStation = async (ctx: Pick<Ctx, 'tx'>, stationId: string): Promise<string | undefined> => {
  const place = await store.stationPlace(ctx.tx, stationId);
  return place === undefined ? undefined : place.code.padEnd(9, '0').slice(0, 9);
};

const numberOf = (code: string, year: number, sequence: number): string =>
  numberVerdict({ kind: 'case', year, sequence, streetCode: code }).ok
    ? caseNumber(code, year, sequence)
    : // Stations of the district have no street; the form stays the same.
      `${code}-GA-${year}-${String(sequence).padStart(4, '0')}`;

type Opening = Omit<Draft, 'recipient' | 'recipientId' | 'alongside'> &
  ({ readonly recipient: z.infer<typeof RecipientDraft> } | { readonly recipientId: string });

/** Opens a case for somebody new, or for a person in reach; a second one beside an open one only for whoever knows of it. */
export const createCase = async (ctx: Ctx<'cases.no-station' | 'cases.open-already'>, draft: Draft) => {
  const { recipient, recipientId, alongside, ...fields } = draft;
  if (recipientId === undefined) {
    if (recipient === undefined) throw new Invalid([{ path: 'recipient', message: '请填写服务对象' }]);
    return openCase(ctx, { ...fields, recipient });
  }
  const known = await store.personForCase(ctx.tx, ctx.actor, recipientId);
  if (known === undefined || known.still) return ctx.notFound();
  if (known.openNumber !== null && alongside !== true) return ctx.refuse('cases.open-already', { number: known.openNumber });
  return openCase(ctx, { ...fields, recipientId: known.id });
};

/** Opens a case of the person's station, with its number of the year. */
export const openCase = async (ctx: Ctx<'cases.no-station'>, draft: Opening) => {
  const { tx, actor } = ctx;
  const held = actor.assignments.filter((a) => a.role === 'worker');
  const post = held.find((a) => a.deputyFor === null) ?? held[0];
  const stationId = post?.stationId ?? (post?.deputyFor === null ? actor.stationId : null);
  const place = stationId === null || stationId === undefined ? undefined : await store.stationPlace(tx, stationId);
  if (post === undefined || stationId === null || stationId === undefined || place === undefined) return ctx.refuse('cases.no-station');
  const id = ctx.id();
  const recipientId = 'recipientId' in draft ? draft.recipientId : ctx.id();
  const year = yearOf(ctx.today);
  const code = place.code.padEnd(9, '0').slice(0, 9);
  const number = numberOf(code, year, await nextNumber(tx, { districtId: actor.districtId, kind: 'GA', scope: code, year }));
  await store.insertCase(
    tx,
    actor.districtId,
    {
      id,
      number,
      recipientId,
      // A deputy opens the case for the person whose work it is.
      workerId: post.deputyFor ?? actor.personId,
      stationId,
      organisationId: post.organisationId ?? (post.deputyFor === null ? actor.organisationId : null) ?? place.operatorId,
      divisionPath: place.path,
      openedOn: ctx.today,
      at: ctx.now,
    },
    'recipientId' in draft ? null : sealRecipient(ctx.crypto, recipientId, draft.recipient, ctx.today),
    { domain: draft.domain ?? null, serviceDomain: draft.serviceDomain, helpFields: draft.helpFields, risk: draft.risk },
    { household: draft.household, aliases: draft.aliases, school: draft.school, summary: draft.summary },
  );
  await record(ctx, 'case.opened', id, { number, domain: draft.domain ?? null, risk: draft.risk });
  return { id, version: 1, number };
};

/** Changes a case and what is recorded of its recipient. */
export const updateCase = async (
  ctx: Ctx<'record.changed-meanwhile' | 'cases.closed' | 'cases.recipient-changed'>,
  id: string,
  change: Change,
) => {
  const { tx, actor } = ctx;
  const was = await caseInHand(ctx, id);
  if (was.status !== 'open') ctx.refuse('cases.closed');
  const { version: seen, recipient, domain, helpFields, risk, ...content } = change;
  const version = await store.updateRegister(tx, actor.districtId, id, seen, ctx.now, given({ domain, helpFields, risk }));
  if (version === undefined) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  await store.updateContent(tx, actor.districtId, id, given(content));
  if (recipient !== undefined) {
    const written = await correctPerson(ctx, was.recipientId, recipient);
    if (written === undefined) return ctx.refuse('cases.recipient-changed');
  }
  const changed = Object.entries({ ...content, domain, helpFields, risk, recipient }).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
  await record(ctx, 'case.updated', id, { fields: changed.join(',') });
  await ctx.changed('case', id);
  return { id, version };
};

/** Counts a case in another field of service from a day on, with what was served since; what was served before stays where it was counted. */
export const changeServiceField = async (
  ctx: Ctx<'record.changed-meanwhile' | FieldRefusal>,
  id: string,
  change: { readonly field: ServiceDomain; readonly fromDay: string; readonly version: number },
) => {
  const { tx, actor } = ctx;
  const was = await caseInHand(ctx, id);
  const verdict = fieldVerdict(change, { ...was, field: was.serviceDomain }, ctx.today);
  if (!verdict.ok) return ctx.refuse(verdict.code, verdict.facts);
  const set = { serviceDomain: change.field, fieldFrom: change.fromDay };
  const version = await store.updateRegister(tx, actor.districtId, id, change.version, ctx.now, set);
  if (version === undefined) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  await store.insertFieldChange(tx, {
    districtId: actor.districtId,
    id: ctx.id(),
    caseId: id,
    fromDay: change.fromDay,
    was: was.serviceDomain,
    field: change.field,
    changedBy: actor.personId,
    changedAt: ctx.now,
  });
  await record(ctx, 'case.field-changed', id, { was: was.serviceDomain, field: change.field, fromDay: change.fromDay });
  await ctx.changed('case', id);
  return { id, version };
};

const KIND_OF_SERVICE: Readonly<Record<NoteKind, Contact['kind']>> = {
  talk: 'case-interview',
  phone: 'case-phone',
  'home-visit': 'case-home',
  outreach: 'case-other',
  stakeholders: 'case-resource',
  written: 'case-other',
  other: 'case-other',
};

type ToldNote = { readonly happenedOn: string; readonly kind?: NoteKind | undefined; readonly minutes?: number | null | undefined };

/** What a note says of the act of service behind it. */
const noteContact = (
  of: store.CaseFacts,
  domain: ServiceDomain,
  id: string,
  note: ToldNote,
): Contact & Required<Pick<Contact, 'place'>> => ({
  kind: KIND_OF_SERVICE[note.kind ?? 'other'],
  domain,
  happenedOn: note.happenedOn,
  minutes: note.minutes ?? null,
  people: 1,
  caseId: of.id,
  recipientId: of.recipientId,
  sourceKind: 'case-note',
  sourceId: id,
  place: of,
});

/** Writes a note. A note that brings its own id is written once, however often it is sent. */
export const addNote = async (
  ctx: Ctx<'cases.closed' | 'cases.note-in-future'>,
  caseId: string,
  note: {
    id?: string | undefined;
    happenedOn: string;
    body: string;
    kind?: NoteKind | undefined;
    minutes?: number | null | undefined;
    tookPart?: string | undefined;
    parts?: NoteParts | null | undefined;
  },
) => {
  const { tx, actor } = ctx;
  const found = await caseInHand(ctx, caseId);
  const id = note.id ?? ctx.id();
  const again = note.id !== undefined && (await store.hasNote(tx, actor.districtId, id, caseId, actor.personId));
  if (again) return { id, version: 1 };
  const verdict = noteVerdict(found.status, note.happenedOn, ctx.today);
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  const write = () =>
    store.insertNote(tx, {
      districtId: actor.districtId,
      id,
      caseId,
      authorId: actor.personId,
      happenedOn: note.happenedOn,
      writtenAt: ctx.now,
      body: note.body,
      kind: note.kind ?? 'other',
      minutes: note.minutes ?? null,
      tookPart: note.tookPart ?? '',
      parts: partsWritten(note.parts),
    });
  // An id that was made here is free. One that was brought along may have been sent twice at the same moment, or belong to another case.
  if (note.id !== undefined && !(await write())) {
    if (await store.hasNote(tx, actor.districtId, id, caseId, actor.personId)) return { id, version: 1 };
    throw new Invalid([{ path: 'id', message: '这个编号已被使用' }]);
  }
  await ctx.changed('case', caseId);
  const field = await store.fieldOn(tx, actor.districtId, found, note.happenedOn);
  // None of these waits for the other's answer: they travel together, and with the commit.
  await withCommit(tx, note.id === undefined ? 4 : 3, () => [
    ...(note.id === undefined ? [write()] : []),
    recordContact(ctx, noteContact(found, field, id, note)),
    store.touchCase(tx, actor.districtId, caseId, ctx.now),
    record(ctx, 'case.note-added', caseId, { note: id, happenedOn: note.happenedOn, kind: note.kind ?? 'other' }),
  ]);
  return { id, version: 1 };
};

/** Opens one item of the recipient for a reason that is kept. */
export const unmaskRecipient = async (ctx: Ctx<never>, id: string, ask: { field: PersonalField; reason: string }) => {
  const found = await caseInReach(ctx, id);
  const stored = await store.recipientById(ctx.tx, ctx.actor.districtId, found.recipientId);
  const value = openField(ctx.crypto, found.recipientId, stored, ask.field);
  ctx.saw('recipient', found.recipientId, { kind: 'unmask', reason: ask.reason, outcome: ask.field });
  await record(ctx, 'case.unmasked', id, { field: ask.field });
  return { field: ask.field, value };
};

/** Records what the recipient agreed to. */
export const recordConsent = async (
  ctx: Ctx<'cases.consent-backwards' | 'cases.consent-receiver-unknown' | 'cases.consent-no-notice'>,
  caseId: string,
  { told, ...draft }: z.infer<typeof ConsentDraft>,
) => {
  await caseInHand(ctx, caseId);
  const verdict = consentDatesVerdict(draft);
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  let receiver = draft.receiver;
  // Words without a kind mean the usual receiver of their purpose.
  const receiverKind = draft.receiverKind ?? RECEIVERS_OF[draft.purpose][0] ?? null;
  if (draft.receiverKind !== null && draft.receiverId !== null) {
    const [named] = await store.registeredReceivers(ctx.tx, ctx.actor.districtId, [draft.receiverKind], draft.receiverId);
    // What is shown is the name of whom it binds.
    receiver = (named ?? ctx.refuse('cases.consent-receiver-unknown')).name;
  }
  // What was told is what held when it was signed, not what holds when it is typed.
  const notice = told ? await packVersionOn(ctx.tx, 'notice', ctx.actor.districtId, draft.grantedOn) : null;
  if (notice === undefined) return ctx.refuse('cases.consent-no-notice');
  const id = ctx.id();
  await store.insertConsent(ctx.tx, {
    ...draft,
    noticeId: notice?.id ?? null,
    noticeVersion: notice?.version ?? null,
    receiver,
    receiverKind,
    districtId: ctx.actor.districtId,
    id,
    caseId,
    recordedBy: ctx.actor.personId,
  });
  await record(ctx, 'case.consent-recorded', caseId, {
    consent: id,
    purpose: draft.purpose,
    expiresOn: draft.expiresOn,
    notice: notice?.version ?? null,
  });
  await ctx.changed('case', caseId);
  return { id, version: 1 };
};

/** Names once to whom an old consent in words gives; what stood there before stays in its history. */
export const nameConsentReceiver = async (
  ctx: Ctx<'cases.consent-receiver-unknown' | 'cases.consent-receiver-kind' | 'cases.consent-receiver-named'>,
  caseId: string,
  consentId: string,
  to: ConsentReceiver,
) => {
  const { tx, actor } = ctx;
  await caseInHand(ctx, caseId);
  const consent = (await store.consentsOf(tx, actor.districtId, caseId)).find((c) => c.id === consentId) ?? ctx.notFound();
  if (consent.receiverKind !== null) return ctx.refuse('cases.consent-receiver-named');
  if (!RECEIVERS_OF[consent.purpose as ConsentPurpose].includes(to.receiverKind)) return ctx.refuse('cases.consent-receiver-kind');
  let { receiver } = to;
  if (to.receiverId !== null) {
    const [named] = await store.registeredReceivers(tx, actor.districtId, [to.receiverKind], to.receiverId);
    receiver = (named ?? ctx.refuse('cases.consent-receiver-unknown')).name;
  }
  const version = await store.nameReceiver(tx, actor.districtId, caseId, consentId, { ...to, receiver });
  if (version === undefined) return ctx.refuse('cases.consent-receiver-named');
  await record(ctx, 'case.consent-receiver-named', caseId, { consent: consentId, purpose: consent.purpose });
  await ctx.changed('case', caseId);
  return { id: consentId, version };
};

/** Records that the recipient takes a consent back; it counts from today. */
export const withdrawConsent = async (ctx: Ctx<'cases.consent-withdrawn'>, caseId: string, consentId: string) => {
  const { tx, actor } = ctx;
  await caseInHand(ctx, caseId);
  const consent = (await store.consentsOf(tx, actor.districtId, caseId)).find((c) => c.id === consentId) ?? ctx.notFound();
  const version = await store.withdraw(tx, actor.districtId, caseId, consentId, ctx.today);
  if (version === undefined) return ctx.refuse('cases.consent-withdrawn');
  await record(ctx, 'case.consent-withdrawn', caseId, { consent: consentId, purpose: consent.purpose });
  if (consent.purpose === 'publication') {
    for (const request of await store.holdersOfClosed(tx, actor.districtId, caseId)) {
      const notice = { kind: 'casebank.consent-withdrawn', recordKind: 'request', recordId: request.id, number: request.receiptNo ?? '' };
      await ctx.notify([request.holderId], notice);
    }
    const proposed = await store.recallsProposed(tx, caseId);
    const centre = proposed.length === 0 ? [] : await centreOf(tx, actor.districtId);
    for (const { entryId, number } of proposed)
      await ctx.notify(centre, { kind: 'casebank.recall-proposed', recordKind: 'entry', recordId: entryId, number });
  }
  await ctx.changed('case', caseId);
  return { id: consentId, version };
};
