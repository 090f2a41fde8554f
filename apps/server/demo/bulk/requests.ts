/** Hard cases of the second scope: told by the same stories as Longhua's, each moved through its stages as the support room moves them. */

import { addDays, addMs, type Day, dayOf, daysBetween, type Instant, instantAt } from '@jieyou/core/shared/day.ts';
import type { CaseDomain, HelpField } from '@jieyou/core/shared/fields.ts';
import type { RequestStatus } from '@jieyou/core/support/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../../src/platform/db/database.ts';
import { stands } from '../loadCases.ts';
import type { District, ExpertStaff, Staff } from '../loadDistrict.ts';
import { checklistOf, type Moments, type RequestPlan, riskOf, type Seat, type SeatState, wishNumbers } from '../loadPlans.ts';
import { requestRows } from '../loadRequests.ts';
import { idOf, Numbers } from '../loadRows.ts';
import { type CaseFileRow, toldOfDomain, writeCase } from '../loadStages.ts';
import { fictitiousIdNumber, fictitiousMobile, type Gender, givenCharacters, openNameBook, surnames } from '../names.ts';
import { stories } from '../stories.ts';
import { inventedAddress, inventedSchools, tellStory } from '../telling.ts';
import type { Story } from '../types.ts';
import { birthFor, busyDay, type Desk, minutesOf, serviceKinds } from './people.ts';
import { Deck, type LifeKind, Teller, type Way } from './words.ts';

const MINUTE = 60_000;

/** How many of which end a district has. */
export type RequestsWish = {
  readonly districtCode: string;
  readonly solved: number;
  readonly others: readonly RequestStatus[];
  readonly span: number;
  /** Of the first recipient: gives phone and ID number their sequence. */
  readonly sequence: number;
  /** Whether everybody stands on a list of people in difficulty. */
  readonly listed: boolean;
  /** Tellings of Longhua are rounds 0 to 2; another district tells with other rounds. */
  readonly round: number;
  readonly centreName: string;
};

type Person = Staff & { readonly signerId: string | null; readonly communities: readonly string[] };
type Home = District & { readonly workers: readonly Person[] };

/** The district as its rows tell it. */
const homeOf = async (tx: Tx, code: string, today: Day, communitiesOf: (streetCode: string) => readonly string[]): Promise<Home> => {
  const { rows: found } = await sql<{ id: string; rootId: string }>`select d.id, r.id as root_id from division d, division r
    where d.code = ${code} and d.valid_to is null and r.parent_id is null and starts_with(d.path, r.path)`.execute(tx);
  const { id, rootId } = found[0] ?? { id: '', rootId: '' };
  const { rows: people } = await sql<{
    personId: string;
    name: string;
    gender: Gender;
    accountId: string | null;
    organisationId: string | null;
    stationId: string | null;
    roles: string[];
    path: string | null;
    streetCode: string | null;
    streetName: string | null;
    headId: string | null;
    supervisorId: string | null;
    expertId: string | null;
    helpFields: HelpField[] | null;
    termFrom: Day | null;
  }>`select p.id as person_id, p.name, p.gender, a.id as account_id, p.organisation_id, p.station_id,
      array_agg(distinct r.role) as roles, d.path, d.code as street_code, d.name as street_name,
      (select h.person_id from role_assignment h where h.station_id = p.station_id and h.role = 'head' limit 1) as head_id,
      (select v.supervisor_id from supervision_relation v where v.worker_person_id = p.id and v.to_day is null order by v.id limit 1) as supervisor_id,
      e.id as expert_id, e.help_fields, e.term_from
    from person p join role_assignment r on r.person_id = p.id left join account a on a.person_id = p.id left join expert e on e.person_id = p.id
      left join station s on s.id = p.station_id left join division d on d.id = s.division_id and d.tier = 'street'
    where p.district_id = ${id} group by p.id, a.id, d.id, e.id order by p.id`.execute(tx);
  const { rows: providers } = await sql<{ name: string; helpFields: HelpField[] }>`select name, help_fields from partner where district_id = ${id} order by id`.execute(tx);
  const staff = people.map((p): Person & { roles: readonly string[] } & Pick<ExpertStaff, 'expertId' | 'helpFields' | 'termFromDaysAgo'> => {
    const communities = communitiesOf(p.streetCode ?? '');
    return {
      personId: p.personId,
      name: p.name,
      gender: p.gender,
      accountId: p.accountId,
      agencyKey: null,
      organisationId: p.organisationId,
      stationId: p.stationId,
      stationKey: null,
      divisionPath: p.path ?? '',
      streetCode: (p.streetCode ?? '').slice(0, 9),
      streetName: p.streetName ?? '',
      communityName: communities[0] ?? '',
      joinedDaysAgo: 1_000,
      // Nobody signs the own papers.
      signerId: p.headId === p.personId ? p.supervisorId : p.headId,
      communities,
      roles: p.roles,
      expertId: p.expertId ?? '',
      helpFields: p.helpFields ?? [],
      termFromDaysAgo: p.termFrom === null ? 0 : daysBetween(p.termFrom, today),
    };
  });
  const of = (role: string) => staff.filter((p) => p.roles.includes(role));
  const must = <T>(one: T | undefined, what: string): T => {
    if (one === undefined) throw new RangeError(`${code} has no ${what}`);
    return one;
  };
  const workers = of('worker').filter((w) => w.stationId !== null);
  const [centre, centre2] = of('centre');
  const experts = of('expert');
  const named = {
    worker: must(workers.find((w) => w.accountId !== null && !w.roles.includes('head')), 'worker'),
    worker2: must(workers.find((w) => w.accountId === null), 'second worker'),
    head: must(of('head').find((w) => w.accountId !== null), 'head'),
    centre: must(centre, 'centre'),
    centre2: must(centre2 ?? centre, 'centre'),
    supervisor: must(of('supervisor')[0], 'supervisor'),
  };
  const expert = must(experts[0], 'expert');
  return { id, rootId, workers, centre: of('centre'), experts, named, namedExperts: { expert, expert2: experts[1] ?? expert }, securityId: undefined, teller: null, providers };
};

// What a district is asked about most.
const asked: readonly (readonly [CaseDomain, number])[] = [
  ['family-relations', 6],
  ['parent-child', 5],
  ['mental-recovery', 4],
  ['disability-inclusion', 4],
  ['youth-internet', 3],
  ['domestic-violence', 2],
  ['end-of-life', 2],
];
const lifeOf: Readonly<Record<CaseDomain, LifeKind | null>> = {
  'family-relations': 'carer',
  'parent-child': 'child',
  'mental-recovery': 'mind',
  'disability-inclusion': 'disabled',
  'youth-internet': 'net',
  'domestic-violence': null,
  'end-of-life': 'dying',
};
const safetyNotes = [
  '单独谈了五十分钟，核对安全计划上的三个电话，第二个已经打不通，当场换掉。',
  '陪同到派出所补交材料，接警民警同意写明当天的经过。',
  '电话里约好暗语，对方在旁边时只说买菜的事。',
  '与妇联的同事碰头，说定庇护床位保留到月底。',
  '孩子今天由学校老师多留一小时，本人来站里取证件复印件。',
  '陪着看了一处短租的房，离单位两站路，押金由站里联系基金垫付。',
  '核对告诫书的日期，记在日历上，下次复查前再打一次电话。',
  '本人说睡得着了，只是听见敲门声还会发抖；教了三个呼吸的办法。',
  '与律师通话，列出要留的证据，照片和病历已存到别处。',
  '家里的亲戚来劝和，陪着本人把想说的话先写下来。',
] as const;
const safetyNext = [
  '约定周五同一时间再通话。',
  '下次先看安全计划，再谈别的。',
  '已报站长，两人一组跟进。',
  '本人说这周想先歇一歇。',
  '三天后由妇联的同事再打一次电话。',
  '临走前再对一遍暗语。',
  '记录单独存放，不放在站里的公共柜。',
  '月底与派出所再核对一次。',
  '孩子的接送改由外婆负责。',
  '本人答应先不单独见面。',
  '下周一起去一趟法律援助窗口。',
] as const;
const safetyWays: readonly Way[] = ['talk', 'outreach', 'phone', 'stakeholders'];
const noteWays: readonly (readonly [Way, number])[] = [['talk', 4], ['home-visit', 4], ['phone', 3], ['outreach', 2], ['stakeholders', 2]];

const drawnFrom =
  (tx: Tx) =>
  async (key: { districtId: string; kind: string; scope: string }, year: number, count: number): Promise<number> => {
    const { rows } = await sql<{ last: number }>`insert into number_series (district_id, kind, scope, year, last)
      values (${key.districtId}, ${key.kind}, ${key.scope}, ${year}, ${count}::int)
      on conflict (district_id, kind, scope, year) do update set last = number_series.last + ${count}::int returning last`.execute(tx);
    return (rows[0]?.last ?? count) - count + 1;
  };

/** Writes the hard cases of a district: as many of each end as wished, `share` of them. */
export const hardCaseRows = async (desk: Desk, tx: Tx, wish: RequestsWish, share: number, communitiesOf: (streetCode: string) => readonly string[]): Promise<void> => {
  const { rows, crypto, time, random } = desk;
  const home = await homeOf(tx, wish.districtCode, time.today, communitiesOf);
  const names = openNameBook(random);
  const decks = new Map(
    asked.map(([domain]) => {
      const told = stories.filter((s) => s.domain === domain && s.persona === null && !/深圳|来深/u.test(JSON.stringify(s)));
      return [domain, told.map((story) => ({ story, round: wish.round })).concat(told.map((story) => ({ story, round: wish.round + 1 })), told.map((story) => ({ story, round: wish.round + 2 })))];
    }),
  );
  const next = (urgent: boolean): { story: Story; round: number } => {
    const left = asked.filter(([domain]) => (decks.get(domain)?.length ?? 0) > 0);
    if (left.length === 0) throw new RangeError('the stories are told');
    const danger = decks.get('domestic-violence')?.findIndex((t) => t.story.checklist.imminentRisk) ?? -1;
    const deck = decks.get(urgent && danger >= 0 ? 'domestic-violence' : random.weighted(left)) ?? [];
    return deck.splice(urgent ? Math.max(0, danger) : 0, 1)[0] as { story: Story; round: number };
  };

  // Panels: every field is covered, by a woman where that is wished, and nobody sits too often.
  const load = new Map<string, number>();
  const panel = (story: Story, on: Day, states: readonly SeatState[]): Seat[] => {
    const chosen: ExpertStaff[] = [];
    const free = home.experts.filter((e) => e.termFromDaysAgo >= daysBetween(on, time.today));
    const open = () => story.helpFields.filter((f) => !chosen.some((e) => e.helpFields.includes(f)));
    const rank = (e: ExpertStaff) =>
      open().filter((f) => e.helpFields.includes(f)).length * 100 + (story.wish !== null && e.gender === 'female' ? 30 : 0) - (load.get(e.expertId) ?? 0);
    while (open().length > 0 || chosen.length < Math.max(2, states.length)) {
      const wanted = open().length > 0 ? open() : story.helpFields;
      const best = free.filter((e) => !chosen.includes(e) && e.helpFields.some((f) => wanted.includes(f))).toSorted((a, b) => rank(b) - rank(a))[0];
      if (best === undefined) break;
      chosen.push(best);
      load.set(best.expertId, (load.get(best.expertId) ?? 0) + 1);
    }
    return chosen.map((expert, i) => ({ expert, fields: story.helpFields.filter((f) => expert.helpFields.includes(f)), state: states[i] ?? 'answered' }));
  };

  const numbers = new Numbers();
  const plans: RequestPlan[] = [];
  const signers = new Map<string, Person>();
  const safety = [new Deck<string>(safetyNotes, random), new Deck<string>(safetyNext, random)] as const;
  const said = new Set<string>();
  // Nobody writes the same note twice.
  const safetyNote = (authorId: string): string => {
    for (let turn = 0; ; turn += 1) {
      const body = safety[0].draw() + safety[1].draw();
      if (turn < 40 && said.has(`${authorId} ${body}`)) continue;
      said.add(`${authorId} ${body}`);
      return body;
    }
  };
  let sequence = wish.sequence;
  const plan = (end: RequestStatus, at: Moments, more: { lane?: 'ordinary' | 'crisis'; states?: readonly SeatState[]; solved?: boolean; asker?: Person; lateBy?: number; screened?: boolean } = {}): void => {
    const lane = more.lane ?? 'ordinary';
    const { story, round } = next(lane === 'crisis');
    const asker = more.asker ?? random.pick(home.workers as readonly Person[]);
    const blank = { name: '', child: '', school: '', address: '', phone: '', worker: '' };
    const { details } = tellStory(story, round, blank);
    const openedAt = time.before(at.created, random.int(20, 60), random);
    const openedOn = dayOf(openedAt);
    const text = JSON.stringify(story);
    const { gender } = story.recipient;
    let name = names.next(gender);
    while (stands(name, text)) name = names.next(gender);
    const childName = (of: Gender): string => {
      for (;;) {
        const found = `${random.weighted(surnames)}${random.pick(givenCharacters[of])}${random.pick(givenCharacters[of])}`;
        if (!stands(found, text)) return found;
      }
    };
    const birthOn = birthFor(random, details.age, dayOf(at.created));
    const person = {
      name,
      gender,
      birthOn,
      idNumber: fictitiousIdNumber(birthOn, gender, sequence),
      phone: fictitiousMobile('recipient', sequence),
      address: inventedAddress(asker.streetName, random.pick(asker.communities), sequence),
      child: story.child === null ? null : childName(story.child.gender),
      school: story.child === null ? null : random.pick(inventedSchools),
    };
    sequence += 1;
    const told = tellStory(story, round, { ...person, child: person.child ?? '', school: person.school ?? '', worker: asker.name });
    // Work goes on while help is sought, and three weeks beyond its end.
    const closed = at.over !== undefined && daysBetween(dayOf(at.over), time.today) > 70;
    const lastOn = at.over === undefined ? addDays(time.today, -1) : addDays(dayOf(at.over), 21);
    const until = lastOn < time.today ? lastOn : addDays(time.today, -1);
    const life = lifeOf[story.domain];
    const teller = life === null ? null : new Teller(life, random);
    const notes: { at: string; on: Day; body: string; kind: Way }[] = [];
    for (let on = openedOn; on <= until && notes.length < 12; on = time.workday(addDays(on, random.int(6, 24)))) {
      const kind = teller === null ? random.pick(safetyWays) : random.weighted(noteWays);
      const noteAt = time.notAfter(instantAt(on, (11 * 60 + random.int(30, 360)) * MINUTE), 90);
      notes.push({ at: noteAt, on: dayOf(noteAt), body: teller?.note(kind) ?? safetyNote(asker.personId), kind });
    }
    const checklist = checklistOf(story, lane, end === 'advised');
    const risk = riskOf(checklist);
    const made: RequestPlan = {
      id: idOf(at.created),
      end,
      story,
      round,
      told,
      asker,
      holder: end === 'submitted' || end === 'draft' || (at.accepted === undefined && lane === 'ordinary') ? null : random.pick(home.centre),
      lane,
      checklist,
      risk,
      at,
      seats: at.invited === undefined ? [] : panel(story, dayOf(at.invited), more.states ?? []),
      solved: more.solved ?? null,
      caseOf: {
        person,
        worker: asker,
        domain: story.domain,
        helpFields: story.helpFields,
        risk,
        openedOn,
        openedAt,
        updatedAt: notes.at(-1)?.at ?? openedAt,
        status: closed ? 'closed' : 'open',
        household: told.household,
        summary: told.story,
        notes,
        number: '',
      },
      duplicateOf: null,
      publication: null,
      mayPublish: false,
      lateBy: more.lateBy ?? 0,
      allDone: false,
      receiptNo: null,
      archiveNo: null,
    };
    signers.set(asker.personId, asker);
    plans.push(made);
    wishNumbers(numbers, home, made);
  };

  const written = (submitted: Instant): Instant => addMs(submitted, -random.int(25, 90) * MINUTE);
  const through = (submitted: Instant, lane: 'ordinary' | 'crisis', days: number): Moments => {
    const first = dayOf(submitted);
    const over = time.notAfter(time.after(addDays(first, days), 0, random), 24 * 60);
    if (lane === 'crisis') {
      const accepted = addMs(submitted, random.int(50, 110) * MINUTE);
      const planned = time.after(first, 1, random);
      const acknowledged = addMs(submitted, random.int(3, 11) * MINUTE);
      return { created: written(submitted), submitted, acknowledged, accepted, invited: addMs(accepted, 40 * MINUTE), deadline: addMs(planned, -30 * MINUTE), planned, held: planned, over };
    }
    const accepted = time.after(first, random.int(0, 2), random);
    const taken = accepted > submitted ? accepted : time.after(first, 1, random);
    const invited = time.after(dayOf(taken), random.int(1, 2), random);
    const planned = instantAt(dayOf(time.after(dayOf(invited), random.int(4, 5), random)), '14:30');
    const deadline = instantAt(dayOf(time.after(dayOf(invited), 3, random)), '17:30');
    return { created: written(submitted), submitted, accepted: taken, invited, deadline, planned, held: planned, over };
  };

  const some = Math.max(2, Math.ceil(wish.solved * share));
  const others = share >= 1 ? wish.others : wish.others.slice(0, Math.max(0, Math.ceil((wish.solved + wish.others.length) * share) - some));
  for (const day of Array.from({ length: some }, () => busyDay(time, random, wish.span, 40)).toSorted()) {
    const lane = random.chance(0.1) ? 'crisis' : 'ordinary';
    const age = daysBetween(day, time.today);
    plan('closed', through(time.after(day, 0, random), lane, Math.min(random.int(24, 75), age - 6)), { lane, solved: true });
  }
  const mine = home.named.worker as Person;
  for (const [n, end] of others.entries()) {
    const asker = n % 4 === 0 ? { asker: mine } : {};
    switch (end) {
      case 'draft':
        plan(end, { created: time.ago(1, random) }, { asker: mine });
        break;
      case 'submitted': {
        const submitted = time.startFor('screening', n % 2 === 0 ? 'on-track' : 'at-risk', n);
        plan(end, { created: written(submitted), submitted }, asker);
        break;
      }
      case 'needs-info': {
        const submitted = time.ago(5, random);
        plan(end, { created: written(submitted), submitted, asked: time.after(dayOf(submitted), 1, random) }, asker);
        break;
      }
      case 'crisis': {
        const submitted = addMs(time.now, -26 * 60 * MINUTE);
        plan(end, { created: written(submitted), submitted, acknowledged: addMs(submitted, 6 * MINUTE) }, { lane: 'crisis' });
        break;
      }
      case 'matching': {
        const accepted = time.startFor('panel', 'on-track', n % 3);
        const submitted = time.before(accepted, 1, random);
        plan(end, { created: written(submitted), submitted, accepted }, asker);
        break;
      }
      case 'supporting': {
        const invited = time.startFor('conference', n % 2 === 0 ? 'on-track' : 'at-risk', n % 5);
        const accepted = time.before(invited, 1, random);
        const submitted = time.before(accepted, 1, random);
        const planned = instantAt(dayOf(time.after(time.day(2), 1, random)), '14:30');
        plan(end, { created: written(submitted), submitted, accepted, invited, deadline: instantAt(addDays(dayOf(planned), -1), '17:30'), planned }, { states: ['accepted', 'answered', 'invited'], ...asker });
        break;
      }
      case 'following': {
        const held = instantAt(dayOf(time.ago(6 + n, random)), '14:30');
        const invited = time.before(held, 5, random);
        const accepted = time.before(invited, 1, random);
        const submitted = time.before(accepted, 1, random);
        plan(end, { created: written(submitted), submitted, accepted, invited, deadline: instantAt(dayOf(time.before(held, 1, random)), '17:30'), planned: held, held }, asker);
        break;
      }
      case 'closed': {
        const day = busyDay(time, random, wish.span, 90);
        plan(end, through(time.after(day, 0, random), 'ordinary', 50), { solved: false });
        break;
      }
      default: {
        const submitted = time.after(busyDay(time, random, Math.min(400, wish.span), 20), 0, random);
        const accepted = time.after(dayOf(submitted), 1, random);
        const elsewhere = end === 'ended-elsewhere';
        const over = time.after(dayOf(submitted), elsewhere ? 3 : 1, random);
        plan(end, { created: written(submitted), submitted, ...(elsewhere ? { accepted } : {}), over }, asker);
      }
    }
  }
  await numbers.drawFrom(drawnFrom(tx));
  requestRows(rows, home, time, crypto, plans);
  named(desk, wish.centreName);
  casesToTheEnd(desk, plans, signers);
  if (wish.listed)
    for (const { districtId, recipientId, workerId, openedOn } of rows.of('caseFile') as unknown as CaseFileRow[]) {
      const recordedAt = instantAt(openedOn as Day, '12:10');
      rows.add('recipientCategory', {
        districtId,
        id: idOf(recordedAt),
        recipientId,
        category: random.weighted([['subsistence', 6], ['subsistence-margin', 4]]),
        disability: null,
        grade: null,
        fromDay: addDays(openedOn as Day, -random.int(0, 300)),
        toDay: null,
        source: '街道救助台账',
        recordedBy: workerId,
        recordedAt,
      });
    }
};

/** The centre bears its own name here, and events keep clear of days that are sealed. */
const named = (desk: Desk, centreName: string): void => {
  const { rows } = desk;
  const own = (text: string): string => text.replaceAll('区疑难个案支援中心', centreName).replaceAll('支援中心', '指导中心');
  for (const row of rows.of('consent')) row.receiver = own(row.receiver);
  for (const row of rows.of('supportConference')) row.place = own(row.place);
  for (const row of rows.of('supportResponseContent')) row.content = own(String(row.content));
  const moved = new Map<string, string>();
  for (const event of rows.of('event')) {
    const id = desk.eventId(String(event.at));
    moved.set(event.id, id);
    event.id = id;
  }
  for (const row of rows.of('supportStatement')) row.eventId = moved.get(row.eventId) ?? row.eventId;
};

/** Stages with their papers, and one act of service for each note and each follow-up. */
const casesToTheEnd = (desk: Desk, plans: readonly RequestPlan[], signers: ReadonlyMap<string, Person>): void => {
  const { rows, time, random } = desk;
  const births = new Map(plans.map((p) => [p.caseOf.number, p.caseOf.person.birthOn]));
  for (const file of rows.of('caseFile') as unknown as (CaseFileRow & { organisationId: string | null; divisionPath: string; serviceDomain: string })[]) {
    const over = file.status === 'closed';
    const kind = over ? random.weighted([['achieved', 7], ['wished', 2], ['referred', 1]] as const) : null;
    const told = toldOfDomain[file.domain as CaseDomain];
    writeCase(rows, time, file, { stage: over ? 'closed' : 'intervention' }, kind, told, signers.get(file.workerId)?.signerId ?? null, births.get(file.number) ?? null);
  }
  const files = new Map((rows.of('caseFile') as unknown as (CaseFileRow & { organisationId: string | null; divisionPath: string; serviceDomain: string })[]).map((f) => [f.id, f]));
  const contact = (sourceKind: string, sourceId: string, caseId: string, kind: string, on: string, minutes: number | null, at: string): void => {
    const file = files.get(caseId);
    if (file === undefined) return;
    rows.add('serviceContact', {
      districtId: file.districtId,
      id: idOf(at),
      sourceKind,
      sourceId,
      kind,
      domain: file.serviceDomain,
      happenedOn: on,
      minutes,
      people: 1,
      who: [file.recipientId],
      workerId: file.workerId,
      stationId: file.stationId,
      organisationId: file.organisationId,
      divisionPath: file.divisionPath,
      caseId,
      recipientId: file.recipientId,
      writtenAt: at,
    });
  };
  const ways = new Map(plans.flatMap((p) => p.caseOf.notes.map((n) => [n.body, (n as { kind?: Way }).kind ?? 'talk'] as const)));
  for (const note of rows.of('caseNote')) {
    const way = ways.get(note.body) ?? 'talk';
    const minutes = random.pick(minutesOf[way]);
    Object.assign(note, { kind: way, minutes });
    contact('case-note', note.id, note.caseId, serviceKinds[way], String(note.happenedOn), minutes, String(note.writtenAt));
  }
  for (const paper of rows.of('casePaper'))
    if (paper.kind === 'follow-up') contact('follow-up', paper.id, paper.caseId, 'case-phone', String(paper.happenedOn), null, String(paper.writtenAt));
};
