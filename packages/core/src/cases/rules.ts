import { namesReceiver } from '../shared/receiver.ts';
import { no, type Verdict, yes } from '../shared/verdict.ts';
import type { Consent, ConsentPurpose, NoteParts, PacketField, ReceiverKind } from './schema.ts';

/** Whom a consent names; without a kind it was recorded before receivers had one: it carries to nobody until the receiver is named once. */
export type NamedReceiver = { readonly receiver: string; readonly receiverKind: ReceiverKind | null; readonly receiverId: string | null };

/** The parts of a consent on which it is judged. Days compare as text. */
export type ConsentFacts = Pick<Consent, 'purpose' | 'fields' | 'grantedOn' | 'expiresOn' | 'withdrawnOn'> & NamedReceiver;

/** Somebody who is to receive something, with the organisation that the receiver belongs to and the names by which words may mean them. */
export type Receiver = {
  readonly kind: Exclude<ReceiverKind, 'public'>;
  readonly id: string;
  readonly organisationId: string | null;
  readonly names: readonly string[];
};

/** What is to be done with a file: for which purpose, with which parts of it, on which day, and for whom where that is known. */
export type ConsentUse = {
  readonly purpose: ConsentPurpose;
  readonly fields: readonly PacketField[];
  readonly today: string;
  readonly receivers?: readonly Receiver[];
};

/** Why a consent does not carry a use. */
export type ConsentRefusal =
  | 'cases.consent-other-purpose'
  | 'cases.consent-receiver-unnamed'
  | 'cases.consent-other-receiver'
  | 'cases.consent-not-begun'
  | 'cases.consent-expired'
  | 'cases.consent-withdrawn'
  | 'cases.consent-too-narrow';

/**
 * Whether a consent lives on a day: signed, not withdrawn, not expired. Its last day still counts; a withdrawal counts from the
 * day on which it is made, the day itself included (PIPL 15: what was done before stays lawful, nothing more may be done).
 */
export const liveConsentVerdict = (
  consent: Pick<ConsentFacts, 'grantedOn' | 'expiresOn' | 'withdrawnOn'>,
  today: string,
): Verdict<ConsentRefusal> => {
  if (consent.grantedOn > today) return no('cases.consent-not-begun', { grantedOn: consent.grantedOn });
  if (consent.withdrawnOn !== null && consent.withdrawnOn <= today)
    return no('cases.consent-withdrawn', { withdrawnOn: consent.withdrawnOn });
  if (consent.expiresOn !== null && consent.expiresOn < today) return no('cases.consent-expired', { expiresOn: consent.expiresOn });
  return yes;
};

/**
 * Whether a consent names somebody as receiver (PIPL 23): the one of a register, an organisation for all who belong to it, or by words of the same
 * kind. What is given to the public is given to anybody.
 */
export const carriesTo = (consent: NamedReceiver, to: Receiver): boolean => {
  const { receiverKind: kind, receiverId: id } = consent;
  if (kind === null) return false;
  if (kind === 'public') return true;
  if (id !== null) return (kind === to.kind && id === to.id) || (kind === 'organisation' && id === to.organisationId);
  return (kind === to.kind || kind === 'organisation') && to.names.some((name) => namesReceiver(consent.receiver, name));
};

/** Whether a consent carries a use: its purpose, to every receiver, alive on the day, and every field named in it (PIPL 23, 25, 29). */
export const consentVerdict = (consent: ConsentFacts, use: ConsentUse): Verdict<ConsentRefusal> => {
  if (consent.purpose !== use.purpose) return no('cases.consent-other-purpose', { purpose: consent.purpose });
  const live = liveConsentVerdict(consent, use.today);
  if (!live.ok) return live;
  if (consent.receiverKind === null && (use.receivers ?? []).length > 0) return no('cases.consent-receiver-unnamed');
  if (!(use.receivers ?? []).every((to) => carriesTo(consent, to))) return no('cases.consent-other-receiver');
  const missing = use.fields.filter((field) => !consent.fields.includes(field));
  return missing.length > 0 ? no('cases.consent-too-narrow', { missing }) : yes;
};

/** What stands for the receiver wherever a consent is chosen. */
export const receiverSays = (consent: Pick<NamedReceiver, 'receiver' | 'receiverKind'>): string =>
  consent.receiverKind === null ? `对象没有写明（原写“${consent.receiver}”）` : consent.receiver;

/** Words that mean the experts whom the support centre invites: they sit for it. */
export const CENTRE_IN_WORDS = '支援中心';

/** Whether a consent can be recorded: it does not end before it begins. */
export const consentDatesVerdict = (consent: Pick<ConsentFacts, 'grantedOn' | 'expiresOn'>): Verdict<'cases.consent-backwards'> =>
  consent.expiresOn !== null && consent.expiresOn < consent.grantedOn
    ? no('cases.consent-backwards', { grantedOn: consent.grantedOn, expiresOn: consent.expiresOn })
    : yes;

/** Whether a note may be written: the case is open, and what it tells has happened. */
export const noteVerdict = (status: string, happenedOn: string, today: string): Verdict<'cases.closed' | 'cases.note-in-future'> => {
  if (status !== 'open') return no('cases.closed');
  return happenedOn > today ? no('cases.note-in-future', { happenedOn, today }) : yes;
};

/** Why somebody is not named to work along. */
export type CoWorkerRefusal =
  | 'cases.closed'
  | 'cases.circle-is-worker'
  | 'cases.circle-other-station'
  | 'cases.circle-already'
  | 'cases.circle-past';

/** Whether a colleague may be named: on an open case, of its station, not its worker, once, and not until a day that is over. */
export const coWorkerVerdict = (facts: {
  readonly status: string;
  readonly isWorker: boolean;
  readonly ofStation: boolean;
  readonly already: boolean;
  readonly toDay: string | null;
  readonly today: string;
}): Verdict<CoWorkerRefusal> => {
  if (facts.status !== 'open') return no('cases.closed');
  if (facts.isWorker) return no('cases.circle-is-worker');
  if (!facts.ofStation) return no('cases.circle-other-station');
  if (facts.already) return no('cases.circle-already');
  return facts.toDay !== null && facts.toDay < facts.today ? no('cases.circle-past', { toDay: facts.toDay, today: facts.today }) : yes;
};

/** Most files that one case or one request carries. */
export const MOST_ATTACHMENTS = 30;

/** Largest file in megabytes. */
export const LARGEST_FILE_MEGABYTES = 20;

/** Kinds of files by the ending of their names; the content must say the same. Nothing that runs or draws itself (html, svg, macros). */
const ALLOWED: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  heic: 'image/heic',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  txt: 'text/plain',
};

/** Endings of the files that are taken, with their dots: what a dialog for files offers. */
export const TAKEN_ENDINGS: readonly string[] = Object.keys(ALLOWED).map((ending) => `.${ending}`);

/** Ending of a file's name in lower case; empty where it has none. */
export const endingOf = (name: string): string => /\.([^.]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** Why a file is not taken. */
export type FileRefusal =
  | 'files.too-large'
  | 'files.kind-not-allowed'
  | 'files.content-differs-from-name'
  | 'files.empty'
  | 'files.too-many';

/**
 * Whether a file may be attached. `found` is the kind that its content shows ('text/plain' for plain text), null where the content
 * is of no kind that is known; `already` counts the record's files.
 */
export const fileVerdict = (file: {
  readonly name: string;
  readonly bytes: number;
  readonly found: string | null;
  readonly already: number;
}): Verdict<FileRefusal> => {
  if (file.bytes === 0) return no('files.empty');
  if (file.bytes > LARGEST_FILE_MEGABYTES * 1024 * 1024) return no('files.too-large', { maxMegabytes: LARGEST_FILE_MEGABYTES });
  const ending = endingOf(file.name);
  const promised = Object.hasOwn(ALLOWED, ending) ? ALLOWED[ending] : undefined;
  if (promised === undefined) return no('files.kind-not-allowed', { ending });
  if (file.found !== promised) return no('files.content-differs-from-name', { ending });
  return file.already >= MOST_ATTACHMENTS ? no('files.too-many', { max: MOST_ATTACHMENTS }) : yes;
};

// Directional overrides show `fdp.exe` as `exe.pdf`; zero-width characters hide in names.
const unseen = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const LONGEST_NAME = 100;

/** A file's name as it is kept: without a path, without control, invisible and direction characters, at most 100 characters with its ending. */
export const cleanFileName = (given: string): string => {
  const last = given.normalize('NFC').replace(unseen, '').split(/[\\/]/).at(-1) ?? '';
  const plain = last
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const ending = endingOf(plain);
  const stem = ending === '' ? plain : plain.slice(0, -(ending.length + 1));
  const letters = [...stem]
    .slice(0, LONGEST_NAME - ending.length - 1)
    .join('')
    .trim();
  return `${letters === '' ? '附件' : letters}${ending === '' ? '' : `.${ending}`}`;
};

/** A file's name in a packet: names of files often hold the name of the person, so experts see a number and the kind. */
export const packetFileName = (place: number, name: string): string => {
  const ending = endingOf(name);
  return `附件${place}${ending === '' ? '' : `.${ending}`}`;
};

/** Buttons of a case. */
export type CaseAct = 'edit' | 'note' | 'consent' | 'attach' | 'unmask' | 'name-co-worker' | 'end-co-work' | 'ask-for-help';

/** What one may do with a case that one sees. `writes`: works on it; `own`: is its worker, who alone asks for help; `names`: says who works along. */
export const caseActs = (facts: {
  readonly status: string;
  readonly writes: boolean;
  readonly own: boolean;
  readonly names: boolean;
  readonly openRequests: number;
}): CaseAct[] => {
  const open = facts.status === 'open';
  const acts: CaseAct[] = [];
  if (facts.writes && open) acts.push('edit', 'note');
  // Consent for publication is often given when the work is over.
  if (facts.writes) acts.push('consent', 'attach');
  acts.push('unmask');
  if (facts.names && open) acts.push('name-co-worker');
  if (facts.names) acts.push('end-co-work');
  if (facts.own && open && facts.openRequests === 0) acts.push('ask-for-help');
  return acts;
};

/** A change of the field of service: since which day, and from what to what. Days compare as text. */
export type FieldChanged<F extends string = string> = { readonly fromDay: string; readonly was: F; readonly field: F };

/** The field of service in which what is done on a day counts; `changes` stand in the order of their days, on one day in that of writing. */
export const fieldHeldOn = <F extends string>(now: F, changes: readonly FieldChanged<F>[], on: string): F =>
  changes.findLast((c) => c.fromDay <= on)?.field ?? changes[0]?.was ?? now;

/** Why a field of service is not changed. */
export type FieldRefusal =
  | 'cases.closed'
  | 'cases.field-same'
  | 'cases.field-ahead'
  | 'cases.field-before-opening'
  | 'cases.field-before-last';

/** Whether an open case may be counted in another field from a day on: not ahead, not before it was opened or before the change that holds. */
export const fieldVerdict = (
  to: { readonly field: string; readonly fromDay: string },
  file: { readonly status: string; readonly field: string; readonly openedOn: string; readonly fieldFrom: string | null },
  today: string,
): Verdict<FieldRefusal> => {
  if (file.status !== 'open') return no('cases.closed');
  if (to.field === file.field) return no('cases.field-same');
  if (to.fromDay > today) return no('cases.field-ahead', { today });
  if (to.fromDay < file.openedOn) return no('cases.field-before-opening', { openedOn: file.openedOn });
  return file.fieldFrom !== null && to.fromDay < file.fieldFrom ? no('cases.field-before-last', { fromDay: file.fieldFrom }) : yes;
};

/** The parts of the process form as they are kept: none at all where nothing stands in any of them. */
export const partsWritten = (parts: NoteParts | null | undefined): NoteParts | null =>
  parts == null || Object.values(parts).every((said) => said.trim() === '') ? null : parts;
