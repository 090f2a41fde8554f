import { readPublicStart } from '@jieyou/core/appeals/endpoints.ts';
import { listHotlines } from '@jieyou/core/calls/endpoints.ts';
import { appealTopicLabels, safeTimeLabels } from '@jieyou/core/texts/appealsLabels.ts';
import { handOverOutcomeLabels } from '@jieyou/core/texts/callsLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { Checkbox, Input, Radio, Select } from 'antd';
import { queryOf } from '../house/ask.ts';
import { ChoiceBoxes } from '../house/inputs.tsx';
import { Field } from '../house/RecordForm.tsx';
import { useSessionState } from '../house/session.tsx';

/** What a fresh form of these fields holds. */
export const SEND_INITIAL = {
  streetId: null,
  danger: false,
  topic: 'family' as const,
  safeTimes: [],
  safeNote: null,
  mayMessage: false,
  unsafe: false,
};

/** What the street's station must know to answer a caller. */
export function SendFields() {
  const { session } = useSessionState();
  const found = useQuery(queryOf(readPublicStart));
  const district = found.data?.districts.find((d) => d.id === session?.account.districtId);
  return (
    <>
      <Field name="streetId" label="住在哪个街道" hint="不清楚就不选，由支援中心接手">
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={(district?.streets ?? []).map((s) => ({ value: s.id, label: s.name }))}
        />
      </Field>
      <Field name="topic" label="什么事">
        <Select options={optionsOf(appealTopicLabels)} />
      </Field>
      <Field name="danger" label="" valueProp="checked">
        <Checkbox>现在有人身危险（值班人员会马上收到通知）</Checkbox>
      </Field>
      <Field name="safeTimes" label="什么时候回电">
        <ChoiceBoxes options={optionsOf(safeTimeLabels)} />
      </Field>
      <Field name="safeNote" label="联系时要注意什么">
        <Input maxLength={80} />
      </Field>
      <Field name="unsafe" label="" valueProp="checked">
        <Checkbox>家里有人可能看手机或听电话</Checkbox>
      </Field>
      <Field name="mayMessage" label="" valueProp="checked">
        <Checkbox>没人接时可以留言</Checkbox>
      </Field>
    </>
  );
}

/** Which hotline, what was said, and what came of it. */
export function HandOverChoice({ says }: { readonly says: string }) {
  const found = useQuery(queryOf(listHotlines, { query: { limit: 100 } }));
  return (
    <>
      <Field name="hotlineId" label="转给哪个热线">
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={(found.data?.rows ?? [])
            .filter((h) => h.active)
            .map((h) => ({ value: h.id, label: `${h.number} ${h.name}：${h.helps}` }))}
        />
      </Field>
      <Field name="outcome" label="结果">
        <Radio.Group options={optionsOf(handOverOutcomeLabels)} />
      </Field>
      <Field name={says} label="说了什么">
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={300} />
      </Field>
    </>
  );
}
