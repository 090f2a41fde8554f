/** Relief cases of one station, from screening to the end; invented throughout. */
import type { ReliefDrop, ReliefNeed, ReliefSource, ReliefStatus } from '@jieyou/core/relief/schema.ts';
import { addDays, type Day, instantAt, type TimeOfDay } from '@jieyou/core/shared/day.ts';
import type { CryptoProvider } from '../src/platform/crypto/crypto.ts';
import { adviserPlace } from '../src/relief/store.ts';
import type { District } from './loadDistrict.ts';
import type { Known } from './loadGroups.ts';
import { idOf, type Rows } from './loadRows.ts';
import type { DemoTime } from './loadTime.ts';

type Plan = {
  readonly status: ReliefStatus;
  readonly source: ReliefSource;
  readonly needs: readonly ReliefNeed[];
  readonly on: number;
  readonly says: string;
  readonly link?: string;
  readonly thing?: readonly [string, number, string, number];
  readonly service?: readonly [string, number];
  readonly feedback?: string;
  readonly dropped?: ReliefDrop;
};
const plans: readonly Plan[] = [
  { status: 'closed', source: 'list', needs: ['living', 'policy'], on: -210, says: '独自带孩子，低保还在办，米面不够。', link: '区慈善会物资；街道临时救助窗口。', thing: ['大米', 2, '袋', 12_000], service: ['陪同申请临时救助', 60], feedback: '够吃一个月，临时救助已批。' },
  { status: 'closed', source: 'visit', needs: ['medical', 'care'], on: -130, says: '出院后没有人照料，药费压力大。', link: '社区康复站；志愿者每周两次。', thing: ['护理垫', 40, '片', 9_600], service: ['上门教家属翻身', 50], feedback: '褥疮好转，家属学会了。' },
  { status: 'closed', source: 'list', needs: ['living'], on: -88, says: '名单上有，上门后得知子女已接去同住。', dropped: 'no-need' },
  { status: 'feedback', source: 'referred', needs: ['schooling'], on: -46, says: '两个孩子开学用品没有着落。', link: '爱心企业开学礼包；大学生志愿者辅导。', thing: ['开学礼包', 2, '份', 40_000], service: ['每周功课辅导', 90], feedback: '孩子愿意去学校了。' },
  { status: 'delivered', source: 'asked', needs: ['work', 'mind'], on: -21, says: '失业半年，夜里睡不着。', link: '零工驿站；心理热线。', thing: ['通勤补贴卡', 1, '张', 20_000], service: ['陪同面试与支持谈话', 80] },
  { status: 'linked', source: 'list', needs: ['housing'], on: -9, says: '房顶漏雨，怕塌。', link: '住建危房改造窗口已受理；邻里互助队。', thing: ['防雨布', 2, '张', 6_000] },
  { status: 'screened', source: 'list', needs: ['living', 'care'], on: -2, says: '独居，冬衣不够，饭做得少。' },
];

/** Writes relief cases of persons whom the worker serves, with the acts of service among them. */
export const reliefRows = (rows: Rows, district: District, time: DemoTime, crypto: CryptoProvider, known: readonly Known[]): void => {
  const { worker } = district.named;
  const districtId = district.id;
  if (worker.stationId === null) return;
  const own = known.filter((k) => k.workerId === worker.personId);
  const place = { stationId: worker.stationId, organisationId: worker.organisationId, divisionPath: worker.divisionPath };
  const housed = new Set(rows.of('householdMember').map((m) => m.recipientId));
  for (const [n, plan] of plans.entries()) {
    const who = own[own.length - 1 - n];
    if (who === undefined) continue;
    // Every other one has a household of their own, so that the ledger counts 户 and says who is in none.
    if (n % 2 === 1 && !housed.has(who.recipientId)) {
      const registeredAt = time.notAfter(instantAt(who.openedOn as Day, '16:10' as TimeOfDay), 90 - n);
      const household = idOf(registeredAt);
      rows.add('household', { districtId, id: household, addressMasked: null, addressCt: null });
      rows.add('householdMember', {
        districtId,
        id: idOf(registeredAt),
        householdId: household,
        recipientId: who.recipientId,
        nameMasked: null,
        nameCt: null,
        relation: 'head',
        livesTogether: true,
        joinedOn: who.openedOn,
        leftOn: null,
        recordedBy: worker.personId,
      });
    }
    const screenedOn = time.day(plan.on);
    const at = (days: number) => time.notAfter(instantAt(addDays(screenedOn, days), '15:30' as TimeOfDay), 90 - n);
    const id = idOf(at(0));
    rows.add('reliefCase', {
      districtId,
      id,
      recipientId: who.recipientId,
      status: plan.status,
      source: plan.source,
      needs: [...plan.needs],
      screenedOn,
      dropped: plan.dropped ?? null,
      satisfied: plan.feedback === undefined ? null : 4 + (n % 2),
      workerId: worker.personId,
      ...place,
      madeBy: worker.personId,
      updatedAt: at(12),
      version: 1 + ['screened', 'linked', 'delivered', 'feedback', 'closed'].indexOf(plan.status),
    });
    rows.add('reliefContent', {
      districtId,
      id,
      needSays: plan.says,
      adviserKind: n % 2 === 0 ? 'volunteer' : 'worker',
      adviserCt: crypto.encrypt(n % 2 === 0 ? '楼长老周' : '小何', adviserPlace(id)),
      linkSays: plan.link ?? null,
      feedbackSays: plan.feedback ?? null,
      closeSays: plan.dropped === undefined ? null : '子女接回同住，生活有着落。',
    });
    const common = { districtId, reliefId: id, recordedBy: worker.personId, recordedAt: at(4) };
    if (plan.thing !== undefined) {
      const [what, quantity, unit, valueFen] = plan.thing;
      const item = { what, quantity, unit, valueFen, receipt: 'signed', line: 'material', onDay: addDays(screenedOn, 3), fromWhom: '区慈善会' };
      rows.add('reliefItem', { ...common, id: idOf(at(3)), ...item });
    }
    if (plan.service === undefined) continue;
    const [what, minutes] = plan.service;
    const itemId = idOf(at(4));
    const onDay = addDays(screenedOn, 4);
    rows.add('reliefItem', { ...common, id: itemId, line: 'service', what, onDay, fromWhom: '社工站', minutes });
    rows.add('serviceContact', {
      districtId,
      id: idOf(at(4)),
      sourceKind: 'relief-item',
      sourceId: itemId,
      kind: 'case-relief',
      domain: 'relief',
      happenedOn: onDay,
      minutes,
      people: 1,
      who: [who.recipientId],
      workerId: worker.personId,
      ...place,
      recipientId: who.recipientId,
      writtenAt: at(4),
    });
  }
};
