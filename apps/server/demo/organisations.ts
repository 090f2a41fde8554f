/** Organisations, stations and partners of the demo district. Every agency, charity and person here is invented. */
import { childrenOf, communityShortName, demoDistrictCode, neighbourDistrictCode } from './divisions.ts';
import { type CreditKind, fictitiousCreditCode, fictitiousLandline, fictitiousMobile, type Gender } from './names.ts';
import type { DemoAuthority, DemoOrganisation, DemoPartner, DemoStation, HelpField, OrganisationType } from './types.ts';

const cityCode = '440300000000';
let sequence = 0;

function organisation<T extends OrganisationType>(key: string, name: string, type: T, creditKind: CreditKind, divisionCode = demoDistrictCode) {
  sequence += 1;
  return { key, name, type, creditKind, creditCode: fictitiousCreditCode(creditKind, sequence), divisionCode, phone: fictitiousLandline(1000 + sequence) };
}

/** The authority that owns the mechanism (LH-02), with the name that takes over. */
export const authority: DemoAuthority = {
  ...organisation('authority', '深圳市龙华区民政局', 'authority', '11'),
  successor: { name: '中共深圳市龙华区委社会工作部', daysAhead: 180 },
};

/** The association that runs the centre for the authority: operator and owner differ (LH-02). */
export const centreOperator: DemoOrganisation = organisation('operator', '龙华区社会工作同行促进会（演示）', 'association', '51');

/** Brand name of the intake channel and its number (LH-03). */
export const intakeChannel = { name: '龙华解忧杂货铺', hotline: fictitiousLandline(12), dutyHotline: fictitiousLandline(24) };

/** Social service agencies of the district. */
export const agencies: readonly DemoOrganisation[] = [
  organisation('chenxi', '龙华区晨溪社会工作服务中心（演示）', 'agency', '52'),
  organisation('nuanyu', '龙华区暖屿社会工作服务中心（演示）', 'agency', '52'),
  organisation('qinghe', '龙华区青禾渡社会工作服务中心（演示）', 'agency', '52'),
  organisation('chengguang', '龙华区橙光里社会工作服务社（演示）', 'agency', '52'),
  organisation('chunni', '龙华区春泥桥社会工作服务中心（演示）', 'agency', '52'),
  organisation('tongzhou', '龙华区同舟里社会工作服务社（演示）', 'agency', '52'),
  organisation('guitang', '龙华区归棠家庭服务中心（演示）', 'agency', '52'),
  organisation('maimang', '龙华区麦芒里青少年服务中心（演示）', 'agency', '52'),
  organisation('weilan', '龙华区微澜心理社会工作服务中心（演示）', 'agency', '52'),
  organisation('shiguang', '龙华区拾光里长者服务中心（演示）', 'agency', '52'),
  organisation('wangyuan', '龙华区望原残障融合服务中心（演示）', 'agency', '52'),
  organisation('linjia', '龙华区邻家灯社会工作服务社（演示）', 'agency', '52'),
  organisation('zhujian', '龙华区竹间社会工作服务中心（演示）', 'agency', '52'),
  organisation('heguang', '龙华区和光渡社会工作服务中心（演示）', 'agency', '52'),
];

/** An agency of the neighbouring district. */
export const neighbourAgency: DemoOrganisation = organisation('pingban', '龙岗区坪间社会工作服务中心（演示）', 'agency', '52', neighbourDistrictCode);

const partnerRows: readonly (readonly [string, string, DemoPartner['type'], CreditKind, string, string, Gender, readonly HelpField[], string])[] = [
  ['p-civil', '区社会事务与救助管理科室（演示）', 'government', '11', '社会救助岗', '范书衡', 'male', ['economy'], '临时救助、低保边缘认定的绿色通道咨询，三个工作日内答复材料缺项。'],
  ['p-women', '区妇女维权联络点（演示）', 'government', '11', '权益维护岗', '柳静嫣', 'female', ['law', 'family'], '家庭暴力投诉接待、人身安全保护令代为申请协助、临时庇护转介。'],
  ['p-disabled', '区残障人服务联络点（演示）', 'government', '11', '康复就业岗', '温学川', 'male', ['medical', 'employment'], '残疾评定指引、辅具适配、按比例就业岗位推荐。'],
  ['p-justice', '区公共法律服务联络点（演示）', 'government', '11', '法律援助岗', '祝慧瑾', 'female', ['law'], '法律援助申请预审、值班律师约谈、人民调解。'],
  ['p-education', '区学生发展联络点（演示）', 'government', '11', '学籍与资助岗', '谷明砚', 'male', ['education'], '复学、转学与学籍问题会商，学生资助政策解释。'],
  ['p-police', '社区警务联络点（演示）', 'government', '11', '家暴与未成年人保护岗', '雷正毅', 'male', ['law'], '告诫书送达后的回访配合、未成年人保护警情联动。'],
  ['p-employment', '区公共就业服务联络点（演示）', 'government', '11', '就业援助岗', '舒悦晴', 'female', ['employment', 'economy'], '就业困难人员认定、技能培训报名、灵活就业社保补贴指引。'],
  ['p-health', '区精神卫生联络点（演示）', 'government', '12', '社区防治岗', '康林楠', 'male', ['medical', 'psychology'], '在册患者随访信息互通、免费服药申请、应急送诊协调。'],
  ['p-youth', '区青少年权益联络点（演示）', 'government', '11', '青少年事务岗', '苗晓依', 'female', ['education', 'psychology'], '重点青少年结对帮扶、假期营地名额。'],
  ['p-shelter', '区救助庇护工作站（演示）', 'government', '12', '庇护安置岗', '符淑贞', 'female', ['family', 'economy'], '家暴受害人与困境儿童临时安置，提供食宿与陪同。'],
  ['p-street', '街道民政服务窗口（演示）', 'government', '11', '综合受理岗', '岑宁婉', 'female', ['economy'], '街道级救助资金与走访慰问统筹。'],
  ['c-xinhuo', '新禾慈善基金会（演示）', 'charity', '53', '困难家庭项目主管', '简思琦', 'female', ['economy', 'education'], '困难家庭应急金，单户最高五千元，五个工作日内评审。'],
  ['c-zhuxue', '同窗助学促进会（演示）', 'charity', '51', '助学项目干事', '卓翰林', 'male', ['education', 'economy'], '初高中学生助学金与课后陪伴志愿者。'],
  ['c-yiliao', '长庚大病互助会（演示）', 'charity', '51', '医疗救助干事', '牟素云', 'female', ['medical', 'economy'], '重病家庭自付费用补充资助、陪诊志愿者。'],
  ['c-food', '满仓食物分享站（演示）', 'charity', '52', '物资调配员', '庄恒丰', 'male', ['economy'], '米面油与婴幼儿用品月度配送。'],
  ['c-hospice', '落霞安宁陪伴志愿团（演示）', 'charity', '51', '志愿者督导', '蓝婉宁', 'female', ['medical', 'psychology'], '安宁疗护志愿陪伴、丧亲关怀小组。'],
  ['c-women', '木棉姐妹互助社（演示）', 'charity', '52', '互助小组带领者', '游佩琼', 'female', ['family', 'employment'], '单亲与受暴妇女同伴支持、手工订单增收。'],
  ['c-legal', '行知公益法律服务社（演示）', 'charity', '52', '公益律师协调员', '查锐言', 'male', ['law'], '婚姻家事、劳动争议、人身损害案件的公益代理。'],
  ['c-home', '安居微改造公益项目（演示）', 'charity', '53', '工程协调员', '项建成', 'male', ['economy', 'medical'], '残障与失能家庭卫浴、门槛、扶手微改造。'],
  ['m-clinic', '清风心理诊所（演示）', 'professional', '91', '公益门诊协调员', '阮雅薇', 'female', ['psychology', 'medical'], '每周三个公益咨询名额，精神科评估快速预约。'],
  ['m-rehab', '启程康复训练中心（演示）', 'professional', '52', '个案协调员', '裴骏驰', 'male', ['medical'], '儿童发育与成人肢体康复评估、家庭训练指导。'],
  ['m-hospital', '区域医疗联合体医务社工部（演示）', 'professional', '12', '医务社工', '席秋澜', 'female', ['medical', 'psychology'], '出院计划会商、安宁疗护床位咨询。'],
  ['m-family', '归巢家庭治疗工作室（演示）', 'professional', '91', '家庭治疗师', '安知行', 'male', ['family', 'psychology'], '结构式家庭治疗公益名额，亲子平行会谈。'],
  ['m-school', '知返生涯教育中心（演示）', 'professional', '91', '学业规划导师', '白若嘉', 'female', ['education'], '厌学与辍学学生的学业评估、过渡课程。'],
  ['m-work', '再启职业支持中心（演示）', 'professional', '52', '就业辅导员', '古立航', 'male', ['employment'], '支持性就业、职业能力评估与在岗跟进。'],
  ['m-internet', '屏前屏后青少年用网指导站（演示）', 'professional', '52', '用网指导师', '景沐溪', 'female', ['psychology', 'education'], '网络使用评估、亲子用网公约工作坊。'],
  ['m-debt', '明账家庭财务咨询站（演示）', 'professional', '91', '财务咨询师', '万均衡', 'male', ['economy', 'law'], '家庭债务梳理、协商还款方案。'],
  ['m-hospice', '栖云安宁疗护团队（演示）', 'professional', '12', '团队护士长', '霍淑和', 'female', ['medical'], '居家安宁疗护上门评估、症状控制指导。'],
];

/** Partner organisations with their liaison posts (LH-12). */
export const partners: readonly DemoPartner[] = partnerRows.map(([key, name, type, creditKind, liaisonPost, liaisonName, liaisonGender, helpFields, offers], index) => ({
  ...organisation(key, name, type, creditKind),
  liaisonPost,
  liaisonName,
  liaisonGender,
  liaisonMobile: fictitiousMobile('partner', index + 1),
  helpFields,
  offers,
}));

const roomsPerStreet = 10;

function stationsOf(district: string, districtKey: string, operators: readonly string[], startAt: number): DemoStation[] {
  return childrenOf(district).flatMap((street, index) => {
    const operatorKey = operators[index % operators.length] as string;
    const streetKey = `street-${street.code}`;
    const station: DemoStation = {
      key: streetKey,
      name: `${street.name}社会工作服务站`,
      tier: 'street',
      divisionCode: street.code,
      parentKey: districtKey,
      operatorKey,
      address: `${street.name}演示路${index + 1}号`,
      phone: fictitiousLandline(startAt + index * 20),
      openedDaysAgo: 1500 + index * 37,
    };
    const rooms = childrenOf(street.code).slice(0, roomsPerStreet).map((community, room): DemoStation => ({
      key: `room-${community.code}`,
      name: `${communityShortName(community.name)}社会工作服务室`,
      tier: 'community',
      divisionCode: community.code,
      parentKey: streetKey,
      operatorKey: operators[(index * 3 + room) % operators.length] as string,
      address: `${street.name}${communityShortName(community.name)}演示巷${room + 1}号`,
      phone: fictitiousLandline(startAt + index * 20 + room + 1),
      openedDaysAgo: 900 + ((index * 7 + room * 31) % 500),
    }));
    return [station, ...rooms];
  });
}

/** The city's guidance centre, the top of four tiers (EZ-01). */
export const cityStation: DemoStation = {
  key: 'city-centre', name: '深圳市社会工作服务指导中心（演示）', tier: 'city', divisionCode: cityCode, parentKey: null,
  operatorKey: 'operator', address: '深圳市演示大道1号', phone: fictitiousLandline(1), openedDaysAgo: 2200,
};

/** The district's support centre for hard cases. */
export const centre: DemoStation = {
  key: 'centre', name: '龙华区社会工作疑难个案支援中心', tier: 'district', divisionCode: demoDistrictCode, parentKey: 'city-centre',
  operatorKey: 'operator', address: '龙华区演示中路9号', phone: intakeChannel.hotline, openedDaysAgo: 810,
};

/** Stations of the demo district: the centre, one station a street, ten rooms a street. */
export const stations: readonly DemoStation[] = [centre, ...stationsOf(demoDistrictCode, centre.key, agencies.map((agency) => agency.key), 2000)];

/** Stations of the neighbouring district, for showing that scopes end at the border. */
export const neighbourStations: readonly DemoStation[] = [
  {
    key: 'neighbour-centre', name: '龙岗区社会工作服务站（演示）', tier: 'district', divisionCode: neighbourDistrictCode, parentKey: 'city-centre',
    operatorKey: neighbourAgency.key, address: '龙岗区演示北路3号', phone: fictitiousLandline(2900), openedDaysAgo: 1300,
  },
  ...stationsOf(neighbourDistrictCode, 'neighbour-centre', [neighbourAgency.key], 3000),
];

/** Every organisation of the demo. */
export const organisations: readonly DemoOrganisation[] = [authority, centreOperator, ...agencies, neighbourAgency, ...partners];
