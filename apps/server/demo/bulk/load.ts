/**
 * The many: thousands of recipients of Longhua with the work of 26 months, and a second scope beside it. It is written after the platform
 * is open, chunk by chunk: each is one transaction, so that a kill in the middle leaves whole chunks and the next start goes on.
 */

import { type AlarmPack, alarmPackOf } from '@jieyou/core/alarms/pack.ts';
import type { RecipientCategory } from '@jieyou/core/recipients/schema.ts';
import { addDays, dayOf, type Instant, instantAt, startOfDay } from '@jieyou/core/shared/day.ts';
import { supportPackOf } from '@jieyou/core/support/pack.ts';
import type { RequestStatus } from '@jieyou/core/support/schema.ts';
import { type Kysely, sql } from 'kysely';
import { lockChain, newestSeals } from '../../src/audit/store.ts';
import { installDivisions, installRules } from '../../src/ground.ts';
import { DEMO_PASSWORD, hashPassword } from '../../src/identity/index.ts';
import type { CryptoProvider } from '../../src/platform/crypto/crypto.ts';
import type { Tx } from '../../src/platform/db/database.ts';
import type { DB } from '../../src/platform/db/types.ts';
import { packInForce } from '../../src/rulepacks/index.ts';
import { communityShortName, demoDistrictCode, divisions } from '../divisions.ts';
import { idOf, Numbers, Rows } from '../loadRows.ts';
import { DemoTime, demoHolidays } from '../loadTime.ts';
import { type Random, randomFor } from '../random.ts';
import { alarmRows } from './alarms.ts';
import { campaignWeek, gatheringRows, sharedOut } from './gatherings.ts';
import { groupRows } from './groups.ts';
import { type Desk, type DrawNumbers, peopleRows, type Server, type Wish } from './people.ts';
import { hardCaseRows } from './requests.ts';
import { bulkDivisions, bulkNames, clueRows, lichengCode, scopeRows, shitingCode, xiangchengCode } from './scopes.ts';
import { taskRows } from './tasks.ts';
import { volunteerRows } from './volunteers.ts';
import type { LifeKind } from './words.ts';

/** How many recipients each street of Longhua gets; six streets make three thousand. */
const OF_STREET = 500;
const OF_CHUNK = 100;
/** People in difficulty whom 鲤城 keeps (LC-07). */
const lichengRecipients = 835;
const lichengVolunteers = 455;
/** Volunteers of each street of Longhua. */
const OF_STREET_HELPERS = 30;
/** Hard cases of 鲤城 and 石亭 by their end; everybody of 鲤城 stands on the list of LC-07 as well. */
const lichengSolved = 58;
const lichengOthers: readonly RequestStatus[] = [
  'draft', 'submitted', 'submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'supporting', 'following', 'following', 'following',
  'closed', 'closed', 'closed', 'declined', 'declined', 'advised', 'advised', 'advised', 'withdrawn', 'withdrawn', 'ended-elsewhere',
];
const lichengHardCases = lichengSolved + lichengOthers.length;
const shitingSolved = 16;
const shitingOthers: readonly RequestStatus[] = ['submitted', 'supporting', 'following', 'closed', 'advised', 'withdrawn', 'declined'];
/** What 石亭 did in three years (ST-06): households on 低保, visits to disabled people and to children, people at activities, things and money in 分. */
export const shitingFigures = { households: 300, disabledVisits: 150, childVisits: 60, atActivities: 1_200, linkedFen: 28_000_000 } as const;
const SHITING_DISABLED = 42;
const SHITING_CHILDREN = 18;
const MONTHS_26 = 790;
const YEARS_3 = 1_090;

/** One piece of the load. */
type Chunk = {
  readonly name: string;
  readonly recipients: number;
  readonly write: (desk: Desk, tx: Tx, share: number) => Promise<void>;
};

const few = (count: number, share: number): number => Math.ceil(count * share);

const communitiesOf = (streetCode: string): string[] =>
  [...divisions.map((d) => ({ parent: d.parentCode, name: d.name })), ...bulkDivisions.map((d) => ({ parent: d.parentKey, name: d.name }))]
    .filter((d) => d.parent === streetCode)
    .map((d) => communityShortName(d.name).replace(/村委会$/u, '村'));

/** Staff of the stations of a street, the eldest first; heads sign for their own station. */
const serversOf = async (tx: Tx, streetCode: string): Promise<{ street: Server[]; rooms: Server[]; communities: string[] }> => {
  const { rows } = await sql<{
    personId: string;
    accountId: string | null;
    username: string | null;
    districtId: string;
    stationId: string;
    tier: string;
    organisationId: string | null;
    path: string;
    streetName: string;
    role: string;
    supervisorId: string | null;
  }>`select p.id as person_id, a.id as account_id, a.username, p.district_id, s.id as station_id, s.tier, p.organisation_id, d.path, street.name as street_name,
      r.role, (select v.supervisor_id from supervision_relation v where v.worker_person_id = p.id and v.to_day is null order by v.id limit 1) as supervisor_id
    from division street join division d on starts_with(d.path, street.path) join station s on s.division_id = d.id
      join role_assignment r on r.station_id = s.id and r.role in ('worker', 'head') join person p on p.id = r.person_id
      join worker w on w.person_id = p.id left join account a on a.person_id = p.id
    where street.code = ${streetCode} and street.valid_to is null
    order by (a.username is null), w.joined_on, p.id`.execute(tx);
  const heads = new Map(rows.filter((r) => r.role === 'head').map((r) => [r.stationId, r.personId]));
  const servers = rows
    .filter((r) => r.role === 'worker')
    .map((r): Server & { tier: string } => {
      const head = heads.get(r.stationId);
      return {
        personId: r.personId,
        accountId: r.accountId,
        districtId: r.districtId,
        stationId: r.stationId,
        organisationId: r.organisationId,
        divisionPath: r.path,
        streetCode: streetCode.slice(0, 9),
        streetName: r.streetName,
        // Nobody signs the own papers.
        signerId: head === undefined || head === r.personId ? r.supervisorId : head,
        headId: head === undefined || head === r.personId ? null : head,
        tier: r.tier,
      };
    });
  const communities = communitiesOf(streetCode);
  return { street: servers.filter((s) => s.tier === 'street-station'), rooms: servers.filter((s) => s.tier === 'community-room'), communities };
};

/** Categories that such a life would have; `poor` is whoever stands on a list of people in difficulty. */
const categoriesOf = (kind: LifeKind, random: Random, poor: boolean): RecipientCategory[] => {
  const found: RecipientCategory[] = [];
  if (kind === 'elder') found.push(random.chance(0.75) ? 'elder-alone' : 'elder-dependent');
  if (kind === 'dying') found.push('elder-dependent');
  if (kind === 'disabled') found.push('disabled');
  if (kind === 'mind' && random.chance(0.6)) found.push('disabled');
  if (kind === 'child') found.push(random.chance(0.6) ? 'child-in-need' : 'left-behind-child');
  if (poor && kind !== 'child') found.push(random.weighted([['subsistence', 6], ['subsistence-margin', 3], ['destitute', kind === 'elder' ? 2 : 0]]));
  else if (kind === 'relief') found.push(random.chance(0.6) ? 'subsistence' : 'subsistence-margin');
  return found;
};

const ordinary: readonly (readonly [LifeKind, number])[] = [
  ['elder', 27],
  ['disabled', 16],
  ['child', 14],
  ['net', 6],
  ['relief', 19],
  ['carer', 9],
  ['mind', 7],
  ['dying', 2],
];
const poorLives: readonly (readonly [LifeKind, number])[] = [
  ['relief', 40],
  ['elder', 24],
  ['disabled', 18],
  ['child', 13],
  ['carer', 5],
];

const seriesOf =
  (tx: Tx, kind: 'GA' | 'JM' = 'GA'): DrawNumbers =>
  async (districtId, scope, year, count) => {
    const { rows } = await sql<{ last: number }>`insert into number_series (district_id, kind, scope, year, last)
      values (${districtId}, ${kind}, ${scope}, ${year}, ${count}::int)
      on conflict (district_id, kind, scope, year) do update set last = number_series.last + ${count}::int returning last`.execute(tx);
    return (rows[0]?.last ?? count) - count + 1;
  };

const idOfDivision = async (tx: Tx, code: string): Promise<string> =>
  (await tx.selectFrom('division').select('id').where('code', '=', code).where('validTo', 'is', null).executeTakeFirstOrThrow()).id;

const alarmsOf = async (desk: Desk, tx: Tx, districtCode: string): Promise<AlarmPack> => {
  return alarmPackOf((await packInForce(tx, 'alarms', await idOfDivision(tx, districtCode), desk.time.today)).values);
};

const must = <T>(found: T | undefined, what: string): T => {
  if (found === undefined) throw new RangeError(`the demo has no ${what}`);
  return found;
};

const streetsOfLonghua = divisions.filter((d) => d.parentCode === demoDistrictCode && d.tier === 'street').map((d) => d.code);
// The street of the demo's worker comes first: that is where one looks.
const inTurn = streetsOfLonghua.toSorted((a, b) => Number(b.endsWith('003000')) - Number(a.endsWith('003000')) || a.localeCompare(b));
const lichengStreets = bulkDivisions.filter((d) => d.parentKey === lichengCode).map((d) => d.key);
/** Phones and ID numbers: a sequence that belongs to each recipient of the bulk. The told cases have the first thousand. */
const FIRST = 1_000;

const groundChunk: Chunk = {
  name: '鲤城、石亭：站点与人员',
  recipients: 0,
  write: async (desk, tx) => {
    const now = new Date(desk.time.now);
    const ground = await installDivisions(tx, bulkDivisions, now, bulkNames);
    await installRules(tx, must(ground.get(bulkDivisions[0]?.key ?? ''), 'province').id, now);
    const clues = scopeRows(desk.rows, ground, desk.time, desk.crypto, await hashPassword(DEMO_PASSWORD));
    const numbers = new Numbers();
    const write = clueRows(numbers, desk.time, clues);
    const draw = seriesOf(tx, 'JM');
    await numbers.drawFrom(({ districtId, scope }, year, count) => draw(districtId, scope, year, count));
    write(desk.rows, desk.crypto);
  },
};

const longhuaChunks: readonly Chunk[] = inTurn.flatMap((street, s) =>
  Array.from({ length: OF_STREET / OF_CHUNK }, (_, part): Chunk => ({
    name: `龙华 ${s + 1}-${part + 1}`,
    recipients: OF_CHUNK,
    write: async (desk, tx, share) => {
      const { street: all, rooms, communities } = await serversOf(tx, street);
      const { random } = desk;
      // Whoever signs in here has a full desk; a dozen colleagues share the rest.
      const own = all.slice(0, 15);
      const weights = own.map((server) => [server, server.accountId === null ? 1 : 2.4] as const);
      const wishes = Array.from({ length: few(OF_CHUNK, share) }, (_unused, n): Wish => {
        const inRoom = rooms.length > 0 && n % 5 === 4;
        const kind = random.weighted(ordinary);
        const work = inRoom ? (random.chance(0.25) ? 'new-case' : 'register') : random.chance(0.84) ? 'case' : 'register';
        return {
          kind,
          server: inRoom ? random.pick(rooms) : random.weighted(weights),
          communityName: random.pick(communities),
          categories: categoriesOf(kind, random, false),
          work,
          visits: null,
          relief: kind === 'relief' ? random.chance(0.45) : random.chance(work === 'register' ? 0.3 : 0.06),
          household: random.chance(0.22),
          span: MONTHS_26,
          sequence: FIRST + s * OF_STREET + part * OF_CHUNK + n,
        };
      });
      const people = await peopleRows(desk, wishes, seriesOf(tx));
      alarmRows(desk, all.concat(rooms), await alarmsOf(desk, tx, demoDistrictCode));
      groupRows(desk, own, people, { count: few(6, share), span: MONTHS_26 - 60, ahead: part === 0 ? 2 : 0 });
      gatheringRows(desk, own.slice(0, 8), { count: few(12, share), span: MONTHS_26, times: null, ahead: part === 0 ? 2 : 0 });
      if (part > 0) return;
      // The station that one looks at most keeps volunteers.
      const here = all.filter((server) => server.stationId === all[0]?.stationId).slice(0, 6);
      const helpers = await volunteerRows(desk, tx, here, await idOfDivision(tx, street), lichengVolunteers + OF_STREET_HELPERS * s, OF_STREET_HELPERS);
      taskRows(desk, here, helpers, { count: few(60, share), span: MONTHS_26 - 60, ahead: 3 });
    },
  })),
);

const lichengChunks: readonly Chunk[] = lichengStreets.map((street, s): Chunk => {
  const upTo = (total: number, streets: number): number => Math.floor((total * streets) / lichengStreets.length);
  const from = upTo(lichengRecipients - lichengHardCases, s);
  const count = upTo(lichengRecipients - lichengHardCases, s + 1) - from;
  return {
    name: `鲤城 ${s + 1}`,
    recipients: count,
    write: async (desk, tx, share) => {
      const { street: servers, communities } = await serversOf(tx, street);
      const { random } = desk;
      const wishes = Array.from({ length: few(count, share) }, (_, n): Wish => {
        const kind = random.weighted(poorLives);
        const work = random.chance(0.5) ? 'case' : 'register';
        return {
          kind,
          server: random.pick(servers),
          communityName: random.pick(communities),
          categories: categoriesOf(kind, random, true),
          work,
          visits: null,
          relief: random.chance(work === 'register' ? 0.55 : 0.25),
          household: random.chance(0.35),
          span: MONTHS_26,
          sequence: FIRST + 3_000 + from + n,
        };
      });
      const people = await peopleRows(desk, wishes, seriesOf(tx));
      alarmRows(desk, servers, await alarmsOf(desk, tx, lichengCode));
      groupRows(desk, servers, people, { count: few(16, share), span: MONTHS_26 - 60, ahead: 1 });
      gatheringRows(desk, servers, { count: few(30, share), span: MONTHS_26, times: null, ahead: 2 });
      const id = await idOfDivision(tx, street);
      const helpers = await volunteerRows(desk, tx, servers, id, upTo(lichengVolunteers, s), upTo(lichengVolunteers, s + 1) - upTo(lichengVolunteers, s));
      taskRows(desk, servers, helpers, { count: few(50, share), span: MONTHS_26 - 60, ahead: 2 });
    },
  };
});

const shitingChunk: Chunk = {
  name: '石亭',
  recipients: shitingFigures.households + SHITING_DISABLED + SHITING_CHILDREN,
  write: async (desk, tx, share) => {
    const { street: servers, communities } = await serversOf(tx, shitingCode);
    const { random, rows } = desk;
    const households = few(shitingFigures.households, share);
    const disabled = few(SHITING_DISABLED, share);
    const children = few(SHITING_CHILDREN, share);
    const visits = [
      ...sharedOut(random, few(shitingFigures.disabledVisits, share), disabled),
      ...sharedOut(random, few(shitingFigures.childVisits, share), children),
    ];
    const wishes = Array.from({ length: households + disabled + children }, (_, n): Wish => {
      const onList = n < households;
      const kind: LifeKind = onList ? random.weighted([['relief', 6], ['elder', 3], ['carer', 1]]) : n < households + disabled ? 'disabled' : 'child';
      return {
        kind,
        server: random.pick(servers),
        communityName: random.pick(communities),
        categories: onList ? (kind === 'elder' ? ['subsistence', 'elder-alone'] : ['subsistence']) : kind === 'disabled' ? ['disabled'] : ['child-in-need'],
        work: !onList || random.chance(0.4) ? 'case' : 'register',
        visits: onList ? null : (visits[n - households] ?? 0),
        relief: onList && random.chance(0.8),
        household: onList,
        span: YEARS_3,
        sequence: FIRST + 3_000 + lichengRecipients + n,
      };
    });
    const people = await peopleRows(desk, wishes, seriesOf(tx));
    alarmRows(desk, servers, await alarmsOf(desk, tx, xiangchengCode));
    groupRows(desk, servers, people, { count: few(18, share), span: YEARS_3 - 90, ahead: 1 });
    // Things and money add up to what the station told; where things do not reach, an envelope does.
    const target = Math.round(shitingFigures.linkedFen * share);
    const given = rows.of('reliefItem').filter((item) => item.line === 'material') as { what: string; unit: string | null; quantity: number | null; valueFen: number | null }[];
    let sum = given.reduce((total, item) => total + (item.valueFen ?? 0), 0);
    for (const item of random.shuffle(given)) {
      const missing = target - sum;
      if (missing <= 0) break;
      const was = item.valueFen ?? 0;
      const now = Math.min(was + missing, random.pick([100_000, 120_000, 150_000]));
      if (now <= was) continue;
      Object.assign(item, { what: '慰问金', unit: '份', quantity: 1, valueFen: now });
      sum += now - was;
    }
    gatheringRows(desk, servers, { count: few(36, share), span: YEARS_3, times: few(shitingFigures.atActivities, share), ahead: 1 });
    const helpers = await volunteerRows(desk, tx, servers, await idOfDivision(tx, shitingCode), lichengVolunteers + OF_STREET_HELPERS * inTurn.length, 24);
    taskRows(desk, servers, helpers, { count: few(45, share), span: MONTHS_26 - 60, ahead: 2 });
  },
};

const lichengHardChunk: Chunk = {
  name: '鲤城 求助',
  recipients: lichengHardCases,
  write: (desk, tx, share) =>
    hardCaseRows(
      desk,
      tx,
      {
        districtCode: lichengCode,
        solved: lichengSolved,
        others: lichengOthers,
        span: MONTHS_26,
        sequence: FIRST + 3_000 + lichengRecipients - lichengHardCases,
        listed: true,
        round: 3,
        centreName: '鲤城区社会工作指导中心',
      },
      share,
      communitiesOf,
    ),
};

/** A campaign week that gathers activities of all streets, called by the centre. */
const weekChunk = (name: string, districtCode: string, streets: readonly string[], ofStreet: number): Chunk => ({
  name,
  recipients: 0,
  write: async (desk, tx, share) => {
    const { rows: found } = await sql<{ districtId: string; madeBy: string }>`select p.district_id, p.id as made_by from division d
      join person p on p.district_id = d.id join role_assignment r on r.person_id = p.id and r.role = 'centre' and r.valid_to is null
      left join account a on a.person_id = p.id where d.code = ${districtCode} and d.valid_to is null order by a.id is null, p.id limit 1`.execute(tx);
    const { districtId, madeBy } = must(found[0], 'centre');
    const { from, to } = campaignWeek(desk.time.today);
    const madeAt = instantAt(addDays(from, -40), 10 * 3_600_000);
    const id = idOf(madeAt);
    desk.rows.add('campaign', { districtId, id, name: `${from.slice(0, 4)}年社会工作主题宣传周`, fromDay: from, toDay: to, madeBy, madeAt });
    for (const street of streets) {
      const { street: servers, rooms } = await serversOf(tx, street);
      gatheringRows(desk, [...servers, ...rooms], { count: few(ofStreet, share), span: 0, times: null, ahead: 0, week: { id, from } });
    }
  },
});

const shitingHardChunk: Chunk = {
  name: '石亭 求助',
  recipients: shitingSolved + shitingOthers.length,
  write: (desk, tx, share) =>
    hardCaseRows(
      desk,
      tx,
      {
        districtCode: xiangchengCode,
        solved: shitingSolved,
        others: shitingOthers,
        span: YEARS_3,
        sequence: FIRST + 3_000 + lichengRecipients + shitingChunk.recipients,
        listed: false,
        round: 6,
        centreName: '芗城区社会工作指导中心',
      },
      share,
      communitiesOf,
    ),
};

const chunks: readonly Chunk[] = [
  groundChunk,
  ...longhuaChunks.slice(0, 5),
  weekChunk('龙华 宣传周', demoDistrictCode, inTurn, 90),
  ...lichengChunks,
  weekChunk('鲤城 宣传周', lichengCode, lichengStreets, 8),
  lichengHardChunk,
  shitingChunk,
  shitingHardChunk,
  ...longhuaChunks.slice(5),
];

/** What is written, in turn: the name of each chunk and how many recipients it holds. */
export const bulkPlan: readonly { readonly name: string; readonly recipients: number }[] = chunks.map(({ name, recipients }) => ({ name, recipients }));
const bulkRecipients = bulkPlan.reduce((sum, chunk) => sum + chunk.recipients, 0);

// Where it is kept how far the load has come: a series of numbers of the district, drawn in the transaction of each chunk.
// A database that was begun with another plan of chunks is left as it is.
const series = { kind: 'demo', scope: 'bulk-3', year: 0 } as const;
const homeOf = async (tx: Kysely<DB>): Promise<string | undefined> =>
  (await tx.selectFrom('division').select('id').where('code', '=', demoDistrictCode).where('validTo', 'is', null).executeTakeFirst())?.id;

/** Asks for the bulk: what was asked for in the transaction of the first load is written once the platform is open. */
export const askForBulk = async (tx: Tx): Promise<void> => {
  const districtId = must(await homeOf(tx), 'district');
  await tx
    .insertInto('numberSeries')
    .values({ districtId, ...series, last: 0 })
    .onConflict((c) => c.doNothing())
    .execute();
};

const chunksDone = async (tx: Kysely<DB>, districtId: string, lock: boolean): Promise<number | undefined> => {
  let query = tx.selectFrom('numberSeries').select('last').where('districtId', '=', districtId).where('kind', '=', series.kind).where('scope', '=', series.scope);
  if (lock) query = query.forUpdate();
  return (await query.executeTakeFirst())?.last;
};

/** Whether something of the bulk that was asked for is still to be written. */
export const bulkLeft = async (owner: Kysely<DB>): Promise<boolean> => {
  const home = await homeOf(owner);
  const done = home === undefined ? undefined : await chunksDone(owner, home, false);
  return done !== undefined && done < chunks.length;
};

/** How far it has come. */
export type BulkProgress = { readonly recipients: number; readonly of: number; readonly over: boolean };

/** Options of the load; tests write a share of it. */
export type BulkOptions = {
  /** Share of a chunk's people that is written; 1 where nothing is said. */
  readonly share?: (chunk: string) => number;
  readonly tell?: (progress: BulkProgress) => void;
  readonly stopped?: () => boolean;
};

/** Writes what is left of the bulk, a chunk at a time; a second run finds nothing to do. */
export const loadBulk = async (owner: Kysely<DB>, crypto: CryptoProvider, options: BulkOptions = {}): Promise<void> => {
  const home = await homeOf(owner);
  if (home === undefined) return;
  // The moment of the first start: the first account stands 830 days before it.
  const first = await owner.selectFrom('account').select('createdAt').where('isDemo', '=', true).orderBy('createdAt').orderBy('id').limit(1).executeTakeFirst();
  if (first === undefined) return;
  const now = new Date(Date.parse(first.createdAt) + 830 * 86_400_000);
  const pack = await packInForce(owner, 'support', home, dayOf(now.toISOString() as Instant));
  const time = new DemoTime(now, { pack: supportPackOf(pack.values), version: pack.version, holidays: demoHolidays });
  let recipients = 0;
  for (const [index, chunk] of chunks.entries()) {
    if (options.stopped?.() === true) return;
    recipients += chunk.recipients;
    await owner.transaction().execute(async (tx) => {
      const done = await chunksDone(tx, home, true);
      if (done === undefined || done > index) return;
      const desk: Desk = { rows: new Rows(), crypto, time, random: randomFor(`bulk ${chunk.name}`), eventId: await clearOfSeals(tx) };
      await chunk.write(desk, tx, options.share?.(chunk.name) ?? 1);
      await desk.rows.write(tx, { inOrder: true });
      await tx
        .updateTable('numberSeries')
        .set({ last: index + 1 })
        .where('districtId', '=', home)
        .where('kind', '=', series.kind)
        .where('scope', '=', series.scope)
        .execute();
    });
    options.tell?.({ recipients, of: bulkRecipients, over: index === chunks.length - 1 });
  }
};

// Nothing is slipped into a day of the audit trail that is sealed: such events stand at the beginning of the first open day.
const clearOfSeals = async (tx: Tx): Promise<(at: string) => string> => {
  await lockChain(tx);
  const [newest] = await newestSeals(tx, 1);
  const open = newest === undefined ? '' : startOfDay(addDays(newest.day as never, 1));
  return (at) => idOf(at < open ? open : at);
};
