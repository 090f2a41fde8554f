/** The diary of one request while it is being written: its events, its moves from state to state, its messages. */
import { addMs, dayOf, daysBetween, type Instant, msOf } from '@jieyou/core/shared/day.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import type { CryptoProvider } from '../src/platform/crypto/crypto.ts';
import type { District, Staff } from './loadDistrict.ts';
import type { RequestPlan } from './loadPlans.ts';
import { idOf, type Rows } from './loadRows.ts';
import type { DemoTime } from './loadTime.ts';
import type { Random } from './random.ts';

/** In milliseconds. */
export const MINUTE = 60_000;
/** Messages newer than this stay unread. */
const UNREAD_DAYS = 3;
const NOTICE_DAYS = 20;

/** What a plan must hold at this place. */
export const notUndefined = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new RangeError(`the plan has no ${what}`);
  return value;
};

/** Where all requests are written to, and by what. */
export type Desk = {
  readonly rows: Rows;
  readonly district: District;
  readonly time: DemoTime;
  readonly crypto: CryptoProvider;
  readonly random: Random;
};

/** One request as it is told, step by step. */
export class Diary implements Desk {
  readonly rows: Rows;
  readonly district: District;
  readonly time: DemoTime;
  readonly crypto: CryptoProvider;
  readonly random: Random;
  readonly plan: RequestPlan;
  readonly number: string;
  moves = 0;
  last: string;
  #state = 'draft';

  constructor({ rows, district, time, crypto, random }: Desk, plan: RequestPlan) {
    this.rows = rows;
    this.district = district;
    this.time = time;
    this.crypto = crypto;
    this.random = random;
    this.plan = plan;
    this.number = plan.archiveNo ?? plan.receiptNo ?? '';
    this.last = plan.at.created;
  }

  /** Duty person and backup of a day, as the rota alternates. */
  duty(at: Instant): readonly [Staff, Staff] {
    const { centre, centre2 } = this.district.named;
    return Math.abs(daysBetween(dayOf(at), this.time.today)) % 2 === 0 ? [centre, centre2] : [centre2, centre];
  }

  /** Who screens: the later holder, or somebody of the centre. */
  screener(): Staff {
    return this.plan.holder ?? this.district.named.centre;
  }

  /** Something that happened; answers its id. */
  event(type: string, at: string, by: Staff | null, more: { kind?: string; id?: string; facts?: object; field?: HelpField } = {}): string {
    const { rows, district } = this;
    const id = idOf(at);
    rows.add('event', {
      districtId: district.id,
      id,
      at,
      type,
      actorId: by?.personId ?? null,
      deputyFor: null,
      accountId: by?.accountId ?? null,
      recordKind: more.kind ?? 'request',
      recordId: more.id ?? this.plan.id,
      requestRef: this.plan.id,
      helpField: more.field ?? null,
      facts: JSON.stringify(more.facts ?? {}),
      httpRequest: null,
      ip: null,
    });
    if (Date.parse(at) > Date.parse(this.last)) this.last = at;
    return id;
  }

  /** A move to another state, with what was said about it. */
  move(to: string, type: string, at: string, by: Staff, facts: object = {}, said?: { kind: string; says: string; facts?: object }): void {
    const id = this.event(type, at, by, { facts: { from: this.#state, to, ...facts } });
    this.#state = to;
    this.moves += 1;
    if (said === undefined) return;
    this.rows.add('supportStatement', {
      districtId: this.district.id,
      id: idOf(at),
      requestId: this.plan.id,
      eventId: id,
      kind: said.kind,
      byId: by.personId,
      at,
      says: said.says,
      facts: JSON.stringify(said.facts ?? {}),
    });
  }

  /** Messages to those who have an account, while they are still kept. */
  tell(
    to: readonly (Staff | null)[],
    kind: string,
    at: string,
    record: { kind: string; id: string } = { kind: 'request', id: this.plan.id },
  ): void {
    const { rows, district, time } = this;
    const age = daysBetween(dayOf(at as Instant), time.today);
    if (age > NOTICE_DAYS) return;
    const { accepted } = this.plan.at;
    // The archive number is not older than the acceptance.
    const number = accepted !== undefined && Date.parse(at) >= msOf(accepted) ? this.number : (this.plan.receiptNo ?? '');
    for (const one of to) {
      if (one === null || one.accountId === null) continue;
      rows.add('notice', {
        districtId: district.id,
        id: idOf(at),
        personId: one.personId,
        kind,
        recordKind: record.kind,
        recordId: record.id,
        number,
        sentAt: at,
        readAt: age > UNREAD_DAYS ? addMs(at as Instant, 90 * MINUTE) : null,
      });
    }
  }

  /** What is said at a screening. */
  screening(exit: string, says: string, facts: object = {}) {
    return { kind: 'screening', says, facts: { exit, checklistVersion: this.time.rules.version, ...facts } };
  }

  /** A moment between two, never in the future. */
  between(from: Instant, to: Instant, part: number): Instant {
    const until = Math.min(msOf(to), msOf(this.time.now) - 5 * MINUTE);
    const plain = addMs(from, Math.max(MINUTE, Math.floor((until - msOf(from)) * Math.min(part, 0.97))));
    const waking = this.time.waking(plain);
    return msOf(waking) > msOf(from) + MINUTE && msOf(waking) < until ? waking : plain;
  }
}
