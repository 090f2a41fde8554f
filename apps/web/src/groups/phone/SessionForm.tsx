import { holdSession } from '@jieyou/core/groups/endpoints.ts';
import { type GroupSession, type Presence, SessionRecord } from '@jieyou/core/groups/schema.ts';
import { dynamicsLabels, presenceLabels, reachedLabels } from '@jieyou/core/texts/groupLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { useState } from 'react';
import { useAct } from '../../house/ask.ts';
import { Choices } from '../../house/Choices.tsx';
import { shortDay, today } from '../../house/format.ts';
import { PhoneCard } from '../../house/PhonePage.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import type { SessionDraft } from '../../house/sessionDraft.ts';
import './session.css';

const WORDS: Readonly<Record<string, string>> = {
  heldOn: '请选哪天开的',
  minutes: '请填 1 到 600 分钟',
  guests: '请填人数',
  helpers: '请填人数',
  process: '请写过程，至少两个字',
  dynamics: '请选一项',
  reached: '请选一项',
};

const PASSAGES = { process: 4000, dynamicsSays: 1000, reachedSays: 1000, next: 1000 } as const;

/** Recording a session in one hand: who came, what happened. What is written is kept on the phone until the platform has it. */
export function SessionForm({
  s,
  value: v,
  change: put,
  kept,
  done,
}: {
  readonly s: GroupSession;
  readonly value: SessionDraft;
  readonly change: (next: SessionDraft) => void;
  readonly kept: string;
  readonly done: (saved: string) => void;
}) {
  const [told, setTold] = useState(false);
  const hold = useAct(holdSession, () => done(s.id));
  const change = (patch: Partial<SessionDraft>) => put({ ...v, ...patch });
  const people = s.attendance.filter((p) => !p.still && p.joinedOn <= v.heldOn && (p.leftOn === null || p.leftOn >= v.heldOn));
  const missing = people.filter((p) => v.told[p.memberId] === undefined);
  const number = (text: number | string) => (text === '' ? Number.NaN : Number(text));
  const record = {
    heldOn: v.heldOn,
    minutes: number(v.minutes),
    attendance: people.flatMap((p) => {
      const presence = v.told[p.memberId];
      return presence === undefined ? [] : [{ memberId: p.memberId, presence }];
    }),
    guests: number(v.guests),
    helpers: number(v.helpers),
    process: v.process,
    dynamics: v.dynamics,
    dynamicsSays: v.dynamicsSays,
    reached: v.reached,
    reachedSays: v.reachedSays,
    next: v.next,
  };
  const checked = SessionRecord.safeParse(record);
  const wrong = new Set(checked.success ? [] : checked.error.issues.map((i) => String(i.path[0])));
  const nobody =
    missing.length === 0 && number(v.guests) === 0 && !people.some((p) => ['present', 'late'].includes(v.told[p.memberId] ?? ''));
  const fits = checked.success && missing.length === 0 && !nobody && v.heldOn <= today();
  const problem = (says: string | null) =>
    told && says !== null ? (
      <div className="rd-error" role="alert">
        {says}
      </div>
    ) : null;
  const problemOf = (name: string) => problem(wrong.has(name) ? (WORDS[name] ?? '请填写') : null);
  const save = () => {
    setTold(true);
    if (fits && checked.success) hold.mutate({ params: { id: s.groupId, sessionId: s.id }, body: { ...checked.data, version: v.base } });
  };
  const count = (name: 'guests' | 'helpers', label: string, hint: string) => (
    <label className="gs-line">
      <span>
        {label}
        <span className="rd-quiet">{hint}</span>
      </span>
      <input
        className="ph-input"
        type="number"
        inputMode="numeric"
        min={0}
        max={500}
        value={v[name]}
        onChange={(e) => change({ [name]: e.target.value })}
      />
    </label>
  );
  const passage = (name: keyof typeof PASSAGES, label: string, rows: number) => (
    <label className="ph-field gs-field">
      {label}
      <textarea
        className="ph-input"
        rows={rows}
        maxLength={PASSAGES[name]}
        value={v[name]}
        onChange={(e) => change({ [name]: e.target.value })}
      />
    </label>
  );
  return (
    <form
      className="gs-form"
      onSubmit={(e) => {
        e.preventDefault();
        save();
      }}
    >
      <PhoneCard title="出席">
        {s.status === 'planned' && s.plannedOn > today() ? (
          <p className="rd-quiet">原定 {shortDay(s.plannedOn)}。提前开了，日期按实际的记。</p>
        ) : null}
        <div className="gs-head">
          <button
            type="button"
            className="ph-button ph-quiet"
            disabled={missing.length === 0}
            onClick={() =>
              change({ told: { ...v.told, ...Object.fromEntries(missing.map((p) => [p.memberId, 'present' satisfies Presence])) } })
            }
          >
            没记的都记“到”
          </button>
          <span className="rd-quiet" aria-live="polite">
            已记 {people.length - missing.length}/{people.length} 人
          </span>
        </div>
        {people.map((p) => (
          <fieldset key={p.memberId}>
            <legend>{p.name}</legend>
            <Choices
              name={`told.${p.memberId}`}
              options={optionsOf(presenceLabels)}
              value={v.told[p.memberId] ?? null}
              onChange={(presence) => change({ told: { ...v.told, [p.memberId]: presence } })}
            />
          </fieldset>
        ))}
        {problem(missing.length === 0 ? null : `还有 ${missing.length} 位没有记`)}
        {problem(nobody ? '没有人到场，不能记成开过。没开成的，请在完整版里取消这一节。' : null)}
        {count('guests', '其他到场的人', '家属、居民，只记人数')}
        {problemOf('guests')}
        {count('helpers', '志愿者人数', '不计入到场')}
        {problemOf('helpers')}
        <label className="gs-line">
          哪天开的
          <input className="ph-input" type="date" max={today()} value={v.heldOn} onChange={(e) => change({ heldOn: e.target.value })} />
        </label>
        {problem(v.heldOn > today() ? '日期还没到' : wrong.has('heldOn') ? (WORDS['heldOn'] ?? '') : null)}
        <label className="gs-line">
          多少分钟
          <input
            className="ph-input"
            type="number"
            inputMode="numeric"
            min={1}
            max={600}
            value={v.minutes}
            onChange={(e) => change({ minutes: e.target.value })}
          />
        </label>
        {problemOf('minutes')}
      </PhoneCard>
      <PhoneCard title="记录">
        {passage('process', '过程', 4)}
        {problemOf('process')}
        <fieldset>
          <legend>小组动力</legend>
          <Choices
            wide
            name="dynamics"
            options={optionsOf(dynamicsLabels)}
            value={v.dynamics}
            onChange={(dynamics) => change({ dynamics })}
          />
          {problemOf('dynamics')}
        </fieldset>
        {passage('dynamicsSays', '看到了什么', 2)}
        <fieldset>
          <legend>目标达成</legend>
          <Choices wide name="reached" options={optionsOf(reachedLabels)} value={v.reached} onChange={(reached) => change({ reached })} />
          {problemOf('reached')}
        </fieldset>
        {passage('reachedSays', '依据', 2)}
        {passage('next', '下一节跟进', 2)}
      </PhoneCard>
      <RefusalNotice error={hold.error} />
      {told && !fits ? (
        <div className="rd-error" role="alert">
          还有没填的，请看上面的提示。
        </div>
      ) : null}
      <button type="submit" className="ph-button" disabled={hold.isPending}>
        {hold.isPending ? '正在保存' : s.status === 'held' ? '保存更正' : '保存这一节'}
      </button>
      <p className="rd-quiet" role="status">
        {kept}
      </p>
      <p className="rd-quiet">没有网络也能记。志愿者每人的时长、小组的表单，回到完整版里填。</p>
    </form>
  );
}
