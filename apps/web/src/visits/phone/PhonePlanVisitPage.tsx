import { addDays, type Day } from '@jieyou/core/shared/day.ts';
import { genderLabels, optionsOf } from '@jieyou/core/texts/labels.ts';
import { dayHalfLabels, visitReasonLabels, whyDue } from '@jieyou/core/texts/visitLabels.ts';
import { planVisit, readVisitStart } from '@jieyou/core/visits/endpoints.ts';
import { type DayHalf, VisitPlan, type VisitReason } from '@jieyou/core/visits/schema.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Skeleton } from 'antd-mobile';
import { useState } from 'react';
import { queryOf, useAct } from '../../house/ask.ts';
import { Choices } from '../../house/Choices.tsx';
import { shortDay, today } from '../../house/format.ts';
import { useKept } from '../../house/kept.ts';
import { PhonePage } from '../../house/PhonePage.tsx';
import { pocket } from '../../house/pocket.ts';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { uuid } from '../../house/uuid.ts';
import { WordsLeft } from '../../house/WordsLeft.tsx';

type Kept = {
  /** Made on this device: sent again, it is the same plan. */
  readonly id: string;
  readonly plannedOn: string;
  readonly half: DayHalf;
  readonly reason: VisitReason | null;
  readonly why: string;
};

const EMPTY: Kept = { id: '', plannedOn: '', half: 'any', reason: null, why: '' };

/** Planning the next visit of somebody, with and without network. */
export default function PhonePlanVisitPage() {
  const { case: caseId = '' } = useSearch({ strict: false }) as { case?: string };
  const navigate = useNavigate();
  const found = useQuery({ ...queryOf(readVisitStart, { params: { id: caseId } }), enabled: caseId !== '' });
  const carried = pocket()?.caseOf(caseId) ?? null;
  const draft = useKept<Kept>(`plan.${caseId}`, EMPTY);
  const [told, setTold] = useState(false);
  const plan = useAct(planVisit, (answer) => {
    draft.clear();
    void navigate({ to: '/visits', search: { planned: answer.id } as never, replace: true });
  });
  const start = found.data;
  const person = start ?? carried?.row ?? null;
  if (person === null)
    return (
      <PhonePage title="安排探访">
        {found.isError ? (
          <>
            <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
            <WordsLeft names={[`plan.${caseId}`]} />
          </>
        ) : (
          <Skeleton.Paragraph lineCount={5} animated />
        )}
      </PhonePage>
    );
  if (start !== undefined && !start.can.includes('plan'))
    return (
      <PhonePage title="安排探访">
        <p className="rd-quiet">这个个案已经结案，或不由您办理，不能安排探访。</p>
        <WordsLeft names={[`plan.${caseId}`]} />
      </PhonePage>
    );
  const v = draft.value;
  const tomorrow = addDays(today() as Day, 1);
  const due = start !== undefined && start.dueOn > today() ? start.dueOn : tomorrow;
  const plannedOn = v.plannedOn || due;
  const reason = v.reason ?? (start?.lastOn === null ? 'first' : 'regular');
  const change = (patch: Partial<Kept>) => draft.set({ ...v, id: v.id || uuid(), ...patch });
  const past = plannedOn < today();
  return (
    <PhonePage title="安排探访">
      <form
        className="ph-form"
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          setTold(true);
          const id = v.id || uuid();
          const ready = VisitPlan.safeParse({ id, caseId, plannedOn, half: v.half, reason, why: v.why });
          if (!ready.success || past) return;
          // What is proposed and was left as it is belongs to what is kept.
          draft.set({ ...v, id, plannedOn, reason });
          plan.mutate({ body: ready.data });
        }}
      >
        <div>
          <strong>
            {person.recipientName}（{genderLabels[person.recipientGender]}
            {person.recipientAge === null ? '' : `，${person.recipientAge}岁`}）
          </strong>
          {start === undefined ? null : (
            <>
              <div className="rd-quiet">{start.lastOn === null ? '还没有人去过' : `上次 ${shortDay(start.lastOn)}`}</div>
              <div className="rd-quiet">依据：{whyDue(start)}</div>
              {start.planned === null ? null : (
                <div role="status">
                  已安排 {shortDay(start.planned.on)} {dayHalfLabels[start.planned.half]}，这里再安排是另一次。
                </div>
              )}
            </>
          )}
        </div>
        <div>
          <label className="ph-label" htmlFor="plan-on">
            哪天
          </label>
          <input
            id="plan-on"
            className="ph-input"
            type="date"
            min={today()}
            value={plannedOn}
            onChange={(e) => change({ plannedOn: e.target.value })}
          />
          {told && past ? (
            <div className="rd-error" role="alert">
              日期不能早于今天
            </div>
          ) : null}
        </div>
        <fieldset className="ph-choice">
          <legend>时段</legend>
          <Choices name="half" options={optionsOf(dayHalfLabels)} value={v.half} onChange={(half) => change({ half })} />
        </fieldset>
        <fieldset className="ph-choice">
          <legend>事由</legend>
          <Choices name="reason" wide options={optionsOf(visitReasonLabels)} value={reason} onChange={(next) => change({ reason: next })} />
        </fieldset>
        <label className="ph-field">
          要看、要问的事（可以不填）
          <textarea className="ph-input" rows={3} maxLength={300} value={v.why} onChange={(e) => change({ why: e.target.value })} />
        </label>
        <RefusalNotice error={plan.error} />
        <button type="submit" className="ph-button" disabled={plan.isPending}>
          {plan.isPending ? '正在安排' : '安排'}
        </button>
        <div className="rd-quiet" role="status">
          {draft.says}
        </div>
      </form>
    </PhonePage>
  );
}
