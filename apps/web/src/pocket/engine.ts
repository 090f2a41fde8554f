/** What a phone carries, once its PIN was given: readings, drafts, and acts that wait to be sent. */

import { readStages, signCasePlan } from '@jieyou/core/cases/stageEndpoints.ts';
import type { StageFile } from '@jieyou/core/cases/stageSchema.ts';
import { beginFormAnswer, readFormAnswer, saveFormAnswer, signFormAnswer, submitFormAnswer } from '@jieyou/core/forms/endpoints.ts';
import type { FormAnswer } from '@jieyou/core/forms/schema.ts';
import { holdSession, readSession as readGroupSession } from '@jieyou/core/groups/endpoints.ts';
import type { GroupSession, SessionRecord } from '@jieyou/core/groups/schema.ts';
import { readSession } from '@jieyou/core/identity/endpoints.ts';
import type { SessionReply } from '@jieyou/core/identity/schema.ts';
import { readPocket } from '@jieyou/core/pocket/endpoints.ts';
import { mergeChange, seenAfter, waitsLong } from '@jieyou/core/pocket/rules.ts';
import type { Pocket, PocketCase } from '@jieyou/core/pocket/schema.ts';
import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import { createSupportRequest, readSupportRequest, updateSupportRequest } from '@jieyou/core/support/endpoints.ts';
import type { RequestDraft, RequestFile } from '@jieyou/core/support/schema.ts';
import { finishVisitAction, planVisit, readVisitStart } from '@jieyou/core/visits/endpoints.ts';
import type { VisitPlan, VisitStart } from '@jieyou/core/visits/schema.ts';
import type { z } from 'zod';
import { type Answer, ApiError, ask, type Given } from '../house/client.ts';
import { now as moment, momentAt, today } from '../house/format.ts';
import { KEEP_NOW } from '../house/kept.ts';
import { keepDraftsIn } from '../house/memory.ts';
import { type Carried, carry, tellPocket } from '../house/pocket.ts';
import { sessionFacts } from '../house/sessionDraft.ts';
import { linesOf } from '../house/writtenLines.ts';
import { actOf, caseUnder, goesFirst, words } from './acts.ts';
import {
  askedAnew,
  type Begun,
  begunAfter,
  begunId,
  begunNow,
  draftsShown,
  isBeginning,
  requestWith,
  unsavedRequests,
  writtenRequest,
} from './begun.ts';
import { carriedForm, signedHere } from './forms.ts';
import type { Clashed, Draft, Op, WrittenLine } from './op.ts';
import { bytesOf, orderedId, type Seal, valueIn } from './seal.ts';
import type { Meta, Store } from './store.ts';

/** Not an error: a person has to choose. */
class Clash extends Error {
  readonly clashed: Clashed;
  constructor(clashed: Clashed) {
    super('two sides');
    this.clashed = clashed;
  }
}

type Account = { readonly session: SessionReply | null };

/** How it stands, for the page of what is carried. */
export type Standing = {
  readonly ops: readonly Op[];
  /** What was begun and is not handed in. */
  readonly begun: readonly { readonly says: string; readonly about: string; readonly page: string }[];
  readonly at: string | null;
  readonly counts: { readonly visits: number; readonly cases: number };
  readonly busy: boolean;
  /** Why nothing is sent now. */
  readonly stopped: 'offline' | 'signed-out' | 'other-person' | null;
  readonly hours: number;
};

const PACKET = 'packet';
const ACCOUNT = 'account';
const BEGUN = 'begun';
const PULL_AFTER_MS = 10 * 60_000;
const CONTACT_AFTER_MS = 30_000;
const SYNC_EVERY_MS = 60_000;
const CHANNEL = 'jieyou-pocket';

// What is said of the session, and not of the act, lets the act wait: the next sync brings it.
const isAbsence = (error: unknown): boolean =>
  error instanceof ApiError &&
  (['offline', 'unavailable', 'too-many', 'signed-out'].includes(error.kind) || error.code === 'identity.csrf');

const reasonOf = (error: ApiError): string => [error.sentence, ...new Set(error.fields.map((f) => f.message))].join(' ');

/** Everything that is carried, in the hand of who knows the PIN. */
export const openPocket = async (store: Store, seal: Seal, gone: () => void) => {
  let packet: Pocket | null = null;
  let session: SessionReply | null = null;
  let ops: Op[] = [];
  let begun: readonly Begun[] = [];
  let stopped: Standing['stopped'] = null;
  let busy = false;
  let running: Promise<void> | null = null;
  let wanted: { readonly anew: boolean } | null = null;
  let pulledAt = 0;
  let foreign = false;
  let asOf: string | null = null;
  let closed = false;
  let meta = (await store.meta()) as Meta;
  const drafts = new Map<string, { readonly row: string; value: unknown }>();
  const flying = new Set<string>();
  const listeners = new Set<() => void>();
  const synced = new Set<() => void>();
  const channel = new BroadcastChannel(CHANNEL);
  let looked = performance.now();

  const keep = async (id: string, value: unknown) => store.put(id, await seal.close(id, bytesOf(value)));
  const read = async <T>(id: string): Promise<T | null> => {
    const sealed = await store.row(id);
    return sealed === undefined ? null : valueIn<T>(await seal.open(id, sealed));
  };

  const tell = () => {
    // What is on its way is with the page that sent it, which says what became of it.
    const waiting = ops.filter((op) => op.state === 'waiting' && !flying.has(op.id));
    tellPocket({
      unsent: waiting.length,
      refused: ops.filter((op) => op.state !== 'waiting').length,
      urgent: waiting.filter(goesFirst).length,
      late: waiting.some((op) => waitsLong(op.at, Math.max(Date.now(), meta.seen), packet?.terms['unsent.hours'] ?? 24)),
      waiting: new Set(waiting.map((op) => op.record)),
      declined: new Set(ops.filter((op) => op.state !== 'waiting').map((op) => op.record)),
      asOf,
    });
    for (const listener of listeners) listener();
  };

  const loadOps = async () => {
    const found: Op[] = [];
    for (const [id, sealed] of await store.rows()) if (id.startsWith('op:')) found.push(valueIn<Op>(await seal.open(id, sealed)));
    ops = found.sort((a, b) => (a.id < b.id ? -1 : 1));
    tell();
  };

  for (const [id, sealed] of await store.rows()) {
    if (!id.startsWith('draft:')) continue;
    const draft = valueIn<Draft>(await seal.open(id, sealed));
    drafts.set(draft.name, { row: id, value: draft.value });
  }
  packet = await read<Pocket>(PACKET);
  session = (await read<Account>(ACCOUNT))?.session ?? null;
  begun = (await read<Begun[]>(BEGUN)) ?? [];
  await loadOps();

  // Rows of drafts are written one after the other: the last word stays.
  let line: Promise<unknown> = Promise.resolve();
  const inLine = (work: () => Promise<unknown>) => {
    line = line.then(() => (closed ? undefined : work())).catch(() => undefined);
  };
  const vault = {
    get: (name: string) => drafts.get(name)?.value,
    set: (name: string, value: unknown) => {
      const row = drafts.get(name)?.row ?? `draft:${crypto.randomUUID()}`;
      drafts.set(name, { row, value });
      inLine(() => keep(row, { name, value } satisfies Draft));
    },
    drop: (name: string) => {
      const kept = drafts.get(name);
      drafts.delete(name);
      if (kept !== undefined) inLine(() => store.drop(kept.row));
    },
  };

  /** The platform answered somebody who is signed in: hours begin anew, by the clock as it is now. */
  const reached = () => {
    const clock = Date.now();
    // The first answer after a time without network: what waits goes now.
    if (asOf !== null && running === null && ops.some((op) => op.state === 'waiting')) window.setTimeout(() => void sync(), 0);
    asOf = null;
    if (Math.abs(clock - meta.contact) < CONTACT_AFTER_MS) return;
    meta = { ...meta, contact: clock, seen: clock };
    void store.changeMeta((m) => ({ ...(m ?? meta), contact: clock, seen: clock }));
  };

  /** Hours run on while the phone is awake, whatever its clock shows. */
  const look = async (): Promise<Meta> => {
    const awake = performance.now() - looked;
    looked = performance.now();
    meta = await store.changeMeta((m) => ({ ...(m ?? meta), seen: seenAfter((m ?? meta).seen, Date.now(), awake) }));
    return meta;
  };

  const putOp = async (op: Op, bytes?: Uint8Array<ArrayBuffer>) => {
    if (bytes !== undefined) await store.put(`file:${op.id}`, await seal.close(`file:${op.id}`, bytes));
    await keep(`op:${op.id}`, op);
    ops = [...ops.filter((o) => o.id !== op.id), op].sort((a, b) => (a.id < b.id ? -1 : 1));
    tell();
  };
  const dropOp = async (id: string) => {
    await store.drop(`op:${id}`, `file:${id}`);
    ops = ops.filter((o) => o.id !== id);
    tell();
    channel.postMessage('changed');
  };

  const draftOf = (record: string): Draft | null => {
    for (const [name, { value }] of drafts)
      if (name.endsWith(`.${record}`) || (value as { id?: string } | null)?.id === record) return { name, value };
    return null;
  };

  const aboutOf = (caseId: string | null): string => {
    const found = packet?.cases.find((c) => c.id === caseId);
    return found === undefined ? '' : `${found.recipientName}　${found.number}`;
  };

  /** What was begun with the network is gone on with without. */
  const keepBegun = (next: readonly Begun[]) => {
    if (next === begun) return;
    begun = next;
    inLine(() => keep(BEGUN, begun));
  };

  /** The case of a plan or form that is carried, or that was begun here. */
  const caseOfPaper = (id: string | null): string | null =>
    packet?.facts.find((f) => f.plan?.paperId === id)?.caseId ??
    begun.find((b) => b.endpoint === readFormAnswer.id && b.id === id)?.caseId ??
    caseUnder(ops.find((op) => op.endpoint === beginFormAnswer.id && op.record === id)?.body);

  /** A request that is already under way takes what was written here, where it is still a draft; where both wrote, a person chooses. */
  const intoDraft = async (op: Op, id: string, refusal: ApiError): Promise<void> => {
    const file = await ask(readSupportRequest, { params: { id } });
    if (file.status !== 'draft' || file.content === null) throw refusal;
    const { caseId: _case, ...mine } = op.body as RequestDraft & { caseId: string };
    const theirs: Record<string, unknown> = { ...file.content };
    const written = Object.fromEntries(Object.entries(mine).filter(([, words]) => words !== ''));
    // What nobody wrote yet is nobody's.
    const empty = Object.fromEntries(Object.entries(theirs).filter(([, words]) => words === ''));
    const { goesOn, clashes } = mergeChange<Record<string, unknown>>(empty, written, theirs);
    if (clashes.length > 0) throw new Clash({ id, version: file.version, goesOn, sides: clashes });
    if (Object.keys(goesOn).length > 0)
      await ask(updateSupportRequest, { params: { id }, body: { ...goesOn, version: file.version }, key: `${op.id}.${file.version}` });
  };

  const replay = async (op: Op): Promise<void> => {
    const act = actOf(op.endpoint);
    if (act === undefined) throw new Error(`no act ${op.endpoint}`);
    const sealed = op.file ? await store.row(`file:${op.id}`) : undefined;
    const file = sealed === undefined ? {} : { file: new Blob([await seal.open(`file:${op.id}`, sealed)]) };
    try {
      await ask(act.endpoint, { params: op.params, query: op.query, body: op.body, key: op.id, ...file } as never);
    } catch (error) {
      if (op.endpoint !== createSupportRequest.id || !(error instanceof ApiError) || error.code !== 'support.already-live') throw error;
      await intoDraft(op, String(error.facts['id']), error);
    }
  };

  /** What was written without network into a draft of a request goes into it; where somebody else wrote the same, it stays for a person. */
  const sendDrafts = async (): Promise<boolean> => {
    let sent = false;
    for (const { name, id, unsaved } of unsavedRequests(drafts)) {
      // The page that is open on it saves by itself.
      if (window.location.pathname.includes(id)) continue;
      try {
        const file = await ask(readSupportRequest, { params: { id } });
        const theirs = writtenRequest(file);
        if (theirs === null) continue;
        const { goesOn, clashes } = mergeChange<Record<string, unknown>>({ ...unsaved.base }, { ...unsaved.patch }, theirs);
        if (clashes.length > 0) continue;
        if (Object.keys(goesOn).length > 0)
          await ask(updateSupportRequest, { params: { id }, body: { ...(goesOn as RequestDraft), version: file.version } });
        sent = true;
        // Written on meanwhile, it waits for the next time.
        if (drafts.get(name)?.value === unsaved) vault.drop(name);
      } catch (error) {
        if (!(error instanceof ApiError) || isAbsence(error)) throw error;
      }
    }
    return sent;
  };

  const pull = async () => {
    const fresh = await ask(readPocket);
    packet = fresh;
    pulledAt = Date.now();
    await keep(PACKET, fresh);
    const own = new Set(fresh.cases.map((c) => c.id));
    // What was begun is asked for anew: whoever may no longer read it carries it no longer.
    const again: Begun[] = [];
    for (const b of begunNow(begun, [...drafts.keys()], own)) {
      const reading = askedAnew(b);
      if (reading === null) continue;
      try {
        const answer = await ask(reading.endpoint, { params: reading.params } as never);
        again.push(...begunAfter([], b.endpoint, b.id, answer));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (!['not-found', 'denied'].includes(error.kind) && b.answer !== null) again.push(b);
      }
    }
    keepBegun(again);
    const terms = { hours: fresh.terms['offline.hours'], tries: fresh.terms['pin.tries'], lockMinutes: fresh.terms['lock.minutes'] };
    meta = await store.changeMeta((m) => ({ ...(m ?? meta), ...terms }));
  };

  /** Sends what waits, one after the other, and fetches what the next days need. One tab at a time. */
  const run = async (anew: boolean): Promise<void> => {
    await navigator.locks.request('jieyou-pocket', { ifAvailable: true }, async (held) => {
      if (held === null) return;
      busy = true;
      tell();
      let sent = false;
      try {
        const mine = await ask(readSession);
        learn(readSession as unknown as AnyEndpoint, mine);
        if (foreign) {
          stopped = 'other-person';
          return;
        }
        await loadOps();
        const waiting = ops.filter((o) => o.state === 'waiting' && !flying.has(o.id));
        // What cannot wait goes before what was written earlier: none of it stands on another act that waits.
        for (const op of [...waiting.filter(goesFirst), ...waiting.filter((o) => !goesFirst(o))]) {
          try {
            await replay(op);
            await dropOp(op.id);
            settled(op.endpoint, op.params, op.body);
            sent = true;
          } catch (error) {
            if (error instanceof Clash) {
              await putOp({ ...op, state: 'clash', clash: error.clashed });
              continue;
            }
            if (!(error instanceof ApiError) || isAbsence(error)) throw error;
            // The platform's own fault is no answer to this act: it waits, and the others go on.
            if (error.kind === 'bug') continue;
            await putOp({ ...op, state: 'refused', reason: reasonOf(error), kind: error.kind, code: error.code ?? '' });
            sent = true;
          }
        }
        sent = (await sendDrafts()) || sent;
        if (sent || anew || Date.now() - pulledAt > PULL_AFTER_MS || Date.now() < pulledAt) await pull();
        stopped = null;
        reached();
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.kind === 'signed-out') stopped = 'signed-out';
        else if (error.kind === 'denied') {
          // Somebody who may no longer carry anything carries nothing; what was written stays to be seen.
          packet = null;
          begun = [];
          await store.drop(PACKET, BEGUN);
        } else stopped = 'offline';
      } finally {
        busy = false;
        tell();
        if (sent) for (const listener of synced) listener();
      }
    });
  };

  /** Asked for while it is under way, it is done once more: what was written meanwhile does not wait for the next minute. */
  const sync = (anew = false): Promise<void> => {
    if (closed) return Promise.resolve();
    if (running !== null) {
      wanted = { anew: anew || wanted?.anew === true };
      return running;
    }
    const untilDone = async () => {
      for (let next: typeof wanted = { anew }; next !== null && !closed; ) {
        wanted = null;
        await run(next.anew);
        next = wanted;
      }
    };
    running = untilDone().finally(() => {
      running = null;
    });
    return running;
  };

  /** An act was taken: what it was begun from is over. */
  const settled = (endpoint: string, params: unknown, body: unknown) => {
    const over =
      endpoint === submitFormAnswer.id
        ? (params as { id?: string }).id
        : endpoint === holdSession.id
          ? (params as { sessionId?: string }).sessionId
          : endpoint === 'recordVisit' || endpoint === 'missVisit'
            ? (body as { caseId?: string }).caseId
            : undefined;
    if (over !== undefined) keepBegun(begun.filter((b) => b.id !== over));
  };

  /** A paper that is about to be signed is carried from the moment when it was seen. */
  const learnPaper = (caseId: string, file: StageFile) => {
    const known = packet?.facts.find((f) => f.caseId === caseId);
    if (known === undefined || file.signing === null || !file.signing.open) return;
    if (known.plan?.paperId === file.signing.paperId && known.plan.sheet.hash === file.signing.hash) return;
    window.setTimeout(() => void sync(true), 0);
  };

  const learn = (endpoint: AnyEndpoint, answer: unknown, given: Given<AnyEndpoint> = {}) => {
    if (endpoint.allow.who === 'anyone' && endpoint.id !== 'signIn') return;
    reached();
    const about = String((given.params as { id?: unknown } | undefined)?.id ?? '');
    if (!foreign && isBeginning(endpoint.id))
      keepBegun(begunAfter(begun, endpoint.id, begunId(endpoint.id, (given.params ?? {}) as Readonly<Record<string, string>>), answer));
    if (!foreign && endpoint.id === updateSupportRequest.id) {
      const { version } = answer as { version: number };
      const { version: _before, ...patch } = given.body as unknown as RequestDraft & { version: number };
      keepBegun(
        begun.map((b) =>
          b.id === about && b.answer !== null ? { ...b, answer: requestWith(b.answer as RequestFile, patch, version) } : b,
        ),
      );
    }
    if (!foreign && endpoint.id === saveFormAnswer.id) {
      const { version } = answer as { version: number };
      const { values } = given.body as unknown as { values: FormAnswer['values'] };
      keepBegun(begun.map((b) => (b.id === about ? { ...b, answer: { ...(b.answer as FormAnswer), values, version } } : b)));
    }
    if (!foreign && endpoint.id === readStages.id) learnPaper(about, answer as StageFile);
    if (endpoint.id !== 'readSession' && endpoint.id !== 'signIn') return;
    const found = answer as SessionReply;
    foreign = session !== null && session.account.id !== found.account.id;
    if (!foreign && found.stage === 'full') {
      session = { ...found, csrfToken: '' };
      inLine(() => keep(ACCOUNT, { session } satisfies Account));
    }
    if (endpoint.id === 'signIn' && !foreign) window.setTimeout(() => void sync(), 500);
    tell();
  };

  /** A session as it is carried: what was read last of it, or what came with the packet. */
  const sessionCarried = (id: string): GroupSession | undefined => {
    const read = begun.find((b) => b.endpoint === readGroupSession.id && b.id === id)?.answer as GroupSession | null | undefined;
    return read ?? packet?.sessions?.find((s) => s.id === id);
  };
  /** What was told of a session, in words, with the names of those who came. */
  const sessionLines = (given: Given<AnyEndpoint>): readonly WrittenLine[] => {
    const { sessionId } = given.params as unknown as { sessionId: string };
    const found = sessionCarried(sessionId);
    const { attendance, ...told } = given.body as unknown as SessionRecord & { version: number };
    const presences = Object.fromEntries(attendance.map((a) => [a.memberId, a.presence]));
    return sessionFacts({ ...told, base: told.version, told: presences }, found?.attendance ?? [])
      .filter((f) => f.text !== '')
      .map((f) => ({ heading: f.label, text: f.text }));
  };

  /** What has to be done at once and was not ticked off here. */
  const actionsLeft = () => {
    const ticked = new Set(ops.filter((op) => op.state === 'waiting' && op.endpoint === finishVisitAction.id).map((op) => op.record));
    return (packet?.actions ?? []).filter((a) => !ticked.has(a.id)).map((a) => ({ ...a, late: a.until < today() }));
  };
  /** Visits that were planned on this phone and are not with the platform yet, as its lists show them. */
  const plannedHere = (): Pocket['visits'] =>
    ops.flatMap((op) => {
      if (op.state !== 'waiting' || op.endpoint !== planVisit.id) return [];
      const { id = '', caseId, plannedOn, half, reason } = op.body as z.infer<typeof VisitPlan>;
      const row = packet?.cases.find((c) => c.id === caseId);
      if (row === undefined || session === null) return [];
      const { recipientName, recipientGender, recipientAge } = row;
      const { personId, name } = session.account;
      const who = { caseId, caseNumber: row.number, recipientName, recipientGender, recipientAge, workerId: personId, workerName: name };
      const none = { visitedOn: null, minutes: null, notMet: null, openActions: 0 };
      return [{ id, ...who, ...none, status: 'planned' as const, areaName: '', plannedOn, half, reason, day: plannedOn, mine: true }];
    });

  const carriedAnswer = (endpoint: AnyEndpoint, given: Given<AnyEndpoint>): unknown => {
    if (endpoint.id === 'readSession') return session ?? undefined;
    if (packet === null) return undefined;
    const query = (given.query ?? {}) as Readonly<Record<string, string | string[]>>;
    const params = (given.params ?? {}) as Readonly<Record<string, string>>;
    const gone = new Set(ops.filter((op) => op.state === 'waiting').map((op) => op.record));
    const kept = (reading: { readonly id: string }) =>
      begun.find((b) => b.endpoint === reading.id && b.id === params['id'])?.answer ?? undefined;
    const page = (rows: readonly unknown[]) => ({ rows, next: null, count: null });
    if (endpoint.id === 'listVisits')
      return page(
        [...packet.visits, ...plannedHere()].filter(
          (v) => v.day <= String(query['to'] ?? '9999') && v.day >= String(query['from'] ?? '') && !gone.has(v.id),
        ),
      );
    if (endpoint.id === 'listDueVisits') {
      const here = plannedHere();
      const rows = packet.due.filter((d) => d.plannedId === null || !gone.has(d.plannedId));
      return page(
        rows.map((d) => {
          const plan = d.plannedId === null ? here.find((v) => v.caseId === d.id && !gone.has(v.id)) : undefined;
          return plan === undefined ? d : { ...d, plannedId: plan.id, plannedOn: plan.plannedOn };
        }),
      );
    }
    if (endpoint.id === 'listVisitActions') return page(actionsLeft());
    if (endpoint.id === 'listCases') return query['lookup'] === undefined ? page(packet.cases) : undefined;
    if (endpoint.id === 'readVisitStart')
      return packet.starts.find((s) => s.caseId === params['id']) ?? (kept(readVisitStart) as VisitStart | undefined);
    if (endpoint.id === 'listGroupSessions')
      return page(
        (packet.sessions ?? []).filter(
          (s) =>
            s.plannedOn <= String(query['to'] ?? '9999') && [query['status'] ?? 'planned'].flat().includes(s.status) && !gone.has(s.id),
        ),
      );
    if (endpoint.id === readGroupSession.id) return sessionCarried(params['sessionId'] ?? '');
    if (endpoint.id === readSupportRequest.id) return kept(readSupportRequest);
    if (endpoint.id === 'listFormTemplates') return page(packet.forms);
    if (endpoint.id === 'readDangerWords') return packet.dangerWords;
    if (endpoint.id === 'readFormAnswer')
      return carriedForm(params['id'] ?? '', packet, ops, session, kept(readFormAnswer) as FormAnswer | undefined);
    if (endpoint.id !== 'readWorkbench') return undefined;
    const todos = [...packet.visits, ...plannedHere()].filter((v) => v.plannedOn !== null && v.plannedOn <= today() && !gone.has(v.id));
    const at = packet.at;
    const sessions = (packet.sessions ?? []).filter((s) => s.plannedOn <= today() && !gone.has(s.id));
    const due = sessions.map((s) => ({
      kind: 'group-session',
      recordId: s.id,
      number: s.groupTitle,
      recipientName: null,
      dueAt: null,
      since: at,
    }));
    return {
      asOf: at,
      todos: [
        ...todos.map((v) => ({
          kind: 'visit',
          recordId: v.id,
          number: v.caseNumber,
          recipientName: v.recipientName,
          dueAt: null,
          since: at,
        })),
        ...due,
        ...actionsLeft().map((a) => ({
          kind: 'visit-action',
          recordId: a.visitId,
          number: a.caseNumber,
          recipientName: a.recipientName,
          dueAt: momentAt(a.until, '23:59'),
          since: momentAt(a.until, '00:00'),
        })),
      ],
      awaited: [],
    };
  };

  const pageOf = (op: Op): string => actOf(op.endpoint)?.page(op) ?? '/';
  /** A signature that was not taken gives way to the same person's signature on the same paper. */
  const signedAnew = (op: Op, endpoint: string, given: Given<AnyEndpoint>, caseId: string | null): boolean => {
    if (op.state !== 'refused' || op.endpoint !== endpoint) return false;
    if (endpoint !== signFormAnswer.id && endpoint !== signCasePlan.id) return false;
    const of = (what: unknown, name: string) => (what as Readonly<Record<string, unknown>> | undefined)?.[name];
    // A plan that was written anew has another id in the same case.
    const same = endpoint === signCasePlan.id ? caseId !== null && op.caseId === caseId : of(op.params, 'id') === of(given.params, 'id');
    return same && of(op.body, 'who') === of(given.body, 'who');
  };
  /** A plan with what was signed on this phone and waits. */
  const withSignatures = (plan: PocketCase['plan']): PocketCase['plan'] => {
    if (plan === null || session === null) return plan;
    const known = new Set(plan.sheet.signatures.map((s) => s.id));
    const here = signedHere(plan.paperId, ops, session, signCasePlan.id).filter((s) => !known.has(s.id));
    return { ...plan, sheet: { ...plan.sheet, signatures: [...plan.sheet.signatures, ...here] } };
  };
  const aboutSession = (given: Given<AnyEndpoint>): string => {
    const found = sessionCarried((given.params as unknown as { sessionId: string }).sessionId);
    return found === undefined ? '' : `${found.groupTitle}　第 ${found.number} 节`;
  };
  const planLines = (given: Given<AnyEndpoint>) => {
    const { id } = given.params as unknown as { id: string };
    const { hash } = given.body as unknown as { hash: string };
    const plan = packet?.facts.find((f) => f.plan?.paperId === id)?.plan;
    return plan?.sheet.hash === hash ? plan.lines : [];
  };

  const carried: Carried = {
    answer: (endpoint, given) => {
      if (foreign) return undefined;
      const found = carriedAnswer(endpoint, given);
      if (found !== undefined && asOf === null) {
        asOf = packet?.at ?? moment();
        // Not while a page is being drawn.
        window.setTimeout(tell, 0);
      }
      return found;
    },
    learn,
    takes: (endpoint, given) => {
      const act = actOf(endpoint.id);
      return !foreign && session !== null && act !== undefined && (act.waits?.(given) ?? true);
    },
    send: async <E extends AnyEndpoint>(endpoint: E, given: Given<E>, online: (key: string) => Promise<Answer<E>>): Promise<Answer<E>> => {
      const act = actOf(endpoint.id);
      if (act === undefined) return online(given.key ?? crypto.randomUUID());
      window.dispatchEvent(new Event(KEEP_NOW));
      const ticked = packet?.actions?.find((a) => endpoint.id === finishVisitAction.id && a.id === words(given.params)['actionId']);
      const caseId = act.caseOf(given) ?? ticked?.caseId ?? caseOfPaper(act.paperOf?.(given) ?? null);
      const about = endpoint.id === holdSession.id ? aboutSession(given) : aboutOf(caseId);
      const id = orderedId(Math.max(Date.now(), meta.seen), ops.at(-1)?.id);
      const record = act.recordOf(given, id);
      // The same record written again before it was sent takes the place of what was written first.
      const before = ops.filter((o) => !flying.has(o.id) && (o.record === record || signedAnew(o, endpoint.id, given, caseId)));
      const op: Op = {
        id,
        at: Math.max(Date.now(), meta.seen),
        endpoint: endpoint.id,
        params: given.params ?? {},
        query: given.query ?? {},
        body: given.body ?? {},
        file: given.file !== undefined,
        says: typeof act.says === 'string' ? act.says : act.says(given),
        about,
        caseId,
        was:
          endpoint.id === signCasePlan.id
            ? planLines(given)
            : endpoint.id === holdSession.id
              ? sessionLines(given)
              : ticked === undefined
                ? []
                : [{ heading: '要做的事', text: ticked.what }],
        record,
        state: 'waiting',
        reason: '',
        draft: draftOf(act.draftOf?.(given) ?? record),
        clash: null,
      };
      flying.add(id);
      try {
        await putOp(op, given.file === undefined ? undefined : new Uint8Array(await given.file.arrayBuffer()));
        for (const o of before) await dropOp(o.id);
        const answer = await online(id);
        await dropOp(id);
        settled(endpoint.id, given.params, given.body);
        reached();
        return answer;
      } catch (error) {
        if (!isAbsence(error)) {
          // The form still holds what was written, and says beside it why it was not taken.
          await dropOp(id);
          throw error;
        }
        if (error instanceof ApiError && error.kind === 'offline' && asOf === null) asOf = packet?.at ?? null;
        flying.delete(id);
        tell();
        return act.meanwhile(record, given) as Answer<E>;
      } finally {
        flying.delete(id);
      }
    },
    lines: () => packet?.lines ?? [],
    caseOf: (id) => {
      const row = packet?.cases.find((c) => c.id === id);
      const found = packet?.facts.find((f) => f.caseId === id);
      const facts = found === undefined ? undefined : { ...found, plan: withSignatures(found.plan) };
      return foreign || row === undefined || facts === undefined
        ? null
        : {
            row,
            facts,
            request: begun.find((b) => b.endpoint === readSupportRequest.id && b.caseId === id)?.id ?? null,
            mayVisit:
              packet?.starts.some((s) => s.caseId === id) === true || begun.some((b) => b.endpoint === readVisitStart.id && b.id === id),
          };
    },
    wipe: async () => {
      close();
      gone();
      await store.wipe();
    },
  };

  const onChannel = () => void loadOps();
  channel.addEventListener('message', onChannel);
  const onOnline = () => void sync();
  const onVisible = () => {
    if (document.visibilityState === 'visible') void sync();
  };
  window.addEventListener('online', onOnline);
  document.addEventListener('visibilitychange', onVisible);
  const timer = window.setInterval(() => void sync(), SYNC_EVERY_MS);

  const close = () => {
    closed = true;
    window.clearInterval(timer);
    window.removeEventListener('online', onOnline);
    document.removeEventListener('visibilitychange', onVisible);
    channel.close();
    keepDraftsIn(null);
    carry(null);
    tellPocket({ unsent: 0, urgent: 0, refused: 0, late: false, asOf: null, waiting: new Set(), declined: new Set() });
  };

  keepDraftsIn(vault);
  carry(carried);

  return {
    sync,
    look,
    close,
    isClosed: () => closed,
    /** Takes a session that is known to be one's own: the phone was just made ready. */
    begin: async (mine: SessionReply) => {
      learn(readSession as unknown as AnyEndpoint, mine);
      await sync();
    },
    discard: dropOp,
    /** The photograph that an act carries, to look at it; null where it carries none. */
    photo: async (id: string): Promise<Blob | null> => {
      const sealed = await store.row(`file:${id}`);
      return sealed === undefined ? null : new Blob([await seal.open(`file:${id}`, sealed)]);
    },
    /** Another photograph in the place of one that was not taken: it goes as a new act, and the old one is let go once the new one is kept. */
    replacePhoto: async (id: string, file: Blob, name: string) => {
      const op = ops.find((o) => o.id === id);
      if (op === undefined) return;
      const next = orderedId(Math.max(Date.now(), meta.seen), ops.at(-1)?.id);
      const fresh: Op = {
        ...op,
        id: next,
        record: next,
        at: Math.max(Date.now(), meta.seen),
        query: { ...(op.query as object), name },
        state: 'waiting',
        reason: '',
        file: true,
      };
      await putOp(fresh, new Uint8Array(await file.arrayBuffer()));
      await dropOp(id);
      await sync();
    },
    /** What a person chose where two changed the same. Changed once more meanwhile, both sides are shown again. */
    settle: async (id: string, mine: ReadonlySet<string>) => {
      const op = ops.find((o) => o.id === id);
      if (op === undefined || op.clash === null) return;
      const { clash } = op;
      const chosen = Object.fromEntries(clash.sides.filter((c) => mine.has(c.field)).map((c) => [c.field, c.mine]));
      const patch = { ...clash.goesOn, ...chosen };
      try {
        if (Object.keys(patch).length > 0)
          await ask(updateSupportRequest, {
            params: { id: clash.id },
            body: { ...patch, version: clash.version },
            key: `${op.id}.${clash.version}`,
          });
        await dropOp(id);
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'record.changed-meanwhile') throw error;
        await putOp({ ...op, state: 'waiting', clash: null });
        await sync();
      }
      for (const listener of synced) listener();
    },
    /** Whether something else is being written where this would be put back. */
    inTheWay: (id: string): boolean => {
      const draft = ops.find((o) => o.id === id)?.draft ?? null;
      const there = draft === null ? undefined : drafts.get(draft.name)?.value;
      return there !== undefined && JSON.stringify(there) !== JSON.stringify(draft?.value) && linesOf(there).length > 0;
    },
    /** Puts the form back, as it was or as it was put together; answers the address of its page. It is let go once the draft is kept. */
    reopen: async (id: string, value?: unknown): Promise<string> => {
      const op = ops.find((o) => o.id === id);
      if (op === undefined) return '/';
      if (op.draft !== null) vault.set(op.draft.name, value ?? op.draft.value);
      await line;
      await dropOp(id);
      return pageOf(op);
    },
    /** The same words as another visit, where the planned one was recorded by somebody else. */
    asAnotherVisit: async (id: string): Promise<string> => {
      const op = ops.find((o) => o.id === id);
      if (op === undefined || op.draft === null) return '/';
      const { caseId } = op.body as { caseId: string };
      const name = `${op.draft.name.split('.visit.')[0]}.visit.${caseId}`;
      vault.set(name, { ...(op.draft.value as object), id: crypto.randomUUID() });
      await line;
      await dropOp(id);
      return `/visits/new/record?case=${caseId}`;
    },
    pageOf: (op: Op): string => pageOf(op),
    /** Tries what was refused once more: the world may have changed. */
    again: async (id: string) => {
      const op = ops.find((o) => o.id === id);
      if (op === undefined) return;
      await putOp({ ...op, state: 'waiting', reason: '' });
      await sync();
    },
    standing: (): Standing => ({
      ops,
      begun: draftsShown(drafts, packet, begun, ops).map(({ caseId, ...d }) => ({ ...d, about: aboutOf(caseId) })),
      at: packet?.at ?? null,
      counts: { visits: packet?.visits.length ?? 0, cases: packet?.cases.length ?? 0 },
      busy,
      stopped,
      hours: meta.hours,
    }),
    listen: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onSynced: (listener: () => void) => {
      synced.add(listener);
      return () => synced.delete(listener);
    },
  };
};

export type PocketEngine = Awaited<ReturnType<typeof openPocket>>;
