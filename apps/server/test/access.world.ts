/**
 * The world of the access walk: the same tale of a hard case, told with canary words in station 1 and station 2 of district 甲 and in
 * district 乙, and one valid question for every endpoint at each of the three places.
 */

import { randomUUID } from 'node:crypto';
import { constants, inflateRawSync } from 'node:zlib';
import * as activities from '@jieyou/core/activities/endpoints.ts';
import * as alarms from '@jieyou/core/alarms/endpoints.ts';
import * as appeals from '@jieyou/core/appeals/endpoints.ts';
import * as calls from '@jieyou/core/calls/endpoints.ts';
import * as casebank from '@jieyou/core/casebank/endpoints.ts';
import * as cases from '@jieyou/core/cases/endpoints.ts';
import * as stages from '@jieyou/core/cases/stageEndpoints.ts';
import { allEndpoints } from '@jieyou/core/endpoints.ts';
import * as experts from '@jieyou/core/experts/endpoints.ts';
import * as forms from '@jieyou/core/forms/endpoints.ts';
import * as groups from '@jieyou/core/groups/endpoints.ts';
import type { Role } from '@jieyou/core/identity/schema.ts';
import * as imports from '@jieyou/core/imports/endpoints.ts';
import * as outputs from '@jieyou/core/learning/outputEndpoints.ts';
import * as seminars from '@jieyou/core/learning/seminarEndpoints.ts';
import * as photos from '@jieyou/core/photos/endpoints.ts';
import * as privacy from '@jieyou/core/privacy/endpoints.ts';
import * as recipients from '@jieyou/core/recipients/endpoints.ts';
import * as relief from '@jieyou/core/relief/endpoints.ts';
import * as reports from '@jieyou/core/reports/endpoints.ts';
import * as resources from '@jieyou/core/resources/endpoints.ts';
import * as responses from '@jieyou/core/responses/endpoints.ts';
import * as sealing from '@jieyou/core/sealing/endpoints.ts';
import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { idCheckCharacter } from '@jieyou/core/shared/identifiers.ts';
import * as support from '@jieyou/core/support/endpoints.ts';
import * as meetings from '@jieyou/core/support/meetingEndpoints.ts';
import * as visits from '@jieyou/core/visits/endpoints.ts';
import * as volunteers from '@jieyou/core/volunteers/endpoints.ts';
import { sql } from 'kysely';
import { currentCode } from '../src/identity/secondFactor.ts';
import { newToken, tokenHash } from '../src/identity/sessions.ts';
import { runImport } from '../src/imports/jobs.ts';
import { digest } from '../src/platform/crypto/crypto.ts';
import { SESSION_COOKIE } from '../src/platform/http/serve.ts';
import { idAt } from '../src/platform/ids.ts';
import { HARD } from './factories.ts';
import type { TestApp } from './harness.ts';
import { TEST_PASSWORD, TEST_SECRET } from './world.ts';

export type Place = 'own' | 'other' | 'far';
export const PLACES: readonly Place[] = ['own', 'other', 'far'];

/** Who asks in a role, and where the answer differs: of the street role at station 2 another street's office asks. */
export const callerOf = (role: Role, place: Place): string => (role === 'street' && place === 'other' ? 'street2' : role);

/** Others of the same role who have nothing to do with what is `own`: they are answered like strangers. */
export const colleagueOf: Readonly<Partial<Record<Role, string>>> = {
  worker: 'worker3',
  head: 'head2',
  expert: 'expert4',
  agency: 'agency2',
  street: 'street2',
  'civil-affairs': 'civil2',
};

type Cast = {
  readonly mark: string;
  readonly worker: string;
  readonly head: string;
  readonly centre: string;
  readonly second: string;
  readonly supervisor: string;
  readonly experts: readonly { readonly name: string; readonly fields: HelpField[] }[];
  readonly recipient: { readonly name: string; readonly phone: string; readonly idNumber: string; readonly address: string };
};

const idNumber = (first17: string): string => `${first17}${idCheckCharacter(first17)}`;

export const casts: Readonly<Record<Place, Cast>> = {
  own: {
    mark: '金丝雀甲一',
    worker: 'worker',
    head: 'head',
    centre: 'centre',
    second: 'centre2',
    supervisor: 'supervisor',
    experts: [
      { name: 'expert', fields: ['law', 'family'] },
      { name: 'expert2', fields: ['psychology'] },
    ],
    recipient: { name: '欧阳桐雨', phone: '19900007711', idNumber: idNumber('44030619810203102'), address: '一街道杏林路77号1栋' },
  },
  other: {
    mark: '金丝雀甲二',
    worker: 'worker2',
    head: 'head2',
    centre: 'centre2',
    second: 'centre3',
    supervisor: 'worker2',
    experts: [
      { name: 'expert3', fields: ['economy'] },
      { name: 'expert4', fields: ['education', 'family'] },
    ],
    recipient: { name: '司徒柏舟', phone: '19900007722', idNumber: idNumber('44030619790506103'), address: '一街道杏林路88号2栋' },
  },
  far: {
    mark: '金丝雀乙',
    worker: 'bworker',
    head: 'bhead',
    centre: 'bcentre',
    second: 'bcentre2',
    supervisor: 'bsupervisor',
    experts: [{ name: 'bexpert', fields: ['law', 'family'] }],
    recipient: { name: '诸葛槐青', phone: '19900007733', idNumber: idNumber('44030619900807104'), address: '乙街道杏林路99号3栋' },
  },
};

// Forms issued so far, so that each has a code of its own.
let formsMade = 0;

/** Names by which the narrative speaks of people; redaction knows them, so an expert never reads them. */
export const ALIAS = '小金蟾';
export const SCHOOL = '银杏第九小学';

/** Words of mandatory reports. */
const whistle: Readonly<Record<Place, string>> = { own: '银哨甲一', other: '银哨甲二', far: '银哨乙' };

/** The scale of every group's measure. */
const GROUP_SCALE = '01960000-0000-7000-8000-00000000a5ca';

/** Words of crises and of violence at home, and who alone may read them. */
const bells: Readonly<Record<Place, string>> = { own: '银铃甲一', other: '银铃甲二', far: '银铃乙' };
const hears: Readonly<Record<Place, readonly string[]>> = {
  own: ['worker', 'head', 'supervisor'],
  other: ['worker2', 'head2', 'supervisor'],
  far: ['bworker', 'bhead', 'bsupervisor'],
};

const PDF = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF');

// A JPEG of four by four.
const JPEG = Buffer.from('ffd8ffc0000b080004000401011100ffda0008010100003f001234ffd9', 'hex');

/** What is unmasked for a reason only. */
export const personal: readonly string[] = PLACES.flatMap((p) => Object.values(casts[p].recipient));

/** Words that must be in no byte of any reply to this account. */
export const forbiddenTo = (username: string | null): readonly string[] => {
  if (username === null) return ['金丝雀', '银铃', ...personal];
  const hidden: string[] = [...personal];
  // A report is seen by its reporter and those who keep it; the supervisor keeps those of both stations.
  for (const place of PLACES) {
    const strangers = place === 'far' ? !username.startsWith('b') : username.startsWith('b');
    const other = place === 'other' && !['worker2', 'head2', 'supervisor'].includes(username);
    const own = place === 'own' && ['worker2', 'head2', 'expert3', 'expert4', 'agency2', 'street2', 'civil2'].includes(username);
    if (strangers || other || own) hidden.push(whistle[place]);
  }
  for (const place of PLACES) if (!hears[place].includes(username)) hidden.push(bells[place]);
  if (username.startsWith('b')) return [...hidden, '金丝雀甲'];
  hidden.push('金丝雀乙');
  const one = casts.own.mark;
  const two = casts.other.mark;
  if (['worker', 'head', 'expert', 'expert2', 'supervisor'].includes(username)) hidden.push(two);
  else if (['worker2', 'head2', 'expert3', 'expert4'].includes(username)) hidden.push(one);
  else if (!username.startsWith('centre')) hidden.push(one, two);
  // An expert reads the packet, never the case: no summary, no note, no consent, no closing; and redacted.
  if (username.startsWith('expert')) {
    hidden.push(ALIAS, SCHOOL, ...['摘要', '记录', '受托方', '评估'].flatMap((what) => [`${one}${what}`, `${two}${what}`]));
  }
  // A supervisor reads assigned lines and actions, and as a chair the minutes.
  if (username === 'supervisor') {
    hidden.push(
      ALIAS,
      SCHOOL,
      ...['摘要', '记录', '受托方', '评估', '案情', '已试', '所求', '判断', '建议', '附件'].map((what) => `${one}${what}`),
    );
  }
  // The centre supports requests; it does not read cases.
  if (username.startsWith('centre')) hidden.push(`${one}记录`, `${two}记录`, `${one}摘要`, `${two}摘要`);
  return hidden;
};

type Session = { readonly token: string; readonly csrf: string; readonly id: string };
export type Ask = { params?: Record<string, string>; query?: Record<string, string>; body?: object; file?: Buffer; key?: string };
/** One valid question. `id` is the record that it is about; `session` replaces the caller's own where the question uses one up. */
export type Target = { readonly ask: Ask; readonly id?: string; readonly session?: Session };

export type Reply = { readonly status: number; readonly bytes: Buffer; readonly code: string | undefined };

/** An entry of a workbook, or the bytes themselves: what can be searched for words. */
export const readable = (bytes: Buffer): string => {
  if (bytes.subarray(0, 2).toString('latin1') !== 'PK') return bytes.toString('utf8');
  const parts: string[] = [];
  for (let at = bytes.indexOf('PK\u0003\u0004', 0, 'latin1'); at >= 0; at = bytes.indexOf('PK\u0003\u0004', at + 4, 'latin1')) {
    const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    const packed = bytes.subarray(from);
    if (bytes.readUInt16LE(at + 8) === 0) parts.push(packed.toString('utf8'));
    else parts.push(inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8'));
  }
  return parts.join('\n');
};

export const endpointOf = (id: string): AnyEndpoint => {
  const found = allEndpoints.find((e) => e.id === id);
  if (found === undefined) throw new Error(`no endpoint ${id}`);
  return found;
};

/** Tells tales and asks questions in a running application. */
export class AccessWorld {
  readonly t: TestApp;
  /** Words that reached somebody who must not read them: what, whose, where. */
  readonly leaks: string[] = [];
  asked = 0;
  readonly #sessions = new Map<string, Promise<Session>>();
  #made = 0;
  #address: string | undefined;

  constructor(t: TestApp) {
    this.t = t;
  }

  /** A new number for what must be unique. */
  next(): number {
    this.#made += 1;
    return this.#made;
  }

  groupDraft(place: Place): Record<string, unknown> {
    const { mark } = casts[place];
    const at = '社工站小组活动室';
    return {
      title: '支持小组',
      kind: 'support',
      domain: 'elder',
      place: at,
      minSize: 3,
      maxSize: 10,
      coLeadIds: [],
      idea: `${mark}理念`,
      goals: `${mark}目标`,
      audience: `${mark}对象`,
      recruiting: `${mark}招募`,
      sessions: ['2026-03-02', '2026-03-04'].map((plannedOn) => ({ title: '认识彼此', aim: `${mark}记录`, plannedOn, place: at })),
      budget: [{ title: '茶点', planned: 20_000, spent: null }],
      risks: [{ what: `${mark}风险`, answer: `${mark}应对` }],
      indicators: [{ id: GROUP_SCALE, title: '压力', least: 0, most: 40, better: 'down' }],
      volunteers: [],
    };
  }

  /** A group as far as asked: its plan, handed in, approved, with three members in its first phase, recorded, or winding up. */
  async group(
    place: Place,
    until: 'drafting' | 'submitted' | 'approved' | 'beginning' | 'held' | 'ending' = 'held',
    persons: readonly string[] = [],
  ): Promise<{ id: string; version: number; sessions: string[]; members: string[] }> {
    const [worker, head] = [await this.t.as(casts[place].worker), await this.t.as(casts[place].head)];
    const { id } = await worker.ok(groups.createGroup, { body: this.groupDraft(place) });
    const steps = ['drafting', 'submitted', 'approved', 'beginning', 'held', 'ending'].indexOf(until);
    let version = 1;
    const move = async (step: 'submit' | 'start' | 'turn' | 'wind-up') => {
      version = (await worker.ok(groups.moveGroup, { params: { id }, body: { move: step, says: null, version } })).version;
    };
    if (steps >= 1) await move('submit');
    if (steps >= 2)
      version = (
        await head.ok(groups.reviewGroup, { params: { id }, body: { decision: 'approve', says: `${casts[place].mark}意见`, version } })
      ).version;
    if (steps >= 3) {
      for (let n = 0; n < 3; n += 1)
        await worker.ok(groups.joinGroup, {
          params: { id },
          body: { recipientId: persons[n] ?? (await this.served(place)), joinedOn: '2026-03-01' },
        });
      await move('start');
    }
    const { sessionRows, memberRows } = await worker.ok(groups.readGroup, { params: { id } });
    const [sessions, members] = [sessionRows.map((s) => s.id), memberRows.map((m) => m.id)];
    if (steps >= 4) {
      const body = this.sessionTold(place, members);
      await worker.ok(groups.holdSession, { params: { id, sessionId: sessions[0] ?? '' }, body });
      const values = [{ memberId: members[0] ?? '', indicatorId: GROUP_SCALE, value: 9 }];
      await worker.ok(groups.measureGroup, { params: { id }, body: { moment: 'before', takenOn: '2026-03-02', values } });
    }
    if (steps >= 5) {
      const params = { id, sessionId: sessions[1] ?? '' };
      await worker.ok(groups.cancelSession, { params, body: { says: `${casts[place].mark}记录`, version: 1 } });
      await move('turn');
      await move('wind-up');
    }
    return { id, version, sessions, members };
  }

  async leadAsked(place: Place): Promise<{ toId: string; reason: string; stays: boolean }> {
    return { toId: await this.colleague(place), reason: `${casts[place].mark}事由`, stays: true };
  }

  /** A change of a group's lead that waits for the head. */
  async leadChange(place: Place, groupId: string): Promise<string> {
    const worker = await this.t.as(casts[place].worker);
    const { version } = await worker.ok(groups.readGroup, { params: { id: groupId } });
    return (await worker.ok(groups.askGroupLead, { params: { id: groupId }, body: { ...(await this.leadAsked(place)), version } })).id;
  }

  sessionTold(place: Place, members: readonly string[]): Record<string, unknown> {
    const { mark } = casts[place];
    return {
      heldOn: '2026-03-02',
      minutes: 90,
      attendance: members.map((memberId) => ({ memberId, presence: 'present' })),
      guests: 0,
      helpers: 1,
      process: `${mark}记录：大家说了来的原因`,
      dynamics: 'lively',
      dynamicsSays: `${mark}记录`,
      reached: 'mostly',
      reachedSays: '',
      next: '',
      version: 1,
    };
  }

  reliefDraft(place: Place, recipientId: string): Record<string, unknown> {
    const needSays = `${casts[place].mark}记录：米面快没了`;
    return {
      recipientId,
      source: 'list',
      needs: ['living'],
      needSays,
      screenedOn: '2026-03-02',
      adviserKind: 'volunteer',
      adviserName: '老周',
    };
  }

  /** A relief case of somebody, linked, with one service. */
  async reliefCase(place: Place, person?: string): Promise<{ id: string; itemId: string }> {
    const by = await this.t.as(casts[place].worker);
    const { id } = await by.ok(relief.screenRelief, { body: this.reliefDraft(place, person ?? (await this.served(place))) });
    const says = `${casts[place].mark}记录：慈善会`;
    await by.ok(relief.moveRelief, { params: { id }, body: { move: 'link', says, satisfied: null, dropped: null, version: 1 } });
    const item = await by.ok(relief.addReliefItem, { params: { id }, body: this.reliefItem(place) });
    return { id, itemId: item.id };
  }

  /** A consultation of the consortium: held where something was undertaken. */
  async reliefJoint(place: Place, held = true, reliefId?: string): Promise<{ id: string; memberId: string; undertakingId: string }> {
    const by = await this.t.as(casts[place].worker);
    const of = reliefId ?? (await this.reliefCase(place)).id;
    const { id } = await by.ok(relief.callReliefJoint, { params: { id: of }, body: this.jointDraft(place) as never });
    const memberId = (await this.one<{ id: string }>(sql`select id from relief_joint_member where joint_id = ${id} order by id limit 1`))
      .id;
    if (!held) return { id, memberId, undertakingId: '' };
    await by.ok(relief.concludeReliefJoint, {
      params: { id },
      body: { held: true, says: `${casts[place].mark}记录：各自去办`, version: 1 },
    });
    const body = { memberId, what: `${casts[place].mark}记录：送材料`, dueOn: '2026-03-20' };
    const undertaking = await by.ok(relief.addUndertaking, { params: { id }, body });
    return { id, memberId, undertakingId: undertaking.id };
  }

  jointDraft(place: Place): Record<string, unknown> {
    const told = `${casts[place].mark}记录：一家三口，临时救助`;
    const member = (kind: string, name: string) => ({ kind, personId: null, name, organisation: '救助联合体' });
    return {
      onDay: '2026-03-05',
      place: '社工站',
      told,
      agreedSays: '本人同意',
      members: [member('adviser', '老周'), member('district', '小秦')],
    };
  }

  reliefItem(place: Place): Record<string, unknown> {
    const nothing = { quantity: null, unit: null, valueFen: null, receipt: null };
    return {
      line: 'service',
      what: `${casts[place].mark}记录：陪同申请`,
      onDay: '2026-03-04',
      fromWhom: '社工站',
      ...nothing,
      minutes: 40,
    };
  }

  volunteerDraft(): Record<string, unknown> {
    const none = { idNumber: null, idAgreedOn: null, insuredUntil: null, guardianName: null, guardianPhone: null, guardianAgreedOn: null };
    const person = { name: '志愿路人', gender: 'female', birthOn: '1985-01-01', phone: String(19_900_700_000 + this.next()) };
    return { ...person, ...none, team: '', skills: [], areas: [], slots: [], since: '2026-01-05', expertise: '', notes: '' };
  }

  async volunteer(place: Place): Promise<string> {
    return (await (await this.t.as(casts[place].worker)).ok(volunteers.createVolunteer, { body: this.volunteerDraft() as never })).id;
  }

  volunteerTaskDraft(place: Place): Record<string, unknown> {
    const times = { startsAt: '2026-03-05T01:00:00.000Z', endsAt: '2026-03-05T01:30:00.000Z' };
    const rest = { class: 'relief', place: '社工站', areaId: null, wanted: 5, skills: [], risky: false };
    // The station's colleagues read its tasks: only the district's word stands in them.
    const word = casts[place].mark.slice(0, 4);
    const because = { met: true, says: `${word}任务：要人` };
    const criteria = { needed: because, professional: because, broad: because };
    return { title: `${word}任务`, says: `${word}任务：搬米`, criteria, ...times, ...rest };
  }

  /** A task to which somebody was asked, or who has agreed. */
  async volunteerTask(place: Place, upTo: 'invited' | 'staffed'): Promise<{ id: string; turnId: string; version: number }> {
    const by = await this.t.as(casts[place].worker);
    const start = { ...this.volunteerTaskDraft(place), forKind: 'own', forId: null };
    const { id } = await by.ok(volunteers.createVolunteerTask, { body: start as never });
    const params = { id };
    await by.ok(volunteers.inviteVolunteers, { params, body: { volunteerIds: [await this.volunteer(place)] } });
    const turn = await this.one<{ id: string }>(sql`select id from volunteer_turn where task_id = ${id}`);
    if (upTo === 'invited') return { id, turnId: turn.id, version: 1 };
    await by.ok(volunteers.answerTurn, { params: { id, turnId: turn.id }, body: { to: 'confirmed' } });
    await by.ok(volunteers.moveVolunteerTask, { params, body: { move: 'staff', says: '', version: 1 } });
    return { id, turnId: turn.id, version: 2 };
  }

  activityDraft(place: Place): {
    title: string;
    category: 'elder-care';
    campaignId: null;
    place: string;
    startsAt: string;
    endsAt: string;
    capacity: null;
    aims: string;
    coLeadIds: string[];
    volunteers: [];
    budget: [];
  } {
    const rest = { campaignId: null, place: '社区活动室', capacity: null, coLeadIds: [], volunteers: [] as [], budget: [] as [] };
    const times = { startsAt: '2026-03-05T06:00:00.000Z', endsAt: '2026-03-05T08:00:00.000Z' };
    return { title: '量血压', category: 'elder-care', aims: `${casts[place].mark}活动`, ...rest, ...times };
  }

  async activity(place: Place, status: 'planned' | 'published'): Promise<{ id: string; code: string }> {
    const worker = await this.t.as(casts[place].worker);
    const { id } = await worker.ok(activities.createActivity, { body: this.activityDraft(place) });
    if (status === 'published')
      await worker.ok(activities.moveActivity, { params: { id }, body: { move: 'publish', reason: null, version: 1 } });
    const { code } = await this.one<{ code: string }>(sql`select public_code as code from activity where id = ${id}`);
    return { id, code };
  }

  /** A photograph of an activity or of the first session of a group, with what is said under it. */
  async photo(place: Place, kind: 'activity' | 'session', of?: string): Promise<{ id: string; of: string }> {
    const by = await this.t.as(casts[place].worker);
    const record = of ?? (kind === 'activity' ? (await this.activity(place, 'planned')).id : ((await this.group(place)).sessions[0] ?? ''));
    const id = randomUUID();
    await by.ok(photos.addPhoto, { params: { kind, id: record }, query: { id }, file: JPEG });
    await by.ok(photos.describePhoto, { params: { id }, body: { caption: `${casts[place].mark}说明`, version: 1 } });
    return { id, of: record };
  }

  shelfAsked(kind: 'activity' | 'session', id: string, adds = false): Target {
    return { id, ask: { params: { kind, id }, ...(adds ? { query: { id: randomUUID() }, file: JPEG } : {}) } };
  }

  async joined(place: Place): Promise<{ id: string; registrationId: string }> {
    const { id } = await this.activity(place, 'planned');
    const made = await (await this.t.as(casts[place].worker)).ok(activities.registerByWorker, {
      params: { id },
      body: { name: '路人', phone: null, people: 1 },
    });
    return { id, registrationId: made.id };
  }

  async campaign(place: Place): Promise<string> {
    const body = { name: '宣传周', fromDay: '2026-03-16', toDay: '2026-03-22' };
    return (await (await this.t.as(casts[place].centre)).ok(activities.createCampaign, { body })).id;
  }

  async openSession(username: string): Promise<Session> {
    const { owner, clock } = this.t;
    const account = await owner.selectFrom('account').select('id').where('username', '=', username).executeTakeFirstOrThrow();
    const session = { token: newToken(), csrf: newToken(), id: idAt(clock.now().getTime(), this.next() % 4096) };
    const now = clock.now().getTime();
    await owner
      .insertInto('session')
      .values({
        id: session.id,
        tokenHash: tokenHash(session.token),
        csrfToken: session.csrf,
        accountId: account.id,
        stage: 'full',
        createdAt: new Date(now).toISOString(),
        lastSeenAt: new Date(now + 86_400_000).toISOString(),
        expiresAt: new Date(now + 90 * 86_400_000).toISOString(),
        ip: '127.0.0.1',
        device: 'walk',
      })
      .execute();
    return session;
  }

  /** The session under which somebody asks. */
  signedIn(username: string): Promise<Session> {
    const known = this.#sessions.get(username) ?? this.openSession(username);
    this.#sessions.set(username, known);
    return known;
  }

  /** Asks as somebody, or signed out, and looks for forbidden words in what comes back. */
  async ask(username: string | null, endpointId: string, target: Target, without?: 'csrf'): Promise<Reply> {
    const endpoint = endpointOf(endpointId);
    const { ask } = target;
    this.asked += 1;
    const session = username === null ? null : (target.session ?? (await this.signedIn(username)));
    const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ask.params?.[name] ?? ''));
    const query = new URLSearchParams(ask.query);
    const url = query.size === 0 ? path : `${path}?${query}`;
    if (endpoint.streams === 'text/event-stream') return this.#listen(url, session);
    const response = await this.t.app.inject({
      method: endpoint.method,
      url,
      headers: {
        'sec-fetch-site': 'same-origin',
        ...(session === null || without === 'csrf' ? {} : { 'x-csrf-token': session.csrf }),
        ...(ask.file === undefined ? {} : { 'content-type': 'application/octet-stream' }),
        ...(ask.key === undefined ? {} : { 'idempotency-key': ask.key }),
      },
      ...(session === null ? {} : { cookies: { [SESSION_COOKIE]: session.token } }),
      ...(ask.file !== undefined ? { payload: ask.file } : ask.body === undefined ? {} : { payload: ask.body }),
    });
    const bytes = response.rawPayload;
    const text = readable(bytes) + decodeURIComponent(String(response.headers['content-disposition'] ?? ''));
    // A query letter names its readers, whatever their role: they read what the letter opens, the name of a file here.
    const lettered = ['openSealedFile', 'readSealedAttachment'].includes(endpointId) && response.statusCode === 200;
    const hidden = forbiddenTo(username).filter(
      (word) =>
        !(['unmaskRecipient', 'openRecipientField', 'downloadPersonalCopy'].includes(endpointId) && personal.includes(word)) &&
        !(lettered && word.startsWith(casts.own.mark)),
    );
    for (const word of hidden)
      if (text.includes(word)) this.leaks.push(`${endpointId} ${response.statusCode} → ${username ?? 'nobody'}: ${word}`);
    const code = response.statusCode < 400 ? undefined : (response.json() as { code?: string }).code;
    return { status: response.statusCode, bytes, code };
  }

  // A stream does not end by itself; its head is enough.
  async #listen(url: string, session: Session | null): Promise<Reply> {
    this.#address ??= await this.t.app.listen({ host: '127.0.0.1', port: 0 });
    const stop = new AbortController();
    const response = await fetch(`${this.#address}${url}`, {
      headers: session === null ? {} : { cookie: `${SESSION_COOKIE}=${session.token}` },
      signal: stop.signal,
    });
    const bytes = response.status === 200 ? Buffer.alloc(0) : Buffer.from(await response.arrayBuffer());
    stop.abort();
    return { status: response.status, bytes, code: undefined };
  }

  person(username: string): string {
    return this.t.world.persons[username] ?? '';
  }

  expert(username: string): string {
    return this.t.world.experts[username] ?? '';
  }

  districtOf(place: Place): string {
    return place === 'far' ? this.t.world.otherDistrictId : this.t.world.districtId;
  }

  /** An account of its own in the same role, which a test may use up. */
  async spare(role: string): Promise<{ username: string; accountId: string }> {
    const { owner, clock } = this.t;
    const n = this.next();
    const username = `spare${n}`;
    const [personId, accountId, assignmentId] = [0, 1, 2].map((i) => idAt(clock.now().getTime() - 1000, (n * 3 + i) % 4096)) as [
      string,
      string,
      string,
    ];
    await sql`insert into person (id, district_id, name, gender, post, organisation_id, station_id)
      select ${personId}, district_id, ${`备用${n}`}, gender, post, organisation_id, station_id from person where id = ${this.person(role)}`.execute(
      owner,
    );
    await sql`insert into account (id, person_id, username, password_hash, must_change, is_demo, created_at)
      select ${accountId}, ${personId}, ${username}, password_hash, false, false, created_at from account where person_id = ${this.person(role)}`.execute(
      owner,
    );
    await sql`insert into role_assignment (id, district_id, person_id, role, station_id, organisation_id, division_id, valid_from)
      select ${assignmentId}, district_id, ${personId}, role, station_id, organisation_id, division_id, valid_from
      from role_assignment where person_id = ${this.person(role)}`.execute(owner);
    return { username, accountId };
  }

  /** Another worker of the station, of whom nothing else is told. */
  async colleague(place: Place): Promise<string> {
    const { username } = await this.spare(casts[place].worker);
    return (await this.one<{ personId: string }>(sql`select person_id from account where username = ${username}`)).personId;
  }

  // ── The tale, step by step ──────────────────────────────────────────────────────────────────────────────────────────────────

  async openCase(place: Place, withWords = true): Promise<string> {
    const { mark, worker, recipient } = casts[place];
    const by = await this.t.as(worker);
    const made = await by.ok(cases.createCase, {
      body: {
        recipient: { ...recipient, gender: 'female', birthOn: null },
        household: `${mark}家底：与儿子同住`,
        aliases: [ALIAS],
        school: SCHOOL,
        serviceDomain: 'family',
        domain: 'parent-child',
        helpFields: ['law', 'family'],
        risk: 'medium',
        summary: `${mark}摘要：孩子三个月没有上学，赔偿没有拿到，家里靠借钱生活。`,
      },
    });
    if (withWords)
      await by.ok(cases.addNote, { params: { id: made.id }, body: { happenedOn: '2026-03-01', body: `${mark}记录：家访一次` } });
    return made.id;
  }

  visitTold(place: Place, caseId: string): Record<string, unknown> {
    const { mark } = casts[place];
    return {
      caseId,
      visitedOn: '2026-03-05',
      minutes: 30,
      companion: { role: 'civil-affairs', name: `${mark}陪同人` },
      aloneReason: null,
      health: { scale: 'urgent', says: `${mark}记录：三天没有吃药` },
      safety: { scale: 'good', says: '' },
      life: { scale: 'fair', says: `${mark}记录：很少出门` },
      action: { what: `${mark}记录：联系家属`, byWhom: '本人', until: '2026-03-06' },
      next: null,
    };
  }

  /** A visit: planned, or recorded with something to be done at once, and the circumstances of the person. */
  async visit(place: Place, recorded = false, of?: string): Promise<{ id: string; caseId: string; actionId: string }> {
    const by = await this.t.as(casts[place].worker);
    const caseId = of ?? (await this.openCase(place, false));
    const body = { caseId, plannedOn: '2026-03-05', half: 'morning', reason: 'first', why: `${casts[place].mark}事由` } as const;
    const { id } = await by.ok(visits.planVisit, { body });
    if (!recorded) return { id, caseId, actionId: '' };
    await by.ok(visits.recordVisit, { params: { id }, body: this.visitTold(place, caseId) });
    await by.ok(visits.setVisitNeeds, { params: { id: caseId }, body: { needs: ['alone'] } });
    const action = await this.one<{ id: string }>(sql`select id from visit_action where visit_id = ${id}`);
    return { id, caseId, actionId: action.id };
  }

  formTold(place: Place): Record<string, unknown> {
    const { mark } = casts[place];
    return { round: 'month', on: '2026-03-05', way: 'phone', reached: true, state: `${mark}记录：药还没有取`, again: false };
  }

  /** A form under a case: a draft, or submitted; one that the head is to sign waits for it. */
  async form(place: Place, state: 'draft' | 'done' | 'waiting' = 'draft', of?: string): Promise<{ id: string; caseId: string }> {
    const by = await this.t.as(casts[place].worker);
    const caseId = of ?? (await this.openCase(place, false));
    const code = state === 'waiting' ? 's05-risk-screen' : 'own-refit';
    const template = await this.one<{ id: string }>(sql`select id from form_template where code = ${code} and edition = 1`);
    const { id } = await by.ok(forms.beginFormAnswer, {
      body: { under: { kind: 'case', id: caseId }, templateId: template.id, corrects: null },
    });
    if (state === 'draft') return { id, caseId };
    const { mark } = casts[place];
    const risk = { ideas: 'no', plan: 'no', means: 'no', intent: 'no', before: 'no', level: 'low', why: `${mark}记录：照常` };
    const values = (state === 'waiting' ? risk : this.formTold(place)) as never;
    await by.ok(forms.submitFormAnswer, { params: { id }, body: { values, version: 1 } });
    return { id, caseId };
  }

  /** A form that waits for its signature: at the own place before the supervisor, elsewhere before the head. */
  async formLaid(place: Place, of?: string): Promise<{ id: string; caseId: string }> {
    const by = await this.t.as(casts[place].worker);
    const caseId = of ?? (await this.openCase(place, false));
    const body = { text: this.formText(place, 'head-or-supervisor'), reason: '本区需要', insteadOf: null };
    const template = await (await this.t.as(casts[place].centre)).ok(forms.issueFormTemplate, { body });
    const { id } = await by.ok(forms.beginFormAnswer, {
      body: { under: { kind: 'case', id: caseId }, templateId: template.id, corrects: null },
    });
    const values = { says: `${casts[place].mark}计划：照常` };
    const signerId = place === 'own' ? this.person('supervisor') : null;
    await by.ok(forms.submitFormAnswer, { params: { id }, body: { values, version: 1, signerId } });
    return { id, caseId };
  }

  /** A draft of a form that is signed by hand. */
  async formByHand(place: Place, of?: string): Promise<{ id: string; caseId: string }> {
    const by = await this.t.as(casts[place].worker);
    const caseId = of ?? (await this.openCase(place, false));
    const template = await this.one<{ id: string }>(sql`select id from form_template where code = 't03-agreement' and edition = 2`);
    const { id } = await by.ok(forms.beginFormAnswer, {
      body: { under: { kind: 'case', id: caseId }, templateId: template.id, corrects: null },
    });
    return { id, caseId };
  }

  /** Forms of a group: on its first session, of its first member, and of the whole; and one of an activity. */
  async formsBeyond(place: Place, group: string): Promise<{ activity: string }> {
    const by = await this.t.as(casts[place].worker);
    const { sessionRows, memberRows } = await by.ok(groups.readGroup, { params: { id: group } });
    const activity = (await this.activity(place, 'planned')).id;
    const under = (sessionId: string | null, memberId: string | null) => ({ kind: 'group', id: group, sessionId, memberId }) as const;
    for (const [code, of] of [
      ['t11b-group-session', under(sessionRows[0]?.id ?? '', null)],
      ['s06-belonging', under(null, memberRows[0]?.id ?? '')],
      ['t11a-group-plan', under(null, null)],
      ['t12a-activity-plan', { kind: 'activity', id: activity } as const],
    ] as const) {
      const template = await this.one<{ id: string }>(sql`select id from form_template where code = ${code} order by edition desc limit 1`);
      await by.ok(forms.beginFormAnswer, { body: { under: of, templateId: template.id, corrects: null } });
    }
    return { activity };
  }

  /** A signature as it is taken, of nobody in particular. */
  signature(hash: string): object {
    const strokes = { width: 300, height: 120, lines: [Array.from({ length: 40 }, (_, i) => 10 + i * 2)] };
    const words = { name: '本人签', relation: '', reason: '', witness: '' };
    return { id: randomUUID(), who: 'person', way: 'drawn', ...words, strokes, hash, signedAt: '2026-03-05T01:00:00.000Z' };
  }

  /** The text of a form of a district's own. */
  formText(place: Place, signer: 'nobody' | 'head-or-supervisor' = 'nobody'): string {
    formsMade += 1;
    const fields = [{ kind: 'line', key: 'says', label: '内容' }];
    return JSON.stringify({
      code: `own-${place}-${formsMade}`,
      title: '本区的表',
      standard: '本区自定',
      subject: 'case',
      keptAs: 'records',
      signer,
      note: '',
      sections: [{ key: 'one', title: '一', fields }],
    });
  }

  /** A form that the centre of a district issued. */
  async ownForm(place: Place): Promise<string> {
    const body = { text: this.formText(place), reason: '本区需要', insteadOf: null };
    return (await (await this.t.as(casts[place].centre)).ok(forms.issueFormTemplate, { body })).id;
  }

  alarmTold(place: Place, kind: 'crisis' | 'violence', caseId: string): Record<string, unknown> {
    const word = bells[place];
    const begins = { kind, id: randomUUID(), caseId, source: 'note', sourceId: null, trigger: `${word}：说了什么` };
    if (kind === 'crisis') {
      const screening = { idea: 'some', plan: 'no', means: 'no', intent: 'unknown' };
      return { ...begins, screening, scale: null, rating: 'high', reason: `${word}：理由`, lookAgainOn: null };
    }
    const contact = { contactHow: '当面说', contactTimes: '上午' };
    const told = { disclosedBy: 'self', forms: ['body'], capacity: 'full', immediate: false, abuser: `${word}某`, relation: '配偶' };
    return { ...begins, ...told, ...contact };
  }

  /** A record of a crisis or of violence at home, with its first open step. */
  async alarm(place: Place, kind: 'crisis' | 'violence' = 'crisis', of?: string): Promise<{ id: string; stepId: string }> {
    const by = await this.t.as(casts[place].worker);
    const caseId = of ?? (await this.openCase(place, false));
    const { id } = await by.ok(alarms.registerAlarm, { body: this.alarmTold(place, kind, caseId) });
    const step = await this.one<{ id: string }>(
      sql`select id from alarm_step where alarm_id = ${id} and code in ('supervision', 'choice') and done_at is null`,
    );
    return { id, stepId: step.id };
  }

  /** A case on which a colleague works along. */
  async circled(place: Place): Promise<{ id: string; circleId: string }> {
    const id = await this.openCase(place);
    const body = { personId: await this.colleague(place), reason: `${casts[place].mark}事由`, toDay: null };
    const named = await (await this.t.as(casts[place].worker)).ok(cases.nameCoWorker, { params: { id }, body });
    return { id, circleId: named.id };
  }

  /** Somebody served at a place: the person of a case of one's own. */
  async served(place: Place): Promise<string> {
    const caseId = await this.openCase(place, false);
    return (await this.one<{ recipientId: string }>(sql`select recipient_id from case_file where id = ${caseId}`)).recipientId;
  }

  /** A registration that was linked to somebody served. */
  async attended(place: Place, id: string, registrationId: string): Promise<string> {
    const recipientId = await this.served(place);
    await (await this.t.as(casts[place].worker)).ok(activities.linkAttendant, { params: { id, registrationId }, body: { recipientId } });
    return recipientId;
  }

  /** A person with everything that hangs on one. */
  async furnished(
    place: Place,
  ): Promise<{ id: string; categoryId: string; guardianId: string; householdId: string; memberId: string; named: string; tieId: string }> {
    const { mark, worker, recipient } = casts[place];
    const id = await this.served(place);
    const by = await this.t.as(worker);
    const params = { id };
    await by.ok(recipients.addFormerName, { params, body: { name: `${recipient.name}甲` } });
    await by.ok(recipients.correctRecipient, { params, body: { version: 1, marital: '40', occupation: `${mark}职业` } });
    const categoryId = (
      await by.ok(recipients.addCategory, {
        params,
        body: { category: 'subsistence', fromDay: '2025-01-01', source: `${mark}依据` },
      })
    ).id;
    const guardianId = (
      await by.ok(recipients.addGuardian, { params, body: { name: '南宫监护', relationship: '父亲', phone: recipient.phone } })
    ).id;
    await by.ok(recipients.markContact, { params, body: { unsafe: { how: `${mark}先发短信`, times: '工作日上午' } } });
    const household = { address: recipient.address, relation: 'head' as const, livesTogether: true };
    const householdId = (await by.ok(recipients.beginHousehold, { params, body: household })).id;
    const at = { params: { id: householdId } };
    const named = (
      await by.ok(recipients.addHouseholdMember, { ...at, body: { name: '南宫小满', relation: 'child', livesTogether: true } })
    ).id;
    const { id: memberId } = await this.one<{ id: string }>(
      sql`select id from household_member where household_id = ${householdId} and recipient_id = ${id}`,
    );
    const tieId = (await by.ok(recipients.addHouseholdTie, { ...at, body: { fromMember: memberId, toMember: named, bond: 'close' } })).id;
    return { id, categoryId, guardianId, householdId, memberId, named, tieId };
  }

  /** Two rows of one person, merged. */
  async mergedAt(place: Place): Promise<string> {
    const [keptId, goneId] = [await this.served(place), await this.served(place)];
    const by = await this.t.as(casts[place].worker);
    return (await by.ok(recipients.mergeRecipients, { body: { keptId, goneId, reason: '同一证件号码' } })).id;
  }

  assessment(place: Place): object {
    const { mark } = casts[place];
    const part = (what: string) => `${mark}${what}`;
    return {
      move: 'assess',
      person: part('个人'),
      family: '',
      surroundings: part('环境'),
      needs: part('需求'),
      risk: 'medium',
      riskSays: '',
    };
  }

  plan(place: Place): object {
    const goal = { key: 'g1', text: '回到学校', indicator: '每周到校', unit: '天', baseline: 0, target: 5, direction: 'up' };
    const dates = { startsOn: '2026-03-05', endsOn: '2026-09-05' };
    return { move: 'draft-plan', plan: { aim: `${casts[place].mark}计划`, goals: [goal], methods: '面谈', frequency: '每周', ...dates } };
  }

  /** A plan that waits for its signature: in the own place it lies before the supervisor. */
  async planSent(place: Place): Promise<{ caseId: string; paperId: string }> {
    const caseId = await this.openCase(place);
    const by = await this.t.as(casts[place].worker);
    const intake = {
      move: 'decide-intake',
      decision: 'accept',
      source: 'self',
      asker: '',
      guardian: null,
      urgency: 'soon',
      problem: '欠薪',
    };
    const signers = [{ who: 'person', name: '本人签', relation: '', signedOn: '2026-03-05', attachmentId: null }];
    const acts = [
      { ...intake, reason: '', referredTo: null },
      this.assessment(place),
      this.plan(place),
      {
        move: 'send-plan',
        agreement: { explained: true, signers },
        signerId: place === 'own' ? this.person('supervisor') : null,
      },
    ];
    let version = 1;
    for (const act of acts) ({ version } = await by.ok(stages.moveCase, { params: { id: caseId }, body: { ...act, version } as never }));
    const row = await this.one<{ id: string }>(sql`select id from case_paper where case_id = ${caseId} and status = 'sent'`);
    return { caseId, paperId: row.id };
  }

  /** A plan that is about to be sent. */
  async planDrafted(place: Place): Promise<{ paperId: string; hash: string }> {
    const caseId = await this.openCase(place, false);
    const by = await this.t.as(casts[place].worker);
    const intake = {
      move: 'decide-intake',
      decision: 'accept',
      source: 'self',
      asker: '',
      guardian: null,
      urgency: 'soon',
      problem: '欠薪',
    };
    let version = 1;
    for (const act of [{ ...intake, reason: '', referredTo: null }, this.assessment(place), this.plan(place)])
      ({ version } = await by.ok(stages.moveCase, { params: { id: caseId }, body: { ...act, version } as never }));
    const { signing } = await by.ok(stages.readStages, { params: { id: caseId } });
    return { paperId: signing?.paperId ?? '', hash: signing?.hash ?? '' };
  }

  async handoverDraft(place: Place, caseId: string): Promise<object> {
    const toId = await this.colleague(place);
    return { caseId, fromId: null, toId, cause: 'leave', reason: `${casts[place].mark}事由`, mayRead: ['papers'], atOnce: false };
  }

  async handedOver(place: Place): Promise<string> {
    const caseId = await this.openCase(place);
    const body = (await this.handoverDraft(place, caseId)) as never;
    await (await this.t.as(casts[place].worker)).ok(stages.proposeHandover, { body });
    return (await this.one<{ id: string }>(sql`select id from case_handover where case_id = ${caseId}`)).id;
  }

  async consent(place: Place, caseId: string, purpose: 'conference' | 'publication' | 'attendance'): Promise<string> {
    const { mark, worker } = casts[place];
    const fields = ['situation', 'household', 'domain', 'risk', 'story', 'tried', 'asks', 'attachments'] as const;
    const by = await this.t.as(worker);
    return (
      await by.ok(cases.recordConsent, {
        params: { id: caseId },
        body: {
          receiver: `${mark}支援中心受托方`,
          purpose,
          fields: [...fields],
          signedBy: purpose === 'attendance' ? '母亲' : '本人',
          grantedOn: '2026-03-01',
          expiresOn: null,
        },
      })
    ).id;
  }

  async draft(place: Place, more: { crisis?: boolean } = {}): Promise<{ caseId: string; id: string }> {
    const { mark, worker } = casts[place];
    const caseId = await this.openCase(place, false);
    const made = await (await this.t.as(worker)).ok(support.createSupportRequest, {
      body: {
        caseId,
        helpFields: ['law', 'family'],
        story: `${mark}案情：${ALIAS}在${SCHOOL}读书，三个月没有上学，家里靠借钱生活，赔偿没有拿到。`,
        tried: `${mark}已试：陪同去过两次交警队。`,
        asks: `${mark}所求：怎样拿到赔偿。`,
        wishes: { expertGender: null },
        checklist: { ...HARD, imminentRisk: more.crisis === true },
      },
    });
    return { caseId, id: made.id };
  }

  async attach(place: Place, to: { kind: 'case' | 'request'; id: string }): Promise<string> {
    const { mark, worker } = casts[place];
    const made = await (await this.t.as(worker)).ok(cases.addAttachment, { params: to, query: { name: `${mark}附件.pdf` }, file: PDF });
    return made.id;
  }

  async version(id: string): Promise<number> {
    return (await this.t.owner.selectFrom('supportRequest').select('version').where('id', '=', id).executeTakeFirstOrThrow()).version;
  }

  async submitted(place: Place, more: { crisis?: boolean } = {}): Promise<{ caseId: string; id: string; receiptNo: string }> {
    const draft = await this.draft(place, more);
    const by = await this.t.as(casts[place].worker);
    const { receiptNo } = await by.ok(support.submitSupportRequest, { params: { id: draft.id }, body: { version: 1 } });
    return { ...draft, receiptNo };
  }

  async accepted(place: Place): Promise<{ caseId: string; id: string }> {
    const { mark, centre } = casts[place];
    const request = await this.submitted(place);
    await (await this.t.as(centre)).ok(support.screenSupportRequest, {
      params: { id: request.id },
      body: { exit: 'accept', version: await this.version(request.id), checklistVersion: '2026.1', note: `${mark}筛语` },
    });
    return request;
  }

  /** A proposal; under a session of its own, since proposals are rationed by the minute. */
  async propose(place: Place, id: string): Promise<string> {
    const { centre } = casts[place];
    const reply = await this.ask(centre, 'proposePanel', { ask: { params: { id }, body: {} }, session: await this.openSession(centre) });
    return (JSON.parse(reply.bytes.toString('utf8')) as { id: string }).id;
  }

  invitation(place: Place, version: number, proposalId: string, consentId: string, chair: string, attachmentIds: string[] = []): object {
    const { mark, experts: seats } = casts[place];
    return {
      version,
      proposalId,
      seats: seats.map((s) => ({ expertId: this.expert(s.name), helpFields: s.fields })),
      overrideReason: `${mark}改选的理由`,
      deadline: '2026-03-10T10:00:00.000Z',
      chairId: this.person(chair),
      plannedAt: '2026-03-11T02:00:00.000Z',
      place: '支援中心会议室',
      packet: {
        fields: ['situation', 'household', 'domain', 'risk', 'story', 'tried', 'asks'],
        attachmentIds,
        basis: { kind: 'consent', consentId },
      },
    };
  }

  /** Experts count as having sat on no panel this month, so that the walk never runs out of them. */
  async #restExperts(): Promise<void> {
    await this.t.owner.updateTable('supportInvitation').set({ invitedAt: '2026-01-05T02:00:00.000Z' }).execute();
  }

  async invited(place: Place, more: { chair?: string; attach?: boolean } = {}) {
    const cast = casts[place];
    const request = await this.accepted(place);
    // Uploads are rationed by the minute; only the tale that is read from brings files.
    const [loose, packed] =
      more.attach === true
        ? [await this.attach(place, { kind: 'request', id: request.id }), await this.attach(place, { kind: 'request', id: request.id })]
        : ['', ''];
    const consentId = await this.consent(place, request.caseId, 'conference');
    const centre = await this.t.as(cast.centre);
    const proposalId = await this.propose(place, request.id);
    const body = this.invitation(
      place,
      await this.version(request.id),
      proposalId,
      consentId,
      more.chair ?? cast.centre,
      packed === '' ? [] : [packed],
    );
    const done = await centre.ok(support.inviteExperts, { params: { id: request.id }, body: body as Record<string, unknown> });
    await this.#restExperts();
    const invitations = cast.experts.map((e) => done.invitations.find((i) => i.expertId === this.expert(e.name))?.id ?? '');
    return { ...request, consentId, conferenceId: done.conferenceId, roundId: done.roundId, invitations, loose, packed };
  }

  async pledge(place: Place, invitations: readonly string[]): Promise<void> {
    for (const [i, id] of invitations.entries()) {
      const by = await this.t.as(casts[place].experts[i]?.name ?? '');
      await by.ok(support.answerInvitation, { params: { id }, body: { answer: 'accept', pledge: true } });
    }
  }

  async opine(place: Place, invitations: readonly string[]): Promise<void> {
    const { mark, experts: seats } = casts[place];
    await this.pledge(place, invitations);
    for (const [i, id] of invitations.entries()) {
      const by = await this.t.as(seats[i]?.name ?? '');
      await by.ok(support.giveOpinion, {
        params: { id },
        body: { judgement: `${mark}判断${i}`, advice: `${mark}建议${i}`, risk: `${mark}看到的风险${i}` },
      });
    }
  }

  /** A conference for whose time is asked. */
  async pollAsked(place: Place, more: { chair?: string } = {}) {
    const invited = await this.invited(place, more);
    const chair = more.chair ?? casts[place].centre;
    const poll = await (await this.t.as(chair)).ok(meetings.askForTime, { params: { id: invited.conferenceId }, body: this.question() });
    return { ...invited, pollId: poll.id };
  }

  /** An address that waits for its code. */
  async address(username: string): Promise<void> {
    const account = await this.t.owner.selectFrom('account').select('personId').where('username', '=', username).executeTakeFirstOrThrow();
    const { districtId } = await this.t.owner
      .selectFrom('person')
      .select('districtId')
      .where('id', '=', account.personId)
      .executeTakeFirstOrThrow();
    const at = this.t.clock.now().toISOString();
    const waiting = { codeHash: digest(`${account.personId}:123456`), codeExpiresAt: '2026-12-31T00:00:00.000Z', codeTries: 0 };
    await this.t.owner
      .insertInto('mailAddress')
      .values({ districtId, id: account.personId, addressCt: 'x', addressMasked: 'x', consentedAt: at, atOnce: [], ...waiting })
      .onConflict((c) => c.columns(['districtId', 'id']).doUpdateSet(waiting))
      .execute();
  }

  question(): { slots: string[]; deadline: string } {
    return { slots: ['2026-03-11T02:00:00.000Z', '2026-03-12T02:00:00.000Z'], deadline: '2026-03-10T10:00:00.000Z' };
  }

  /** A conference to which the client is asked to come. */
  async clientAsked(place: Place, write = true) {
    const invited = await this.invited(place);
    const consentId = await this.consent(place, invited.caseId, 'attendance');
    const body = {
      version: 0,
      consentId,
      companion: '母亲',
      welcome: `${casts[place].mark}欢迎您来`,
      items: [`${casts[place].mark}先听您说`],
    };
    if (write) await (await this.t.as(casts[place].worker)).ok(meetings.writeClientAgenda, { params: { id: invited.conferenceId }, body });
    return { ...invited, agenda: body };
  }

  minutes(place: Place, owners: readonly string[]): object {
    const { mark, experts: seats } = casts[place];
    return {
      heldAt: this.t.clock.now().toISOString(),
      attendeeIds: seats.map((s) => this.expert(s.name)),
      minutes: `${mark}纪要：就赔偿与返校逐项讨论，先后有序。`,
      consensus: `${mark}共识：先申请法律援助。`,
      decisions: owners.map((o) => ({ text: `${mark}行动：陪同申请法律援助`, ownerId: this.person(o), dueOn: '2026-03-18' })),
    };
  }

  async held(place: Place, more: { chair?: string; owner?: string; attach?: boolean } = {}) {
    const cast = casts[place];
    const invited = await this.invited(place, more);
    await this.opine(place, invited.invitations);
    const held = await (await this.t.as(cast.centre)).ok(support.holdConference, {
      params: { id: invited.conferenceId },
      body: this.minutes(place, [more.owner ?? cast.worker]) as Record<string, unknown>,
    });
    return { ...invited, actionId: held.actionIds[0] ?? '' };
  }

  /** An archive that was made for the centre's person of the place. */
  async archive(place: Place): Promise<string> {
    return this.taken(place, 'support_request', (await this.accepted(place)).id, casts[place].centre);
  }

  /** The same of a case, for its worker. */
  async caseArchive(place: Place): Promise<string> {
    return this.taken(place, 'case_file', await this.openCase(place), casts[place].worker);
  }

  async taken(place: Place, table: 'support_request' | 'case_file', of: string, username: string): Promise<string> {
    const id = idAt(this.t.clock.now().getTime(), 3000 + (this.next() % 1000));
    const { storedAs, sha256 } = await this.t.services.files.put(id, Buffer.from(`%PDF-1.7 ${casts[place].mark}`));
    const now = this.t.clock.now().getTime();
    const column = sql.ref(table === 'case_file' ? 'case_id' : 'request_id');
    await sql`insert into request_archive (district_id, id, ${column}, number, final, person_id, account_id, reason, asked_at, status, percent, stored_as, sha256, expires_at)
      select r.district_id, ${id}::uuid, r.id, '', false, a.person_id, a.id, '归档', ${new Date(now).toISOString()}::timestamptz, 'ready', 100, ${storedAs}, ${sha256},
        ${new Date(now + 86_400_000).toISOString()}::timestamptz
      from ${sql.table(table)} r join account a on a.username = ${username} where r.id = ${of}`.execute(this.t.owner);
    return id;
  }

  /** A register that somebody of a place brought, looked through, or written as well; and who brought it. */
  async ledger(place: Place, role: Role, written = false): Promise<Target> {
    const cast = casts[place];
    const by = await this.t.as(role === 'head' ? cast.head : role === 'centre' ? cast.centre : cast.worker);
    const stationId = this.t.world.stations[({ own: 's1', other: 's2', far: 'b1' } as const)[place]];
    // No queue runs here: what was left under way would count against the next.
    await sql`update ledger_import set status = 'dropped' where status in ('waiting', 'applying', 'undoing')`.execute(this.t.owner);
    const { id } = await by.ok(imports.uploadImport, {
      query: { kind: 'recipients', name: '名册.csv', stationId },
      file: this.registerFile(),
    });
    const districtId = place === 'far' ? this.t.world.otherDistrictId : this.t.world.districtId;
    await runImport(this.t.services, { districtId, id });
    if (written) {
      const { version } = await by.ok(imports.readImport, { params: { id } });
      await by.ok(imports.confirmImport, { params: { id }, body: { doubles: 'leave', version } });
      await runImport(this.t.services, { districtId, id });
    }
    return { id, ask: { params: { id } } };
  }

  registerFile(): Buffer {
    return Buffer.from(`姓名,电话,出生日期\n钟离试,139${String(20_000_000 + this.next())},\n上官试,,1950年`);
  }

  async line(place: Place, requestId: string, holder: string, kind: 'referral' | 'seminar' = 'referral'): Promise<string> {
    const cast = casts[place];
    const made = await (await this.t.as(cast.centre)).ok(support.addSupportLine, {
      params: { id: requestId },
      body: {
        helpField: 'law',
        kind,
        holderId: this.person(holder),
        providerName: null,
        task: `${cast.mark}线：联系法律援助处`,
      },
    });
    return made.id;
  }

  /** A mandatory report: of somebody in the role where the record is the own one of that role, else of the worker of the place. */
  async report(place: Place, role: Role): Promise<string> {
    const keeps = ['head', 'supervisor', 'system', 'security', 'audit'].includes(role);
    const reporter = place !== 'own' || keeps ? casts[place].worker : role === 'street' ? 'street' : role;
    const body = {
      id: idAt(this.t.clock.now().getTime() - 5000, this.next() % 4096),
      situation: 'abandoned' as const,
      place: `${whistle[place]}巷`,
      seen: `${whistle[place]}：孩子独自在家三天。`,
      child: null,
      discoveredAt: null,
      caseId: null,
      requestId: null,
    };
    return (await (await this.t.as(reporter)).ok(reports.createReport, { body })).id;
  }

  /** As before, for those who keep: the centre keeps what has no station. */
  keptReport(place: Place, role: Role): Promise<string> {
    return this.report(place, place === 'own' ? (role === 'centre' ? 'expert' : 'worker') : role);
  }

  /** Everything that a report needs before it is closed, by the supervisor. */
  async readyReport(place: Place, id: string): Promise<string> {
    const at = this.t.clock.now().toISOString();
    const by = await this.t.as(place === 'far' ? 'bsupervisor' : 'supervisor');
    for (const body of [
      { kind: 'police', at, manner: '110', unit: '派出所', officerNo: null, receiptNo: null, says: null },
      { kind: 'authority', at, unit: '民政部门', says: null },
      { kind: 'feedback', at, unit: '派出所', says: '已受理' },
      { kind: 'placement', placement: 'relatives', says: '由姑姑照料' },
      { kind: 'follow-up', says: '已探访' },
    ])
      await by.ok(reports.addReportEntry, { params: { id }, body });
    return id;
  }

  /** A transfer to somebody, sent by the second of the centre; it hands over nothing that tells whose tale it is. */
  async transfer(place: Place, to: string): Promise<string> {
    return this.transferOf(place, await this.line(place, (await this.accepted(place)).id, casts[place].second), to);
  }

  async transferOf(place: Place, lineId: string, to: string): Promise<string> {
    const made = await (await this.t.as(casts[place].second)).ok(responses.openResponse, {
      params: { id: lineId },
      body: {
        kind: 'transfer',
        toId: this.person(to),
        reason: '请继续跟进',
        fields: ['domain', 'risk'],
        basis: { kind: 'statutory-duty', ground: '依法继续照看' },
        replyBy: null,
      },
    });
    return made.id;
  }

  seminar(place: Place) {
    return {
      kind: 'seminar' as const,
      topic: '下一步怎么走',
      heldOn: '2026-03-09',
      startsAt: '14:00',
      place: '会议室',
      participantIds: [this.person(casts[place].worker)],
      guests: '',
      agenda: '情况与分工',
    };
  }

  /** A pack of its own for each question, so that drafts do not meet. */
  async rulePack(place: Place): Promise<{ packId: string; code: string }> {
    const packId = idAt(this.t.clock.now().getTime() - 6000, this.next() % 4096);
    const code = `trial-${packId}`;
    const divisionId = this.districtOf(place);
    await this.t.owner
      .insertInto('rulePack')
      .values({ id: packId, divisionId, code, title: '试验规则', version: '试验', effectiveFrom: '2026-01-01', effectiveTo: null })
      .execute();
    await this.t.owner
      .insertInto('ruleValue')
      .values({ packId, key: 'days', position: 0, label: '几天', value: '3', unit: '日', source: '试验', isOurs: false })
      .execute();
    return { packId, code };
  }

  /** A draft that the centre wrote. */
  async ruleDraft(place: Place, status: 'draft' | 'submitted'): Promise<{ draftId: string }> {
    const { packId, code } = await this.rulePack(place);
    const draftId = idAt(this.t.clock.now().getTime() - 5500, this.next() % 4096);
    const districtId = this.districtOf(place);
    const at = this.t.clock.now().toISOString();
    await this.t.owner
      .insertInto('ruleDraft')
      .values({
        id: draftId,
        districtId,
        divisionId: districtId,
        code,
        title: '试验规则',
        baseId: packId,
        status,
        effectiveFrom: '2026-04-01',
        authorId: this.person(casts[place].second),
        madeAt: at,
        updatedAt: at,
      })
      .execute();
    await this.t.owner.insertInto('ruleDraftChange').values({ draftId, districtId, key: 'days', value: '4', source: '区里通知' }).execute();
    return { draftId };
  }

  /** Who decides about sealed files at a place. */
  security(place: Place): string {
    return place === 'far' ? 'bsecurity' : 'security';
  }

  sealingDraft(caseNumber: string) {
    return {
      caseNumber,
      authority: '人民检察院',
      decisionNo: '检封 3 号',
      decidedOn: '2026-03-04',
      basis: 'non-prosecution' as const,
      reason: '收到封存通知',
    };
  }

  numberOf(caseId: string): Promise<{ number: string }> {
    return this.one<{ number: string }>(sql`select number from case_file where id = ${caseId}`);
  }

  /** A sealing that waits for the second person. */
  async sealProposed(place: Place, caseId: string): Promise<string> {
    const { number } = await this.numberOf(caseId);
    return (await (await this.t.as(casts[place].centre)).ok(sealing.proposeSealing, { body: this.sealingDraft(number) })).id;
  }

  /** A sealed file with an attachment. */
  async sealed(place: Place): Promise<{ id: string; fileId: string }> {
    const caseId = await this.openCase(place);
    const fileId = await this.attach(place, { kind: 'case', id: caseId });
    const id = await this.sealProposed(place, caseId);
    await (await this.t.as(this.security(place))).ok(sealing.decideSealing, { params: { id }, body: { decision: 'seal' } });
    return { id, fileId };
  }

  letterDraft(readerId: string) {
    return {
      unit: '人民法院',
      letterNo: '法查 8 号',
      letterOn: '2026-03-05',
      basis: '办理案件需要',
      scope: ['files' as const],
      untilDay: '2027-12-31',
      hours: 24,
      readerIds: [readerId],
    };
  }

  /** A query letter with its picture, of another member of the centre than the one who asks. */
  async letter(place: Place, fileId: string, readerId: string): Promise<string> {
    const by = await this.t.as(casts[place].second);
    const { id } = await by.ok(sealing.registerQueryLetter, { params: { id: fileId }, body: this.letterDraft(readerId) });
    await by.ok(sealing.addLetterScan, { params: { id }, file: PDF });
    return id;
  }

  closing(place: Place, version: number): object {
    return {
      version,
      solved: true,
      evaluation: `${casts[place].mark}评估：赔偿到位，孩子返校。`,
      satisfaction: 5,
      followUpOn: '2026-04-15',
    };
  }

  async readyToClose(place: Place) {
    const cast = casts[place];
    const held = await this.held(place);
    await (await this.t.as(cast.worker)).ok(support.completeAction, {
      params: { id: held.actionId },
      body: { version: 1, status: 'done', result: `${cast.mark}办结` },
    });
    return held;
  }

  async closed(place: Place) {
    const held = await this.readyToClose(place);
    const by = await this.t.as(casts[place].centre);
    await by.ok(support.closeSupportRequest, {
      params: { id: held.id },
      body: this.closing(place, await this.version(held.id)) as Record<string, unknown>,
    });
    await this.consent(place, held.caseId, 'publication');
    return held;
  }

  /** What a draft says; without canaries where it is going to be released for everybody. */
  publication(place: Place, requestId: string, released: boolean): object {
    const word = released ? '' : casts[place].mark;
    return {
      requestId,
      title: `${word}赔偿与返校并行的支援`,
      pseudonym: '桂芳',
      methods: ['个案管理'],
      sections: {
        background: `${word}稿：一位母亲独自抚养孩子，孩子没有上学。`,
        process: `${word}稿：先申请法律援助，再与学校商定返校。`,
        outcome: `${word}稿：赔偿到位，孩子已经返校读书。`,
        reflection: `${word}稿：两件事并行。`,
      },
    };
  }

  async drafted(place: Place, more: { drafter?: string; released?: boolean } = {}): Promise<{ requestId: string; draftId: string }> {
    const { id } = await this.closed(place);
    const by = await this.t.as(more.drafter ?? casts[place].second);
    const made = await by.ok(casebank.draftPublication, {
      body: this.publication(place, id, more.released === true) as Record<string, unknown>,
    });
    return { requestId: id, draftId: made.id };
  }

  async confirmed(place: Place, more: { drafter?: string } = {}): Promise<{ draftId: string; version: number }> {
    const { draftId } = await this.drafted(place, { ...more, released: true });
    const by = await this.t.as(casts[place].centre);
    const draft = await by.ok(casebank.readDraft, { params: { id: draftId } });
    const open = draft.findings.filter((f) => f.status === 'open');
    if (open.length === 0) return { draftId, version: draft.version };
    const decisions = open.map((f) => ({ id: f.id, decision: 'confirm' as const }));
    return {
      draftId,
      version: (await by.ok(casebank.confirmFindings, { params: { id: draftId }, body: { version: draft.version, decisions } })).version,
    };
  }

  async released(place: Place): Promise<string> {
    const { draftId, version } = await this.confirmed(place, { drafter: casts[place].second });
    const by = await this.t.as(casts[place].centre);
    return (await by.ok(casebank.releasePublication, { params: { id: draftId }, body: { version } })).entryId;
  }

  /** A recall that somebody proposed. */
  async recall(place: Place): Promise<string> {
    const id = idAt(this.t.clock.now().getTime() - 3000, this.next() % 4096);
    const row = { districtId: this.districtOf(place), id, entryId: await this.released(place), cause: 'mistake', status: 'proposed' };
    await this.t.owner
      .insertInto('casebankRecall')
      .values({ ...row, says: '', proposedAt: this.t.clock.now().toISOString() })
      .execute();
    return id;
  }

  /** A call for entries. */
  call(): object {
    return {
      title: '疑难个案评优大赛',
      theme: '两件事并行的支援',
      domains: [],
      opensOn: '2026-03-01',
      closesOn: '2026-03-31',
      scoreBy: '2026-04-15',
      criteria: [{ key: 'method', title: '方法', weight: 100, says: '' }],
      awards: [{ title: '一等奖', places: 1 }],
      judgeIds: [this.person('expert'), this.person('supervisor')],
    };
  }

  /** A competition with one entry, as the platform leaves it in a state; experts and supervisor of the place judge it. */
  async competition(place: Place, status: string, bank: string): Promise<{ id: string; entryId: string }> {
    const districtId = this.districtOf(place);
    const [id, entryId] = [0, 1].map(() => idAt(this.t.clock.now().getTime() - 4000, this.next() % 4096)) as [string, string];
    const { requestId } = await this.one<{ requestId: string }>(
      sql`select d.request_id from casebank_entry e join publication_draft d on d.id = e.draft_id where e.id = ${bank}`,
    );
    const { judgeIds: _, criteria, awards, ...call } = this.call() as Record<string, string>;
    const made = { districtId, id, status, madeBy: this.person(casts[place].centre), noticeUntil: '2026-12-31' };
    await this.t.owner
      .insertInto('competition')
      .values({ ...call, ...made, criteria: JSON.stringify(criteria), awards: JSON.stringify(awards) } as never)
      .execute();
    for (const name of [casts[place].experts[0]?.name ?? '', casts[place].supervisor])
      await this.t.owner
        .insertInto('competitionJudge')
        .values({
          districtId,
          id: idAt(this.t.clock.now().getTime() - 5000, this.next() % 4096),
          competitionId: id,
          personId: this.person(name),
        })
        .execute();
    if (status === 'draft') return { id, entryId };
    const settled = !['open', 'checking'].includes(status);
    const entry = {
      districtId,
      id: entryId,
      competitionId: id,
      code: `E${this.next()}`,
      requestId,
      authorId: this.person(casts[place].worker),
    };
    await this.t.owner
      .insertInto('competitionEntry')
      .values({ ...entry, statement: '申报', status: settled ? 'eligible' : 'entered', enteredAt: this.t.clock.now().toISOString() })
      .execute();
    if (settled)
      await this.t.owner
        .insertInto('competitionText')
        .values({
          districtId,
          id: entryId,
          competitionId: id,
          code: entry.code,
          title: '两件事并行',
          sections: JSON.stringify({ background: '背景', process: '过程', outcome: '结果', reflection: '反思' }),
        })
        .execute();
    return { id, entryId };
  }

  /** A case of the own district that won a prize. */
  async rewarded(): Promise<string> {
    const id = await this.released('own');
    await sql`update casebank_entry set award = '一等奖' where id = ${id}`.execute(this.t.owner);
    return id;
  }

  seriesDraft(): Record<string, unknown> {
    return { title: '家校协同', theme: '复学个案里学校怎样一起做', everyDays: null, startsOn: '2026-03-02' };
  }

  async series(place: Place): Promise<string> {
    return (await (await this.t.as(casts[place].centre)).ok(seminars.createSeminarSeries, { body: this.seriesDraft() as never })).id;
  }

  themeDraft(place: Place): Record<string, unknown> {
    const agenda = [{ title: '案例回顾', minutes: 40, leader: '' }];
    const memberIds = [this.person(casts[place].experts[0]?.name ?? '')];
    return {
      topic: '返校第一周',
      heldOn: '2026-03-05',
      startsAt: '14:30',
      place: '三楼会议室',
      guests: '',
      memberIds,
      agenda,
      entryIds: [],
    };
  }

  async themed(place: Place): Promise<string> {
    const params = { id: await this.series(place) };
    return (await (await this.t.as(casts[place].centre)).ok(seminars.planSeminar, { params, body: this.themeDraft(place) as never })).id;
  }

  outputDraft(): Record<string, unknown> {
    const of = { kind: 'model', title: '多专业同场会诊的做法', year: 2026, authors: ['区社工总站课题组'], status: 'writing' };
    return { ...of, outlet: '', summary: '', link: '', entryIds: [], seminarIds: [] };
  }

  async output(place: Place, file = false): Promise<string> {
    const by = await this.t.as(casts[place].centre);
    const { id } = await by.ok(outputs.createOutput, { body: this.outputDraft() as never });
    if (file) await by.ok(outputs.putOutputFile, { params: { id }, query: { name: '成果.pdf', version: 1 }, file: PDF });
    return id;
  }

  // ── What the banks, places and people hold ──────────────────────────────────────────────────────────────────────────────────

  // ── Rights, retention, registers ────────────────────────────────────────────────────────────────────────────────────────────

  rightDraft(place: Place, kind = 'copy'): object {
    const { mark, recipient } = casts[place];
    return {
      kind,
      askerKind: 'self',
      askerName: '来访人',
      askerPhone: null,
      subjectName: recipient.name,
      subjectIdNumber: recipient.idNumber,
      subjectPhone: null,
      wish: `${mark}心愿：想看看记了什么`,
    };
  }

  /** A request about own data, received by the worker, as far as it is told. */
  async right(place: Place, upTo: 'received' | 'answering' | 'prepared' | 'decided'): Promise<{ id: string; version: number }> {
    const { mark, worker, head } = casts[place];
    const by = await this.t.as(worker);
    let at: { id: string; version: number } = await by.ok(privacy.receiveRight, {
      body: this.rightDraft(place) as Record<string, unknown>,
    });
    const params = { id: at.id };
    if (upTo === 'received') return at;
    at = await by.ok(privacy.confirmRightIdentity, { params, body: { checked: ['id-card'], checkNote: '', version: at.version } });
    if (upTo === 'answering') return at;
    const answer = { answer: `${mark}答复：照办`, withheld: [], attachmentIds: [], version: at.version };
    at = await by.ok(privacy.prepareRightAnswer, { params, body: answer });
    if (upTo === 'prepared') return at;
    const decision = { outcome: 'done' as const, reason: '', route: '', version: at.version };
    return (await this.t.as(head)).ok(privacy.decideRight, { params, body: decision });
  }

  /** A case that was closed so long ago that its term is over. */
  async expired(place: Place): Promise<string> {
    const id = await this.openCase(place, false);
    await sql`update case_file set status = 'closed', updated_at = '2010-01-05T02:00:00Z' where id = ${id}`.execute(this.t.owner);
    return id;
  }

  async destruction(place: Place): Promise<string> {
    const by = await this.t.as(casts[place].head);
    return (await by.ok(privacy.appraiseDestruction, { body: { caseIds: [await this.expired(place)], opinion: '期满' } })).id;
  }

  assessmentDraft(): object {
    return {
      title: '试验评估',
      processing: '处理',
      purpose: '目的',
      necessity: '必要',
      sensitive: true,
      minors: false,
      risk: 'low',
      risks: '风险',
      measures: '措施',
      assessedBy: '负责人',
      assessedOn: '2026-03-01',
      reviewOn: '2027-03-01',
    };
  }

  breachDraft(): object {
    return {
      happened: '试验事件',
      foundAt: '2026-03-01T00:00:00.000Z',
      kinds: ['other'],
      persons: 1,
      minors: false,
      cause: '',
      harm: '',
      measures: '',
      authority: null,
      authorityToldAt: null,
      personsToldAt: null,
      personsToldHow: null,
      exemptReason: null,
    };
  }

  async register(place: Place, what: 'assessment' | 'breach'): Promise<string> {
    const by = await this.t.as(place === 'far' ? 'bsecurity' : 'security');
    return what === 'assessment'
      ? (await by.ok(privacy.recordAssessment, { body: this.assessmentDraft() as Record<string, unknown> })).id
      : (await by.ok(privacy.recordBreach, { body: this.breachDraft() as Record<string, unknown> })).id;
  }

  resourceDraft(): object {
    return {
      kind: 'resource',
      name: '临时救助',
      category: '救助',
      audience: '困难家庭',
      authority: '民政局',
      conditions: '有困难',
      materials: ['申请表'],
      summary: '一次性救助金',
      helpFields: ['economy'],
      issuingTier: 'district',
      phone: null,
      source: '试验',
      validFrom: '2025-01-01',
      validTo: null,
    };
  }

  partnerDraft(): object {
    return {
      type: 'charity',
      name: '试验慈善会',
      offers: '助学',
      liaison: '联络人',
      liaisonPost: '干事',
      phone: '0755-1234567',
      helpFields: ['education'],
    };
  }

  expertDraft(): object {
    return {
      name: `新专家${this.next()}`,
      gender: 'female',
      title: '律师',
      organisationId: null,
      organisationName: '外部单位',
      helpFields: ['law'],
      specialities: '婚姻家庭',
      termFrom: '2026-01-01',
      termTo: '2027-12-31',
      maxPanelsPerMonth: 4,
      weekdays: [1, 2],
    };
  }

  appealDraft(place: Place) {
    return {
      districtId: this.districtOf(place),
      streetId: place === 'far' ? null : this.t.world.streetId,
      danger: false,
      topic: 'family' as const,
      says: `${casts[place].mark}求助：家里吵得厉害`,
      reach: 'phone' as const,
      phone: '19900005550',
      name: '某居民',
      safeTimes: ['any' as const],
      safeNote: null,
      mayMessage: false,
      unsafe: false,
      leaveEmpty: '',
    };
  }

  /** A resident's appeal at the station of a place; taken over by its worker unless it is to wait. */
  async appeal(place: Place, how: 'waiting' | 'taken' = 'taken'): Promise<{ id: string; code: string; version: number }> {
    const made = await this.t.nobody.ok(appeals.askAsResident, { body: this.appealDraft(place) });
    const stationId = this.t.world.stations[{ own: 's1', other: 's2', far: 'b1' }[place] as 's1'];
    const { id } = await this.one<{ id: string }>(
      sql`update appeal set station_id = ${stationId} where number = ${made.number} and district_id = ${this.districtOf(place)} returning id`,
    );
    if (how === 'taken') await (await this.t.as(casts[place].worker)).ok(appeals.takeAppeal, { params: { id }, body: { version: 1 } });
    return { id, code: made.code, version: how === 'taken' ? 2 : 1 };
  }

  clueDraft(place: Place) {
    return {
      ...{ communityId: this.t.world.communities[place], danger: false, topic: 'elder' as const, says: '独居，半个月没见出门' },
      ...{ name: '某阿婆', phone: null, whereabouts: '村口第二家', knows: false, goesAlong: true },
    };
  }

  /** A clue of a community's officer, released once with words that are not for the teller, and taken over again. */
  async clue(place: Place): Promise<{ id: string; version: number }> {
    const teller = await this.t.as({ own: 'civil-affairs', other: 'civil2', far: 'bcivil' }[place]);
    const { id } = await teller.ok(appeals.tellClue, { body: this.clueDraft(place) });
    const stationId = this.t.world.stations[{ own: 's1', other: 's2', far: 'b1' }[place] as 's1'];
    await this.one(sql`update appeal set station_id = ${stationId} where id = ${id} returning id`);
    const worker = await this.t.as(casts[place].worker);
    const params = { id };
    await worker.ok(appeals.takeAppeal, { params, body: { version: 1 } });
    await worker.ok(appeals.releaseAppeal, { params, body: { says: `${casts[place].mark}退回的原因`, version: 2 } });
    await worker.ok(appeals.takeAppeal, { params, body: { version: 3 } });
    return { id, version: 4 };
  }

  callDraft(place: Place) {
    return {
      kind: 'help' as const,
      relation: 'self' as const,
      callerName: '某来电人',
      callerPhone: '19900005551',
      personName: null,
      personPhone: null,
      says: `${casts[place].mark}来电：家里吵得厉害`,
      startedAt: this.t.clock.now().toISOString(),
    };
  }

  async calledIn(place: Place): Promise<string> {
    return (await (await this.t.as(casts[place].centre)).ok(calls.createCall, { body: this.callDraft(place) })).id;
  }

  ticketDraft(place: Place) {
    return {
      source: '12345',
      externalNo: `ZB-${this.next()}`,
      receivedAt: this.t.clock.now().toISOString(),
      limitDays: null,
      callerName: '某来电人',
      callerPhone: '19900005552',
      asks: `${casts[place].mark}转办：请上门看望`,
    };
  }

  async ticket(place: Place): Promise<string> {
    return (await (await this.t.as(casts[place].centre)).ok(calls.createTicket, { body: this.ticketDraft(place) })).id;
  }

  async hotline(place: Place): Promise<string> {
    const body = { number: `0755-${100 + this.next()}`, name: '试验热线', helps: '试验', hours: null, source: '试验来源', urgent: false };
    return (await (await this.t.as(casts[place].centre)).ok(calls.createHotline, { body })).id;
  }

  async resource(place: Place): Promise<string> {
    return (
      await (await this.t.as(casts[place].centre)).ok(resources.createResource, { body: this.resourceDraft() as Record<string, unknown> })
    ).id;
  }

  async partner(place: Place): Promise<string> {
    return (
      await (await this.t.as(casts[place].centre)).ok(resources.createPartner, { body: this.partnerDraft() as Record<string, unknown> })
    ).id;
  }

  /** A request on which somebody works, a partner, and the recipient's consent to be referred to it. */
  async referable(place: Place): Promise<{ id: string; partnerId: string; consentId: string }> {
    const { caseId, id } = await this.accepted(place);
    const body = { receiver: '试验慈善会', purpose: 'referral', fields: ['situation', 'household', 'asks'], signedBy: '本人' } as const;
    const consent = await (await this.t.as(casts[place].worker)).ok(cases.recordConsent, {
      params: { id: caseId },
      body: { ...body, fields: [...body.fields], grantedOn: '2026-03-01', expiresOn: null },
    });
    return { id, partnerId: await this.partner(place), consentId: consent.id };
  }

  referralDraft(of: { partnerId: string; consentId: string }): Record<string, unknown> {
    return {
      partnerId: of.partnerId,
      resourceId: null,
      helpField: 'education',
      consentId: of.consentId,
      fields: ['situation', 'asks'],
      reason: '请评估能否给孩子安排助学',
      until: '2026-03-20',
    };
  }

  async referral(place: Place, accepted = false): Promise<{ id: string; version: number }> {
    const of = await this.referable(place);
    const by = await this.t.as(casts[place].worker);
    const made = await by.ok(resources.referToPartner, { params: { id: of.id }, body: this.referralDraft(of) as never });
    if (!accepted) return { id: made.id, version: 1 };
    return by.ok(resources.answerReferral, { params: { id: made.id }, body: { version: 1, ...this.referralAnswer() } as never });
  }

  referralAnswer(): object {
    return { answer: 'accept', answeredBy: '联络人', answeredOn: '2026-03-05', says: '可以接收' };
  }

  /** The workbook that is filled in for an import. */
  async template(): Promise<Buffer> {
    return (await this.ask('centre', 'readImportTemplate', { ask: {} })).bytes;
  }

  async newExpert(place: Place): Promise<string> {
    return (await (await this.t.as(casts[place].centre)).ok(experts.createExpert, { body: this.expertDraft() as Record<string, unknown> }))
      .id;
  }

  async one<T>(query: ReturnType<typeof sql<T>>): Promise<T> {
    const found = (await query.execute(this.t.owner)).rows[0];
    if (found === undefined) throw new Error('the world lacks a row');
    return found;
  }

  /** The code that an authenticator with the tests' secret shows now. */
  code(): string {
    return currentCode(TEST_SECRET, this.t.clock.now());
  }
}

type Question = (w: AccessWorld, place: Place, role: Role) => Promise<Target>;

/** What is told once at each place and only read afterwards. */
const told = new WeakMap<AccessWorld, Map<string, Promise<unknown>>>();
const once = <T>(w: AccessWorld, key: string, tell: () => Promise<T>): Promise<T> => {
  const known = told.get(w) ?? new Map<string, Promise<unknown>>();
  told.set(w, known);
  const found = (known.get(key) as Promise<T> | undefined) ?? tell();
  known.set(key, found);
  return found;
};

const full = (w: AccessWorld, place: Place) =>
  once(w, `full ${place}`, async () => {
    const held = await w.held(place, { attach: true });
    const caseId = await w.openCase(place);
    const caseFile = await w.attach(place, { kind: 'case', id: caseId });
    await w.line(place, held.id, casts[place].supervisor);
    await w.line(place, held.id, casts[place].experts[0]?.name ?? '');
    const { draftId } = await w.drafted(place);
    return { ...held, openCaseId: caseId, caseFile, draftId, entryId: await w.released(place) };
  });

const contest = async (w: AccessWorld, place: Place, status: string) => w.competition(place, status, (await full(w, place)).entryId);

/** Tells everything that is only read, before the walk. */
export const tellAll = async (w: AccessWorld): Promise<void> => {
  for (const username of Object.keys(w.t.world.persons)) await w.signedIn(username);
  for (const place of PLACES) await full(w, place);
};

const by = (id: string, body?: object): Target => ({ id, ask: { params: { id }, ...(body === undefined ? {} : { body }) } });

const asking = (target: Target, body: object): Target => ({ ...target, ask: { ...target.ask, body: body as Record<string, unknown> } });

/** Roles for whom the own record is one of their own making: chair of the conference, owner of the action, holder of the line. */
const selfAt = (place: Place, role: Role, roles: readonly Role[], otherwise: string): string =>
  place === 'own' && roles.includes(role) ? role : otherwise;

const chairAt = (place: Place, role: Role): string => selfAt(place, role, ['supervisor', 'expert'], casts[place].centre);

const dayIn2027 = (n: number): string => new Date(Date.UTC(2027, 0, 1 + (n % 300))).toISOString().slice(0, 10);

// A day of its own for each number: an expert's days away may not overlap.
const dayAfter2030 = (n: number): string => new Date(Date.UTC(2030, 0, 1 + n)).toISOString().slice(0, 10);

const stationOf = { own: 's1', other: 's2', far: 'b1' } as const;
const organisationOf = { own: 'o1', other: 'o2', far: 'ob' } as const;
const workerOf = { own: 'worker', other: 'worker2', far: 'bworker' } as const;
const expertOf = { own: 'expert', other: 'expert3', far: 'bexpert' } as const;

const drafts = async (w: AccessWorld, place: Place, table: 'station' | 'organisation'): Promise<Target> => {
  const id = table === 'station' ? w.t.world.stations[stationOf[place]] : w.t.world.organisations[organisationOf[place]];
  const { version } = await w.one<{ version: number }>(sql`select version from ${sql.table(table)} where id = ${id}`);
  return by(id, { version, phone: '0755-7654321' });
};

const divisionAt = async (w: AccessWorld, place: Place): Promise<{ id: string; version: number }> => {
  const name = { own: '一街道', other: '二街道', far: '乙街道' }[place];
  return w.one<{ id: string; version: number }>(sql`select id, version from division where name = ${name}`);
};

/** The person that a question is about: oneself, somebody else of the district, somebody of another. */
const personAt = (w: AccessWorld, place: Place, role: Role): string =>
  w.person(place === 'own' ? role : place === 'far' ? 'bworker' : role === 'centre' ? 'worker3' : 'centre3');

const sealedOnce = (w: AccessWorld, place: Place) => once(w, `sealed ${place}`, () => w.sealed(place));

/** A letter that two have approved, for the person who asks where it is the own one. */
const openLetter = async (w: AccessWorld, place: Place, role: Role): Promise<string> => {
  const reader = place === 'own' && !['system', 'security', 'audit'].includes(role) ? role : casts[place].worker;
  const id = await w.letter(place, (await sealedOnce(w, place)).id, w.person(reader));
  for (const username of [casts[place].centre, w.security(place)])
    await (await w.t.as(username)).ok(sealing.decideQueryLetter, { params: { id }, body: { decision: 'approve' } });
  return id;
};

const planOnce = (w: AccessWorld, place: Place) => once(w, `plan ${place}`, () => w.planSent(place));

/** One valid question for every endpoint. What is written belongs to the question alone and is made anew each time. */
/** A view that the person of this role has kept. */
const viewOf = async (w: AccessWorld, place: Place, role: Role): Promise<string> => {
  const id = idAt(w.t.clock.now().getTime(), w.next() % 4096);
  await w.t.owner
    .insertInto('savedView')
    .values({
      id,
      personId: personAt(w, place, role),
      list: 'listCases',
      name: `视图${w.next()}`,
      search: '{}',
      hidden: '[]',
      changedAt: w.t.clock.now().toISOString(),
    })
    .execute();
  return id;
};

// Lists that leave as workbooks: one asks for each alike.
const exported = Object.fromEntries(
  allEndpoints
    .filter((e) => e.path.endsWith('/export') && e.method === 'GET')
    .map((e): [string, Question] => [e.id, async () => ({ ask: { query: { reason: '季度核对' } } })]),
);

export const questions: Readonly<Record<string, Question>> = {
  ...exported,
  signIn: async (w, _place, role) => {
    const { username } = await w.spare(role);
    // Signing in ends the session that was there before.
    return { ask: { body: { username, password: TEST_PASSWORD } }, session: await w.openSession(username) };
  },
  signOut: async (w, _place, role) => ({ ask: {}, session: await w.openSession((await w.spare(role)).username) }),
  revokeSession: async (w, place, role) => {
    const { id } = await w.openSession(place === 'own' ? callerOf(role, place) : place === 'far' ? 'bworker' : 'worker3');
    return by(id);
  },
  changePassword: async (w, _place, role) => {
    const { username } = await w.spare(role);
    return { ask: { body: { current: TEST_PASSWORD, next: 'yi-shu-lan-hua-27' } }, session: await w.openSession(username) };
  },
  startSecondFactor: async (w, _place, role) => {
    const { username } = await w.spare(role);
    return { ask: { body: { password: TEST_PASSWORD } }, session: await w.openSession(username) };
  },
  confirmSecondFactor: async (w, _place, role) => {
    const { username, accountId } = await w.spare(role);
    const pending = w.t.crypto.encrypt(TEST_SECRET, { table: 'account', row: accountId, field: 'second_factor' });
    await w.t.owner.updateTable('account').set({ secondFactorPending: pending }).where('id', '=', accountId).execute();
    return { ask: { body: { code: w.code() } }, session: await w.openSession(username) };
  },
  setOwnAddress: async () => ({ ask: { body: { address: 'jemand@posthaus.example', consent: true } } }),
  verifyOwnAddress: async (w, place, role) => {
    await w.address(callerOf(role, place));
    return { ask: { body: { code: '123456' } } };
  },
  chooseOwnMail: async (w, place, role) => {
    await w.address(callerOf(role, place));
    return { ask: { body: { atOnce: ['crisis'], digest: false } } };
  },
  listSavedViews: async () => ({ ask: { query: { list: 'listCases' } } }),
  saveView: async (w) => ({ ask: { body: { list: 'listCases', name: `视图${w.next()}`, search: { stage: ['intake'] }, hidden: [] } } }),
  changeView: async (w, place, role) => {
    const id = await viewOf(w, place, role);
    return { id, ask: { params: { id }, body: { name: `改过${w.next()}`, search: {}, hidden: ['worker'], version: 1 } } };
  },
  removeView: async (w, place, role) => by(await viewOf(w, place, role)),
  markNoticeRead: async (w, place, role) => {
    const id = idAt(w.t.clock.now().getTime(), w.next() % 4096);
    await w.t.owner
      .insertInto('notice')
      .values({
        districtId: w.districtOf(place),
        id,
        personId: personAt(w, place, role),
        kind: 'support.submitted',
        recordKind: 'request',
        recordId: id,
        number: 'QZ-2026-00000',
        sentAt: w.t.clock.now().toISOString(),
      })
      .execute();
    return by(id);
  },
  readCase: async (w, place) => by((await full(w, place)).openCaseId),
  createReport: async (w) => ({
    ask: {
      body: {
        id: idAt(w.t.clock.now().getTime() - 9000, w.next() % 4096),
        situation: 'other',
        place: '路边',
        seen: '孩子在哭，身上有伤。',
        child: null,
        discoveredAt: null,
        caseId: null,
        requestId: null,
      },
    },
  }),
  proposeSealing: async (w) => ({ ask: { body: w.sealingDraft((await w.numberOf(await w.openCase('own'))).number) } }),
  readSealing: async (w, place) => by((await sealedOnce(w, place)).id),
  decideSealing: async (w, place) => by(await w.sealProposed(place, await w.openCase(place)), { decision: 'seal' }),
  proposeUnsealing: async (w, place) =>
    by((await w.sealed(place)).id, { authority: '人民检察院', decisionNo: '检解 1 号', reason: '决定解除' }),
  decideUnsealing: async (w, place) => {
    const { id } = await w.sealed(place);
    const body = { authority: '人民检察院', decisionNo: '检解 1 号', reason: '决定解除' };
    await (await w.t.as(casts[place].centre)).ok(sealing.proposeUnsealing, { params: { id }, body });
    return by(id, { decision: 'unseal' });
  },
  registerQueryLetter: async (w, place) => by((await sealedOnce(w, place)).id, w.letterDraft(w.person(casts[place].worker))),
  addLetterScan: async (w, place) => {
    const id = await w.letter(place, (await sealedOnce(w, place)).id, w.person(casts[place].worker));
    return { id, ask: { params: { id }, file: PDF } };
  },
  readLetterScan: async (w, place) => by(await w.letter(place, (await sealedOnce(w, place)).id, w.person(casts[place].worker))),
  decideQueryLetter: async (w, place) =>
    by(await w.letter(place, (await sealedOnce(w, place)).id, w.person(casts[place].worker)), { decision: 'approve' }),
  openSealedFile: async (w, place, role) => by(await openLetter(w, place, role)),
  readSealedAttachment: async (w, place, role) => {
    const id = await openLetter(w, place, role);
    return { id, ask: { params: { id, fileId: (await sealedOnce(w, place)).fileId } } };
  },
  readReport: async (w, place, role) => by(await w.report(place, role)),
  acknowledgeReport: async (w, place, role) => by(await w.keptReport(place, role)),
  addReportEntry: async (w, place, role) => by(await w.report(place, role), { kind: 'addition', says: '补充一句' }),
  disputeReport: async (w, place, role) => by(await w.keptReport(place, role), { reason: '已核实：孩子由奶奶照料，父母外出务工。' }),
  decideDispute: async (w, place, role) => {
    const id = await w.keptReport(place, role);
    const body = { reason: '已核实：孩子由奶奶照料，父母外出务工。' };
    await (await w.t.as(casts[place].head)).ok(reports.disputeReport, { params: { id }, body });
    return by(id, { decision: 'sign', says: '同意' });
  },
  proposeReportClosing: async (w, place, role) => by(await w.readyReport(place, await w.report(place, role)), { says: '孩子安全' }),
  decideReportClosing: async (w, place, role) => {
    const id = await w.readyReport(place, await w.keptReport(place, role));
    const proposer = await w.t.as(place === 'far' ? 'bsupervisor' : 'supervisor');
    await proposer.ok(reports.proposeReportClosing, { params: { id }, body: { says: '孩子安全' } });
    return by(id, { decision: 'confirm', says: '同意结束' });
  },
  printReport: async (w, place, role) => by(await w.keptReport(place, role)),
  searchRecipients: async () => ({
    ask: {
      body: {
        name: casts.own.recipient.name,
        idNumber: casts.own.recipient.idNumber,
        phone: casts.own.recipient.phone,
        birthOn: '1981-02-03',
      },
    },
  }),
  readRecipient: async (w, place) => by((await once(w, `furnished ${place}`, () => w.furnished(place))).id),
  listRecipientSteps: async (w, place) => by((await once(w, `furnished ${place}`, () => w.furnished(place))).id),
  openRecipientField: async (w, place) =>
    by((await once(w, `furnished ${place}`, () => w.furnished(place))).id, { field: 'phone', reason: '联系家访' }),
  correctRecipient: async (w, place) => by(await w.served(place), { version: 1, address: '某街道某社区 2 号' }),
  addFormerName: async (w, place) => by(await w.served(place), { name: '南宫旧名' }),
  addCategory: async (w, place) =>
    by(await w.served(place), { category: 'destitute', fromDay: '2025-01-01', source: `${casts[place].mark}依据` }),
  endCategory: async (w, place) => {
    const { id, categoryId } = await w.furnished(place);
    return { id, ask: { params: { id, categoryId }, body: { toDay: '2026-03-01' } } };
  },
  addGuardian: async (w, place) => by(await w.served(place), { name: '南宫监护', relationship: '母亲', phone: null }),
  openGuardianField: async (w, place) => {
    const { id, guardianId } = await once(w, `furnished ${place}`, () => w.furnished(place));
    return { id, ask: { params: { id, guardianId }, body: { field: 'name', reason: '联系监护人' } } };
  },
  endGuardian: async (w, place) => {
    const { id, guardianId } = await w.furnished(place);
    return { id, ask: { params: { id, guardianId } } };
  },
  markContact: async (w, place) => by(await w.served(place), { unsafe: { how: `${casts[place].mark}先发短信`, times: '上午' } }),
  beginHousehold: async (w, place) => by(await w.served(place), { address: null, relation: 'head', livesTogether: true }),
  changeHousehold: async (w, place) => by((await w.furnished(place)).householdId, { version: 1, address: null }),
  openHouseholdField: async (w, place) =>
    by((await once(w, `furnished ${place}`, () => w.furnished(place))).householdId, {
      memberId: (await once(w, `furnished ${place}`, () => w.furnished(place))).named,
      reason: '核对家庭成员',
    }),
  addHouseholdMember: async (w, place) =>
    by((await w.furnished(place)).householdId, { name: '南宫老人', relation: 'parent', livesTogether: false }),
  changeHouseholdMember: async (w, place) => {
    const { householdId: id, named: memberId } = await w.furnished(place);
    return { id, ask: { params: { id, memberId }, body: { relation: 'grandchild', livesTogether: false } } };
  },
  endHouseholdMember: async (w, place) => {
    const { householdId: id, named: memberId } = await w.furnished(place);
    return { id, ask: { params: { id, memberId } } };
  },
  addHouseholdTie: async (w, place) => {
    const { householdId, named } = await w.furnished(place);
    return by(householdId, { fromMember: named, system: 'school', systemName: SCHOOL, bond: 'distant' });
  },
  changeHouseholdTie: async (w, place) => {
    const { householdId: id, tieId } = await w.furnished(place);
    return { id, ask: { params: { id, tieId }, body: { bond: 'distant', kin: null, flow: null } } };
  },
  placeHousehold: async (w, place) => {
    const { householdId, named } = await w.furnished(place);
    return by(householdId, { version: 1, view: 'family', places: [{ node: named, x: 40, y: 60 }] });
  },
  printHousehold: async (w, place) => {
    const { householdId: id } = await once(w, `furnished ${place}`, () => w.furnished(place));
    return { id, ask: { params: { id }, query: { view: 'family', format: 'html' } } };
  },
  endHouseholdTie: async (w, place) => {
    const { householdId: id, tieId } = await w.furnished(place);
    return { id, ask: { params: { id, tieId } } };
  },
  tellApart: async (w, place) => {
    const id = await w.served(place);
    return { id, ask: { body: { oneId: id, otherId: await w.served(place), reason: '双胞胎' } } };
  },
  mergeRecipients: async (w, place) => {
    const id = await w.served(place);
    return { id, ask: { body: { keptId: id, goneId: await w.served(place), reason: '同一证件号码' } } };
  },
  undoRecipientMerge: async (w, place) => by(await w.mergedAt(place), { reason: '弄错了' }),
  sealLookup: async () => ({ ask: { body: { typed: casts.own.recipient.name } } }),
  search: async () => ({ ask: { body: { typed: casts.own.recipient.name } } }),
  createCase: async (w) => ({
    ask: {
      body: {
        recipient: { ...casts.own.recipient, gender: 'female', birthOn: null },
        household: '',
        aliases: [],
        school: null,
        serviceDomain: 'family',
        domain: 'parent-child',
        helpFields: ['law'],
        risk: 'low',
        summary: `${casts.own.mark}摘要${w.next()}`,
      },
    },
  }),
  updateCase: async (w, place) => by(await w.openCase(place), { version: 1, risk: 'high', summary: `${casts[place].mark}摘要改` }),
  changeServiceField: async (w, place) => by(await w.openCase(place), { version: 1, field: 'mediation', fromDay: '2026-03-05' }),
  listNotes: async (w, place) => by((await full(w, place)).openCaseId),
  addNote: async (w, place) => by(await w.openCase(place), { happenedOn: '2026-03-02', body: `${casts[place].mark}记录二` }),
  exportFormAnswers: async () => ({ ask: { query: { code: 'own-refit', reason: '季度核对' } } }),
  readFormAnswer: async (w, place) => by((await once(w, `form ${place}`, () => w.formLaid(place))).id),
  printFormAnswer: async (w, place) => {
    const { id } = await once(w, `form ${place}`, () => w.formLaid(place));
    return { id, ask: { params: { id }, query: { format: 'html' } } };
  },
  printRoomForm: async (w, place) => {
    const { openCaseId } = await full(w, place);
    const { id } = await w.one<{ id: string }>(sql`select id from case_note where case_id = ${openCaseId} order by id limit 1`);
    return { id, ask: { params: { room: 'note', id }, query: { format: 'html' } } };
  },
  beginFormAnswer: async (w, place) => {
    const caseId = await w.openCase(place, false);
    const { id } = await w.one<{ id: string }>(sql`select id from form_template where code = 'own-refit' and edition = 1`);
    return { id: caseId, ask: { body: { under: { kind: 'case', id: caseId }, templateId: id, corrects: null } } };
  },
  saveFormAnswer: async (w, place) => by((await w.form(place)).id, { values: w.formTold(place), version: 1 }),
  submitFormAnswer: async (w, place) => by((await w.form(place)).id, { values: w.formTold(place), version: 1 }),
  signFormAnswer: async (w, place) => by((await w.formByHand(place)).id, w.signature('a'.repeat(64))),
  decideFormAnswer: async (w, place) => by((await w.formLaid(place)).id, { signs: true, says: '', version: 2 }),
  discardFormAnswer: async (w, place) => by((await w.form(place)).id, { version: 1 }),
  readFormTemplate: async (w, place) => by(await once(w, `own form ${place}`, () => w.ownForm(place))),
  printFormTemplate: async (w, place) => {
    const id = await once(w, `own form ${place}`, () => w.ownForm(place));
    return { id, ask: { params: { id }, query: { format: 'html' } } };
  },
  checkFormTemplate: async (w, place) => ({ ask: { body: { text: w.formText(place) } } }),
  issueFormTemplate: async (w, place) => ({ ask: { body: { text: w.formText(place), reason: '本区需要', insteadOf: null } } }),
  retireFormTemplate: async (w, place) => by(await w.ownForm(place), { reason: '暂不使用' }),
  readVisitStart: async (w, place) => by((await once(w, `visit ${place}`, () => w.visit(place, true))).caseId),
  readVisit: async (w, place) => by((await once(w, `visit ${place}`, () => w.visit(place, true))).id),
  printVisitDay: async () => ({ ask: { params: { day: '2026-03-05' }, query: { format: 'html' } } }),
  planVisit: async (w, place) => {
    const caseId = await w.openCase(place, false);
    return {
      id: caseId,
      ask: { body: { caseId, plannedOn: '2026-03-06', half: 'any', reason: 'regular', why: `${casts[place].mark}事由` } },
    };
  },
  moveVisit: async (w, place) => by((await w.visit(place)).id, { plannedOn: '2026-03-09', half: 'any', version: 1 }),
  recordVisit: async (w, place) => {
    const { id, caseId } = await w.visit(place);
    return by(id, w.visitTold(place, caseId));
  },
  missVisit: async (w, place) => {
    const { id, caseId } = await w.visit(place);
    return by(id, { caseId, visitedOn: '2026-03-05', notMet: 'away', says: `${casts[place].mark}记录`, next: null });
  },
  cancelVisit: async (w, place) => by((await w.visit(place)).id, { says: '本人住院' }),
  finishVisitAction: async (w, place) => {
    const { id, actionId } = await w.visit(place, true);
    return { id, ask: { params: { id, actionId }, body: { says: '' } } };
  },
  readAlarm: async (w, place) => by((await once(w, `alarm ${place}`, () => w.alarm(place))).id),
  registerAlarm: async (w, place) => {
    const caseId = await w.openCase(place, false);
    return { id: caseId, ask: { body: w.alarmTold(place, 'violence', caseId) } };
  },
  addAlarmEntry: async (w, place) =>
    by((await w.alarm(place)).id, { version: 1, entry: { kind: 'addition', says: `${bells[place]}：补充` } }),
  finishAlarmStep: async (w, place) => {
    const { id, stepId } = await w.alarm(place);
    return { id, ask: { params: { id, stepId }, body: { at: '2026-03-05T01:00:00.000Z', says: '' } } };
  },
  openAbuser: async (w, place) => by((await once(w, `abuser ${place}`, () => w.alarm(place, 'violence'))).id, { reason: '填写报案材料' }),
  printAlarm: async (w, place) => {
    const { id } = await once(w, `alarm ${place}`, () => w.alarm(place));
    return { id, ask: { params: { id }, query: { format: 'html' } } };
  },
  setVisitNeeds: async (w, place) => by(await w.openCase(place, false), { needs: ['alone'] }),
  unmaskRecipient: async (w, place) => by((await full(w, place)).openCaseId, { field: 'name', reason: '核对姓名以便申请' }),
  listConsentReceivers: async () => ({ ask: { query: { purpose: 'referral' } } }),
  recordConsent: async (w, place) =>
    by(await w.openCase(place), {
      receiver: `${casts[place].mark}支援中心受托方`,
      purpose: 'conference',
      fields: ['story'],
      signedBy: '本人',
      grantedOn: '2026-03-01',
      expiresOn: null,
    }),
  nameConsentReceiver: async (w, place) => {
    const caseId = await w.openCase(place);
    const consentId = await w.consent(place, caseId, 'conference');
    await sql`update consent set receiver_kind = null, receiver_id = null where id = ${consentId}`.execute(w.t.owner);
    const body = { receiver: `${casts[place].mark}支援中心受托方`, receiverKind: 'expert', receiverId: null };
    return { id: caseId, ask: { params: { id: caseId, consentId }, body } };
  },
  printConsent: async (w, place) => {
    const caseId = await w.openCase(place);
    return { id: caseId, ask: { params: { id: caseId, consentId: await w.consent(place, caseId, 'conference') } } };
  },
  withdrawConsent: async (w, place) => {
    const caseId = await w.openCase(place);
    return { id: caseId, ask: { params: { id: caseId, consentId: await w.consent(place, caseId, 'conference') } } };
  },
  readStages: async (w, place) => by((await planOnce(w, place)).caseId),
  moveCase: async (w, place) => by(await w.openCase(place), { move: 'pause', version: 1, reason: '住院', lookAgainOn: '2026-03-20' }),
  listSigners: async (w, place) => by((await planOnce(w, place)).caseId),
  readCasePaper: async (w, place) => by((await planOnce(w, place)).paperId),
  signCasePlan: async (w, place) => {
    const { paperId, hash } = await w.planDrafted(place);
    return by(paperId, w.signature(hash));
  },
  decideCasePaper: async (w, place) => by((await w.planSent(place)).paperId, { version: 1, decision: 'sign', reason: '' }),
  printCasePaper: async (w, place) => by((await planOnce(w, place)).paperId),
  proposeHandover: async (w, place) => {
    const id = await w.openCase(place);
    return { id, ask: { body: await w.handoverDraft(place, id) } };
  },
  answerHandover: async (w, place) => by(await w.handedOver(place), { version: 1, decision: 'withdraw', reason: '' }),
  listCoWorkers: async (w, place) => by(await once(w, `circle ${place}`, async () => (await w.circled(place)).id)),
  listCoWorkerChoices: async (w, place) => by((await full(w, place)).openCaseId),
  nameCoWorker: async (w, place) =>
    by(await w.openCase(place), { personId: await w.colleague(place), reason: `${casts[place].mark}事由`, toDay: null }),
  removeCoWorker: async (w, place) => {
    const { id, circleId } = await w.circled(place);
    return { id, ask: { params: { id, circleId } } };
  },
  'addAttachment 求助的附件': async (w, place) => {
    const { id } = await w.submitted(place);
    return { id, ask: { params: { kind: 'request', id }, query: { name: `${casts[place].mark}附件.pdf` }, file: PDF } };
  },
  'addAttachment 个案的附件': async (w, place) => {
    const id = await w.openCase(place);
    return { id, ask: { params: { kind: 'case', id }, query: { name: `${casts[place].mark}附件.pdf` }, file: PDF } };
  },
  'readAttachment 求助的附件（已放进资料包）': async (w, place) => by((await full(w, place)).packed),
  'readAttachment 求助的附件（未放进资料包）': async (w, place) => by((await full(w, place)).loose),
  'readAttachment 个案的附件': async (w, place) => by((await full(w, place)).caseFile),
  removeAttachment: async (w, place) => by(await w.attach(place, { kind: 'request', id: (await w.submitted(place)).id })),

  uploadImport: async (w) => ({
    ask: { query: { kind: 'recipients', name: '名册.csv', stationId: w.t.world.stations.s1 }, file: w.registerFile() },
  }),
  readImport: (w, place, role) => w.ledger(place, role),
  listImportRows: (w, place, role) => w.ledger(place, role),
  failedImportRows: (w, place, role) => w.ledger(place, role),
  arrangeImport: async (w, place, role) => asking(await w.ledger(place, role), { sheet: 0, headRow: null, columns: null, version: 3 }),
  confirmImport: async (w, place, role) => asking(await w.ledger(place, role), { doubles: 'leave', version: 3 }),
  dropImport: async (w, place, role) => asking(await w.ledger(place, role), { version: 3 }),
  undoImport: async (w, place, role) => asking(await w.ledger(place, role, true), { reason: '导错了', version: 6 }),
  listArchives: async (w, place) => by((await full(w, place)).id),
  startArchive: async (w, place) => by((await w.submitted(place)).id, { reason: '年度归档' }),
  listCaseArchives: async (w, place) => by((await planOnce(w, place)).caseId),
  startCaseArchive: async (w, place) => by(await w.openCase(place), { reason: '年度归档' }),
  'downloadArchive 求助的档案': async (w, place) => by(await w.archive(place)),
  'downloadArchive 个案的卷宗': async (w, place) => by(await w.caseArchive(place)),
  checkArchive: async () => ({ ask: { body: { sha256: '0'.repeat(64) } } }),
  readYearReport: async () => ({ ask: { params: { year: '2025' } } }),
  saveYearReportText: async (w) => ({
    ask: { params: { year: String(2001 + (w.next() % 90)) }, body: { version: 0, opening: '概述', outlook: '下一步' } },
  }),
  printYearReport: async () => ({ ask: { params: { year: '2025' }, query: { format: 'xlsx' } } }),
  'readSupportRequest 已提交的': async (w, place) => by((await full(w, place)).id),
  'readSupportRequest 草稿': async (w, place) => by((await once(w, `draft ${place}`, () => w.draft(place))).id),
  'readSimilarCases 已提交的': async (w, place) => by((await full(w, place)).id),
  'readSimilarCases 草稿': async (w, place) => by((await once(w, `draft ${place}`, () => w.draft(place))).id),
  createSupportRequest: async (w, place) => {
    const caseId = await w.openCase(place);
    return { id: caseId, ask: { body: { caseId } } };
  },
  updateSupportRequest: async (w, place) => by((await w.draft(place)).id, { version: 1, tried: `${casts[place].mark}已试新` }),
  assessHardness: async () => ({ ask: { body: HARD } }),
  submitSupportRequest: async (w, place) => by((await w.draft(place)).id, { version: 1 }),
  screenSupportRequest: async (w, place) => {
    const { id } = await w.submitted(place);
    return by(id, { exit: 'accept', version: await w.version(id), checklistVersion: '2026.1' });
  },
  acknowledgeCrisis: async (w, place) => by((await w.submitted(place, { crisis: true })).id, { firstAction: '已电话联系社工' }),
  supplyInformation: async (w, place) => {
    const { mark, centre } = casts[place];
    const { id } = await w.submitted(place);
    const body = {
      exit: 'ask' as const,
      version: await w.version(id),
      checklistVersion: '2026.1',
      question: `${mark}提问：孩子和谁同住？`,
    };
    await (await w.t.as(centre)).ok(support.screenSupportRequest, { params: { id }, body });
    return by(id, { version: await w.version(id), answer: `${mark}回答：和外婆` });
  },
  withdrawSupportRequest: async (w, place) => {
    const { id } = await w.submitted(place);
    return by(id, { version: await w.version(id), reason: '家人已接手' });
  },
  endSupportElsewhere: async (w, place) => {
    const { id } = await w.submitted(place);
    return by(id, { version: await w.version(id), where: '由街道解决' });
  },
  closeAsDuplicate: async (w, place) => {
    const [first, second] = [await w.submitted(place), await w.submitted(place)];
    return by(second.id, { version: await w.version(second.id), ofNumber: first.receiptNo });
  },
  assignHolder: async (w, place) => {
    const { id } = await w.accepted(place);
    return by(id, { version: await w.version(id), holderId: w.person(casts[place].second) });
  },
  proposePanel: async (w, place) => by((await w.accepted(place)).id, {}),
  previewPacket: async (w, place) => by((await full(w, place)).id, { fields: ['story', 'tried'], attachmentIds: [] }),
  inviteExperts: async (w, place) => {
    const request = await w.accepted(place);
    const consentId = await w.consent(place, request.caseId, 'conference');
    const proposalId = await w.propose(place, request.id);
    return by(request.id, w.invitation(place, await w.version(request.id), proposalId, consentId, casts[place].centre));
  },
  revokeInvitation: async (w, place) => by((await w.invited(place)).invitations[0] ?? '', { reason: '改请他人' }),
  readInvitation: async (w, place) => by((await full(w, place)).invitations[0] ?? ''),
  answerInvitation: async (w, place) => by((await w.invited(place)).invitations[0] ?? '', { answer: 'accept', pledge: true }),
  'openPacket 已作保密承诺': async (w, place) => {
    const { invitations } = await w.invited(place);
    await w.pledge(place, invitations);
    return by(invitations[0] ?? '');
  },
  'openPacket 未作保密承诺': async (w, place) => by((await w.invited(place)).invitations[0] ?? ''),
  giveOpinion: async (w, place) => {
    const { mark } = casts[place];
    const { invitations } = await w.invited(place);
    await w.pledge(place, invitations);
    return by(invitations[0] ?? '', { judgement: `${mark}判断`, advice: `${mark}建议`, risk: `${mark}看到的风险` });
  },
  'listOpinions 自己已交，且人数已够': async (w, place) => by((await full(w, place)).invitations[0] ?? ''),
  'listOpinions 自己还没有交': async (w, place) => {
    const { invitations } = await once(w, `pledged ${place}`, async () => {
      const invited = await w.invited(place);
      await w.pledge(place, invited.invitations);
      return invited;
    });
    return by(invitations[0] ?? '');
  },
  addSupportLine: async (w, place) =>
    by((await w.accepted(place)).id, {
      helpField: 'law',
      kind: 'resource',
      holderId: null,
      providerName: '区法律援助处',
      task: '申请援助',
    }),
  closeSupportLine: async (w, place, role) => {
    const holder = selfAt(place, role, ['worker', 'centre', 'expert', 'supervisor'], casts[place].worker);
    const id = await w.line(place, (await w.accepted(place)).id, holder);
    return by(id, { version: 1, status: 'not-possible', result: '对方不再受理' });
  },
  readResponse: async (w, place, role) => {
    const to = place === 'own' ? role : casts[place].worker;
    return by(await once(w, `transfer ${place} ${to}`, () => w.transfer(place, to)));
  },
  readResponsePaper: async (w, place, role) => {
    const to = place === 'own' ? role : casts[place].worker;
    return by(await once(w, `transfer ${place} ${to}`, () => w.transfer(place, to)));
  },
  moveResponse: async (w, place, role) =>
    by(await w.transfer(place, place === 'own' ? role : casts[place].worker), { move: 'return', version: 1, reason: '不在服务范围' }),
  readLineOpening: async (w, place, role) => {
    const holder = selfAt(place, role, ['worker', 'centre', 'expert', 'supervisor'], casts[place].worker);
    return by(await once(w, `seminar line ${place} ${holder}`, async () => w.line(place, (await w.accepted(place)).id, holder, 'seminar')));
  },
  openResponse: async (w, place, role) => {
    const holder = selfAt(place, role, ['worker', 'centre', 'expert', 'supervisor'], casts[place].worker);
    return by(await w.line(place, (await w.accepted(place)).id, holder, 'seminar'), w.seminar(place));
  },
  'readConference 由本人主持（支援中心：本区任何一场）': async (w, place, role) => {
    const chair = selfAt(place, role, ['supervisor', 'expert'], casts[place].centre);
    return by((await once(w, `chaired ${place} ${chair}`, () => w.held(place, { chair }))).conferenceId);
  },
  'readConference 由别人主持': async (w, place) => by((await full(w, place)).conferenceId),
  holdConference: async (w, place, role) => {
    const invited = await w.invited(place, { chair: selfAt(place, role, ['supervisor', 'expert'], casts[place].centre) });
    await w.pledge(place, invited.invitations);
    return by(invited.conferenceId, w.minutes(place, [casts[place].worker]));
  },
  'askForTime 由本人主持（支援中心：本区任何一场）': async (w, place, role) =>
    by((await w.invited(place, { chair: chairAt(place, role) })).conferenceId, w.question()),
  'readPoll 由本人主持（支援中心：本区任何一场）': async (w, place, role) =>
    by((await once(w, `asked ${place} ${chairAt(place, role)}`, () => w.pollAsked(place, { chair: chairAt(place, role) }))).conferenceId),
  'chooseSlot 由本人主持（支援中心：本区任何一场）': async (w, place, role) =>
    by((await w.pollAsked(place, { chair: chairAt(place, role) })).pollId, { version: 1, slot: w.question().slots[0] }),
  answerPoll: async (w, place) =>
    by((await once(w, `asked ${place} ${casts[place].centre}`, () => w.pollAsked(place))).pollId, { answers: ['yes', 'no'] }),
  planConference: async (w, place) => {
    const { id, conferenceId } = await w.invited(place);
    const centre = await w.t.as(casts[place].centre);
    await centre.ok(meetings.cancelConference, { params: { id: conferenceId }, body: { version: 1, reason: '改日再开' } });
    return by(id, { chairId: w.person(casts[place].centre), plannedAt: '2026-03-12T02:00:00.000Z', place: '二号会议室' });
  },
  'moveConference 由本人主持（支援中心：本区任何一场）': async (w, place, role) =>
    by((await w.invited(place, { chair: chairAt(place, role) })).conferenceId, {
      version: 1,
      plannedAt: '2026-03-12T02:00:00.000Z',
      place: '二号会议室',
    }),
  'cancelConference 由本人主持（支援中心：本区任何一场）': async (w, place, role) =>
    by((await w.invited(place, { chair: chairAt(place, role) })).conferenceId, { version: 1, reason: '改日再开' }),
  readConferenceCalendar: async (w, place) =>
    by(
      (
        await once(w, `expected ${place}`, async () => {
          const invited = await w.invited(place);
          await w.pledge(place, invited.invitations);
          return invited;
        })
      ).conferenceId,
    ),
  replaceExpert: async (w, place) => {
    const { invitations } = await w.invited(place);
    return by(invitations[0] ?? '', {
      expertId: w.expert(place === 'other' ? 'expert2' : 'expert3'),
      helpFields: ['law'],
      deadline: '2026-03-12T10:00:00.000Z',
      reason: '原专家出差',
    });
  },
  readOpinionDraft: async (w, place) => by((await full(w, place)).invitations[0] ?? ''),
  keepOpinionDraft: async (w, place) => {
    const { invitations } = await w.invited(place);
    await w.pledge(place, invitations);
    return by(invitations[0] ?? '', { judgement: `${casts[place].mark}判断`, advice: '', risk: '', minutes: null });
  },
  listAgendaConsents: async (w, place) => by((await once(w, `agenda ${place}`, () => w.clientAsked(place))).conferenceId),
  writeClientAgenda: async (w, place) => {
    const { conferenceId, agenda } = await w.clientAsked(place, false);
    return by(conferenceId, agenda);
  },
  readClientAgenda: async (w, place) => by((await once(w, `agenda ${place}`, () => w.clientAsked(place))).conferenceId),
  printClientAgenda: async (w, place) => by((await once(w, `agenda ${place}`, () => w.clientAsked(place))).conferenceId),
  recordClientAttendance: async (w, place) => {
    const { conferenceId } = await w.clientAsked(place);
    // As if the time had come.
    await sql`update support_conference set planned_at = ${'2026-03-05T01:00:00.000Z'} where id = ${conferenceId}`.execute(w.t.owner);
    return by(conferenceId, { version: 1, attended: true });
  },
  proposeSupervisor: async (w, place) => by((await w.accepted(place)).id, { helpField: 'law' }),
  readOpinionDocument: async (w, place) => by((await full(w, place)).conferenceId),
  completeAction: async (w, place, role) => {
    const owner = selfAt(place, role, ['worker', 'head', 'centre', 'expert', 'supervisor'], casts[place].worker);
    return by((await w.held(place, { owner })).actionId, { version: 1, status: 'done', result: '已经办好' });
  },
  closeSupportRequest: async (w, place) => {
    const { id } = await w.readyToClose(place);
    return by(id, w.closing(place, await w.version(id)));
  },

  draftPublication: async (w, place) => {
    const { id } = await w.closed(place);
    return { id, ask: { body: w.publication(place, id, false) } };
  },
  readDraft: async (w, place) => by((await full(w, place)).draftId),
  updateDraft: async (w, place) => by((await w.drafted(place)).draftId, { version: 1, title: `${casts[place].mark}改过的题目` }),
  confirmFindings: async (w, place) => {
    const { draftId } = await w.drafted(place);
    // A mention that redaction knows, so that there is something to decide.
    const drafter = await w.t.as(casts[place].second);
    const section = `${casts[place].mark}稿：${ALIAS}在${SCHOOL}读书，后来返校。`;
    const { version } = await drafter.ok(casebank.updateDraft, {
      params: { id: draftId },
      body: { version: 1, sections: { outcome: section } },
    });
    const { findings } = await drafter.ok(casebank.readDraft, { params: { id: draftId } });
    const decisions = findings.filter((f) => f.status === 'open').map((f) => ({ id: f.id, decision: 'confirm' }));
    return by(draftId, { version, decisions });
  },
  'releasePublication 别人起草的': async (w, place) => {
    const { draftId, version } = await w.confirmed(place, { drafter: place === 'far' ? 'bcentre' : 'centre3' });
    return by(draftId, { version });
  },
  'releasePublication 自己起草的': async (w, place) => {
    const { draftId, version } = await w.confirmed(place, { drafter: place === 'far' ? 'bcentre' : 'centre' });
    return by(draftId, { version });
  },
  readCompetition: async (w, place) => by((await contest(w, place, 'open')).id),
  createCompetition: async (w) => ({ ask: { body: w.call() } }),
  updateCompetition: async (w, place) => by((await contest(w, place, 'draft')).id, { ...w.call(), version: 1 }),
  moveCompetition: async (w, place) => by((await contest(w, place, 'draft')).id, { version: 1, move: 'announce' }),
  enterCompetition: async (w, place) => {
    const { id } = await contest(w, place, 'open');
    const { requestId } = await w.one<{ requestId: string }>(
      sql`select request_id from publication_draft where id = ${(await full(w, place)).draftId}`,
    );
    return by(id, { requestId, statement: '两条线并行推进' });
  },
  withdrawEntry: async (w, place) => by((await contest(w, place, 'open')).entryId),
  checkEntry: async (w, place) => by((await contest(w, place, 'open')).entryId, { version: 1 }),
  changeJudges: async (w, place) =>
    by((await contest(w, place, 'checking')).id, { version: 1, judgeIds: [w.person(casts[place].experts[0]?.name ?? '')] }),
  readCaseBook: async (w) => {
    await once(w, 'rewarded', () => w.rewarded());
    return { ask: {} };
  },
  readSeminarSeries: async (w, place) => by(await w.series(place)),
  createSeminarSeries: async (w) => ({ ask: { body: w.seriesDraft() } }),
  updateSeminarSeries: async (w, place) => by(await w.series(place), { version: 1, everyDays: 21 }),
  planSeminar: async (w, place) => by(await w.series(place), w.themeDraft(place)),
  readSeminar: async (w, place) => by(await w.themed(place)),
  updateSeminar: async (w, place) => by(await w.themed(place), { ...w.themeDraft(place), version: 1 }),
  recordSeminar: async (w, place) =>
    by(await w.themed(place), { version: 1, minutes: '各自讲了做法', conclusions: '', attendedIds: [], entryIds: [] }),
  cancelSeminar: async (w, place) => by(await w.themed(place), { version: 1, reason: '专家临时有事' }),
  readOutput: async (w, place) => by(await w.output(place)),
  createOutput: async (w) => ({ ask: { body: w.outputDraft() } }),
  updateOutput: async (w, place) => by(await w.output(place), { ...w.outputDraft(), version: 1 }),
  putOutputFile: async (w, place) => {
    const id = await w.output(place);
    return { id, ask: { params: { id }, query: { name: '成果.pdf', version: '1' }, file: PDF } };
  },
  readOutputFile: async (w, place) => by(await w.output(place, true)),
  listBlindEntries: async (w, place) => by((await contest(w, place, 'scoring')).id),
  readBlindEntry: async (w, place) => by((await contest(w, place, 'scoring')).entryId),
  giveScore: async (w, place) => by((await contest(w, place, 'scoring')).entryId, { points: { method: 80 }, comment: '' }),
  recuseFromEntry: async (w, place) => by((await contest(w, place, 'scoring')).entryId, { reason: '认出了这个案例' }),
  objectToResult: async (w, place) => by((await contest(w, place, 'noticed')).id, { says: '对名次有异议' }),
  answerObjection: async (w, place) => {
    const { id: competitionId } = await contest(w, place, 'noticed');
    const id = idAt(w.t.clock.now().getTime() - 6000, w.next() % 4096);
    const row = { districtId: w.districtOf(place), id, competitionId, byId: w.person(casts[place].worker), says: '对名次有异议' };
    await w.t.owner
      .insertInto('competitionObjection')
      .values({ ...row, at: w.t.clock.now().toISOString() })
      .execute();
    return by(id, { answer: '已核对，维持', upheld: false });
  },
  measureDraft: async (w, place) => by((await full(w, place)).draftId, { sections: { outcome: '孩子返校' } }),
  recallPublication: async (w, place) => by(await w.released(place), { cause: 'mistake', reason: '文字有误' }),
  dismissRecall: async (w, place) => by(await w.recall(place), { reason: '经核对不需要收回' }),
  discardDraft: async (w, place) => by((await w.drafted(place)).draftId),
  searchCaseBank: async () => ({ ask: { query: { text: '返校' } } }),
  readPublishedCase: async (w, place) => by((await full(w, place)).entryId),

  readExpert: async (w, place) => by(w.expert(expertOf[place])),
  readExpertLoad: async (w, place) => by(w.expert(expertOf[place])),
  createExpert: async (w) => ({ ask: { body: w.expertDraft() } }),
  updateExpert: async (w, place) => by(await w.newExpert(place), { version: 1, title: '主任律师' }),
  addExpertAway: async (w, place) => {
    const day = dayAfter2030(w.next());
    return by(w.expert(expertOf[place]), { fromDay: day, toDay: day, reason: '外出讲课' });
  },
  removeExpertAway: async (w, place) => {
    const id = w.expert(expertOf[place]);
    const day = dayAfter2030(w.next());
    const away = await (await w.t.as(casts[place].centre)).ok(experts.addExpertAway, {
      params: { id },
      body: { fromDay: day, toDay: day },
    });
    return { id, ask: { params: { id, awayId: away.id } } };
  },
  declareRelation: async (w, place) =>
    by(await w.newExpert(place), { personId: w.person(workerOf[place]), organisationId: null, says: '曾是同事' }),
  withdrawRelation: async (w, place) => {
    const id = await w.newExpert(place);
    const body = { personId: w.person(workerOf[place]), organisationId: null, says: '曾是同事' };
    const relation = await (await w.t.as(casts[place].centre)).ok(experts.declareRelation, { params: { id }, body });
    return { id, ask: { params: { id, relationId: relation.id } } };
  },

  askAsResident: async (w, place) => ({ ask: { body: w.appealDraft(place) } }),
  readOwnAppeal: async (w, place) => ({ ask: { body: { code: (await w.appeal(place)).code } } }),
  withdrawOwnAppeal: async (w, place) => ({ ask: { body: { code: (await w.appeal(place)).code } } }),
  readClue: async (w, place) => by((await once(w, `clue ${place}`, () => w.clue(place))).id),
  tellClue: async (w, place) => ({ ask: { body: w.clueDraft(place) } }),
  withdrawClue: async (w, place) => by((await w.clue(place)).id, { version: 4 }),
  addToClue: async (w, place) => by((await w.clue(place)).id, { says: '补充：昨晚又没有开灯', version: 4 }),
  confirmAccompanied: async (w, place) => by((await w.clue(place)).id, { on: '2026-03-04', version: 4 }),
  readAppeal: async (w, place) => by((await once(w, `appeal ${place}`, () => w.appeal(place))).id),
  findAppealMatches: async (w, place) => by((await once(w, `appeal ${place}`, () => w.appeal(place))).id),
  unmaskAppeal: async (w, place) => by((await w.appeal(place)).id, { field: 'phone', reason: '联系居民' }),
  takeAppeal: async (w, place) => by((await w.appeal(place, 'waiting')).id, { version: 1 }),
  assignAppeal: async (w, place) => by((await w.appeal(place)).id, { personId: w.person(casts[place].worker), version: 2 }),
  releaseAppeal: async (w, place) => by((await w.appeal(place)).id, { says: '请换人', version: 2 }),
  passAppeal: async (w, place) => by((await w.appeal(place)).id, { stationId: null, says: '住在别处', version: 2 }),
  answerAppeal: async (w, place) => by((await w.appeal(place)).id, { says: '请来站里谈', version: 2 }),
  handOverAppeal: async (w, place) => by((await w.appeal(place)).id, { to: '司法所', why: '租赁纠纷', says: '请打电话', version: 2 }),
  openCaseFromAppeal: async (w, place) =>
    by((await w.appeal(place)).id, {
      name: null,
      gender: 'female',
      serviceDomain: 'family',
      domain: 'parent-child',
      helpFields: ['family'],
      risk: 'low',
      summary: `${casts[place].mark}摘要`,
      version: 2,
    }),
  linkAppealToCase: async (w, place) => by((await w.appeal(place)).id, { caseId: await w.openCase(place), version: 2 }),

  createHotline: async (w) => ({
    ask: { body: { number: `0755-${9000 + w.next()}`, name: '试验热线', helps: '试验', hours: null, source: '试验来源', urgent: false } },
  }),
  updateHotline: async (w, place) => by(await w.hotline(place), { helps: '改过', version: 1 }),
  readCall: async (w, place) => by(await once(w, `call ${place}`, () => w.calledIn(place))),
  findCallMatches: async () => ({ ask: { body: { phone: '19900005551' } } }),
  createCall: async (w, place) => ({ ask: { body: w.callDraft(place) } }),
  sendCall: async (w, place) =>
    by(await w.calledIn(place), {
      streetId: null,
      danger: false,
      topic: 'family',
      safeTimes: [],
      safeNote: null,
      mayMessage: false,
      unsafe: false,
      version: 1,
    }),
  handOverCall: async (w, place) => {
    const line = await w.one<{ id: string }>(sql`select id from hotline where district_id = ${w.districtOf(place)} and number = '12348'`);
    return by(await w.calledIn(place), { hotlineId: line.id, outcome: 'told-number', says: '问法律', version: 1 });
  },
  endCall: async (w, place) => by(await w.calledIn(place), { result: '已答复', version: 1 }),
  unmaskCall: async (w, place) => by(await w.calledIn(place), { field: 'callerPhone', reason: '回电' }),
  readTicket: async (w, place) => by(await once(w, `ticket ${place}`, () => w.ticket(place))),
  createTicket: async (w, place) => ({ ask: { body: w.ticketDraft(place) } }),
  moveTicketClock: async (w, place) => by(await w.ticket(place), { act: 'pause', why: '等核实', version: 1 }),
  answerTicket: async (w, place) => by(await w.ticket(place), { reply: '已上门', version: 1 }),
  rateTicket: async (w, place) => {
    const id = await w.ticket(place);
    await (await w.t.as(casts[place].centre)).ok(calls.answerTicket, { params: { id }, body: { reply: '已上门', version: 1 } });
    return by(id, { satisfaction: 'satisfied', version: 2 });
  },
  unmaskTicket: async (w, place) => by(await w.ticket(place), { field: 'callerPhone', reason: '回电' }),

  readResource: async (w, place) => by(await once(w, `resource ${place}`, () => w.resource(place))),
  createResource: async (w) => ({ ask: { body: w.resourceDraft() } }),
  updateResource: async (w, place) => by(await w.resource(place), { version: 1, summary: '改过的说明' }),
  createPartner: async (w) => ({ ask: { body: w.partnerDraft() } }),
  noteIntake: async (w, place) => by(await w.resource(place), { version: 1, intake: 'open', intakeUntil: null, places: 3 }),
  reviewResource: async (w, place) => by(await w.resource(place), { version: 1, nextOn: '2026-09-05' }),
  rankForHousehold: async () => ({ ask: { body: { facts: { age: 70 }, helpFields: [] } } }),
  rankForRequest: async (w, place) => by((await full(w, place)).id, { facts: {} }),
  linkResource: async (w, place) => {
    const { id } = await w.accepted(place);
    await w.line(place, id, casts[place].worker);
    return by(id, { resourceId: await w.resource(place), helpField: 'economy', task: '问清楚怎么申请' });
  },
  readPartner: async (w, place) => by(await once(w, `partner ${place}`, () => w.partner(place))),
  addLiaison: async (w, place) =>
    by(await w.partner(place), { name: '新联络人', post: '主任', phone: '0755-1234568', fromDay: '2026-03-01', toDay: null }),
  updateLiaison: async (w, place) => {
    const id = await w.partner(place);
    const { id: partId } = await w.one<{ id: string }>(sql`select id from partner_liaison where partner_id = ${id}`);
    const body = { version: 1, name: '联络人', post: '干事', phone: '0755-1234567', fromDay: '2026-03-01', toDay: '2026-03-05' };
    return { id, ask: { params: { id, partId }, body } };
  },
  addAgreement: async (w, place) =>
    by(await w.partner(place), { title: '合作协议', scope: '助学与陪伴', fromDay: '2026-01-01', toDay: '2026-12-31' }),
  updateAgreement: async (w, place) => {
    const id = await w.partner(place);
    const made = await (await w.t.as(casts[place].centre)).ok(resources.addAgreement, {
      params: { id },
      body: { title: '合作协议', scope: '助学与陪伴', fromDay: '2026-01-01', toDay: null },
    });
    const body = { version: 1, title: '合作协议', scope: '助学', fromDay: '2026-01-01', toDay: null };
    return { id, ask: { params: { id, partId: made.id }, body } };
  },
  startReferral: async (w, place) => by((await full(w, place)).id),
  referToPartner: async (w, place) => {
    const of = await w.referable(place);
    return by(of.id, w.referralDraft(of));
  },
  readReferral: async (w, place) => by((await once(w, `referral ${place}`, () => w.referral(place))).id),
  readReferralPaper: async (w, place) => by((await once(w, `referral ${place}`, () => w.referral(place))).id),
  answerReferral: async (w, place) => by((await w.referral(place)).id, { version: 1, ...w.referralAnswer() }),
  finishReferral: async (w, place) => {
    const { id, version } = await w.referral(place, true);
    return by(id, { version, result: '已经开始助学' });
  },
  withdrawReferral: async (w, place) => by((await w.referral(place)).id, { version: 1, reason: '家长改了主意' }),
  checkResourceImport: async (w) => ({ ask: { file: await w.template() } }),
  failedResourceRows: async (w) => ({ ask: { file: await w.template() } }),
  importResources: async (w) => ({ ask: { file: await w.template() } }),
  importHsds: async () => ({ ask: { file: Buffer.from('[]') } }),
  updatePartner: async (w, place) => by(await w.partner(place), { version: 1, offers: '助学与助医' }),

  readWorker: async (w, place) =>
    by((await w.one<{ id: string }>(sql`select id from worker where person_id = ${w.person(workerOf[place])}`)).id),
  createWorker: async (w, place) => ({
    ask: {
      body: {
        name: `新社工${w.next()}`,
        gender: 'male',
        post: '社工',
        level: 'assistant',
        organisationId: w.t.world.organisations[organisationOf[place]],
        stationId: w.t.world.stations[stationOf[place]],
        phone: null,
        joinedOn: '2026-03-01',
      },
    },
    id: w.t.world.organisations[organisationOf[place]],
  }),
  updateWorker: async (w, place) => {
    const one = await w.one<{ id: string; version: number }>(
      sql`select id, version from worker where person_id = ${w.person(workerOf[place])}`,
    );
    return by(one.id, { version: one.version, level: 'senior' });
  },
  createAssignment: async (w, place) => {
    // Somebody without a role or an account yet.
    const id = idAt(w.t.clock.now().getTime() - 2000, w.next() % 4096);
    await w.t.owner
      .insertInto('person')
      .values({ id, districtId: w.districtOf(place), name: `新人${w.next()}`, gender: 'female', post: '干事' })
      .execute();
    const scope = { stationId: null, organisationId: null, divisionId: null };
    return {
      id,
      ask: {
        body: {
          personId: id,
          role: 'supervisor',
          ...scope,
          validFrom: '2026-03-01',
          validTo: null,
          deputyId: null,
          username: `xinren${w.next()}`,
        },
      },
    };
  },
  updateAssignment: async (w, place) => {
    const one = await w.one<{ id: string; version: number }>(
      sql`select id, version from role_assignment where person_id = ${w.person({ own: 'head', other: 'head2', far: 'bhead' }[place])}`,
    );
    return by(one.id, { version: one.version, validTo: null });
  },
  recordAbsence: async (w, place, role) => {
    const day = dayIn2027(w.next());
    const personId = personAt(w, place, role);
    return { id: personId, ask: { body: { personId, fromDay: day, toDay: day, reason: '年休假' } } };
  },
  endAbsence: async (w, place, role) => {
    const id = idAt(w.t.clock.now().getTime() - 3000, w.next() % 4096);
    const day = dayIn2027(w.next());
    const absence = { id, districtId: w.districtOf(place), personId: personAt(w, place, role), fromDay: day, toDay: day, reason: '年休假' };
    await w.t.owner.insertInto('absence').values(absence).execute();
    return by(id);
  },
  saveRota: async (w, place) => {
    const [duty, backup] = place === 'far' ? ['bcentre', 'bcentre2'] : ['centre', 'centre2'];
    const body = { dutyId: w.person(duty as string), backupId: w.person(backup as string), phone: '0755-110110' };
    return { id: body.dutyId, ask: { params: { day: dayIn2027(w.next()) }, body } };
  },

  createOrganisation: async (w, place) => {
    const { id } = await divisionAt(w, place);
    const name = `新机构${w.next()}`;
    return { id, ask: { body: { type: 'agency', name, creditCode: null, divisionId: id, contact: null, phone: null } } };
  },
  updateOrganisation: (w, place) => drafts(w, place, 'organisation'),
  createStation: async (w, place) => {
    const { id } = await divisionAt(w, place);
    const name = `新站点${w.next()}`;
    return {
      id,
      ask: { body: { tier: 'community-room', name, divisionId: id, operatorId: null, host: null, phone: null, stage: 'opened' } },
    };
  },
  updateStation: (w, place) => drafts(w, place, 'station'),
  createDivision: async (w, place) => {
    const { id } = await divisionAt(w, place);
    return { id, ask: { body: { parentId: id, tier: 'community', name: `新社区${w.next()}`, code: null, validFrom: '2026-03-01' } } };
  },
  updateDivision: async (w, place) => {
    const { id, version } = await divisionAt(w, place);
    return by(id, { version, authorityName: `${place}办事处` });
  },

  saveHoliday: async (w) => ({ ask: { params: { day: dayIn2027(w.next()) }, body: { kind: 'off', name: '试验假日', source: '试验' } } }),
  removeHoliday: async (w) => {
    const day = `2028-01-${String((w.next() % 28) + 1).padStart(2, '0')}`;
    const id = idAt(w.t.clock.now().getTime() - 4000, w.next() % 4096);
    await w.t.owner
      .insertInto('holiday')
      .values({ id, day, kind: 'off', name: '试验假日', source: '试验' })
      .onConflict((c) => c.column('day').doNothing())
      .execute();
    return { ask: { params: { day } } };
  },
  readRulePack: async (w, place) => {
    if (place === 'own') return by((await w.one<{ id: string }>(sql`select id from rule_pack where version <> '试验' order by id`)).id);
    const id = await once(w, `pack ${place}`, async () => {
      const packId = idAt(w.t.clock.now().getTime() - 5000, w.next() % 4096);
      const pack = { code: 'trial', title: '试验规则', version: '试验', effectiveFrom: '2026-01-01', effectiveTo: null };
      await w.t.owner
        .insertInto('rulePack')
        .values({ ...pack, id: packId, divisionId: w.districtOf(place) })
        .execute();
      return packId;
    });
    return by(id);
  },
  draftRules: async (w, place) => by((await w.rulePack(place)).packId),
  readRuleDraft: async (w, place) => by((await w.ruleDraft(place, 'draft')).draftId),
  editRuleDraft: async (w, place) =>
    by((await w.ruleDraft(place, 'draft')).draftId, {
      version: 1,
      effectiveFrom: '2026-04-01',
      reason: '按区里通知调整',
      // The pack of the walk is read by no room, so its figures stay as they are.
      changes: [],
    }),
  moveRuleDraft: async (w, place) => by((await w.ruleDraft(place, 'submitted')).draftId, { move: 'approve', version: 1 }),
  receiveRight: async (w, place) => ({ ask: { body: w.rightDraft(place) } }),
  readRight: async (w, place) => by((await once(w, `right ${place}`, () => w.right(place, 'decided'))).id),
  downloadPersonalCopy: async (w, place) => by((await once(w, `right ${place}`, () => w.right(place, 'decided'))).id),
  readRightPaper: async (w, place) => by((await once(w, `right ${place}`, () => w.right(place, 'decided'))).id),
  beginRightCheck: async (w, place) => by((await w.right(place, 'received')).id, { version: 1 }),
  confirmRightIdentity: async (w, place) => by((await w.right(place, 'received')).id, { checked: ['id-card'], checkNote: '', version: 1 }),
  rejectRightIdentity: async (w, place) =>
    by((await w.right(place, 'received')).id, { reason: '核对不上', route: '带齐材料再来', version: 1 }),
  prepareRightAnswer: async (w, place) =>
    by((await w.right(place, 'answering')).id, { answer: `${casts[place].mark}答复`, withheld: [], attachmentIds: [], version: 2 }),
  decideRight: async (w, place) => by((await w.right(place, 'prepared')).id, { outcome: 'done', reason: '', route: '', version: 3 }),
  withdrawRight: async (w, place) => by((await w.right(place, 'received')).id, { reason: '不要了', version: 1 }),
  listConsentUses: async (w, place) => by((await full(w, place)).openCaseId),
  markRetention: async (w, place) => by(await w.openCase(place, false), { kind: 'hold', ground: 'dispute', reason: '有投诉', until: null }),
  liftRetentionMark: async (w, place) => {
    const caseId = await w.openCase(place, false);
    const body = { kind: 'hold' as const, ground: 'dispute' as const, reason: '有投诉', until: null };
    return by((await (await w.t.as(casts[place].head)).ok(privacy.markRetention, { params: { id: caseId }, body })).id, {
      reason: '已了结',
    });
  },
  appraiseDestruction: async (w, place) => {
    const id = await w.expired(place);
    return { id, ask: { body: { caseIds: [id], opinion: '期满' } } };
  },
  readDestructionList: async (w, place) => by(await once(w, `destruction ${place}`, () => w.destruction(place))),
  readDestructionPaper: async (w, place) => by(await once(w, `destruction ${place}`, () => w.destruction(place))),
  answerDestruction: async (w, place) => by(await w.destruction(place), { answer: 'return', says: '再核', version: 1 }),
  recordAssessment: async (w) => ({ ask: { body: w.assessmentDraft() } }),
  updateAssessment: async (w, place) => by(await w.register(place, 'assessment'), { ...w.assessmentDraft(), version: 1 }),
  recordBreach: async (w) => ({ ask: { body: w.breachDraft() } }),
  updateBreach: async (w, place) => by(await w.register(place, 'breach'), { ...w.breachDraft(), close: false, version: 1 }),
  readRelief: async (w, place) => by((await once(w, `relief ${place}`, () => w.reliefCase(place))).id),
  printRelief: async (w, place) => {
    const { id } = await once(w, `relief ${place}`, () => w.reliefCase(place));
    return { id, ask: { params: { id }, query: { format: 'html' } } };
  },
  exportReliefLedger: async () => ({ ask: { query: { reason: '季度核对' } } }),
  screenRelief: async (w, place) => {
    const who = await w.served(place);
    return { id: who, ask: { body: w.reliefDraft(place, who) } };
  },
  moveRelief: async (w, place) =>
    by((await w.reliefCase(place)).id, { move: 'drop', says: '已由别处救助', satisfied: null, dropped: 'elsewhere', version: 2 }),
  handRelief: async (w, place) => {
    const person = await w.served(place);
    const { id } = await w.reliefCase(place, person);
    const toId = await w.colleague(place);
    // The colleague carries a case of the person, and so sees them.
    await sql`update case_file set worker_id = ${toId} where recipient_id = ${person}`.execute(w.t.owner);
    return by(id, { toId, reason: `${casts[place].mark}事由`, version: 2 });
  },
  addReliefItem: async (w, place) => by((await w.reliefCase(place)).id, w.reliefItem(place)),
  voidReliefItem: async (w, place) => {
    const { id, itemId } = await w.reliefCase(place);
    return { id, ask: { params: { id, itemId }, body: { says: '记错了' } } };
  },
  callReliefJoint: async (w, place) => by((await w.reliefCase(place)).id, w.jointDraft(place)),
  concludeReliefJoint: async (w, place) => by((await w.reliefJoint(place, false)).id, { held: true, says: '各自去办', version: 1 }),
  unseatJointMember: async (w, place) => {
    const { id, memberId } = await w.reliefJoint(place, false);
    return { id, ask: { params: { id, memberId }, body: {} } };
  },
  addUndertaking: async (w, place) => {
    const { id, memberId } = await w.reliefJoint(place);
    return by(id, { memberId, what: '送材料', dueOn: '2026-03-20' });
  },
  settleUndertaking: async (w, place) =>
    by((await w.reliefJoint(place)).undertakingId, { done: true, onDay: '2026-03-05', says: '送到了', version: 1 }),
  readVolunteer: async (w, place) => by(await once(w, `volunteer ${place}`, () => w.volunteer(place))),
  createVolunteer: async (w) => ({ ask: { body: w.volunteerDraft() } }),
  updateVolunteer: async (w, place) => by(await w.volunteer(place), { ...w.volunteerDraft(), dropIdNumber: false, version: 1 }),
  moveVolunteer: async (w, place) => by(await w.volunteer(place), { move: 'pause', says: '', version: 1 }),
  unmaskVolunteer: async (w, place) => by(await w.volunteer(place), { field: 'phone', reason: '通知培训' }),
  eraseVolunteer: async (w, place) => {
    const id = await w.volunteer(place);
    const body = { move: 'withdraw', says: '', version: 1 } as const;
    await (await w.t.as(casts[place].worker)).ok(volunteers.moveVolunteer, { params: { id }, body });
    return by(id, { because: 'asked', version: 2 });
  },
  printVolunteer: async (w, place) => {
    const id = await once(w, `volunteer ${place}`, () => w.volunteer(place));
    return { id, ask: { params: { id }, query: { kind: 'copy', format: 'html', reason: '本人要求' } } };
  },
  readVolunteerTask: async (w, place) => by((await once(w, `task ${place}`, () => w.volunteerTask(place, 'invited'))).id),
  listVolunteerProposals: async (w, place) => by((await once(w, `task ${place}`, () => w.volunteerTask(place, 'invited'))).id),
  createVolunteerTask: async (w) => ({ ask: { body: { ...w.volunteerTaskDraft('own'), forKind: 'own', forId: null } } }),
  updateVolunteerTask: async (w, place) => by((await w.volunteerTask(place, 'invited')).id, { ...w.volunteerTaskDraft(place), version: 1 }),
  moveVolunteerTask: async (w, place) => by((await w.volunteerTask(place, 'invited')).id, { move: 'cancel', says: '改期', version: 1 }),
  inviteVolunteers: async (w, place) => by((await w.volunteerTask(place, 'invited')).id, { volunteerIds: [await w.volunteer(place)] }),
  answerTurn: async (w, place) => {
    const { id, turnId } = await w.volunteerTask(place, 'invited');
    return { id, ask: { params: { id, turnId }, body: { to: 'declined' } } };
  },
  recordVolunteerHours: async (w, place) => {
    const { id, turnId, version } = await w.volunteerTask(place, 'staffed');
    return by(id, { hours: [{ turnId, minutes: 30 }], summary: '', version });
  },
  handOverVolunteerTask: async (w, place) => {
    const { id } = await w.volunteerTask(place, 'invited');
    return by(id, { leadId: await w.colleague(place), says: '调岗', version: 1 });
  },
  exportVolunteerLedger: async () => ({ ask: { query: { reason: '月度核对' } } }),
  readGroup: async (w, place) => by((await once(w, `group ${place}`, () => w.group(place))).id),
  createGroup: async (w) => ({ ask: { body: w.groupDraft('own') } }),
  updateGroup: async (w, place) => by((await w.group(place, 'drafting')).id, { ...w.groupDraft(place), version: 1 }),
  moveGroup: async (w, place) => by((await w.group(place, 'drafting')).id, { move: 'submit', says: null, version: 1 }),
  nameGroupVolunteers: async (w, place) =>
    by((await w.group(place, 'drafting')).id, {
      volunteers: [{ volunteerId: await w.volunteer(place), name: '', task: '签到' }],
      version: 1,
    }),
  reviewGroup: async (w, place) => by((await w.group(place, 'submitted')).id, { decision: 'approve', says: '', version: 2 }),
  askGroupLead: async (w, place) => by((await w.group(place, 'drafting')).id, { ...(await w.leadAsked(place)), version: 1 }),
  answerGroupLead: async (w, place) => {
    const { id } = await w.group(place, 'drafting');
    const changeId = await w.leadChange(place, id);
    return { id, ask: { params: { id, changeId }, body: { decision: 'decline', says: `${casts[place].mark}意见`, version: 1 } } };
  },
  joinGroup: async (w, place) => by((await w.group(place, 'approved')).id, { recipientId: await w.served(place), joinedOn: '2026-03-05' }),
  leaveGroup: async (w, place) => {
    const { id, members } = await w.group(place, 'beginning');
    return { id, ask: { params: { id, memberId: members[0] ?? '' }, body: { leftOn: '2026-03-05', reason: 'moved', version: 1 } } };
  },
  planSession: async (w, place) =>
    by((await w.group(place, 'beginning')).id, { title: '加一节', aim: '', plannedOn: '2026-03-20', place: '活动室' }),
  readGroupSession: async (w, place) => {
    const { id, sessions } = await once(w, `group ${place}`, () => w.group(place));
    return { id, ask: { params: { id, sessionId: sessions[0] ?? '' } } };
  },
  shiftGroupSession: async (w, place) => {
    const { id, sessions } = await w.group(place, 'beginning');
    return { id, ask: { params: { id, sessionId: sessions[0] ?? '' }, body: { plannedOn: '2026-03-20', place: '活动室', version: 1 } } };
  },
  holdGroupSession: async (w, place) => {
    const { id, sessions, members } = await w.group(place, 'beginning');
    return { id, ask: { params: { id, sessionId: sessions[0] ?? '' }, body: w.sessionTold(place, members) } };
  },
  cancelGroupSession: async (w, place) => {
    const { id, sessions } = await w.group(place, 'beginning');
    return { id, ask: { params: { id, sessionId: sessions[0] ?? '' }, body: { says: '停电', version: 1 } } };
  },
  measureGroup: async (w, place) => {
    const { id, members } = await w.group(place, 'beginning');
    const values = [{ memberId: members[0] ?? '', indicatorId: GROUP_SCALE, value: 9 }];
    return by(id, { moment: 'before', takenOn: '2026-03-02', values });
  },
  closeGroup: async (w, place) => {
    const { id, version } = await w.group(place, 'ending');
    const words = { goals: '多数达成', process: '越来越投入', lessons: '', followUp: '' };
    return by(id, { ...words, budget: [{ title: '茶点', planned: 20_000, spent: 18_000 }], version });
  },
  printGroup: async (w, place) => {
    const { id } = await once(w, `group ${place}`, () => w.group(place));
    return { id, ask: { params: { id }, query: { what: 'plan', format: 'html' } } };
  },
  readPublicActivity: async (w, place) => ({ ask: { params: { code: (await w.activity(place, 'published')).code } } }),
  registerAsResident: async (w, place) => ({
    ask: {
      params: { code: (await w.activity(place, 'published')).code },
      body: { name: '路人', phone: '19900006661', people: 1, leaveEmpty: '' },
    },
  }),
  readActivity: async (w, place) => by((await once(w, `activity ${place}`, () => w.activity(place, 'planned'))).id),
  printActivity: async (w, place) => {
    const { id } = await once(w, `activity ${place}`, () => w.activity(place, 'planned'));
    return { id, ask: { params: { id }, query: { format: 'html' } } };
  },
  readActivityCode: async (w, place) => by((await once(w, `published ${place}`, () => w.activity(place, 'published'))).id),
  createActivity: async (w) => ({ ask: { body: w.activityDraft('own') } }),
  updateActivity: async (w, place) => by((await w.activity(place, 'planned')).id, { ...w.activityDraft(place), version: 1 }),
  moveActivity: async (w, place) => by((await w.activity(place, 'planned')).id, { move: 'publish', reason: null, version: 1 }),
  nameActivityVolunteers: async (w, place) =>
    by((await w.activity(place, 'planned')).id, {
      volunteers: [{ volunteerId: await w.volunteer(place), name: '', task: '' }],
      version: 1,
    }),
  registerByWorker: async (w, place) => by((await w.activity(place, 'planned')).id, { name: '路人', phone: null, people: 1 }),
  changeRegistration: async (w, place) => {
    const { id, registrationId } = await w.joined(place);
    return { id, ask: { params: { id, registrationId }, body: { to: 'cancelled' } } };
  },
  findAttendants: async (w, place) => {
    const { id, registrationId } = await w.joined(place);
    return { id, ask: { params: { id, registrationId } } };
  },
  linkAttendant: async (w, place) => {
    const { id, registrationId } = await w.joined(place);
    return { id, ask: { params: { id, registrationId }, body: { recipientId: await w.served(place) } } };
  },
  unlinkAttendant: async (w, place) => {
    const { id, registrationId } = await w.joined(place);
    return { id, ask: { params: { id, registrationId, recipientId: await w.attended(place, id, registrationId) } } };
  },
  unmaskRegistration: async (w, place) => {
    const { id, registrationId } = await w.joined(place);
    return { id, ask: { params: { id, registrationId }, body: { reason: '通知改期' } } };
  },
  'listPhotos 活动的照片': async (w, place) => w.shelfAsked('activity', (await w.photo(place, 'activity')).of),
  'listPhotos 小组一节的照片': async (w, place) => w.shelfAsked('session', (await w.photo(place, 'session')).of),
  'addPhoto 活动的照片': async (w, place) => w.shelfAsked('activity', (await w.activity(place, 'planned')).id, true),
  'addPhoto 小组一节的照片': async (w, place) => w.shelfAsked('session', (await w.group(place)).sessions[0] ?? '', true),
  'readPhoto 活动的照片': async (w, place) => by((await once(w, `photo ${place}`, () => w.photo(place, 'activity'))).id),
  'readPhoto 小组一节的照片': async (w, place) => by((await once(w, `session photo ${place}`, () => w.photo(place, 'session'))).id),
  describePhoto: async (w, place) => by((await w.photo(place, 'activity')).id, { caption: `${casts[place].mark}改过的说明`, version: 2 }),
  removePhoto: async (w, place) => by((await w.photo(place, 'session')).id),
  signInToActivity: async (w, place) => by((await w.activity(place, 'planned')).id, { came: [], walkIns: 3, version: 1 }),
  finishActivity: async (w, place) => by((await w.activity(place, 'planned')).id, { summary: '来的人都说好', budget: [], version: 1 }),
  readCampaign: async (w, place) => by(await once(w, `campaign ${place}`, () => w.campaign(place))),
  createCampaign: async () => ({ ask: { body: { name: '试验宣传周', fromDay: '2026-03-16', toDay: '2026-03-22' } } }),
  exportLedger: async () => ({ ask: { query: { reason: '月度核对' } } }),
  exportAuditTrail: async () => ({ ask: { query: { reason: '季度检查' } } }),
};
