/** Mandatory reports of the demo: one that is followed up, one that is over; invented throughout. */
import type { EntryKind, Placement, PoliceManner, Situation } from '@jieyou/core/reports/schema.ts';
import { addDays, addMs, dayOf, type Instant, instantAt, msPerHour } from '@jieyou/core/shared/day.ts';
import type { District } from './loadDistrict.ts';
import { idOf, type Numbers, type Rows } from './loadRows.ts';
import type { DemoTime } from './loadTime.ts';

type Entry = {
  readonly kind: EntryKind;
  /** Minutes after the report was registered. */
  readonly after: number;
  /** Who wrote it; without one the reporter, who is named nowhere. */
  readonly by?: 'head' | 'supervisor';
  readonly says?: string;
  readonly unit?: string;
  readonly manner?: PoliceManner;
  readonly placement?: Placement;
};
type Told = {
  readonly days: number;
  readonly status: 'following' | 'closed';
  readonly situation: Situation;
  readonly place: string;
  readonly seen: string;
  readonly child: string;
  readonly entries: readonly Entry[];
};

const DAY = 24 * 60;
const TOLD: readonly Told[] = [
  {
    days: 64,
    status: 'closed',
    situation: 'abandoned',
    place: '富康花园一栋楼道',
    seen: '傍晚上门探访邻户时，见五岁左右的男孩独自在楼道，说妈妈前天出去没有回来，家里没有吃的。敲门无人应，物业电话联系不上家长。',
    child: '小石榴',
    entries: [
      { kind: 'acknowledged', after: 6, by: 'head' },
      { kind: 'police', after: 18, manner: '110', unit: '辖区派出所', says: '拨打 110，民警到场，留在楼道陪同到民警到达。' },
      { kind: 'authority', after: 95, unit: '区民政局', says: '电话报告未成年人保护科。' },
      { kind: 'placement', after: 180, placement: 'relatives', says: '民警联系上外婆，当晚接走；站里送去晚饭和换洗衣物。' },
      { kind: 'feedback', after: 2 * DAY, unit: '辖区派出所', says: '母亲因债务纠纷外出躲避，已训诫并签责任书。' },
      { kind: 'follow-up', after: 9 * DAY, says: '孩子仍由外婆照看，已入园。母亲每天通话。' },
      { kind: 'closing-proposed', after: 30 * DAY, says: '孩子稳定由外婆照看，民政、派出所都有专人跟进，站里转入日常探访。' },
      { kind: 'closing-confirmed', after: 31 * DAY, by: 'supervisor', says: '同意结束，三个月后再看一次。' },
    ],
  },
  {
    days: 12,
    status: 'following',
    situation: 'many-injuries',
    place: '站点活动室',
    seen: '四点半课堂上发现孩子两只小臂有新旧不一的瘀痕，问起时低头说“不小心”，换衣服时躲闪。未追问细节，安排同事陪着写作业。',
    child: '小满',
    entries: [
      { kind: 'acknowledged', after: 4, by: 'head' },
      { kind: 'police', after: 22, manner: 'station', unit: '辖区派出所', says: '站长陪同到派出所，交书面材料一份。' },
      { kind: 'materials', after: 60, says: '孩子画的画一张、当日签到表，已交派出所。' },
      { kind: 'authority', after: 130, unit: '区民政局', says: '电话报告，约定次日会商。' },
      { kind: 'placement', after: 300, placement: 'home', says: '民警家访后由奶奶同住看护，父亲搬到单位宿舍。' },
      { kind: 'follow-up', after: 4 * DAY, says: '到校见了孩子，情绪平稳，手臂无新伤。下周与班主任再碰。' },
    ],
  },
];

const momentOf = (told: Told, time: DemoTime): Instant =>
  time.notAfter(instantAt(addDays(time.today, -told.days), 16.6 * msPerHour), 45) as Instant;

/** Asks for the numbers of the reports, in the order of their time. */
export const wishMandatoryNumbers = (numbers: Numbers, district: District, time: DemoTime): Map<object, string> => {
  const given = new Map<object, string>();
  for (const told of TOLD) {
    const at = momentOf(told, time);
    numbers.wish({ districtId: district.id, kind: 'QB', scope: '' }, at, dayOf(at), (sequence, year) => {
      given.set(told, `QB-${year}-${String(sequence).padStart(4, '0')}`);
    });
  }
  return given;
};

/** Adds the reports of the worker of the demo, kept by the own station and the supervisor. */
export const mandatoryRows = (rows: Rows, district: District, time: DemoTime, numbers: ReadonlyMap<object, string>): void => {
  const { worker, head, supervisor } = district.named;
  const kept = { districtId: district.id, stationId: worker.stationId, supervisorId: supervisor.personId };
  for (const told of TOLD) {
    const at = momentOf(told, time);
    const id = idOf(at);
    const later = (minutes: number) => time.notAfter(addMs(at, minutes * 60_000), 5) as Instant;
    const when = (kind: EntryKind) => {
      const found = told.entries.find((e) => e.kind === kind);
      return found === undefined ? null : later(found.after);
    };
    rows.add('mandatoryReport', {
      ...kept,
      id,
      number: numbers.get(told) ?? '',
      status: told.status,
      situation: told.situation,
      discoveredAt: at,
      registeredAt: addMs(at, 3 * 60_000) as Instant,
      dueAt: addMs(at, 18 * 60_000) as Instant,
      remindAt: addMs(at, 18 * 60_000) as Instant,
      acknowledgedAt: when('acknowledged'),
      reportedAt: when('police'),
      closedAt: when('closing-confirmed'),
      centreSince: null,
      proposedBy: null,
      version: 1 + told.entries.length,
    });
    rows.add('reportReporter', { ...kept, id, reporterId: worker.personId, caseId: null, requestId: null });
    rows.add('reportContent', { districtId: district.id, id, place: told.place, seen: told.seen, child: told.child });
    for (const e of told.entries) {
      const happened = later(e.after);
      rows.add('reportEntry', {
        districtId: district.id,
        id: idOf(happened),
        reportId: id,
        kind: e.kind,
        at: happened,
        writtenAt: happened,
        byId: e.by === undefined ? null : e.by === 'head' ? head.personId : supervisor.personId,
        ofReporter: e.by === undefined,
        unit: e.unit ?? null,
        manner: e.manner ?? null,
        officerNo: null,
        receiptNo: null,
        placement: e.placement ?? null,
        says: e.says ?? null,
      });
    }
  }
};
