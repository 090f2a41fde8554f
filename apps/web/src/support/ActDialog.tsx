import { helpFieldLabels, helpFields } from '@jieyou/core/shared/fields.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal, Radio, Rate } from 'antd';
import { useState } from 'react';
import { ApiError } from '../house/client.ts';
import { enterStays } from '../house/enter.ts';
import { today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { PersonPicker } from '../house/pickers.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import type { ActField, ActForm, ActValues } from './acts.ts';
import { afterMove } from './queries.ts';

const rulesOf = (field: ActField) => [
  ...(field.required === true
    ? [{ required: true, message: field.kind === 'passage' || field.kind === 'line' ? `请填写${field.label}` : `请选择${field.label}` }]
    : []),
  ...(field.max === undefined ? [] : [{ max: field.max, message: `最多 ${field.max} 个字` }]),
  ...(field.kind === 'passage' && field.required === true ? [{ min: 2, message: '请至少写两个字' }] : []),
];

const controlOf = (field: ActField) => {
  switch (field.kind) {
    case 'passage':
      return (
        <Input.TextArea
          autoSize={{ minRows: 3, maxRows: 10 }}
          {...(field.max === undefined ? {} : { maxLength: field.max, showCount: true })}
        />
      );
    case 'line':
      return <Input {...(field.max === undefined ? {} : { maxLength: field.max })} />;
    case 'day':
      return <DayInput notBefore={today()} />;
    case 'choice':
      return <Radio.Group options={(field.choices ?? []).map((c) => ({ value: c.value, label: c.label }))} />;
    case 'helpField':
      return <Radio.Group options={helpFields.map((f) => ({ value: f, label: helpFieldLabels[f] }))} />;
    case 'person':
      return <PersonPicker roles={field.roles ?? []} />;
    case 'yesNo':
      return (
        <Radio.Group
          options={[
            { value: true, label: '已解决' },
            { value: false, label: '没有解决' },
          ]}
        />
      );
    case 'stars':
      return <Rate tooltips={['很不满意', '不满意', '一般', '满意', '很满意']} />;
  }
};

/** A short act in a dialog: what it asks, what it will do, and what was typed stays when the platform refuses. */
export function ActDialog({ form: act, onClose, onDone }: { form: ActForm; onClose: () => void; onDone?: () => void }) {
  const [form] = Form.useForm();
  const [modal, modalHolder] = Modal.useModal();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const initial = Object.fromEntries(act.fields.filter((f) => f.initial !== undefined).map((f) => [f.name, f.initial]));

  const send = async (given: Record<string, unknown>) => {
    const values = given as ActValues;
    setBusy(true);
    setError(null);
    try {
      await act.send(values);
      await afterMove(client);
      onDone?.();
      onClose();
    } catch (failed) {
      setError(failed);
      // The record moved on under the dialog: read it again, so that a second try starts from what is there now.
      if (failed instanceof ApiError && failed.kind === 'refused') await afterMove(client);
    } finally {
      setBusy(false);
    }
  };

  const close = () => {
    if (
      !form.isFieldsTouched() ||
      Object.values(form.getFieldsValue() as Record<string, unknown>).every((v) => v === undefined || v === '')
    ) {
      onClose();
      return;
    }
    void modal.confirm({ title: '放弃已填写的内容吗', okText: '放弃', cancelText: '继续填写', onOk: onClose });
  };

  return (
    <Modal
      open
      title={act.title}
      onCancel={close}
      okText={act.confirm}
      cancelText="取消"
      confirmLoading={busy}
      okButtonProps={act.danger === true ? { danger: true } : {}}
      onOk={() => form.submit()}
      mask={{ closable: false }}
      width={560}
    >
      {modalHolder}
      <p className="rd-says">{act.says}</p>
      <Form
        form={form}
        layout="vertical"
        className="rd-stack"
        onKeyDown={enterStays}
        initialValues={initial}
        onFinish={(v: Record<string, unknown>) => void send(v)}
        scrollToFirstError
      >
        {act.fields.map((field) => (
          <Form.Item
            key={field.name}
            name={field.name}
            label={field.label}
            rules={rulesOf(field)}
            extra={field.hint}
            validateTrigger={['onBlur', 'onSubmit']}
          >
            {controlOf(field)}
          </Form.Item>
        ))}
      </Form>
      {error === null ? null : <RefusalNotice error={error} />}
    </Modal>
  );
}
