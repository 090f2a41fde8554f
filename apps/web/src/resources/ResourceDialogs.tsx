import { noteIntake, reviewResource } from '@jieyou/core/resources/endpoints.ts';
import { IntakeDraft, type Resource } from '@jieyou/core/resources/schema.ts';
import { addMonths } from '@jieyou/core/shared/day.ts';
import { InputNumber, Radio } from 'antd';
import { z } from 'zod';
import { useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';

type Shown = Pick<z.infer<typeof Resource>, 'id' | 'name' | 'version' | 'intake' | 'intakeUntil' | 'places' | 'validTo'>;

/** Whether it takes referrals now, until when that is known, and how many. */
export function IntakeDialog({ resource, onClose }: { readonly resource: Shown; readonly onClose: () => void }) {
  const note = useAct(noteIntake);
  const message = useMessages();
  return (
    <FormDialog open title={`${resource.name}：是否接收`} onClose={onClose}>
      <RecordForm
        validateWith={IntakeDraft}
        initial={{
          intake: resource.intake ?? 'open',
          intakeUntil: resource.intakeUntil !== null && resource.intakeUntil >= today() ? resource.intakeUntil : null,
          places: resource.places,
        }}
        onCancel={onClose}
        submit={async (body) => {
          await note.mutateAsync({ params: { id: resource.id }, body: { ...body, version: resource.version } });
          void message.success('已登记');
          onClose();
        }}
      >
        <Field name="intake" label="现在接收转介吗">
          <Radio.Group
            options={[
              { value: 'open', label: '接收' },
              { value: 'closed', label: '不接收' },
            ]}
          />
        </Field>
        <Field name="places" label="还有几个名额" hint="不填为不限。">
          <InputNumber min={0} precision={0} style={{ width: '100%' }} />
        </Field>
        <Field name="intakeUntil" label="这样到哪一天" hint="过了这一天，页面会说“请先问”。">
          <DayInput notBefore={today()} />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}

const Review = z.object({ nextOn: z.iso.date(), validTo: z.iso.date().nullable() });

/** Somebody looked at it again and says when to look next. */
export function ReviewDialog({ resource, onClose }: { readonly resource: Shown; readonly onClose: () => void }) {
  const review = useAct(reviewResource);
  const message = useMessages();
  return (
    <FormDialog open title={`复核${resource.name}`} onClose={onClose}>
      <RecordForm
        validateWith={Review}
        initial={{ nextOn: addMonths(today(), 6), validTo: resource.validTo }}
        submitWords="已复核"
        onCancel={onClose}
        submit={async (body) => {
          await review.mutateAsync({ params: { id: resource.id }, body: { ...body, version: resource.version } });
          void message.success('已复核');
          onClose();
        }}
      >
        <Field name="nextOn" label="下次复核">
          <DayInput notBefore={today()} />
        </Field>
        <Field name="validTo" label="失效" hint="不填为长期有效。">
          <DayInput />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}
