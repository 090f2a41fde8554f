import { addDays, type Day } from '@jieyou/core/shared/day.ts';
import { genderLabels, optionsOf } from '@jieyou/core/texts/labels.ts';
import {
  companionRoleLabels,
  dayHalfLabels,
  notMetLabels,
  visitScaleLabels,
  visitSectionLabels,
  whyDue,
} from '@jieyou/core/texts/visitLabels.ts';
import { missVisit, readVisitStart, recordVisit } from '@jieyou/core/visits/endpoints.ts';
import { companionVerdict, isUrgent } from '@jieyou/core/visits/rules.ts';
import {
  type CompanionRole,
  type DayHalf,
  MissedVisit,
  type NotMet,
  VisitRecord,
  type VisitScale,
  type VisitSection,
  type VisitStart,
} from '@jieyou/core/visits/schema.ts';
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { Choices } from '../house/Choices.tsx';
import { DangerOffer } from '../house/DangerOffer.tsx';
import { shortDay, today } from '../house/format.ts';
import { useKept } from '../house/kept.ts';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { uuid } from '../house/uuid.ts';
import '../house/reading.css';
import { WordsLeft } from '../house/WordsLeft.tsx';
import './visits.css';

type Section = { readonly scale: VisitScale | null; readonly says: string };
type Kept = {
  /** Made on this device with the first thing typed, where nothing was planned: sent again, it is the same visit. */
  readonly id: string;
  readonly met: boolean;
  readonly visitedOn: string;
  readonly role: CompanionRole | 'none' | null;
  readonly name: string;
  readonly aloneReason: string;
  readonly sections: Readonly<Record<VisitSection, Section>>;
  readonly acting: boolean;
  readonly what: string;
  readonly byWhom: string;
  readonly until: string;
  readonly minutes: string;
  readonly notMet: NotMet | null;
  readonly says: string;
  readonly nextOn: string;
  readonly nextHalf: DayHalf;
};

const NOTHING: Section = { scale: null, says: '' };
const EMPTY: Kept = {
  id: '',
  met: true,
  visitedOn: '',
  role: null,
  name: '',
  aloneReason: '',
  sections: { health: NOTHING, safety: NOTHING, life: NOTHING },
  acting: false,
  what: '',
  byWhom: '本人',
  until: '',
  minutes: '',
  notMet: null,
  says: '',
  nextOn: '',
  nextHalf: 'any',
};

const SECTIONS = Object.keys(visitSectionLabels) as VisitSection[];
const MINUTES = ['20', '40', '60', '90'];

const HINTS: Readonly<Record<VisitSection, string>> = {
  health: '吃饭、睡觉、吃药、走动',
  safety: '水电煤气、地面、门窗、家里的人',
  life: '出门、来往、做什么消遣',
};

/**
 * What became of a visit, in the order in which it happens: who came along, three sections, what has to be done at once, minutes, the next
 * time. Kept on this device until it is sent; sent twice, it is written once.
 */
export function VisitForm({
  plannedId,
  caseId,
  done,
}: {
  readonly plannedId: string | null;
  readonly caseId: string;
  readonly done: (id: string) => void;
}) {
  const found = useQuery({ ...queryOf(readVisitStart, { params: { id: caseId } }), enabled: caseId !== '' });
  const left = <WordsLeft names={[`visit.${plannedId ?? caseId}`]} />;
  if (found.isError)
    return (
      <>
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
        {left}
      </>
    );
  if (found.data === undefined) return <Skeleton active />;
  if (!found.data.can.includes('record'))
    return (
      <>
        <p className="rd-quiet">这个个案已经结案，或不由您办理，不能记录探访。</p>
        {left}
      </>
    );
  return <Told plannedId={plannedId} start={found.data} done={done} />;
}

function Told({
  plannedId,
  start,
  done,
}: {
  readonly plannedId: string | null;
  readonly start: VisitStart;
  readonly done: (id: string) => void;
}) {
  const draft = useKept<Kept>(`visit.${plannedId ?? start.caseId}`, EMPTY);
  const [told, setTold] = useState(false);
  const finish = (answer: { id: string }) => {
    draft.clear();
    done(answer.id);
  };
  const record = useAct(recordVisit, finish);
  const miss = useAct(missVisit, finish);
  const v = draft.value;
  const change = (patch: Partial<Kept>) => draft.set({ ...v, id: v.id || uuid(), ...patch });
  const write = (section: VisitSection, patch: Partial<Section>) =>
    change({ sections: { ...v.sections, [section]: { ...v.sections[section], ...patch } } });
  const id = plannedId ?? v.id;
  const visitedOn = v.visitedOn || today();
  const next = v.nextOn === '' ? null : { on: v.nextOn, half: v.nextHalf };
  const urgent = isUrgent(SECTIONS.flatMap((s) => v.sections[s].scale ?? []));
  const acting = urgent || v.acting;
  const companion = v.role === null || v.role === 'none' ? null : { role: v.role, name: v.name };
  const aloneReason = v.role === 'none' ? v.aloneReason : null;
  const body = {
    caseId: start.caseId,
    visitedOn,
    minutes: v.minutes === '' ? null : Number(v.minutes),
    companion,
    aloneReason: aloneReason === '' ? null : aloneReason,
    ...v.sections,
    action: acting ? { what: v.what, byWhom: v.byWhom, until: v.until || visitedOn } : null,
    next,
  };
  const missed = { caseId: start.caseId, visitedOn, notMet: v.notMet, says: v.says, next };
  const checked = v.met ? VisitRecord.safeParse(body) : MissedVisit.safeParse(missed);
  const accompanied = !v.met || companionVerdict({ first: start.first, companion, aloneReason: body.aloneReason }).ok;
  const problem = (...path: string[]): ReactNode => {
    if (!told || checked.success) return null;
    const issue = checked.error.issues.find((i) => path.every((p, at) => i.path[at] === p));
    return issue === undefined ? null : (
      <div className="rd-error" role="alert">
        {WORDS[path.join('.')] ?? issue.message}
      </div>
    );
  };
  const send = () => {
    setTold(true);
    // What is missing stands above the button: the page goes there.
    window.setTimeout(() => document.querySelector('.vs-form .rd-error')?.scrollIntoView({ block: 'center' }), 0);
    if (!accompanied) return;
    if (v.met) {
      const ready = VisitRecord.safeParse(body);
      if (ready.success) record.mutate({ params: { id }, body: ready.data });
    } else {
      const ready = MissedVisit.safeParse(missed);
      if (ready.success) miss.mutate({ params: { id }, body: ready.data });
    }
  };
  const busy = record.isPending || miss.isPending;
  // Without a network the act waits by itself; the draft is on this device in any case.
  const waits = record.isPaused || miss.isPaused;
  const nextDay = addDays(visitedOn as Day, start.intervalDays);
  return (
    <form
      className="vs-form"
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        send();
      }}
    >
      <div>
        <strong>
          {start.recipientName}（{genderLabels[start.recipientGender]}
          {start.recipientAge === null ? '' : `，${start.recipientAge}岁`}）
        </strong>
        <div className="rd-quiet">
          {start.caseNumber}　{start.lastOn === null ? '还没有人去过' : `上次 ${shortDay(start.lastOn)}`}
        </div>
        <div className="rd-quiet">依据：{whyDue(start)}</div>
        {start.last === null ? null : (
          <details>
            <summary>看上次的情况</summary>
            {start.last.sections.map((s) => (
              <p key={s.section} className="rd-wrap">
                {visitSectionLabels[s.section]}：{visitScaleLabels[s.scale]}
                {s.says === '' ? '' : `。${s.says}`}
              </p>
            ))}
          </details>
        )}
      </div>
      <div className="vs-switch">
        <button type="button" aria-pressed={v.met} onClick={() => change({ met: true })}>
          见到了
        </button>
        <button type="button" aria-pressed={!v.met} onClick={() => change({ met: false })}>
          没有见到
        </button>
      </div>
      {v.met ? (
        <>
          {start.first ? (
            <fieldset>
              <legend>首次入户，谁陪同</legend>
              <Choices
                name="companion"
                wide
                options={[...optionsOf(companionRoleLabels), { value: 'none', label: '没有人陪同' }]}
                value={v.role}
                onChange={(role) => change({ role })}
              />
              {v.role === null ? null : v.role === 'none' ? (
                <label>
                  <span className="vs-label">为什么独自前往</span>
                  <input
                    className="vs-input"
                    maxLength={120}
                    value={v.aloneReason}
                    onChange={(e) => change({ aloneReason: e.target.value })}
                  />
                </label>
              ) : (
                <label>
                  <span className="vs-label">陪同人姓名</span>
                  <input className="vs-input" maxLength={40} value={v.name} onChange={(e) => change({ name: e.target.value })} />
                </label>
              )}
              {told && !accompanied ? (
                <div className="rd-error" role="alert">
                  请写陪同的人；没有人陪同的，写明原因
                </div>
              ) : (
                (problem('companion') ?? problem('aloneReason'))
              )}
            </fieldset>
          ) : null}
          {SECTIONS.map((section) => (
            <fieldset key={section}>
              <legend>{visitSectionLabels[section]}</legend>
              <Choices
                name={section}
                options={optionsOf(visitScaleLabels)}
                value={v.sections[section].scale}
                onChange={(scale) => write(section, { scale })}
                urgent="urgent"
              />
              <textarea
                className="vs-input"
                aria-label={`${visitSectionLabels[section]}：看到了什么`}
                placeholder={HINTS[section]}
                rows={2}
                maxLength={1000}
                value={v.sections[section].says}
                onChange={(e) => write(section, { says: e.target.value })}
              />
              <DangerOffer text={v.sections[section].says} caseId={start.caseId} source="visit" />
              {problem(section, 'scale')}
            </fieldset>
          ))}
          {acting ? (
            <section className={urgent ? 'vs-now' : undefined} aria-label="即时处置">
              {urgent ? <strong>有紧急情况，现在就要有人去做</strong> : null}
              <label>
                <span className="vs-label">做什么</span>
                <input className="vs-input" maxLength={200} value={v.what} onChange={(e) => change({ what: e.target.value })} />
              </label>
              {problem('action', 'what')}
              <div className="vs-pair">
                <label>
                  <span className="vs-label">谁来做</span>
                  <input className="vs-input" maxLength={40} value={v.byWhom} onChange={(e) => change({ byWhom: e.target.value })} />
                </label>
                <label>
                  <span className="vs-label">到哪天</span>
                  <input
                    className="vs-input"
                    type="date"
                    min={visitedOn}
                    value={v.until || visitedOn}
                    onChange={(e) => change({ until: e.target.value })}
                  />
                </label>
              </div>
              {problem('action', 'byWhom')}
              {urgent ? (
                <span>
                  有生命危险先打 110、120。保存后可以一键求助
                  {start.minor ? (
                    <>
                      ；孩子可能受到侵害的，
                      <a href={`${location.pathname.startsWith('/m/') ? '/m' : ''}/reports/new?from=/cases/${start.caseId}`}>
                        立即强制报告
                      </a>
                    </>
                  ) : null}
                  。
                </span>
              ) : null}
            </section>
          ) : (
            <button type="button" className="jy-link-button vs-more" onClick={() => change({ acting: true })}>
              有要马上办的事
            </button>
          )}
          <fieldset>
            <legend>大约多久</legend>
            <Choices
              name="minutes"
              options={MINUTES.map((m) => ({ value: m, label: `${m} 分钟` }))}
              value={MINUTES.includes(v.minutes) ? v.minutes : null}
              onChange={(minutes) => change({ minutes })}
            />
            <details>
              <summary>写别的时长或日期</summary>
              <div className="vs-pair">
                <label>
                  <span className="vs-label">分钟</span>
                  <input
                    className="vs-input"
                    type="number"
                    inputMode="numeric"
                    min={1}
                    max={600}
                    value={v.minutes}
                    onChange={(e) => change({ minutes: e.target.value })}
                  />
                </label>
                <label>
                  <span className="vs-label">哪天去的</span>
                  <input
                    className="vs-input"
                    type="date"
                    max={today()}
                    value={visitedOn}
                    onChange={(e) => change({ visitedOn: e.target.value })}
                  />
                </label>
              </div>
            </details>
            {problem('minutes')}
          </fieldset>
        </>
      ) : (
        <fieldset>
          <legend>为什么没有见到</legend>
          <Choices name="not-met" options={optionsOf(notMetLabels)} value={v.notMet} onChange={(notMet) => change({ notMet })} />
          <textarea
            className="vs-input"
            aria-label="看到了什么，接下来怎么办"
            placeholder="看到了什么，问过谁，接下来怎么办"
            rows={3}
            maxLength={500}
            value={v.says}
            onChange={(e) => change({ says: e.target.value })}
          />
          {problem('notMet')}
        </fieldset>
      )}
      <fieldset>
        <legend>下次什么时候去</legend>
        <div className="jy-choices jy-thumbs jy-wide-words">
          <label>
            <input type="radio" name="next" checked={v.nextOn === ''} onChange={() => change({ nextOn: '' })} />
            先不安排
          </label>
          {[addDays(visitedOn as Day, 7), ...(start.intervalDays === 7 ? [] : [nextDay])]
            .filter((day) => day > today())
            .map((day) => (
              <label key={day}>
                <input type="radio" name="next" checked={v.nextOn === day} onChange={() => change({ nextOn: day })} />
                {shortDay(day)}
              </label>
            ))}
        </div>
        <details>
          <summary>选别的日子</summary>
          <div className="vs-pair">
            <label>
              <span className="vs-label">哪天</span>
              <input
                className="vs-input"
                type="date"
                min={addDays(today(), 1)}
                value={v.nextOn}
                onChange={(e) => change({ nextOn: e.target.value })}
              />
            </label>
            <label>
              <span className="vs-label">时段</span>
              <select className="vs-input" value={v.nextHalf} onChange={(e) => change({ nextHalf: e.target.value as DayHalf })}>
                {optionsOf(dayHalfLabels).map((o) => (
                  <option key={o.value} value={o.value}>
                    {o.label}
                  </option>
                ))}
              </select>
            </label>
          </div>
        </details>
      </fieldset>
      <RefusalNotice error={record.error ?? miss.error} />
      <div className="vs-foot">
        <button type="submit" className="vs-button" disabled={busy}>
          {waits ? '等网络接通' : busy ? '正在保存…' : '保存探访'}
        </button>
        <span className="rd-quiet vs-kept" role="status">
          {waits ? '现在没有网络。写的都在本机，接通后自动保存。' : draft.says}
        </span>
      </div>
      {told && (!checked.success || !accompanied) ? (
        <div className="rd-error" role="alert">
          还有没填的，请看上面的提示。
        </div>
      ) : null}
      <p className="rd-quiet">不打卡、不定位，照片可以不拍。没有网络也可以先写，写的内容留在本机。</p>
    </form>
  );
}

const WORDS: Readonly<Record<string, string>> = {
  companion: '请写陪同人的姓名',
  aloneReason: '请写明原因，至少两个字',
  'health.scale': '请选一项',
  'safety.scale': '请选一项',
  'life.scale': '请选一项',
  'action.what': '请写明做什么',
  'action.byWhom': '请写明谁来做',
  minutes: '请选或填写时长',
  notMet: '请选一项',
};
