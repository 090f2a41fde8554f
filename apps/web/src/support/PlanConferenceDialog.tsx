import { planConference } from '@jieyou/core/support/meetingEndpoints.ts';
import { Input } from 'antd';
import { useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { InstantInput } from '../house/inputs.tsx';
import { PersonPicker } from '../house/pickers.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';

/** Another conference of the same round, after the one before was cancelled. */
export default function PlanConferenceDialog({
  requestId,
  place,
  onClose,
}: {
  readonly requestId: string;
  /** Where the one before was to be. */
  readonly place: string;
  readonly onClose: () => void;
}) {
  const plan = useAct(planConference);
  return (
    <FormDialog open title="重新安排会诊" onClose={onClose} width={560}>
      <p className="rd-says">专家、资料和已有意见不变。安排后通知参加的人，也可以再征集时间。</p>
      <RecordForm
        columns={1}
        validateWith={planConference.body}
        initial={{ place }}
        final
        submitWords="安排会诊"
        onCancel={onClose}
        submit={async (body) => {
          await plan.mutateAsync({ params: { id: requestId }, body });
          onClose();
        }}
      >
        <Field name="plannedAt" label="时间">
          <InstantInput />
        </Field>
        <Field name="place" label="地点或会议链接" hint="会写进邮件，请勿写案情">
          <Input maxLength={80} />
        </Field>
        <Field name="chairId" label="主持人">
          <PersonPicker roles={['centre', 'supervisor', 'expert']} />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}
