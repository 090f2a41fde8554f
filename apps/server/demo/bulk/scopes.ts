/**
 * A second scope beside Longhua: 鲤城 in Quanzhou with a station in each of its eight streets (LC-01…LC-07), and the station of 石亭 in
 * Zhangzhou (ST-01…ST-09). Places are real; every organisation and person is invented.
 */
import { readFileSync } from 'node:fs';
import type { Role } from '@jieyou/core/identity/schema.ts';
import { SECOND_FACTOR_ROLES } from '@jieyou/core/identity/schema.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import type { DivisionSeed, Ground } from '../../src/ground.ts';
import { newSecret } from '../../src/identity/index.ts';
import type { CryptoProvider } from '../../src/platform/crypto/crypto.ts';
import { pinyinOf } from '../../src/workforce/index.ts';
import { type AppealPlan, ago, appealRows, wishNumber } from '../loadCalls.ts';
import { idOf, type Numbers, type Rows } from '../loadRows.ts';
import type { DemoTime } from '../loadTime.ts';
import { fictitiousCreditCode, fictitiousMobile, type Gender, openNameBook } from '../names.ts';
import { randomFor } from '../random.ts';

/** 鲤城区, with its eight streets. */
export const lichengCode = '350502000000';
/** 芗城区, in which 石亭街道 lies. */
export const xiangchengCode = '350602000000';
export const shitingCode = '350602008000';

/** Divisions of the second scope, parents before children. */
export const bulkDivisions: readonly DivisionSeed[] = readFileSync(new URL('./divisions.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((row) => {
    const [code = '', name = '', tier = '', parent = ''] = row.split(',');
    return { key: code, code, name, tier, parentKey: parent || null };
  });

/** Names of authority and centre of the two districts. */
export const bulkNames = (district: DivisionSeed, cityName: string): { authorityName: string; centreName: string } => ({
  authorityName: `${cityName}${district.name}民政局`,
  centreName: `${district.name}社会工作指导中心`,
});

/** Enterprises that give (爱心企业) in 鲤城 (LC-07). */
const enterpriseCount = 58;

const houses = ['和顺', '泉宝', '顺达', '聚源', '同安里', '益民', '金井', '德裕', '桐城', '长春', '福海', '新门'];
const trades: readonly (readonly [trade: string, offers: string, fields: readonly HelpField[]])[] = [
  ['面线店', '每月为十户老人送面线和花生。', ['economy']],
  ['茶行', '年节慰问，另供小组活动的茶点。', ['economy']],
  ['大药房', '慢性病用药优惠，药师每月到站讲一次。', ['medical', 'economy']],
  ['口腔门诊部', '困难老人免费检查，义齿只收成本。', ['medical']],
  ['家政服务公司', '困难家庭每月两次免费保洁，招收家政学员。', ['employment']],
  ['超市', '米油按成本价供应，每季捐一批。', ['economy']],
  ['眼镜店', '困难学生配镜免费。', ['education', 'medical']],
  ['电器维修行', '老人家里的电路和电器上门看，只收材料费。', ['economy']],
  ['制衣厂', '每季捐童装，招收残障工友坐班缝制。', ['employment', 'economy']],
  ['书店', '困境儿童每人每学期两本书，暑期可来做作业。', ['education']],
  ['建材行', '扶手、防滑垫按成本供应，可派师傅安装。', ['economy', 'medical']],
  ['餐饮公司', '老年食堂每日留二十份爱心餐。', ['economy']],
];

/** Experts of both districts; the first eight cover every field of need. */
const bank: readonly (readonly [title: string, organisation: string, fields: readonly HelpField[], specialities: string, weekdays: readonly number[]])[] = [
  ['家庭治疗师', '刺桐家庭会谈室（演示）', ['family', 'psychology'], '几代同住的家庭会谈，照料分工与和解。', [1, 3, 5]],
  ['执业律师', '东西塔下律师事务所（演示）', ['law', 'family'], '婚姻家事、监护与反家庭暴力的法律途径。', [2, 4]],
  ['精神科医师', '清源专科医院（演示）', ['medical', 'psychology'], '社区精神康复，用药与复发的征兆。', [3, 5]],
  ['救助业务骨干', '晋水救助研究室（演示）', ['economy'], '低保、临时救助与支出型困难的认定。', [1, 2, 3, 4, 5]],
  ['就业辅导员', '泉宝就业服务站（演示）', ['employment', 'economy'], '零工、残疾人就业与照料者兼职。', [1, 4]],
  ['教研员', '北门教育研究室（演示）', ['education', 'family'], '随班就读、复学与家校沟通。', [2, 3]],
  ['心理治疗师', '海丝心理工作室（演示）', ['psychology', 'education'], '青少年情绪、自伤与网络使用。', [1, 2, 4]],
  ['社区护理专家', '江滨护理学院（演示）', ['medical', 'economy'], '失能照料、压疮与安宁疗护的居家安排。', [2, 5]],
  ['公益律师', '温陵公益法律服务社（演示）', ['law', 'economy'], '工伤、欠薪与债务协商。', [1, 3]],
  ['特殊教育教师', '新门特教中心（演示）', ['education', 'employment'], '特殊学校毕业生的过渡与支持性就业。', [3, 4]],
  ['康复治疗师', '笋江康复医院（演示）', ['medical'], '脊髓损伤与脑卒中的居家康复、辅具适配。', [2, 4]],
  ['副教授', '晋江畔大学社会工作系（演示）', ['family'], '单亲与重组家庭的优势视角工作。', [1, 5]],
  ['退休法官', '鼓楼调解工作室（演示）', ['law', 'family'], '赡养、继承与邻里纠纷的调解。', [2, 3, 4]],
  ['职业规划师', '义全技工学校（演示）', ['employment', 'education'], '辍学青少年的职业兴趣与学徒安排。', [1, 4]],
  ['危机干预专家', '海丝心理工作室（演示）', ['psychology'], '自杀危机处置与安全计划。', [1, 2, 3, 4, 5]],
  ['家庭财务顾问', '承天家计指导室（演示）', ['economy', 'law'], '网贷协商与家庭预算重建。', [3, 5]],
];

// Who signs in to look at the second scope.
const usernames = [
  'lc-worker',
  'lc-head',
  'lc-centre',
  'lc-agency',
  'lc-officer',
  'lc-expert',
  'lc-civil',
  'st-worker',
  'st-head',
  'st-street',
  'st-officer',
  'st-centre',
  'st-civil',
] as const;

type Username = (typeof usernames)[number];

const found = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new RangeError(`the second scope has no ${what}`);
  return value;
};

/** Where clues of a district come in: a station, a worker who answers, an officer of a community who tells. */
type Clues = { readonly districtId: string; readonly stationId: string; readonly workerId: string; readonly teller: { readonly personId: string; readonly communityId: string }; readonly plans: readonly AppealPlan[] };

const shitingClues: readonly AppealPlan[] = [
  { hoursAgo: 190, status: 'answered', topic: 'elder', says: '寮里一位高龄老人独自带着智力残疾的儿子，老人上周跌倒，灶台好几天没有开火。', name: '阮阿公', phone: '19900006301', unsafe: false, clue: true, reply: '已一起入户。送餐从明天开始，残疾人两项补贴的材料带回站里办。' },
  { hoursAgo: 70, status: 'taken', topic: 'child', says: '奶奶一人带两个孙子，父母在外省，大的这学期常不去学校。', name: null, phone: null, unsafe: false, clue: true },
  { hoursAgo: 9, status: 'waiting', topic: 'money', says: '低保复核时发现，户主刚查出重病，自费药一个月两千多。', name: '洪女士', phone: '19900006302', unsafe: false, clue: true },
];
const lichengClues: readonly AppealPlan[] = [
  { hoursAgo: 160, status: 'answered', topic: 'elder', says: '老城厝里独居老人，雨天屋里漏水，床挪到门口睡。', name: '黄阿婆', phone: '19900006303', unsafe: false, clue: true, reply: '已入户，住建窗口明天来看房。雨停前先住邻居家，社区照看。' },
  { hoursAgo: 14, status: 'waiting', topic: 'mood', says: '丧偶半年的大叔不出门，邻居送饭也不开，说没意思。', name: null, phone: null, unsafe: false, clue: true },
];

/** Asks for the numbers of the clues of both districts; answers what writes them once the numbers are drawn. */
export const clueRows = (numbers: Numbers, time: DemoTime, clues: readonly Clues[]) => {
  const given = new Map<object, string>();
  for (const { districtId, plans } of clues)
    for (const plan of plans) wishNumber(numbers, { districtId, kind: 'JM', at: ago(time, plan.hoursAgo) }, (number) => given.set(plan, number));
  return (rows: Rows, crypto: CryptoProvider): void => {
    for (const { plans, ...at } of clues) appealRows(rows, crypto, time, plans, { ...at, given, idOf });
  };
};

/** Writes organisations, stations, staff, accounts and the enterprises of both districts; answers where their clues come in. */
export const scopeRows = (
  rows: Rows,
  ground: ReadonlyMap<string, Ground>,
  time: DemoTime,
  crypto: CryptoProvider,
  passwordHash: string,
): Clues[] => {
  const random = randomFor('second scope');
  const names = openNameBook(random);
  const base = Date.parse(time.now) - 1100 * 86_400_000;
  const from = time.day(-1095);
  let sequence = 4000;
  const place = (code: string): Ground => found(ground.get(code), code);

  const organisation = (districtId: string, divisionCode: string, name: string, type: string, credit: '11' | '52' | '91', contact: string | null): string => {
    sequence += 1;
    const id = idOf(base);
    rows.add('organisation', {
      id,
      districtId,
      type,
      name,
      namePinyin: pinyinOf(name).namePinyin,
      creditCode: fictitiousCreditCode(credit, sequence),
      divisionId: place(divisionCode).id,
      contact,
      phone: landline(divisionCode, sequence),
    });
    return id;
  };
  const station = (districtId: string, divisionCode: string, tier: string, name: string, host: string, operatorId: string): string => {
    const id = idOf(base);
    sequence += 1;
    rows.add('station', {
      id,
      districtId,
      divisionId: place(divisionCode).id,
      tier,
      name,
      namePinyin: pinyinOf(name).namePinyin,
      operatorId,
      host,
      phone: landline(divisionCode, sequence),
      stage: 'standard',
    });
    return id;
  };
  type Post = { districtId: string; organisationId: string | null; stationId: string | null; post: string; gender?: Gender };
  const person = (of: Post): string => {
    const id = idOf(base);
    const gender = of.gender ?? (random.chance(0.72) ? 'female' : 'male');
    const name = names.next(gender);
    sequence += 1;
    rows.add('person', {
      id,
      districtId: of.districtId,
      name,
      ...pinyinOf(name),
      gender,
      phone: fictitiousMobile('worker', sequence),
      post: of.post,
      organisationId: of.organisationId,
      stationId: of.stationId,
    });
    return id;
  };
  const grant = (districtId: string, personId: string, role: Role, more: { stationId?: string; organisationId?: string; divisionId?: string } = {}): void =>
    rows.add('roleAssignment', {
      id: idOf(base),
      districtId,
      personId,
      role,
      stationId: more.stationId ?? null,
      organisationId: more.organisationId ?? null,
      divisionId: more.divisionId ?? null,
      validFrom: from,
      validTo: null,
      deputyId: null,
      grantedBy: null,
    });
  const holders = new Map<Username, string>();
  const clues: Clues[] = [];
  /** A worker of a station; the first of a station leads it and serves as well. */
  const worker = (districtId: string, stationId: string, organisationId: string, leads: boolean): string => {
    const id = person({ districtId, organisationId, stationId, post: leads ? '站长' : '社工' });
    rows.add('worker', { id: idOf(base), personId: id, districtId, level: leads ? 'social-worker' : 'assistant', joinedOn: from, leftOn: null });
    grant(districtId, id, 'worker', { stationId, organisationId });
    if (leads) grant(districtId, id, 'head', { stationId, organisationId });
    return id;
  };
  const supervise = (districtId: string, supervisorId: string, workerPersonId: string): void =>
    rows.add('supervisionRelation', { id: idOf(base), districtId, supervisorId, workerPersonId, fromDay: from, toDay: null });

  /** Who answers on each day, in turns. */
  const rota = (districtId: string, pair: readonly [string, string], phone: string): void => {
    for (let offset = -5; offset <= 55; offset += 1) {
      const turn = Math.abs(offset) % 2;
      rows.add('rotaDay', { id: idOf(base), districtId, day: time.day(offset), dutyId: pair[turn] as string, backupId: pair[1 - turn] as string, phone });
    }
  };
  /** Experts of a district: the first eight cover every field from the beginning, the others come one by one. Answers the persons. */
  const bench = (districtId: string, of: typeof bank, since: number): string[] =>
    of.map(([title, organisationName, helpFields, specialities, weekdays], n) => {
      const id = person({ districtId, organisationId: null, stationId: null, post: title });
      const termFrom = time.day(-(n < 8 ? since : Math.round(since * (0.86 - (n - 8) * 0.09))));
      rows.add('expert', {
        id: idOf(base),
        districtId,
        personId: id,
        title,
        organisationName,
        helpFields: [...helpFields],
        specialities,
        termFrom,
        termTo: time.day(240 + n * 40),
        maxPanelsPerMonth: 4,
        weekdays: [...weekdays],
      });
      grant(districtId, id, 'expert');
      return id;
    });

  // 鲤城: the agency that sends the workers is not the street that owns the station (LC-02).
  const licheng = place(lichengCode).id;
  const bureau = organisation(licheng, lichengCode, '泉州市鲤城区民政局', 'authority', '11', null);
  const agencies = ['鲤城区刺桐里社会工作服务中心（演示）', '鲤城区晋水边社会工作服务中心（演示）'].map((name) =>
    organisation(licheng, lichengCode, name, 'agency', '52', null),
  );
  const guidance = station(licheng, lichengCode, 'district-station', '鲤城区社会工作指导中心', '鲤城区演示街8号', bureau);
  const lead = person({ districtId: licheng, organisationId: bureau, stationId: guidance, post: '指导中心主任' });
  grant(licheng, lead, 'centre');
  holders.set('lc-centre', lead);
  const supervisors = agencies.map((organisationId) => {
    const id = person({ districtId: licheng, organisationId, stationId: null, post: '督导' });
    grant(licheng, id, 'supervisor', { organisationId });
    return id;
  });
  const second = person({ districtId: licheng, organisationId: bureau, stationId: guidance, post: '指导中心干事' });
  grant(licheng, second, 'centre');
  rota(licheng, [lead, second], landline(lichengCode, 8));
  const [first] = bench(licheng, bank, 780);
  holders.set('lc-expert', found(first, 'expert'));
  const streets = bulkDivisions.filter((d) => d.parentKey === lichengCode);
  for (const [n, street] of streets.entries()) {
    const organisationId = found(agencies[n % 2], 'agency');
    const name = `${street.name}社会工作服务站`;
    const id = station(licheng, street.key, 'street-station', name, `${street.name}“党建+”邻里中心`, organisationId);
    const [head, colleague] = [worker(licheng, id, organisationId, true), worker(licheng, id, organisationId, false)];
    for (const one of [head, colleague]) supervise(licheng, found(supervisors[n % 2], 'supervisor'), one);
    if (n === 2) {
      holders.set('lc-head', head);
      holders.set('lc-worker', colleague);
      const communityCode = found(bulkDivisions.find((d) => d.parentKey === street.key), 'community').key;
      const teller = person({ districtId: licheng, organisationId: null, stationId: null, post: '社区民政员' });
      grant(licheng, teller, 'civil-affairs', { divisionId: place(communityCode).id });
      holders.set('lc-civil', teller);
      clues.push({ districtId: licheng, stationId: id, workerId: colleague, teller: { personId: teller, communityId: place(communityCode).id }, plans: lichengClues });
    }
  }
  const director = person({ districtId: licheng, organisationId: agencies[0] ?? null, stationId: null, post: '机构总干事' });
  grant(licheng, director, 'agency', { organisationId: found(agencies[0], 'agency') });
  holders.set('lc-agency', director);
  const section = person({ districtId: licheng, organisationId: bureau, stationId: null, post: '社会工作股股长' });
  grant(licheng, section, 'officer');
  holders.set('lc-officer', section);
  for (let n = 0; n < enterpriseCount; n += 1) {
    // Each house and each trade in turn; no pair comes twice within their product.
    const [trade, offers, helpFields] = found(trades[n % trades.length], 'trade');
    const name = `${houses[(n + Math.floor(n / trades.length)) % houses.length]}${trade}（演示）`;
    const liaison = names.next(random.chance(0.5) ? 'female' : 'male');
    organisation(licheng, streets[n % streets.length]?.key ?? lichengCode, name, 'enterprise', '91', liaison);
    const partnerId = idOf(base + n * 60_000);
    rows.add('partner', { id: partnerId, districtId: licheng, type: 'enterprise', name, offers, helpFields: [...helpFields] });
    rows.add('partnerLiaison', {
      id: idOf(base),
      districtId: licheng,
      partnerId,
      name: liaison,
      post: random.pick(['店长', '经理', '行政', '负责人']),
      phone: fictitiousMobile('partner', 100 + n),
      fromDay: time.day(-700 + n * 9),
      toDay: null,
    });
    if (n % 3 !== 2)
      rows.add('partnerAgreement', {
        id: idOf(base),
        districtId: licheng,
        partnerId,
        title: '爱心企业共建协议',
        scope: offers,
        fromDay: time.day(-700 + n * 9),
        toDay: n % 4 === 1 ? null : time.day(40 + n * 6),
      });
  }

  // 石亭: one station in the convenience centre (ST-01); the street's civil affairs office does the administration only (ST-02).
  const xiangcheng = place(xiangchengCode).id;
  const office = organisation(xiangcheng, xiangchengCode, '漳州市芗城区民政局', 'authority', '11', null);
  const society = organisation(xiangcheng, xiangchengCode, '芗城区水仙里社会工作服务中心（演示）', 'agency', '52', null);
  const shiting = station(xiangcheng, shitingCode, 'street-station', '石亭街道社会工作服务站', '石亭街道便民服务中心', society);
  const seat = person({ districtId: xiangcheng, organisationId: office, stationId: null, post: '指导中心主任' });
  grant(xiangcheng, seat, 'centre');
  holders.set('st-centre', seat);
  const clerk = person({ districtId: xiangcheng, organisationId: office, stationId: null, post: '指导中心干事' });
  grant(xiangcheng, clerk, 'centre');
  rota(xiangcheng, [seat, clerk], landline(xiangchengCode, 8));
  bench(xiangcheng, bank.slice(0, 10), 1_080);
  const mentor = person({ districtId: xiangcheng, organisationId: society, stationId: null, post: '督导' });
  grant(xiangcheng, mentor, 'supervisor', { organisationId: society });
  const team = [true, false, false].map((leads) => worker(xiangcheng, shiting, society, leads));
  for (const one of team) supervise(xiangcheng, mentor, one);
  holders.set('st-head', found(team[0], 'head'));
  holders.set('st-worker', found(team[1], 'worker'));
  const civil = person({ districtId: xiangcheng, organisationId: null, stationId: null, post: '街道民政办主任' });
  grant(xiangcheng, civil, 'street', { divisionId: place(shitingCode).id });
  holders.set('st-street', civil);
  const liaisonCode = found(bulkDivisions.find((d) => d.parentKey === shitingCode), 'community').key;
  const liaisonOfficer = person({ districtId: xiangcheng, organisationId: null, stationId: null, post: '社区民政员' });
  grant(xiangcheng, liaisonOfficer, 'civil-affairs', { divisionId: place(liaisonCode).id });
  holders.set('st-civil', liaisonOfficer);
  clues.push({ districtId: xiangcheng, stationId: shiting, workerId: found(team[1], 'worker'), teller: { personId: liaisonOfficer, communityId: place(liaisonCode).id }, plans: shitingClues });
  const chief = person({ districtId: xiangcheng, organisationId: office, stationId: null, post: '社会工作股股长' });
  grant(xiangcheng, chief, 'officer');
  holders.set('st-officer', chief);

  const roles: Readonly<Record<Username, string>> = {
    'lc-worker': 'worker',
    'lc-head': 'head',
    'lc-centre': 'centre',
    'lc-agency': 'agency',
    'lc-officer': 'officer',
    'lc-expert': 'expert',
    'lc-civil': 'civil-affairs',
    'st-worker': 'worker',
    'st-head': 'head',
    'st-street': 'street',
    'st-officer': 'officer',
    'st-centre': 'centre',
    'st-civil': 'civil-affairs',
  };
  for (const [n, username] of usernames.entries()) {
    const id = idOf(base);
    rows.add('account', {
      id,
      personId: found(holders.get(username), username),
      username,
      passwordHash,
      mustChange: false,
      disabled: false,
      isDemo: true,
      secondFactor: (SECOND_FACTOR_ROLES as readonly string[]).includes(roles[username])
        ? crypto.encrypt(newSecret(), { table: 'account', row: id, field: 'second_factor' })
        : null,
      // After those of Longhua, which stand 830 days back.
      createdAt: new Date(Date.parse(time.now) - 800 * 86_400_000 + n * 1000).toISOString(),
    });
  }
  return clues;
};

// An exchange gives out no number with a zero after the area code.
const landline = (divisionCode: string, sequence: number): string =>
  `${divisionCode.startsWith('3505') ? '0595' : '0596'}-0000${String(sequence % 10_000).padStart(4, '0')}`;
