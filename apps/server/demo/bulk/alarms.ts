/** Crises and violence at home under cases of a chunk: most of them long over, some under way, none overdue. */
import type { AlarmPack } from '@jieyou/core/alarms/pack.ts';
import { type NewStep, stepsOfRating, stepsOfViolence } from '@jieyou/core/alarms/rules.ts';
import type { AlarmEntryKind } from '@jieyou/core/alarms/schema.ts';
import { addDays, addMs, type Day, dayOf, daysBetween, type Instant, instantAt, msOf, msPerHour } from '@jieyou/core/shared/day.ts';
import { idOf } from '../loadRows.ts';
import type { CaseFileRow } from '../loadStages.ts';
import { type Desk, eventOf, type Server } from './people.ts';

const crises = [
  '说夜里睡不着，想过“一了百了”，没有想过怎样做，愿意接受帮助。',
  '亲人过世后总说活着没有意思，答应每天和家里通一次话。',
  '复查结果不好，说不想再拖累家人，一起坐了很久。',
  '欠债的人上门之后情绪低落，说撑不下去，邻居夜里陪着。',
];
const harms = [
  '说上周争吵时被推倒，手臂有淤青，已住到亲戚家。',
  '邻居反映夜里有摔打声，本人说不想把事闹大，愿意来站里谈。',
  '家里的钱和手机都被拿走，出门要报备，说心里害怕。',
];
const closings = ['情绪平稳，家人轮流陪伴，转常规跟进。', '已分开居住，知道向谁求助，转常规跟进。', '有了安排，按期通话，转常规跟进。'];

/** The moment itself, or the evening before it where it falls in the night: nobody writes a record at four in the morning. */
const awake = (at: Instant): Instant => {
  const into = msOf(at) - msOf(instantAt(dayOf(at), 0));
  if (into > 21 * msPerHour) return addMs(at, 20.5 * msPerHour - into);
  return into < 8 * msPerHour ? addMs(at, -into - 3.5 * msPerHour) : at;
};
/** The moment itself, or eight of the morning after the night it falls in. */
const nextMorning = (at: Instant): Instant => (awake(at) === at ? at : instantAt(addDays(dayOf(awake(at)), 1), 8 * msPerHour));

/** About one case in thirty. Only adults of family, recovery and end-of-life work: what concerns a minor is a mandatory report first. */
export const alarmRows = (desk: Desk, servers: readonly Server[], pack: AlarmPack): void => {
  const { rows, time, random } = desk;
  const byPerson = new Map(servers.map((s) => [s.personId, s]));
  for (const file of rows.of('caseFile') as unknown as readonly CaseFileRow[]) {
    const server = byPerson.get(file.workerId);
    const started = ['family-relations', 'mental-recovery', 'end-of-life'].includes(file.domain as string) && random.chance(1 / 18);
    if (server === undefined || !started) continue;
    const openedOn = file.openedOn as Day;
    const until = file.status === 'open' ? time.today : (String(file.updatedAt).slice(0, 10) as Day);
    const lasts = daysBetween(openedOn, until);
    const over = file.status !== 'open' || random.chance(0.65);
    // What is over had forty days; what is under way began today or yesterday and is in time.
    if (lasts < (over ? 50 : 3) || (!over && file.stage !== 'intervention')) continue;
    const kind = file.domain === 'family-relations' && random.chance(0.45) ? 'violence' : 'crisis';
    const on = over ? addDays(openedOn, random.int(2, lasts - 42)) : time.today;
    const at = (over ? instantAt(on, random.int(9 * 60, 17 * 60) * 60_000) : time.notAfter(instantAt(on, 8.5 * msPerHour), random.int(40, 200))) as Instant;
    const rating = kind === 'violence' ? null : random.weighted([['low', 4], ['medium', 5]] as const);
    const steps: readonly NewStep[] = rating === null ? stepsOfViolence({ capacity: 'full', immediate: false }, at, pack) : stepsOfRating(rating, at, pack);
    const common = { districtId: file.districtId, caseId: file.id };
    const id = idOf(at);
    const entries: { kind: AlarmEntryKind; at: Instant; body: object }[] = [];
    const tell = (entry: AlarmEntryKind, moment: number, body: object) => entries.push({ kind: entry, at: nextMorning(addMs(at, moment)), body });
    if (rating !== null) tell('rated', 0, { rating, reason: '有念头，没有办法和打算，愿意求助' });
    const done = new Map<NewStep, Instant>();
    let settled = 0;
    if (over) {
      for (const step of steps) {
        const span = step.dueAt === null ? 20 * msPerHour : msOf(step.dueAt) - msOf(at);
        const after = Math.max(10 * 60_000, msOf(awake(addMs(at, Math.round(span * (0.3 + 0.5 * random.next()))))) - msOf(at));
        done.set(step, addMs(at, after));
        settled = Math.max(settled, after);
        if (step.code === 'choice') tell('choice', after, { informed: true, wishes: random.sample(['warning', 'mediation', 'aid', 'none-now'], 1), says: '' });
        if (step.code === 'danger-check') tell('danger', after, { signs: random.sample(['isolated', 'substance', 'leaving'], 1), level: 'medium', says: '' });
      }
      tell('settled', settled + 3 * msPerHour, { says: random.pick(closings) });
      if (kind === 'crisis') tell('reviewed', settled + 27 * msPerHour, { on: dayOf(nextMorning(addMs(at, settled + 27 * msPerHour))), present: '社工、督导', well: '问得及时，没有让人独自过夜', better: '再评可以早两天' });
      tell('closed', settled + 30 * msPerHour, { says: '转常规跟进。' });
    }
    rows.add('alarm', {
      ...common,
      id,
      caseNumber: file.number,
      stationId: server.stationId,
      workerId: server.personId,
      supervisorId: null,
      kind,
      status: over ? 'closed' : 'open',
      rating,
      orderTo: null,
      registeredBy: server.personId,
      registeredAt: at,
      version: 1 + entries.length,
    });
    rows.add('alarmContent', {
      districtId: file.districtId,
      id,
      source: random.pick(['note', 'visit', 'call']),
      sourceId: null,
      trigger: random.pick(kind === 'crisis' ? crises : harms),
      screening: rating === null ? null : JSON.stringify({ idea: rating === 'low' ? 'no' : 'some', plan: 'no', means: 'no', intent: 'no' }),
      scale: null,
      disclosedBy: rating === null ? random.pick(['self', 'self', 'neighbour', 'kin']) : null,
      forms: rating === null ? [random.pick(['body', 'mind', 'control'])] : [],
      capacity: rating === null ? 'full' : null,
      immediate: false,
      relation: rating === null ? random.pick(['配偶', '同居的人', '成年子女']) : null,
      abuserMasked: null,
      abuserCt: null,
      abuserIndex: null,
    });
    for (const step of steps) {
      const doneAt = done.get(step) ?? null;
      rows.add('alarmStep', {
        ...common,
        id: idOf(at),
        alarmId: id,
        code: step.code,
        orderId: null,
        required: step.required,
        openedAt: at,
        tellAt: step.tellAt,
        dueAt: step.dueAt,
        doneAt,
        doneBy: doneAt === null ? null : server.personId,
        droppedAt: null,
        told: 0,
        visitId: null,
      });
    }
    eventOf(desk, server, 'alarm.registered', at, 'alarm', id, {});
    for (const entry of entries.toSorted((a, b) => msOf(a.at) - msOf(b.at)))
      rows.add('alarmEntry', {
        ...common,
        id: idOf(entry.at),
        alarmId: id,
        orderId: null,
        kind: entry.kind,
        at: entry.at,
        writtenAt: entry.at,
        byId: server.personId,
        body: JSON.stringify(entry.body),
        placeCt: null,
      });
  }
};
