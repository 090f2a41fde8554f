import { registerAlarm } from '@jieyou/core/alarms/endpoints.ts';
import { CrisisDraft, ViolenceDraft } from '@jieyou/core/alarms/schema.ts';
import { readCase } from '@jieyou/core/cases/endpoints.ts';
import {
  alarmKindLabels,
  alarmSourceLabels,
  capacityLabels,
  disclosedByLabels,
  screenAnswerLabels,
  screeningAsks,
  screeningLabels,
  violenceFormLabels,
} from '@jieyou/core/texts/alarmLabels.ts';
import { optionsOf, riskLabels } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Input, Radio, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { CallLines } from '../house/CallLines.tsx';
import { today } from '../house/format.ts';
import { ChoiceBoxes, DayInput, InstantInput } from '../house/inputs.tsx';
import { Card, Page } from '../house/Page.tsx';
import { QuickExit } from '../house/QuickExit.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { uuid } from '../house/uuid.ts';
import { WordsLeft } from '../house/WordsLeft.tsx';
import { NEUTRAL_TITLE } from './words.ts';
import './alarms.css';

type Search = {
  readonly case?: string;
  readonly kind?: string;
  readonly visit?: string;
  readonly appeal?: string;
  readonly call?: string;
};

/** Registering a crisis or violence at home, from a case or from a visit. */
export default function AlarmFormPage() {
  const search = useSearch({ strict: false }) as Search;
  const caseId = search.case ?? '';
  const navigate = useNavigate();
  const file = useQuery({ ...queryOf(readCase, { params: { id: caseId } }), enabled: caseId !== '' });
  const kind = search.kind === 'violence' ? 'violence' : 'crisis';
  if (file.isError)
    return (
      <>
        <RefusalNotice error={file.error} onRetry={() => void file.refetch()} />
        <WordsLeft names={[`alarm.${kind === 'crisis' ? 'c' : 'v'}.${caseId}`]} />
      </>
    );
  if (file.data === undefined) return <Skeleton active />;
  const minor = (file.data.recipient.age ?? 99) < 18;
  const done = (id: string) => void navigate({ to: '/alarms/$id', params: { id }, replace: true });
  const from = (['visit', 'appeal', 'call'] as const).find((k) => search[k] !== undefined);
  const given = { caseId, source: from, sourceId: from === undefined ? null : (search[from] ?? null), minor, done };
  return (
    <div className="al-page">
      <Page
        title={`登记${alarmKindLabels[kind]}：${file.data.recipient.name}`}
        crumbs={[
          { title: '我的个案', to: '/cases' },
          { title: file.data.number, to: `/cases/${caseId}` },
        ]}
        says="有人身危险，先打 110、120，再回来登记。"
      >
        <CallLines />
        <nav className="jy-chips" aria-label="登记哪一种">
          {(['crisis', 'violence'] as const).map((k) => (
            <button
              key={k}
              type="button"
              aria-pressed={k === kind}
              onClick={() => void navigate({ to: '/alarms/new', search: { ...search, kind: k } as never, replace: true })}
            >
              {alarmKindLabels[k]}
            </button>
          ))}
        </nav>
        <Card>{kind === 'crisis' ? <CrisisForm {...given} /> : <ViolenceForm {...given} />}</Card>
      </Page>
      <QuickExit title={NEUTRAL_TITLE} />
    </div>
  );
}

type Given = {
  readonly caseId: string;
  readonly source: string | undefined;
  readonly sourceId: string | null;
  readonly minor: boolean;
  readonly done: (id: string) => void;
};

const useRegister = (given: Given) => {
  const [id] = useState(uuid);
  const act = useAct(registerAlarm);
  return {
    extra: { id, caseId: given.caseId, sourceId: given.sourceId } as never,
    submit: async (body: never) => {
      const draft = body as { source: string; sourceId: string | null };
      const made = await act.mutateAsync({ body: { ...draft, sourceId: draft.source === given.source ? draft.sourceId : null } as never });
      given.done(made.id);
    },
  };
};

const SCREENING = Object.keys(screeningLabels) as (keyof typeof screeningLabels)[];

/** The four questions, to be shown beside the rating. */
export function ScreeningFields() {
  return SCREENING.map((key) => (
    <Field key={key} name={['screening', key]} label={`${screeningLabels[key]}：${screeningAsks[key]}`} wide>
      <Radio.Group options={optionsOf(screenAnswerLabels)} />
    </Field>
  ));
}

/** The rating, which is the worker's own. */
export function RatingFields() {
  return (
    <>
      <Field name="rating" label="我的评级" hint="由您判断。上面的回答和量表只作参考，平台不替您定级。" wide>
        <Radio.Group options={optionsOf(riskLabels)} />
      </Field>
      <Field name="reason" label="评级的理由" wide>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
      </Field>
      <Field name="lookAgainOn" label="再评日期（中、低）" hint="不填按规定的最晚日期">
        <DayInput notBefore={today()} />
      </Field>
    </>
  );
}

function CrisisForm(given: Given) {
  const { extra, submit } = useRegister(given);
  return (
    <RecordForm
      validateWith={CrisisDraft}
      initial={{ kind: 'crisis', source: (given.source ?? 'note') as 'note' }}
      extra={{ ...(extra as object), kind: 'crisis' } as never}
      draftKey={`alarm.c.${given.caseId}`}
      submitWords="登记并通知"
      final
      submit={submit as never}
    >
      <Field name="source" label="怎么知道的">
        <Select options={optionsOf(alarmSourceLabels)} />
      </Field>
      <Field name="toldAt" label="什么时候说的、看到的（不填就是现在）" hint="办理的时限从那时算起">
        <InstantInput />
      </Field>
      <Field name="scale" label="用过的量表与得分（可不填）">
        <Input maxLength={120} />
      </Field>
      <Field name="trigger" label="发生了什么" wide>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={2000} placeholder="谁、何时、说了什么、做了什么；尽量用原话" />
      </Field>
      <ScreeningFields />
      <RatingFields />
    </RecordForm>
  );
}

function ViolenceForm(given: Given) {
  const { extra, submit } = useRegister(given);
  return (
    <RecordForm
      validateWith={ViolenceDraft}
      initial={{
        kind: 'violence',
        source: (given.source ?? 'note') as 'note',
        immediate: false,
        ...(given.minor ? { capacity: 'limited' as const } : {}),
      }}
      extra={{ ...(extra as object), kind: 'violence' } as never}
      draftKey={`alarm.v.${given.caseId}`}
      submitWords="登记"
      final
      submit={submit as never}
    >
      <Field name="source" label="怎么知道的">
        <Select options={optionsOf(alarmSourceLabels)} />
      </Field>
      <Field name="disclosedBy" label="谁说的">
        <Select options={optionsOf(disclosedByLabels)} />
      </Field>
      <Field name="toldAt" label="什么时候说的、看到的（不填就是现在）" hint="办理的时限从那时算起">
        <InstantInput />
      </Field>
      <Field name="trigger" label="说了什么、看到什么" hint="记原话，不追问取证" wide>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={2000} />
      </Field>
      <Field name="forms" label="形式" wide>
        <ChoiceBoxes options={optionsOf(violenceFormLabels)} />
      </Field>
      <Field
        name="capacity"
        label="民事行为能力"
        hint="未成年人、限制或没有民事行为能力的，我们须及时报案（反家庭暴力法 14）；完全的，尊重本人意愿"
        wide
      >
        <Radio.Group options={optionsOf(capacityLabels).filter((o) => !given.minor || o.value !== 'full')} />
      </Field>
      <Field name="immediate" label="现在有人身危险吗" hint="有：先打 110" wide>
        <Radio.Group
          options={[
            { value: true, label: '有' },
            { value: false, label: '没有' },
          ]}
        />
      </Field>
      <Field name="relation" label="加害人与服务对象的关系">
        <Input maxLength={20} />
      </Field>
      <Field name="abuser" label="加害人姓名（可不填）" hint="加密保存；监护人中就是这个人的，不再显示为联系人">
        <Input maxLength={40} autoComplete="off" />
      </Field>
      <Field name="abuserPhone" label="加害人电话（可不填）" hint="只用来分清同名的监护人，不保存号码">
        <Input maxLength={20} autoComplete="off" inputMode="tel" />
      </Field>
      <Field name="contactHow" label="怎样联系才安全" hint="平台不会给服务对象或家里的电话发任何消息" wide>
        <Input maxLength={200} placeholder="例如：只在活动中心当面说；不打家里电话" />
      </Field>
      <Field name="contactTimes" label="什么时候联系安全" wide>
        <Input maxLength={100} placeholder="例如：工作日上午九点到十一点" />
      </Field>
    </RecordForm>
  );
}
