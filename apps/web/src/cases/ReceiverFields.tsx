import { listConsentReceivers } from '@jieyou/core/cases/endpoints.ts';
import { type ConsentPurpose, RECEIVERS_OF, type ReceiverKind } from '@jieyou/core/cases/schema.ts';
import { receiverKindLabels } from '@jieyou/core/texts/recipientLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Form, type FormInstance, Input, Select } from 'antd';
import { useEffect } from 'react';
import { queryOf } from '../house/ask.ts';
import { Field } from '../house/RecordForm.tsx';

/** To whom a consent gives: chosen from a register, so that it binds to this one, or in words. */
export function ReceiverFields({ form, of }: { readonly form: FormInstance; readonly of?: ConsentPurpose }) {
  const watched = Form.useWatch('purpose', form) as ConsentPurpose | undefined;
  const purpose = of ?? watched ?? 'conference';
  const kind = Form.useWatch('receiverKind', form) as ReceiverKind | null | undefined;
  const chosen = Form.useWatch('receiverId', form) as string | null | undefined;
  const found = useQuery(queryOf(listConsentReceivers, { query: { purpose } }));
  const rows = found.data?.rows;
  // What was chosen for one purpose is not there for another.
  useEffect(() => {
    if (rows === undefined || chosen == null || rows.some((r) => r.id === chosen)) return;
    form.setFieldsValue({ receiverId: null, receiverKind: RECEIVERS_OF[purpose][0] });
  }, [rows, chosen, form, purpose]);
  // Words stand for the usual receiver of a purpose, unless somebody says otherwise.
  useEffect(() => {
    if (kind == null || !RECEIVERS_OF[purpose].includes(kind)) form.setFieldsValue({ receiverKind: RECEIVERS_OF[purpose][0] });
  }, [kind, purpose, form]);
  return (
    <>
      <Field name="receiverId" label="从名册里选接收方" hint="选了就只对这一位有效；名册里没有的，在下面写名称。">
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          loading={found.isPending}
          placeholder="联动单位、机构或专家"
          options={(rows ?? []).map((r) => ({ value: r.id, label: `${r.name}（${receiverKindLabels[r.kind]}）` }))}
          onChange={(id: string | undefined) => {
            const row = rows?.find((r) => r.id === id);
            form.setFieldsValue(
              row === undefined
                ? { receiverId: null, receiverKind: RECEIVERS_OF[purpose][0] }
                : { receiverId: row.id, receiverKind: row.kind, receiver: row.name },
            );
          }}
        />
      </Field>
      <Field name="receiver" label="提供给谁" hint="几位专家都写上姓名；只对写明的有效。">
        <Input maxLength={60} disabled={chosen != null} />
      </Field>
      <Field name="receiverKind" label="是哪一类">
        <Select disabled={chosen != null} options={RECEIVERS_OF[purpose].map((k) => ({ value: k, label: receiverKindLabels[k] }))} />
      </Field>
    </>
  );
}
