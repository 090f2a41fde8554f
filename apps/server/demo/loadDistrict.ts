/** The district without its cases: organisations, stations, people, experts, resources, partners, rota and accounts. */
import type { Role } from '@jieyou/core/identity/schema.ts';
import { SECOND_FACTOR_ROLES } from '@jieyou/core/identity/schema.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import type { Ground } from '../src/ground.ts';
import { newSecret } from '../src/identity/index.ts';
import type { CryptoProvider } from '../src/platform/crypto/crypto.ts';
import { pinyinOf } from '../src/workforce/index.ts';
import { demoDistrictCode, divisions, neighbourDistrictCode } from './divisions.ts';
import { policyLibrary, rulesByName } from './eligibility.ts';
import { experts } from './experts.ts';
import { idOf, type Rows } from './loadRows.ts';
import type { DemoTime } from './loadTime.ts';
import type { Gender } from './names.ts';
import { cityStation, intakeChannel, neighbourStations, organisations, partners, stations } from './organisations.ts';
import { randomFor } from './random.ts';
import { policyResources } from './resources.ts';
import type { DemoOrganisation, DemoStation, DemoWorker } from './types.ts';
import { buildWorkers } from './workers.ts';

/** Somebody of the staff as the cases need one. */
export type Staff = {
  readonly personId: string;
  readonly name: string;
  readonly gender: Gender;
  readonly accountId: string | null;
  readonly agencyKey: string | null;
  readonly organisationId: string | null;
  readonly stationId: string | null;
  readonly stationKey: string | null;
  /** Path of the station's division and nine digits of its street; empty where there is no station. */
  readonly divisionPath: string;
  readonly streetCode: string;
  readonly streetName: string;
  readonly communityName: string;
  readonly joinedDaysAgo: number;
};

/** An expert as the panels need one. */
export type ExpertStaff = Staff & {
  readonly expertId: string;
  readonly helpFields: readonly HelpField[];
  readonly termFromDaysAgo: number;
};

/** The district as the cases are written into it. */
export type District = {
  readonly id: string;
  readonly rootId: string;
  readonly workers: readonly Staff[];
  /** Staff of the centre; the first two have the accounts centre and centre2. */
  readonly centre: readonly Staff[];
  readonly experts: readonly ExpertStaff[];
  readonly named: Readonly<Record<'worker' | 'worker2' | 'head' | 'centre' | 'centre2' | 'supervisor', Staff>>;
  readonly namedExperts: Readonly<Record<'expert' | 'expert2', ExpertStaff>>;
  /** Person of the security administrator; none where a server has administrators of its own. */
  readonly securityId: string | undefined;
  /** The officer of a community who tells clues; none where a server has accounts of its own. */
  readonly teller: { readonly personId: string; readonly communityId: string } | null;
  readonly providers: readonly { readonly name: string; readonly helpFields: readonly HelpField[] }[];
};

const organisationTypes: Readonly<Record<DemoOrganisation['type'], string>> = {
  authority: 'authority',
  association: 'association',
  agency: 'agency',
  government: 'other',
  charity: 'charity',
  professional: 'other',
};
const tiers: Readonly<Record<DemoStation['tier'], string>> = {
  city: 'city-centre',
  district: 'district-station',
  street: 'street-station',
  community: 'community-room',
};

/** Who signs in as whom, in the order in which the sign-in page shows the accounts. */
export const demoUsernames = [
  'worker',
  'worker2',
  'head',
  'centre',
  'centre2',
  'expert',
  'expert2',
  'supervisor',
  'agency',
  'officer',
  'street',
  'system',
  'security',
  'audit',
  'civil-affairs',
] as const;

type Username = (typeof demoUsernames)[number];

/** How accounts are made: those of the embedded demo work at once, those of a named server are disabled. */
export type AccountPlan = {
  readonly passwordHash: string;
  readonly disabled: boolean;
  /** Usernames that the database has already; their people are not written again. */
  readonly taken: ReadonlySet<string>;
};

const STREET_OF_WORKER = '440309003000';
const COMMUNITY_OF_TELLER = '440309003001';
const STREET_OF_WORKER2 = '440309004000';
const EXPERT_ACCOUNTS = { expert: '陆正言', expert2: '阮雅薇' } as const;

const found = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new RangeError(`the demo content has no ${what}`);
  return value;
};

/** Writes the district's people and places into `rows`. */
export const districtRows = (
  rows: Rows,
  ground: ReadonlyMap<string, Ground>,
  time: DemoTime,
  crypto: CryptoProvider,
  accounts: AccountPlan,
): District => {
  const random = randomFor('district');
  const place = (code: string): Ground => found(ground.get(code), `division ${code}`);
  const districtId = place(demoDistrictCode).id;
  const neighbourId = place(neighbourDistrictCode).id;
  const rootId = place(divisions[0]?.code ?? '').id;
  const base = Date.parse(time.now) - 830 * 86_400_000;

  const organisationIds = new Map<string, string>();
  for (const one of organisations) {
    const id = idOf(base);
    organisationIds.set(one.key, id);
    const home = one.divisionCode === neighbourDistrictCode ? neighbourId : districtId;
    const partner = partners.find((p) => p.key === one.key);
    const hospital = one.creditKind === '12' && one.type === 'professional';
    rows.add('organisation', {
      id,
      districtId: home,
      type: one.creditKind === '91' ? 'enterprise' : hospital ? 'hospital' : organisationTypes[one.type],
      name: one.name,
      namePinyin: pinyinOf(one.name).namePinyin,
      creditCode: one.creditCode,
      divisionId: place(one.divisionCode).id,
      contact: partner?.liaisonName ?? null,
      phone: one.phone,
    });
  }
  const organisationOf = (key: string): string => found(organisationIds.get(key), `organisation ${key}`);

  const stationIds = new Map<string, string>();
  const allStations = [cityStation, ...stations, ...neighbourStations];
  for (const [index, one] of allStations.entries()) {
    const id = idOf(base);
    stationIds.set(one.key, id);
    rows.add('station', {
      id,
      districtId: neighbourStations.includes(one) ? neighbourId : districtId,
      divisionId: place(one.divisionCode).id,
      tier: tiers[one.tier],
      name: one.name,
      namePinyin: pinyinOf(one.name).namePinyin,
      operatorId: organisationOf(one.operatorKey),
      host: one.address,
      phone: one.phone,
      stage: one.tier === 'community' ? (['running', 'standard', 'running', 'opened', 'preparing'][index % 5] as string) : 'running',
    });
  }

  const grant = (
    personId: string,
    role: Role,
    more: { stationId?: string; organisationId?: string; divisionId?: string; deputyId?: string; from: string },
  ) => {
    rows.add('roleAssignment', {
      id: idOf(base),
      districtId,
      personId,
      role,
      stationId: more.stationId ?? null,
      organisationId: more.organisationId ?? null,
      divisionId: more.divisionId ?? null,
      validFrom: more.from,
      validTo: null,
      deputyId: more.deputyId ?? null,
      grantedBy: null,
    });
  };

  // Accounts are written last, in the order of the sign-in page; their ids are known before.
  const accountIds = new Map<Username, string>(demoUsernames.map((name) => [name, idOf(base)]));
  const holders = new Map<Username, string>();
  const hold = (username: Username, personId: string): void => void holders.set(username, personId);
  const accountOf = (username: Username | undefined): string | null => (username === undefined ? null : (accountIds.get(username) ?? null));

  const demoWorkers = buildWorkers();
  const atStation = (street: string) => demoWorkers.filter((w) => w.stationKey === `street-${street}`);
  const seasoned = (w: DemoWorker) =>
    w.joinedDaysAgo > 1000 && w.level === 'social-worker' && w.post === '社区社工' && !w.name.includes('·');
  const centreStaff = demoWorkers.filter((w) => w.stationKey === 'centre').toSorted((a, b) => b.joinedDaysAgo - a.joinedDaysAgo);
  const seniors = demoWorkers.filter(
    (w) => w.level === 'senior' && w.post !== '站长' && w.agencyKey !== 'qinghe' && w.agencyKey !== 'chengguang',
  );
  const chosen = new Map<DemoWorker, Username>([
    [found(atStation(STREET_OF_WORKER).find(seasoned), 'worker'), 'worker'],
    [found(atStation(STREET_OF_WORKER2).find(seasoned), 'worker2'), 'worker2'],
    [
      found(
        atStation(STREET_OF_WORKER).find((w) => w.post === '站长'),
        'head',
      ),
      'head',
    ],
    [found(centreStaff[0], 'centre'), 'centre'],
    [found(centreStaff[1], 'centre2'), 'centre2'],
    [found(seniors[0], 'supervisor'), 'supervisor'],
  ]);
  const posts: Readonly<Partial<Record<Username, string>>> = {
    worker: '社工',
    worker2: '社工',
    head: '站长',
    centre: '支援中心主任',
    centre2: '支援中心副主任',
    supervisor: '督导',
  };

  const staffOf = new Map<DemoWorker, Staff>();
  for (const one of demoWorkers) {
    const station = found(
      stations.find((s) => s.key === one.stationKey),
      `station ${one.stationKey}`,
    );
    const division = found(
      divisions.find((d) => d.code === station.divisionCode),
      `division ${station.divisionCode}`,
    );
    const street = division.tier === 'community' ? divisions.find((d) => d.code === division.parentCode) : division;
    const username = chosen.get(one);
    const joined = time.day(-one.joinedDaysAgo);
    const personId = idOf(base);
    const staff: Staff = {
      personId,
      name: one.name,
      gender: one.gender,
      accountId: accountOf(username),
      agencyKey: one.agencyKey,
      organisationId: organisationOf(one.agencyKey),
      stationId: found(stationIds.get(station.key), station.key),
      stationKey: station.key,
      divisionPath: place(station.divisionCode).path,
      streetCode: (street?.code ?? '').slice(0, 9),
      streetName: street?.name ?? '',
      joinedDaysAgo: one.joinedDaysAgo,
      communityName: division.tier === 'community' ? division.name.replace(/居民?委员?会$/u, '') : '',
    };
    staffOf.set(one, staff);
    if (username !== undefined) hold(username, personId);
    rows.add('person', {
      id: personId,
      districtId,
      name: one.name,
      ...pinyinOf(one.name),
      gender: one.gender,
      phone: one.mobile,
      post: (username === undefined ? undefined : posts[username]) ?? one.post,
      organisationId: staff.organisationId,
      stationId: staff.stationId,
    });
    rows.add('worker', { id: idOf(base), personId, districtId, level: one.level, joinedOn: joined, leftOn: null });
  }
  const named = (username: Username): Staff =>
    found(staffOf.get(found([...chosen].find(([, name]) => name === username)?.[0], username)), username);
  const colleague = (of: Staff): Staff =>
    found(
      [...staffOf.values()].find((s) => s.stationId === of.stationId && s.personId !== of.personId && s.joinedDaysAgo > 700),
      'colleague',
    );

  for (const [one, staff] of staffOf) {
    const from = time.day(-one.joinedDaysAgo);
    const station = { stationId: staff.stationId as string, organisationId: staff.organisationId as string, from };
    const username = chosen.get(one);
    if (one.stationKey === 'centre') {
      const deputy = username === 'centre' ? named('centre2') : username === 'centre2' ? named('centre') : undefined;
      grant(staff.personId, 'centre', { from, ...(deputy === undefined ? {} : { deputyId: deputy.personId }) });
    } else if (one.post === '站长') grant(staff.personId, 'head', station);
    else if (username === 'supervisor' || seniors.slice(1, 8).includes(one)) {
      grant(staff.personId, 'supervisor', { from, organisationId: staff.organisationId as string });
    } else grant(staff.personId, 'worker', { ...station, ...(username === 'worker' ? { deputyId: colleague(staff).personId } : {}) });
  }

  const expertStaff: ExpertStaff[] = experts.map((one) => {
    const personId = idOf(base);
    const expertId = idOf(base);
    const username = one.name === EXPERT_ACCOUNTS.expert ? 'expert' : one.name === EXPERT_ACCOUNTS.expert2 ? 'expert2' : undefined;
    if (username !== undefined) hold(username, personId);
    const organisationId = one.organisationKey === null ? null : organisationOf(one.organisationKey);
    rows.add('person', {
      id: personId,
      districtId,
      name: one.name,
      ...pinyinOf(one.name),
      gender: one.gender,
      post: one.title,
      organisationId,
      stationId: null,
      phone: one.mobile,
    });
    rows.add('expert', {
      id: expertId,
      districtId,
      personId,
      title: one.title,
      organisationName: one.organisation,
      helpFields: [...one.helpFields],
      specialities: one.specialities,
      termFrom: time.day(-one.termFromDaysAgo),
      termTo: time.day(one.termToDaysAhead),
      maxPanelsPerMonth: one.maxPanelsPerMonth,
      weekdays: [...one.weekdays],
    });
    for (const away of one.away) {
      rows.add('expertAway', { id: idOf(base), expertId, fromDay: time.day(away.fromDaysAhead), toDay: time.day(away.toDaysAhead) });
    }
    grant(personId, 'expert', { from: time.day(-one.termFromDaysAgo) });
    return {
      personId,
      expertId,
      name: one.name,
      gender: one.gender,
      accountId: accountOf(username),
      agencyKey: one.organisationKey,
      organisationId,
      stationId: null,
      stationKey: null,
      divisionPath: '',
      streetCode: '',
      streetName: '',
      communityName: '',
      joinedDaysAgo: one.termFromDaysAgo,
      helpFields: one.helpFields,
      termFromDaysAgo: one.termFromDaysAgo,
    };
  });
  const expertNamed = (name: string): ExpertStaff =>
    found(
      expertStaff.find((e) => e.name === name),
      name,
    );
  const relate = (expert: string, side: { personId?: string; organisationId?: string }, says: string): void =>
    rows.add('expertRelation', {
      id: idOf(base),
      expertId: expertNamed(expert).expertId,
      personId: side.personId ?? null,
      organisationId: side.organisationId ?? null,
      says,
    });
  relate('聂国栋', { personId: colleague(named('worker')).personId }, '与该社工为亲属');
  relate('梁素云', { organisationId: organisationOf('chunni') }, '受聘为该机构兼职督导');
  relate('罗宏达', { organisationId: organisationOf('qinghe') }, '担任该机构理事');
  relate('冯婉宁', { personId: named('worker2').personId }, '曾为该社工的实习督导');

  const supervise = (supervisor: Staff, of: Staff, fromDaysAgo: number, toDaysAgo: number | null): void =>
    rows.add('supervisionRelation', {
      id: idOf(base),
      districtId,
      supervisorId: supervisor.personId,
      workerPersonId: of.personId,
      fromDay: time.day(-fromDaysAgo),
      toDay: toDaysAgo === null ? null : time.day(-toDaysAgo),
    });
  supervise(named('supervisor'), named('worker'), 420, null);
  supervise(named('supervisor'), named('worker2'), 300, null);
  supervise(expertNamed('苏慧琳'), named('worker'), 600, 210);
  supervise(expertNamed('邵文静'), named('worker2'), 1100, 900);
  const supervisors = seniors.slice(1, 8).map((one) => found(staffOf.get(one), 'supervisor'));
  const others = [...staffOf]
    .filter(([one, s]) => one.level === 'assistant' && s.accountId === null && s.stationKey !== 'centre')
    .map(([, s]) => s);
  for (const [index, one] of random.sample(others, 70).entries()) {
    supervise(
      supervisors[index % supervisors.length] ?? named('supervisor'),
      one,
      random.int(60, 700),
      random.chance(0.3) ? random.int(5, 50) : null,
    );
  }

  type Scope = { organisationId?: string; divisionId?: string };
  const outside = (
    username: Username,
    name: string,
    gender: Gender,
    post: string,
    organisationKey: string | null,
    phone: string,
    scope: Scope = {},
  ): void => {
    if (accounts.taken.has(username)) return;
    const personId = idOf(base);
    hold(username, personId);
    const organisationId = organisationKey === null ? null : organisationOf(organisationKey);
    rows.add('person', { id: personId, districtId, name, ...pinyinOf(name), gender, post, organisationId, stationId: null, phone });
    grant(personId, username as Role, { ...scope, from: time.day(-800) });
  };
  outside('agency', '罗以诚', 'male', '机构总干事', 'qinghe', '0755-00000031', { organisationId: organisationOf('qinghe') });
  outside('officer', '冯国樑', 'male', '区民政局社会工作科科长', 'authority', '0755-00000032');
  outside('street', '梁一鸣', 'male', '街道公共服务办主任', null, '0755-00000033', { divisionId: place(STREET_OF_WORKER).id });
  outside('system', '孔令仪', 'female', '系统管理员', null, '0755-00000034');
  outside('security', '戚安', 'female', '安全管理员', null, '0755-00000035');
  outside('audit', '章慎之', 'male', '审计管理员', null, '0755-00000036');
  outside('civil-affairs', '申屠敏', 'female', '荔园社区民政员', null, '0755-00000037', { divisionId: place(COMMUNITY_OF_TELLER).id });

  for (const [index, username] of demoUsernames.entries()) {
    const personId = holders.get(username);
    if (personId === undefined || accounts.taken.has(username)) continue;
    const id = found(accountIds.get(username), username);
    const role = username.replace(/\d$/, '');
    rows.add('account', {
      id,
      personId,
      username,
      passwordHash: accounts.passwordHash,
      mustChange: accounts.disabled,
      disabled: accounts.disabled,
      isDemo: !accounts.disabled,
      secondFactor:
        !accounts.disabled && (SECOND_FACTOR_ROLES as readonly string[]).includes(role)
          ? crypto.encrypt(newSecret(), { table: 'account', row: id, field: 'second_factor' })
          : null,
      createdAt: new Date(base + index * 1000).toISOString(),
    });
  }

  const keeper = named('centre').personId;
  for (const [index, one] of policyResources.entries()) {
    const rules = rulesByName[one.name];
    const takes = one.kind === 'resource' && index % 4 !== 3;
    rows.add('resource', {
      id: idOf(base),
      districtId,
      divisionId: one.divisionCode === null ? rootId : place(one.divisionCode).id,
      kind: one.kind,
      name: one.name,
      category: one.category,
      audience: one.audience,
      authority: one.authority,
      conditions: one.conditions,
      materials: [...one.materials],
      summary: one.summary,
      helpFields: [...one.helpFields],
      issuingTier: one.issuingTier,
      phone: one.phone,
      source: one.source,
      validFrom: time.day(-one.validFromDaysAgo),
      validTo: one.validToDaysAhead === null ? null : time.day(one.validToDaysAhead),
      policyType: one.kind === 'resource' ? null : one.category === '人才扶持' ? 'talent' : 'benefit',
      eligibility: rules === undefined ? null : JSON.stringify(rules),
      intake: takes ? (index % 9 === 0 ? 'closed' : 'open') : null,
      intakeUntil: takes && index % 3 !== 0 ? time.day(20 + (index % 40)) : null,
      places: takes && index % 2 === 0 ? index % 7 : null,
      keeperId: keeper,
      reviewOn: index % 29 === 3 ? time.day(-1) : time.day(40 + ((index * 17) % 140)),
    });
  }
  for (const one of policyLibrary) {
    rows.add('resource', {
      id: idOf(base),
      districtId,
      divisionId: one.divisionCode === null ? rootId : place(one.divisionCode).id,
      kind: one.kind,
      policyType: one.policyType,
      name: one.name,
      category: one.category,
      audience: '社工、机构与用人单位',
      authority: one.authority,
      conditions: '不是个人申请的事项，供查阅',
      materials: [],
      summary: one.summary,
      helpFields: [...one.helpFields],
      issuingTier: one.issuingTier,
      phone: null,
      source: one.source,
      documentNo: one.documentNo,
      documentOn: one.documentOn,
      validFrom: one.validFrom,
      validTo: null,
      keeperId: keeper,
      reviewOn: time.day(170),
    });
  }
  for (const [order, one] of partners.entries()) {
    const partnerId = idOf(base);
    rows.add('partner', {
      id: partnerId,
      districtId,
      type: one.type,
      name: one.name,
      offers: one.offers,
      helpFields: [...one.helpFields],
    });
    rows.add('partnerLiaison', {
      id: idOf(base),
      districtId,
      partnerId,
      name: one.liaisonName,
      post: one.liaisonPost,
      phone: one.liaisonMobile,
      fromDay: time.day(-400),
      toDay: null,
    });
    if (order % 3 !== 2) {
      rows.add('partnerAgreement', {
        id: idOf(base),
        districtId,
        partnerId,
        title: `与${one.name}的合作协议`,
        scope: `${one.offers}由支援中心统一转介，接收与否在约定期限内答复。`,
        fromDay: time.day(-300 - order),
        toDay: order % 5 === 1 ? null : time.day(60 + order * 7),
      });
    }
  }
  const away = found(staffOf.get(found(centreStaff[3], 'centre staff')), 'centre staff');
  rows.add('absence', {
    id: idOf(base),
    districtId,
    personId: away.personId,
    fromDay: time.day(-1),
    toDay: time.day(5),
    reason: '年休假',
    endedAt: null,
  });
  const pair = [named('centre'), named('centre2')] as const;
  for (let offset = -5; offset <= 55; offset += 1) {
    const turn = Math.abs(offset) % 2;
    rows.add('rotaDay', {
      id: idOf(base),
      districtId,
      day: time.day(offset),
      dutyId: (pair[turn] as Staff).personId,
      backupId: (pair[1 - turn] as Staff).personId,
      phone: intakeChannel.dutyHotline,
    });
  }

  const tellerId = holders.get('civil-affairs');
  return {
    teller: tellerId === undefined ? null : { personId: tellerId, communityId: place(COMMUNITY_OF_TELLER).id },
    securityId: holders.get('security'),
    id: districtId,
    rootId,
    workers: [...staffOf]
      .filter(([one]) => one.post !== '站长' && one.stationKey !== 'centre' && !seniors.slice(0, 8).includes(one))
      .map(([, s]) => s),
    centre: centreStaff.map((one) => found(staffOf.get(one), 'centre')),
    experts: expertStaff,
    named: {
      worker: named('worker'),
      worker2: named('worker2'),
      head: named('head'),
      centre: named('centre'),
      centre2: named('centre2'),
      supervisor: named('supervisor'),
    },
    namedExperts: { expert: expertNamed(EXPERT_ACCOUNTS.expert), expert2: expertNamed(EXPERT_ACCOUNTS.expert2) },
    providers: partners.map(({ name, helpFields }) => ({ name, helpFields })),
  };
};
