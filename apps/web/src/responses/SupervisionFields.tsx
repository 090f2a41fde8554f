import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { supervisionFormLabels, supervisionTypeLabels } from '@jieyou/core/texts/responsesLabels.ts';
import { Input, Radio } from 'antd';
import { today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { Field } from '../house/RecordForm.tsx';

/** A passage of several lines. */
export const Passage = (props: { readonly id?: string; readonly value?: string; readonly max?: number }) => {
  const { max = 1000, ...rest } = props;
  return <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={max} showCount {...rest} />;
};

/** The fields of a supervision record, for the first writing and for a correction. */
export function SupervisionFields() {
  return (
    <>
      <Field name="heldOn" label="日期">
        <DayInput notAfter={today()} />
      </Field>
      <Field name="type" label="督导类型">
        <Radio.Group options={optionsOf(supervisionTypeLabels)} />
      </Field>
      <Field name="startsAt" label="开始时刻">
        <Input type="time" />
      </Field>
      <Field name="endsAt" label="结束时刻">
        <Input type="time" />
      </Field>
      <Field name="form" label="督导形式" wide>
        <Radio.Group options={optionsOf(supervisionFormLabels)} />
      </Field>
      <Field name="others" label="其他参加人" hint="团体督导时写上，可以不填。" wide>
        <Input maxLength={400} />
      </Field>
      <Field name="topics" label="督导议题" wide>
        <Passage />
      </Field>
      <Field name="advice" label="督导意见" wide>
        <Passage max={4000} />
      </Field>
      <Field name="followUp" label="后续跟进" wide>
        <Passage />
      </Field>
    </>
  );
}
