import { screenSupportRequest } from '@jieyou/core/support/endpoints.ts';
import type { ScreenBody } from '@jieyou/core/support/schema.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Radio, Skeleton } from 'antd';
import { useState } from 'react';
import { ApiError, call } from '../house/client.ts';
import { enterStays } from '../house/enter.ts';
import { PersonPicker } from '../house/pickers.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { ChecklistAnswersView, ChecklistOutcome } from './Checklist.tsx';
import { afterMove, type RequestFileData, useAssessment } from './queries.ts';

type Exit = ScreenBody['exit'];

const exits: readonly {
  readonly exit: Exit;
  readonly can: string;
  readonly label: string;
  readonly says: string;
  readonly confirm: string;
}[] = [
  { exit: 'accept', can: 'accept', label: '受理', says: '给档案号，由中心承办，接着组建专家组。', confirm: '受理' },
  { exit: 'ask', can: 'ask', label: '请补充', says: '计时暂停，等求助社工补充后继续。', confirm: '请对方补充' },
  { exit: 'decline', can: 'decline', label: '不受理', says: '说明原因，并告诉对方还能走哪条路。', confirm: '不受理' },
  { exit: 'divert', can: 'divert', label: '不属疑难', says: '转为督导建议，可指定一位督导跟进。', confirm: '转督导建议' },
  { exit: 'crisis', can: 'toCrisis', label: '危机', says: '值班人员会立即收到消息，15 分钟内须确认接手。', confirm: '转入危机通道' },
];

type Values = { note?: string; question?: string; reason?: string; otherRoute?: string; advice?: string; supervisorId?: string };

const bodyOf = (exit: Exit, v: Values, version: number, checklistVersion: string): ScreenBody => {
  const cited = { version, checklistVersion };
  switch (exit) {
    case 'accept':
      return { exit, ...cited, ...(v.note ? { note: v.note } : {}) };
    case 'ask':
      return { exit, ...cited, question: v.question ?? '' };
    case 'decline':
      return { exit, ...cited, reason: v.reason ?? '', otherRoute: v.otherRoute ?? '' };
    case 'divert':
      return { exit, ...cited, advice: v.advice ?? '', ...(v.supervisorId ? { supervisorId: v.supervisorId } : {}) };
    case 'crisis':
      return { exit, ...cited, reason: v.reason ?? '' };
  }
};

const passage = (name: keyof Values, label: string, max: number, required: boolean, hint?: string) => (
  <Form.Item
    name={name}
    label={label}
    extra={hint}
    validateTrigger={['onBlur', 'onSubmit']}
    rules={
      required
        ? [
            { required: true, message: `请填写${label}` },
            { min: 2, message: '请至少写两个字' },
          ]
        : []
    }
  >
    <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={max} showCount />
  </Form.Item>
);

/** The checklist's result with the version that is cited, and the five exits of screening. */
export function ScreeningExits({ file, onDone }: { file: RequestFileData; onDone?: () => void }) {
  const client = useQueryClient();
  const [form] = Form.useForm<Values>();
  const offered = exits.filter((e) => file.can.includes(e.can));
  const proposed = file.content?.checklistResult?.outcome;
  const [exit, setExit] = useState<Exit>(proposed === 'supervision-advice' && file.can.includes('divert') ? 'divert' : 'accept');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const kept = file.content?.checklistResult ?? null;
  // A request that came in without a result (by hotline) is assessed now, so that screening has a version to cite.
  const assessed = useAssessment(kept === null ? file.content?.checklist : undefined);
  const result = kept ?? assessed.data?.result;
  if (offered.length === 0) return null;
  if (result === undefined) return <Skeleton active paragraph={{ rows: 3 }} />;
  const chosen = offered.find((e) => e.exit === exit) ?? offered[0];
  if (chosen === undefined) return null;

  const send = async (values: Values) => {
    setBusy(true);
    setError(null);
    try {
      await call(screenSupportRequest, { params: { id: file.id }, body: bodyOf(chosen.exit, values, file.version, result.packVersion) });
      await afterMove(client);
      onDone?.();
    } catch (failed) {
      setError(failed);
      if (failed instanceof ApiError && failed.code !== undefined) await afterMove(client);
    } finally {
      setBusy(false);
    }
  };

  return (
    <section aria-label="筛选">
      <ChecklistOutcome result={result} />
      {file.content === null ? null : (
        <details className="rd-more">
          <summary>看每一题的回答</summary>
          <ChecklistAnswersView answers={file.content.checklist} />
        </details>
      )}
      <Form
        form={form}
        layout="vertical"
        className="rd-stack"
        onKeyDown={enterStays}
        onFinish={(v) => void send(v)}
        style={{ marginTop: 12 }}
      >
        <Form.Item label="怎样处理" style={{ marginBottom: 8 }}>
          <Radio.Group
            aria-label="怎样处理"
            optionType="button"
            buttonStyle="solid"
            value={chosen.exit}
            onChange={(event) => setExit(event.target.value as Exit)}
            options={offered.map((e) => ({ value: e.exit, label: e.label }))}
          />
        </Form.Item>
        <p className="rd-says">{chosen.says}</p>
        {chosen.exit === 'accept' ? passage('note', '给求助社工的话（可不填）', 600, false) : null}
        {chosen.exit === 'ask' ? passage('question', '请对方补充什么', 600, true, '一次问清，写明要哪些材料') : null}
        {chosen.exit === 'decline' ? (
          <>
            {passage('reason', '不受理的原因', 600, true)}
            {passage('otherRoute', '还能走的途径', 600, true, '如：所属街道站个案会、市级热线、法律援助窗口')}
          </>
        ) : null}
        {chosen.exit === 'divert' ? (
          <>
            {passage('advice', '给社工的督导建议', 1000, true)}
            <Form.Item name="supervisorId" label="请哪位督导跟进（可不填）">
              <PersonPicker roles={['supervisor']} />
            </Form.Item>
          </>
        ) : null}
        {chosen.exit === 'crisis' ? passage('reason', '为什么判断为危机', 600, true) : null}
        {error === null ? null : <RefusalNotice error={error} />}
        <Button type="primary" htmlType="submit" loading={busy} danger={chosen.exit === 'crisis'}>
          {chosen.confirm}
        </Button>
      </Form>
    </section>
  );
}
