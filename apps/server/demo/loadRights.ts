/** Files past their term, requests of persons about their own data, and impact assessments: invented, so that their pages are not empty. */
import { addDays, addMonths, type Day, type Instant, instantAt } from '@jieyou/core/shared/day.ts';
import { maskName } from '@jieyou/core/shared/identifiers.ts';
import type { CryptoProvider } from '../src/platform/crypto/crypto.ts';
import { sealPersons } from '../src/privacy/index.ts';
import type { CasePlan, People } from './loadCases.ts';
import type { District } from './loadDistrict.ts';
import { idOf, type Numbers, type Rows } from './loadRows.ts';
import type { DemoTime } from './loadTime.ts';

const PACK = '2026.1';

const oldFiles = [
  {
    openedDaysAgo: 4560,
    closedDaysAgo: 4310,
    age: 71,
    domain: 'family-relations' as const,
    household: '与老伴同住，子女在外地。',
    summary: '与邻居因漏水多年不和，经调解修好了管道，往来恢复。',
    note: '陪同双方到物业看了修缮方案，都签了字。',
  },
  {
    openedDaysAgo: 4230,
    closedDaysAgo: 3900,
    age: 66,
    domain: 'disability-inclusion' as const,
    household: '独居，侄女每周来一次。',
    summary: '摔伤后行动不便，申请了辅具，学会了自己上下楼。',
    note: '辅具到了，教会了怎样用，下月再看一次。',
  },
];

/** Plans closed files so old that their term has ended. */
export const planOldCases = (district: District, time: DemoTime, people: People): CasePlan[] =>
  oldFiles.map((file) => {
    const openedOn = time.day(-file.openedDaysAgo);
    const at = (day: Day): Instant => instantAt(day, 10 * 3_600_000);
    const noteOn = addDays(openedOn, 60);
    return {
      person: people.next({ gender: 'female', age: file.age, on: time.today, near: district.named.worker, childGender: null }),
      worker: district.named.worker,
      domain: file.domain,
      helpFields: ['family'],
      risk: 'low',
      openedOn,
      openedAt: at(openedOn),
      updatedAt: at(time.day(-file.closedDaysAgo)),
      status: 'closed',
      household: file.household,
      summary: file.summary,
      notes: [{ at: at(noteOn), on: noteOn, body: file.note }],
      number: '',
    };
  });

const rights = [
  { daysAgo: 24, kind: 'copy', status: 'answering', of: 0, wish: '想要一份自己这几年在社工站的服务记录。', checked: ['id-card'], note: '当面核对身份证原件，与登记一致。' },
  { daysAgo: 3, kind: 'access', status: 'received', of: 1, wish: '想看看记录里写了我家哪些事情。', checked: [], note: null },
] as const;

const assessments = [
  {
    daysAgo: 170,
    title: '疑难个案支援：专家会诊使用个案资料',
    processing: '把社工的求助整理成脱敏资料包，交给受邀专家在平台内阅看并写意见。',
    purpose: '为疑难个案取得专业意见。',
    necessity: '没有个案经过就无法判断；姓名、证件、电话、住址不进入资料包，只给受邀专家，看完不能下载。',
    minors: true,
    risk: 'medium',
    risks: '文字里仍可能认出当事人；专家转述。',
    measures: '逐处确认替换；签署保密承诺；水印；邀请到期即看不到；每次打开留痕。',
  },
  {
    daysAgo: 350,
    title: '居民网页求助：不登记身份的求助与联系方式',
    processing: '居民写下要说的事，可以留电话和方便联系的时段；街道社工站接手。',
    purpose: '让没有账号的居民也能求助。',
    necessity: '称呼和电话可以不填；只有接手的社工站看得到。',
    minors: true,
    risk: 'medium',
    risks: '家里人看到浏览记录；冒用他人电话。',
    measures: '一键离开；网址里没有内容；不安全的联系方式打标；办结后按期停止查询。',
  },
] as const;

/** What the rows of rights and assessments are called. */
export type RightNumbers = ReadonlyMap<object, string>;

/** Asks for the numbers of requests and assessments. */
export const wishRightNumbers = (numbers: Numbers, district: District, time: DemoTime): RightNumbers => {
  const given = new Map<object, string>();
  const wish = (plan: { readonly daysAgo: number }, kind: string, digits: number) => {
    const on = time.day(-plan.daysAgo);
    numbers.wish({ districtId: district.id, kind, scope: 'district' }, instantAt(on, 10 * 3_600_000), on, (sequence, year) =>
      given.set(plan, `${kind}-${year}-${String(sequence).padStart(digits, '0')}`),
    );
  };
  for (const plan of rights) wish(plan, 'GR', 5);
  for (const plan of assessments) wish(plan, 'PG', 4);
  return given;
};

/** The rows of rights and assessments; `subjects` are recipients of the worker, as they were written. */
export const rightRows = (
  rows: Rows,
  district: District,
  crypto: CryptoProvider,
  time: DemoTime,
  given: RightNumbers,
  subjects: readonly { readonly recipientId: string; readonly name: string; readonly phone: string }[],
): void => {
  const districtId = district.id;
  const { worker } = district.named;
  for (const plan of rights) {
    const subject = subjects[plan.of];
    if (subject === undefined) throw new RangeError('the demo lacks a recipient who asks for the own data');
    const on = time.day(-plan.daysAgo);
    const receivedAt = instantAt(on, 10 * 3_600_000);
    const id = idOf(receivedAt);
    const checkedAt = plan.status === 'answering' ? instantAt(addDays(on, 1), 15 * 3_600_000) : null;
    rows.add('privacyRequest', {
      districtId,
      id,
      receiptNo: given.get(plan) ?? '',
      kind: plan.kind,
      askerKind: 'self',
      status: plan.status,
      stationId: worker.stationId as string,
      subjectMasked: maskName(subject.name),
      recipientIds: [subject.recipientId],
      receivedBy: worker.personId,
      receivedAt,
      dueOn: addDays(on, 30),
      packVersion: PACK,
      checkedBy: checkedAt === null ? null : worker.personId,
      checkedAt,
    });
    rows.add('privacyRequestContent', {
      districtId,
      id,
      personsCt: sealPersons(crypto, id, {
        askerName: subject.name,
        askerPhone: subject.phone,
        subjectName: subject.name,
        subjectIdNumber: null,
        subjectPhone: subject.phone,
      }),
      wish: plan.wish,
      checked: [...plan.checked],
      checkNote: plan.note,
    });
  }
  if (district.securityId === undefined) return;
  for (const assessment of assessments) {
    const { daysAgo, ...plan } = assessment;
    const on = time.day(-daysAgo);
    rows.add('impactAssessment', {
      ...plan,
      districtId,
      id: idOf(instantAt(on, 10 * 3_600_000)),
      number: given.get(assessment) ?? '',
      sensitive: true,
      assessedBy: '支援中心与安全管理员',
      assessedOn: on,
      reviewOn: addDays(on, 365),
      keepUntil: addMonths(on, 36),
      recordedBy: district.securityId,
    });
  }
};
