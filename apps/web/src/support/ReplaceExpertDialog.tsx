import { replaceExpert } from '@jieyou/core/support/meetingEndpoints.ts';
import { helpFieldLabels, helpFields } from '@jieyou/core/texts/labels.ts';
import { Input } from 'antd';
import { useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { ChoiceBoxes, InstantInput } from '../house/inputs.tsx';
import { ExpertPicker } from '../house/pickers.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import type { RoundData } from './queries.ts';

/** Somebody else in the place of an expert who is late: same round, same packet, a new deadline. */
export default function ReplaceExpertDialog({
  invitation,
  onClose,
}: {
  readonly invitation: RoundData['invitations'][number];
  readonly onClose: () => void;
}) {
  const replace = useAct(replaceExpert);
  return (
    <FormDialog open title={`换下${invitation.expertName}`} onClose={onClose} width={600}>
      <p className="rd-says">原邀请随即撤销，对方不再看到任何资料。新专家看同一份资料；本轮、校验码和已交的意见都不变。</p>
      <RecordForm
        columns={1}
        validateWith={replaceExpert.body}
        initial={{ helpFields: invitation.helpFields }}
        final
        submitWords="更换专家"
        onCancel={onClose}
        submit={async (body) => {
          await replace.mutateAsync({ params: { id: invitation.id }, body });
          onClose();
        }}
      >
        <Field name="expertId" label="请哪位专家">
          <ExpertPicker />
        </Field>
        <Field name="helpFields" label="从哪些方面提意见">
          <ChoiceBoxes options={helpFields.map((f) => ({ value: f, label: helpFieldLabels[f] }))} />
        </Field>
        <Field name="deadline" label="新的意见截止" hint="晚于本轮原截止时，本轮随之顺延">
          <InstantInput />
        </Field>
        <Field name="reason" label="更换的原因">
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={400} />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}
