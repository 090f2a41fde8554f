/**
 * Rules, intake and documents of the demo's policies and resources. Figures are illustrative, as every entry of the demo says; places
 * are the demo district's.
 */
import type { Condition, Eligibility } from '@jieyou/core/resources/eligibility.ts';
import { demoDistrictCode } from './divisions.ts';
import type { DemoResource } from './types.ts';

const district = { code: demoDistrictCode.padEnd(12, '0'), name: '龙华区' };
const city = { code: `${demoDistrictCode.slice(0, 4)}00000000`, name: '深圳市' };

const age = (min: number | null, max: number | null = null): Condition => ({ kind: 'age', min, max });
const status = (...anyOf: Extract<Condition, { kind: 'status' }>['anyOf']): Condition => ({ kind: 'status', anyOf, classes: [], grade: null });
const disabled = (classes: Extract<Condition, { kind: 'status' }>['classes'], grade: number | null): Condition => ({
  kind: 'status',
  anyOf: ['disabled'],
  classes,
  grade,
});
const living = (...anyOf: Extract<Condition, { kind: 'circumstance' }>['anyOf']): Condition => ({ kind: 'circumstance', anyOf });
const since = (event: Extract<Condition, { kind: 'since' }>['event'], months: number): Condition => ({ kind: 'since', event, months });
const income = (yuan: number, source: string): Condition => ({ kind: 'income', atMost: yuan * 100, source });
const registered: Condition = { kind: 'registration', places: [city] };
const resident: Condition = { kind: 'residence', places: [district] };
const agreed = (by: 'self' | 'guardian' = 'self'): Condition => ({ kind: 'consent', by });
const all = (...of: Eligibility['of']): Eligibility => ({ kind: 'all', of });
const any = (...of: Condition[]): Eligibility['of'][number] => ({ kind: 'any', of });
const none = (...of: Condition[]): Eligibility['of'][number] => ({ kind: 'not', of });

/** Rules by the name of the entry. */
export const rulesByName: Readonly<Record<string, Eligibility>> = {
  急难型临时救助: all(living('sudden-hardship', 'serious-illness'), resident, none(status('destitute'))),
  支出型临时救助: all(resident, any(living('serious-illness'), living('in-school')), income(2840, '演示标准：保障线的两倍')),
  最低生活保障: all(registered, income(1420, '演示标准：保障线'), none(status('destitute'))),
  低保边缘家庭认定: all(registered, income(2130, '演示标准：保障线的一点五倍'), none(status('minimum-living', 'destitute'))),
  特困人员救助供养: all(registered, any(age(60), age(null, 15), disabled([], 2))),
  困难群众价格临时补贴: all(status('minimum-living', 'destitute', 'child-in-need')),
  低收入家庭水电燃气减免: all(status('minimum-living', 'marginal')),
  在册困难家庭有线电视与宽带优惠: all(status('minimum-living'), living('in-school')),
  困境儿童基本生活费: all(age(null, 17), status('child-in-need')),
  事实无人抚养儿童保障: all(age(null, 17), agreed('guardian')),
  未成年人临时监护: all(age(null, 17)),
  义务教育阶段控辍保学帮扶: all(age(6, 16), living('out-of-school')),
  产后抑郁筛查与随访: all({ kind: 'gender', is: 'female' }, since('birth', 12), agreed()),
  法律援助: all(any(income(4000, '演示标准：援助的经济困难线'), living('violence', 'wages-unpaid'), status('minimum-living', 'marginal', 'destitute'))),
  人身安全保护令申请支持: all(living('violence')),
  家暴受害人临时庇护: all(living('violence'), agreed()),
  劳动争议仲裁立案指引: all(living('wages-unpaid')),
  欠薪应急周转: all(living('wages-unpaid')),
  义务教育困难学生生活补助: all(age(6, 17), living('in-school'), status('minimum-living', 'marginal', 'destitute', 'child-in-need', 'disabled')),
  普通高中国家助学金: all(age(14, 20), living('in-school')),
  就业困难人员认定: all(any(since('job-loss', 240), status('minimum-living', 'disabled'))),
  公益性岗位安置: all(status('hard-to-employ'), age(18, 60)),
  灵活就业社会保险补贴: all(status('hard-to-employ')),
  失业保险待遇: all(since('job-loss', 24)),
  困难群众医疗救助: all(status('minimum-living', 'marginal', 'destitute'), living('serious-illness')),
  长期护理保险待遇: all(living('incapacity')),
  安宁疗护床位与居家服务: all(living('end-of-life'), agreed()),
  长者饭堂就餐补贴: all(age(60), resident),
  居家适老化改造: all(age(60), any(status('lone-elder', 'minimum-living', 'destitute'), living('incapacity'))),
  高龄津贴: all(age(80), registered),
  失能长者家庭喘息服务: all(living('caring')),
  独居长者定期探访: all(status('lone-elder', 'bereaved-parents'), agreed()),
  计划生育特殊家庭扶助: all(status('bereaved-parents'), age(49)),
  困难家庭应急金: all(living('sudden-hardship', 'serious-illness', 'wages-unpaid')),
  初高中生结对助学: all(age(12, 19), living('in-school'), living('single-parent', 'serious-illness')),
  大病家庭自付补充资助: all(living('serious-illness')),
  房租短期过渡资助: all(living('renting'), living('violence', 'sudden-hardship')),
  危重患者心愿金: all(living('end-of-life'), agreed()),
  公益心理咨询名额: all(agreed()),
  厌学学生过渡课程: all(age(10, 18), living('out-of-school'), agreed('guardian')),
  支持性就业跟进: all(age(18, 55), disabled(['mind', 'intellect'], null), agreed()),
  家庭债务梳理: all(living('debts')),
  居家安宁疗护团队: all(living('end-of-life')),
  儿童游戏治疗: all(age(3, 12), agreed('guardian')),
  肢体康复家庭训练指导: all(since('discharge', 12)),
  单亲妈妈互助小组: all({ kind: 'gender', is: 'female' }, living('single-parent')),
  临终家属哀伤陪伴小组: all(since('bereavement', 6)),
  残障青年同伴体验团: all(age(16, 35), disabled([], null)),
  新手妈妈互访: all({ kind: 'gender', is: 'female' }, since('birth', 6)),
  照护者一日喘息: all(living('caring')),
};

type More = Omit<DemoResource, 'phone' | 'validFromDaysAgo' | 'validToDaysAhead' | 'audience' | 'materials' | 'conditions'> & {
  readonly policyType: 'special' | 'norm' | 'talent';
  readonly documentNo: string | null;
  readonly documentOn: string | null;
  readonly validFrom: string;
};

const library = (
  key: string,
  name: string,
  summary: string,
  of: Pick<More, 'issuingTier' | 'divisionCode' | 'authority' | 'policyType' | 'source'> & { readonly year: string },
): More => ({
  key,
  kind: 'policy',
  name,
  category: '社会工作发展',
  authority: of.authority,
  helpFields: ['education'],
  issuingTier: of.issuingTier,
  divisionCode: of.divisionCode,
  summary,
  source: of.source,
  policyType: of.policyType,
  documentNo: null,
  documentOn: null,
  validFrom: `${of.year}-01-01`,
});

const cityPaper = { issuingTier: 'city', divisionCode: '440300000000', authority: '深圳市' } as const;

/** The policy library: what shaped the profession here (SZ-13), and the district's own support of its talent (LH-22). */
export const policyLibrary: readonly More[] = [
  library('library-1992', '社会工作者协会成立', '社会工作有了自己的行业组织，行业自律与交流由此开始。', {
    ...cityPaper,
    year: '1992',
    policyType: 'special',
    source: 'SZ-13：1992 年。条目由本平台概括，只记年份',
  }),
  library(
    'library-2007',
    '关于加强社会工作人才队伍建设推进社会工作发展的意见',
    '一个意见和七个配套文件，一并说清岗位、购买、培养与评价怎么做。',
    { ...cityPaper, year: '2007', policyType: 'special', source: 'SZ-13：2007 年，意见及七个配套文件。条目由本平台概括，只记年份' },
  ),
  library('library-2011', '社会工作绿皮书', '把几年的做法与数据写成一册，供各区和机构对照。', {
    ...cityPaper,
    year: '2011',
    policyType: 'norm',
    source: 'SZ-13：2011 年绿皮书。条目由本平台概括，只记年份',
  }),
  library('library-2020', '深圳市关于提升社会工作服务水平的若干措施', '从薪酬、岗位、监管到专业发展，提出提升服务水平的措施。', {
    ...cityPaper,
    year: '2020',
    policyType: 'special',
    source: 'SZ-13：2020 年。条目由本平台概括，只记年份',
  }),
  library('library-talent', '区级社会工作人才专项扶持政策', '区里为社工人才专门制定的扶持政策，覆盖引进、培养和留任。具体待遇见“人才扶持”各项。', {
    issuingTier: 'district',
    divisionCode: demoDistrictCode,
    authority: '龙华区民政局',
    year: '2023',
    policyType: 'talent',
    source: 'LH-22：在全市率先出台的区级专项扶持。条目由本平台概括，年份为演示',
  }),
];
