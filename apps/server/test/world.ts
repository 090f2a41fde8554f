import { holidays2024to2026 } from '@jieyou/core/calendar/holidays-2024-2026.ts';
import type { Kysely } from 'kysely';
import { refitForm } from '../demo/ownForms.ts';
import { installFormTemplates } from '../src/forms/index.ts';
import { hashPassword } from '../src/identity/passwords.ts';
import type { CryptoProvider } from '../src/platform/crypto/crypto.ts';
import type { DB } from '../src/platform/db/types.ts';
import { idAt } from '../src/platform/ids.ts';
import { installRulePacks } from '../src/rulepacks/index.ts';

/** The invented world of the tests: two districts; two stations in one street and one in another; everybody of the main job. */
export type World = {
  readonly districtId: string;
  readonly otherDistrictId: string;
  readonly streetId: string;
  /** Communities of the officers who tell clues, by place. */
  readonly communities: Readonly<Record<'own' | 'other' | 'far', string>>;
  readonly stations: Readonly<Record<'s1' | 's2' | 's3' | 'b1', string>>;
  readonly organisations: Readonly<Record<'o1' | 'o2' | 'ob', string>>;
  /** Person ids by account name. */
  readonly persons: Readonly<Record<string, string>>;
  /** Expert ids by account name. */
  readonly experts: Readonly<Record<string, string>>;
};

let passwordHash: Promise<string> | undefined;

/** Password of every account in the tests. */
export const TEST_PASSWORD = 'jieyou-demo';

/** Secret of the second factor of those who carry one in the tests. */
export const TEST_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

type PersonPlan = {
  role: string;
  name: string;
  gender?: 'female' | 'male';
  station?: 's1' | 's2' | 's3' | 'b1';
  organisation?: 'o1' | 'o2' | 'ob';
  division?: string;
  other?: true;
  expert?: { fields: string[]; title: string; weekdays?: number[]; termTo?: string };
};

/** Fills an empty database with the world. */
export const buildWorld = async (owner: Kysely<DB>, crypto: CryptoProvider, now: Date): Promise<World> => {
  let order = 0;
  const past = now.getTime() - 400 * 86_400_000;
  const id = () => idAt(past, order++);
  passwordHash ??= hashPassword(TEST_PASSWORD);
  const hash = await passwordHash;

  const city = id();
  const districtId = id();
  const otherDistrictId = id();
  const streetId = id();
  const streetTwo = id();
  const otherStreet = id();
  const communities = { own: id(), other: id(), far: id() };
  const division = (one: string, parent: string | null, path: string, tier: string, name: string, code: string) => ({
    id: one,
    parentId: parent,
    path,
    tier,
    name,
    fullName: name,
    code,
    authorityName: tier === 'district' ? `${name}民政局` : null,
    centreName: tier === 'district' ? `${name}疑难个案支援中心` : null,
    validFrom: '2020-01-01',
    validTo: null,
    successorId: null,
  });
  await owner
    .insertInto('division')
    .values([
      division(city, null, `/${city}/`, 'city', '试验市', '9900'),
      division(districtId, city, `/${city}/${districtId}/`, 'district', '甲区', '990001'),
      division(otherDistrictId, city, `/${city}/${otherDistrictId}/`, 'district', '乙区', '990002'),
      division(streetId, districtId, `/${city}/${districtId}/${streetId}/`, 'street', '一街道', '990001001'),
      division(streetTwo, districtId, `/${city}/${districtId}/${streetTwo}/`, 'street', '二街道', '990001002'),
      division(otherStreet, otherDistrictId, `/${city}/${otherDistrictId}/${otherStreet}/`, 'street', '乙街道', '990002001'),
      division(communities.own, streetId, `/${city}/${districtId}/${streetId}/${communities.own}/`, 'community', '甲社区', '990001001101'),
      division(
        communities.other,
        streetTwo,
        `/${city}/${districtId}/${streetTwo}/${communities.other}/`,
        'community',
        '丙社区',
        '990001002001',
      ),
      division(
        communities.far,
        otherStreet,
        `/${city}/${otherDistrictId}/${otherStreet}/${communities.far}/`,
        'community',
        '乙社区',
        '990002001001',
      ),
    ])
    .execute();
  await installRulePacks(owner, city);
  await installFormTemplates(owner, city);
  // A form to be filled in that is the paper of no room.
  await owner
    .insertInto('formTemplate')
    .values({
      id: id(),
      divisionId: city,
      code: refitForm.code,
      edition: 1,
      title: refitForm.title,
      standard: refitForm.standard,
      subject: refitForm.subject,
      signer: refitForm.signer,
      document: JSON.stringify(refitForm),
      issuedAt: '2026-01-01T00:00:00.000Z',
    })
    .execute();
  // Districts of a few people: whoever tests how many are needed gives the figure again.
  await owner
    .updateTable('ruleValue')
    .set({ value: JSON.stringify(1) })
    .where('key', '=', 'release.leastAlike')
    .execute();
  await owner
    .insertInto('holiday')
    .values(holidays2024to2026.map((h) => ({ id: id(), day: h.day, kind: h.kind, name: h.name, source: '国务院办公厅通知' })))
    .execute();
  const organisations = { o1: id(), o2: id(), ob: id() };
  await owner
    .insertInto('organisation')
    .values(
      (['o1', 'o2', 'ob'] as const).map((key, i) => ({
        id: organisations[key],
        districtId: key === 'ob' ? otherDistrictId : districtId,
        type: 'agency',
        name: ['一心社工服务中心', '二为社工服务社', '乙和社工服务中心'][i] as string,
        creditCode: null,
        divisionId: key === 'ob' ? otherDistrictId : districtId,
      })),
    )
    .execute();
  const stations = { s1: id(), s2: id(), s3: id(), b1: id() };
  await owner
    .insertInto('station')
    .values(
      (['s1', 's2', 's3', 'b1'] as const).map((key, i) => ({
        id: stations[key],
        districtId: key === 'b1' ? otherDistrictId : districtId,
        divisionId: [streetId, streetId, streetTwo, otherStreet][i] as string,
        tier: 'street-station',
        name: ['一街道社工站', '一街道第二社工站', '二街道社工站', '乙街道社工站'][i] as string,
        operatorId: [organisations.o1, organisations.o2, organisations.o1, organisations.ob][i] as string,
      })),
    )
    .execute();

  const people: Record<string, PersonPlan> = {
    worker: { role: 'worker', name: '周晓岚', station: 's1', organisation: 'o1' },
    worker2: { role: 'worker', name: '吴启明', station: 's2', organisation: 'o2' },
    worker3: { role: 'worker', name: '郑可欣', station: 's1', organisation: 'o1' },
    head: { role: 'head', name: '孙立春', station: 's1', organisation: 'o1' },
    head2: { role: 'head', name: '钱维', station: 's2', organisation: 'o2' },
    centre: { role: 'centre', name: '陈敏仪' },
    centre2: { role: 'centre', name: '林佳' },
    centre3: { role: 'centre', name: '何静' },
    supervisor: { role: 'supervisor', name: '高远', organisation: 'o2' },
    agency: { role: 'agency', name: '罗以诚', organisation: 'o1' },
    agency2: { role: 'agency', name: '沈青', organisation: 'o2' },
    officer: { role: 'officer', name: '冯国栋' },
    street: { role: 'street', name: '梁一', division: streetId },
    street2: { role: 'street', name: '梁二', division: streetTwo },
    'civil-affairs': { role: 'civil-affairs', name: '何民', division: communities.own },
    civil2: { role: 'civil-affairs', name: '施民', division: communities.other },
    system: { role: 'system', name: '系统管理员' },
    security: { role: 'security', name: '安全管理员' },
    audit: { role: 'audit', name: '审计管理员' },
    expert: { role: 'expert', name: '许文博', gender: 'male', expert: { fields: ['law', 'family'], title: '律师' } },
    expert2: { role: 'expert', name: '江雪', gender: 'female', expert: { fields: ['psychology'], title: '心理咨询师' } },
    expert3: { role: 'expert', name: '潘华', gender: 'male', expert: { fields: ['economy', 'employment'], title: '救助政策顾问' } },
    expert4: { role: 'expert', name: '邹婷', gender: 'female', expert: { fields: ['education', 'family'], title: '学校德育主任' } },
    bworker: { role: 'worker', name: '乙区社工', station: 'b1', organisation: 'ob', other: true },
    bhead: { role: 'head', name: '乙区站长', station: 'b1', organisation: 'ob', other: true },
    bcentre: { role: 'centre', name: '乙区中心', other: true },
    bcentre2: { role: 'centre', name: '乙区中心二', other: true },
    bexpert: { role: 'expert', name: '乙区专家', other: true, expert: { fields: ['law', 'family', 'psychology'], title: '律师' } },
    bsupervisor: { role: 'supervisor', name: '乙区督导', other: true, organisation: 'ob' },
    bagency: { role: 'agency', name: '乙区机构', other: true, organisation: 'ob' },
    bofficer: { role: 'officer', name: '乙区主管', other: true },
    bstreet: { role: 'street', name: '乙区街道', other: true, division: otherStreet },
    bcivil: { role: 'civil-affairs', name: '乙区民政员', other: true, division: communities.far },
    bsystem: { role: 'system', name: '乙区系统管理员', other: true },
    bsecurity: { role: 'security', name: '乙区安全管理员', other: true },
    baudit: { role: 'audit', name: '乙区审计管理员', other: true },
  };
  const persons: Record<string, string> = {};
  const experts: Record<string, string> = {};
  for (const [username, plan] of Object.entries(people)) {
    const personId = id();
    const accountId = id();
    const district = plan.other === true ? otherDistrictId : districtId;
    persons[username] = personId;
    await owner
      .insertInto('person')
      .values({
        id: personId,
        districtId: district,
        name: plan.name,
        namePinyin: username,
        nameInitials: username.slice(0, 2),
        gender: plan.gender ?? 'female',
        post: plan.role,
        organisationId: plan.organisation === undefined ? null : organisations[plan.organisation],
        stationId: plan.station === undefined ? null : stations[plan.station],
        phone: null,
      })
      .execute();
    if (plan.role === 'worker') {
      await owner
        .insertInto('worker')
        .values({ id: id(), personId, districtId: district, level: 'social-worker', joinedOn: '2024-01-01' })
        .execute();
    }
    if (plan.expert !== undefined) {
      const expertId = id();
      experts[username] = expertId;
      await owner
        .insertInto('expert')
        .values({
          id: expertId,
          districtId: district,
          personId,
          title: plan.expert.title,
          organisationName: '外部单位',
          helpFields: plan.expert.fields,
          specialities: '有多年实务经验',
          termFrom: '2025-01-01',
          termTo: '2027-12-31',
          maxPanelsPerMonth: 4,
          weekdays: [1, 2, 3, 4, 5],
        })
        .execute();
    }
    await owner
      .insertInto('account')
      .values({
        id: accountId,
        personId,
        username,
        passwordHash: hash,
        mustChange: false,
        isDemo: true,
        secondFactor: ['centre', 'officer', 'system', 'security', 'audit'].includes(plan.role)
          ? crypto.encrypt(TEST_SECRET, { table: 'account', row: accountId, field: 'second_factor' })
          : null,
        createdAt: now.toISOString(),
      })
      .execute();
    await owner
      .insertInto('roleAssignment')
      .values({
        id: id(),
        districtId: district,
        personId,
        role: plan.role,
        stationId: plan.station === undefined ? null : stations[plan.station],
        organisationId: plan.role === 'agency' && plan.organisation !== undefined ? organisations[plan.organisation] : null,
        divisionId: plan.division ?? null,
        validFrom: '2025-01-01',
        validTo: null,
      })
      .execute();
  }
  return { districtId, otherDistrictId, streetId, communities, stations, organisations, persons, experts };
};
