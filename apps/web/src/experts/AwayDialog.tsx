import { addExpertAway } from '@jieyou/core/experts/endpoints.ts';
import type { AwayDays } from '@jieyou/core/experts/rules.ts';
import { Input } from 'antd';
import { useMemo } from 'react';
import { useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { awayDraft } from './away.ts';

/** Notes days on which an expert cannot come. */
export function AwayDialog({
  id,
  noted,
  open,
  onClose,
}: {
  readonly id: string;
  /** Days that are noted already: the new ones may not share a day with them. */
  readonly noted: readonly AwayDays[];
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const add = useAct(addExpertAway);
  const draft = useMemo(() => awayDraft(noted), [noted]);
  return (
    <FormDialog open={open} title="登记不在的日期" onClose={onClose} width={560}>
      <RecordForm
        validateWith={draft}
        initial={{ fromDay: today(), toDay: today() }}
        submitWords="登记"
        onCancel={onClose}
        submit={async (body) => {
          await add.mutateAsync({ params: { id }, body });
          onClose();
        }}
      >
        <Field name="fromDay" label="从哪天">
          <DayInput />
        </Field>
        <Field name="toDay" label="到哪天" hint="这一天也不在。">
          <DayInput notBefore={today()} />
        </Field>
        <Field name="reason" label="原因" hint="可以不填；支援中心、督导和主管部门看得到。" wide>
          <Input maxLength={60} placeholder="如：外出讲课、休假" />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}
