import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { addSupportLine } from '@jieyou/core/support/endpoints.ts';
import { proposeSupervisor } from '@jieyou/core/support/meetingEndpoints.ts';
import { helpFieldLabels } from '@jieyou/core/texts/labels.ts';
import { Button, Input, Radio } from 'antd';
import { useState } from 'react';
import { useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import '../house/reading.css';

/** Who supervises a line: the proposal with reasons, others with a reason of one's own, and why the rest is left out. */
export default function SupervisorDialog({
  requestId,
  fields,
  onClose,
}: {
  readonly requestId: string;
  readonly fields: readonly HelpField[];
  readonly onClose: () => void;
}) {
  const [helpField, setHelpField] = useState<HelpField>(fields[0] ?? 'family');
  const [holderId, setHolderId] = useState<string | null>(null);
  const [task, setTask] = useState('');
  const [reason, setReason] = useState('');
  const propose = useAct(proposeSupervisor, (found) => setHolderId(found.chosen?.personId ?? null));
  const open = useAct(addSupportLine, onClose);
  const found = propose.data;
  const choices =
    found === undefined
      ? []
      : [
          ...(found.chosen === null ? [] : [{ ...found.chosen, says: `推荐：${found.chosen.reasons.join('；')}` }]),
          ...found.leftOut.filter((l) => l.mayChoose),
        ];
  const other = found !== undefined && holderId !== null && holderId !== found.chosen?.personId;
  return (
    <FormDialog open title="推荐督导" onClose={onClose} width={640}>
      <p className="rd-says">按专业、任期、不在的日子、负担和回避规则推荐，逐人说明理由。</p>
      <Radio.Group
        aria-label="所需专业"
        value={helpField}
        onChange={(e) => setHelpField(e.target.value as HelpField)}
        options={fields.map((f) => ({ value: f, label: helpFieldLabels[f] }))}
      />
      <div className="rd-bar">
        <Button
          type={found === undefined ? 'primary' : 'default'}
          loading={propose.isPending}
          onClick={() => propose.mutate({ params: { id: requestId }, body: { helpField } })}
        >
          {found === undefined ? '看推荐' : '重新推荐'}
        </Button>
      </div>
      <RefusalNotice error={propose.error} />
      {found === undefined ? null : (
        <>
          {choices.length === 0 ? <p>没有可以承接的督导。请看下面的原因。</p> : null}
          <Radio.Group
            aria-label="由谁督导"
            value={holderId}
            onChange={(e) => setHolderId(String(e.target.value))}
            options={choices.map((c) => ({ value: c.personId, label: `${c.name}（${c.says}）` }))}
            style={{ display: 'grid', gap: 8 }}
          />
          {found.leftOut.some((l) => !l.mayChoose) ? (
            <details className="rd-more">
              <summary>为什么没有选</summary>
              <ul className="rd-plain">
                {found.leftOut
                  .filter((l) => !l.mayChoose)
                  .map((l) => (
                    <li key={l.personId}>
                      {l.name}：{l.says}
                    </li>
                  ))}
              </ul>
            </details>
          ) : null}
          {holderId === null ? null : (
            <>
              <div className="rd-field">
                <label htmlFor="supervisor-task">请督导做什么</label>
                <Input.TextArea
                  id="supervisor-task"
                  value={task}
                  onChange={(e) => setTask(e.target.value)}
                  autoSize={{ minRows: 2, maxRows: 6 }}
                  maxLength={600}
                />
              </div>
              {other ? (
                <div className="rd-field">
                  <label htmlFor="supervisor-reason">不用推荐的理由</label>
                  <Input.TextArea
                    id="supervisor-reason"
                    value={reason}
                    onChange={(e) => setReason(e.target.value)}
                    autoSize={{ minRows: 2, maxRows: 4 }}
                    maxLength={400}
                  />
                </div>
              ) : null}
              <RefusalNotice error={open.error} />
              {task.trim().length < 2 || (other && reason.trim().length < 2) ? (
                <p className="rd-quiet">{task.trim().length < 2 ? '写明请督导做什么，就可以开线。' : '不用推荐的督导，请写明理由。'}</p>
              ) : null}
              <div className="rd-bar">
                <Button
                  type="primary"
                  loading={open.isPending}
                  disabled={task.trim().length < 2 || (other && reason.trim().length < 2)}
                  onClick={() =>
                    open.mutate({
                      params: { id: requestId },
                      body: {
                        helpField,
                        kind: 'supervision',
                        holderId,
                        providerName: null,
                        task: task.trim(),
                        ...(other ? { overrideReason: reason.trim() } : {}),
                      },
                    })
                  }
                >
                  新开督导线
                </Button>
              </div>
            </>
          )}
        </>
      )}
    </FormDialog>
  );
}
