/** Crises and violence at home of the demo: one overdue, some due today, an order that ends in fourteen days; invented throughout. */
import { endOfDay, orderToldAt } from '@jieyou/core/alarms/rules.ts';
import type { AlarmEntryKind, StepCode } from '@jieyou/core/alarms/schema.ts';
import { addDays, addMs, dayOf, type Instant, instantAt, msPerHour } from '@jieyou/core/shared/day.ts';
import { maskName } from '@jieyou/core/shared/identifiers.ts';
import type { CryptoProvider } from '../src/platform/crypto/crypto.ts';
import type { District } from './loadDistrict.ts';
import { idOf, type Rows } from './loadRows.ts';
import type { DemoTime } from './loadTime.ts';

type Step = { readonly code: StepCode; readonly due: Instant; readonly tell?: Instant; readonly done?: boolean; readonly required?: boolean };
type Entry = { readonly kind: AlarmEntryKind; readonly after: number; readonly body: object };
type Told = {
  readonly kind: 'crisis' | 'violence';
  readonly status?: 'open' | 'settled' | 'reviewed' | 'closed';
  readonly rating?: 'low' | 'medium' | 'high' | 'extreme';
  readonly days: number;
  readonly content: object;
  readonly steps: (at: Instant) => readonly Step[];
  readonly entries: readonly Entry[];
  readonly orderDays?: number;
  readonly abuser?: string;
};

const screening = (idea: string, plan: string, means: string, intent: string) => JSON.stringify({ idea, plan, means, intent });

/** Adds the records to open cases of the worker that were written before. */
export const alarmRows = (rows: Rows, district: District, time: DemoTime, crypto: CryptoProvider): void => {
  const { worker, supervisor } = district.named;
  const tonight = endOfDay(time.today);
  const own = rows
    .of('caseFile')
    .filter((f) => f.workerId === worker.personId && f.status === 'open' && f.openedOn < addDays(time.today, -40))
    .slice(12);
  const told: readonly Told[] = [
    {
      kind: 'crisis',
      rating: 'high',
      days: 1,
      content: {
        source: 'call',
        trigger: '傍晚来电，说“活着没意思，这几天总在阳台站着”，女儿在外地。约定当晚不独处，邻居过去陪。',
        screening: screening('strong', 'some', 'no', 'unknown'),
      },
      steps: (at) => [
        { code: 'tell-head', due: at, done: true },
        { code: 'supervision', due: endOfDay(addDays(time.today, -1)), done: true },
        { code: 'limit-means', due: endOfDay(addDays(time.today, -1)), done: true },
        { code: 'safety-plan', due: endOfDay(addDays(time.today, -1)) },
        { code: 'follow-up', due: addMs(at, 24 * msPerHour) },
      ],
      entries: [
        { kind: 'rated', after: 0, body: { rating: 'high', reason: '念头反复出现，人独居，愿意约定今晚不做傻事' } },
        { kind: 'told', after: 1, body: { whom: 'head', name: null, says: '', platform: true } },
        { kind: 'told', after: 30, body: { whom: 'kin', name: '女儿', says: '明早的车回来' } },
      ],
    },
    {
      kind: 'crisis',
      rating: 'medium',
      days: 7,
      content: {
        source: 'visit',
        trigger: '探访时说夜里睡不着，想过“一了百了”，没有想过怎样做。愿意去社区心理服务站。',
        screening: screening('some', 'no', 'no', 'no'),
        scale: '睡眠量表 14 分',
      },
      steps: () => [
        { code: 'plan', due: endOfDay(addDays(time.today, -4)), done: true },
        { code: 'look-again', due: tonight },
      ],
      entries: [
        { kind: 'rated', after: 0, body: { rating: 'medium', reason: '有念头，没有计划，愿意求助' } },
        {
          kind: 'safety-plan',
          after: 3000,
          body: {
            signs: '连着两晚睡不着，不想接电话，收拾旧东西。',
            coping: '下楼走一圈，听评书，给阳台的花浇水。',
            people: '楼下的老邻居；外甥女，晚上八点以后都在。',
            means: '安眠药交给外甥女按天给，家里不再留整瓶。',
            professionals: '服务站社工；社区心理服务站周二、周四下午。',
          },
        },
      ],
    },
    {
      kind: 'violence',
      days: 160,
      orderDays: 14,
      abuser: '娄振邦',
      content: {
        source: 'appeal',
        disclosedBy: 'self',
        trigger: '说丈夫喝酒后掐脖子、摔东西，孩子在场。已分开住，担心对方找上门。',
        forms: ['body', 'mind'],
        capacity: 'full',
        relation: '丈夫',
      },
      steps: () => {
        const to = addDays(time.today, 14);
        return [
          { code: 'choice', due: endOfDay(addDays(time.today, -159)), done: true },
          { code: 'danger-check', due: endOfDay(addDays(time.today, -159)), done: true },
          { code: 'warning-visit', due: tonight },
          { code: 'order-ends', due: endOfDay(to), tell: orderToldAt(to, { 'order.alarmDays': 15 } as never) },
        ];
      },
      entries: [
        { kind: 'choice', after: 60, body: { informed: true, wishes: ['warning', 'order', 'aid'], says: '先把孩子安顿好' } },
        { kind: 'danger', after: 90, body: { signs: ['strangled', 'substance', 'leaving'], level: 'high', says: '' } },
        { kind: 'order-applied', after: 300, body: { court: '区人民法院', by: 'self', urgent: true, says: '' } },
        { kind: 'order-decided', after: 1500, body: { outcome: 'granted', contents: ['no-violence', 'no-contact'], number: null, says: '' } },
      ],
    },
    {
      kind: 'violence',
      days: 0,
      content: {
        source: 'note',
        disclosedBy: 'neighbour',
        trigger: '邻居反映昨晚有摔打和哭喊声。本人说“没事”，手背有新伤，愿意明天到站里谈。',
        forms: ['body'],
        capacity: 'full',
        relation: '同居的人',
      },
      steps: (at) => [
        { code: 'choice', due: addMs(at, 24 * msPerHour) },
        { code: 'danger-check', due: addMs(at, 24 * msPerHour) },
      ],
      entries: [],
    },
    {
      kind: 'crisis',
      status: 'closed',
      rating: 'low',
      days: 95,
      content: {
        source: 'assessment',
        trigger: '接案时说失业后一度想不开，已过去半年，现在有朋友常来往。',
        screening: screening('no', 'no', 'no', 'no'),
      },
      steps: () => [{ code: 'look-again', due: endOfDay(addDays(time.today, -70)), done: true }],
      entries: [
        { kind: 'rated', after: 0, body: { rating: 'low', reason: '念头已过去，有支持的人' } },
        { kind: 'settled', after: 30_000, body: { says: '找到工作，情绪平稳。' } },
        { kind: 'reviewed', after: 30_100, body: { present: '社工、督导', well: '接案时就问了', better: '再评可以早一周' } },
        { kind: 'closed', after: 30_200, body: { says: '转常规跟进。' } },
      ],
    },
  ];
  for (const [i, one] of told.entries()) {
    const file = own[i * 2];
    if (file === undefined) continue;
    const at = time.notAfter(instantAt(addDays(time.today, -one.days), 9.5 * msPerHour), 45) as Instant;
    const of = { districtId: district.id, caseId: file.id };
    const id = idOf(at);
    const later = (minutes: number) => time.notAfter(addMs(at, minutes * 60_000), 5) as Instant;
    rows.add('alarm', {
      ...of,
      id,
      caseNumber: file.number,
      stationId: file.stationId,
      workerId: file.workerId,
      supervisorId: supervisor.personId,
      kind: one.kind,
      status: one.status ?? 'open',
      rating: one.rating ?? null,
      orderTo: one.orderDays === undefined ? null : addDays(time.today, one.orderDays),
      registeredBy: file.workerId,
      registeredAt: at,
      version: 1 + one.entries.length,
    });
    rows.add('alarmContent', {
      districtId: district.id,
      id,
      source: 'note',
      sourceId: null,
      trigger: '',
      screening: null,
      scale: null,
      disclosedBy: null,
      forms: [],
      capacity: null,
      immediate: false,
      relation: null,
      ...one.content,
      abuserMasked: one.abuser === undefined ? null : maskName(one.abuser),
      abuserCt: one.abuser === undefined ? null : crypto.encrypt(one.abuser, { table: 'alarm_content', row: id, field: 'abuser' }),
      abuserIndex: one.abuser === undefined ? null : crypto.blindIndex(one.abuser, 'recipient.name'),
    });
    // An order is its application: the row and the entry have one id.
    const applied = one.entries.find((e) => e.kind === 'order-applied');
    const decided = one.entries.find((e) => e.kind === 'order-decided');
    const orderId = applied === undefined ? null : idOf(later(applied.after));
    if (applied !== undefined && orderId !== null)
      rows.add('alarmOrder', {
        ...of,
        id: orderId,
        alarmId: id,
        no: 1,
        status: decided === undefined ? 'applied' : 'in-force',
        appliedAt: later(applied.after),
        decidedOn: decided === undefined ? null : dayOf(later(decided.after)),
        validTo: decided === undefined ? null : addDays(time.today, one.orderDays ?? 0),
        endedOn: null,
        reconsideredOn: null,
        answered: false,
      });
    for (const s of one.steps(at)) {
      const doneAt = s.done === true ? later(20) : null;
      const visitId = s.code === 'warning-visit' ? idOf(at) : null;
      if (visitId !== null) {
        rows.add('visit', {
          districtId: district.id,
          id: visitId,
          caseId: file.id,
          stationId: file.stationId,
          workerId: file.workerId,
          status: 'planned',
          plannedOn: time.today,
          half: 'any',
          reason: 'follow-up',
          madeBy: file.workerId,
          madeAt: at,
        });
        rows.add('visitContent', { districtId: district.id, id: visitId, why: '按期回访' });
      }
      rows.add('alarmStep', {
        visitId,
        ...of,
        id: idOf(at),
        alarmId: id,
        code: s.code,
        orderId: s.code === 'order-ends' ? orderId : null,
        required: s.required ?? true,
        openedAt: at,
        tellAt: s.tell ?? s.due,
        dueAt: s.due,
        doneAt,
        doneBy: doneAt === null ? null : file.workerId,
        droppedAt: null,
        told: 0,
      });
    }
    for (const e of one.entries) {
      const happened = later(e.after);
      const validTo = e.kind === 'order-decided' ? { validTo: addDays(time.today, one.orderDays ?? 0) } : {};
      rows.add('alarmEntry', {
        ...of,
        id: e === applied && orderId !== null ? orderId : idOf(happened),
        alarmId: id,
        orderId: e === applied || e === decided ? orderId : null,
        kind: e.kind,
        at: happened,
        writtenAt: happened,
        byId: file.workerId,
        body: JSON.stringify({ ...(e.kind === 'reviewed' ? { on: dayOf(happened) } : {}), ...e.body, ...validTo }),
        placeCt: null,
      });
    }
  }
};
