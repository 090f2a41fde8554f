import { answerGroupLead, askGroupLead } from '@jieyou/core/groups/endpoints.ts';
import type { Group, LeadChange } from '@jieyou/core/groups/schema.ts';
import { leadChangeLabels } from '@jieyou/core/texts/groupLabels.ts';
import { Checkbox, Input } from 'antd';
import { ActForm } from '../house/ActForm.tsx';
import { useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { shortInstant } from '../house/format.ts';
import { Card } from '../house/Page.tsx';
import { ColleaguePicker } from '../house/pickers.tsx';
import { Field } from '../house/RecordForm.tsx';

/** What waits for the head or for those who asked. */
export function LeadActs({ g, change }: { readonly g: Group; readonly change: LeadChange }) {
  const answer = useAct(answerGroupLead);
  const params = { id: g.id, changeId: change.id };
  const say = (decision: 'confirm' | 'withdraw') => answer.mutateAsync({ params, body: { decision, says: '', version: change.version } });
  return (
    <div className="jy-actions">
      {change.can.includes('confirm') && (
        <ConfirmButton
          type="primary"
          danger={false}
          ask={`由${change.toName}牵头？`}
          says={`确认后立即生效。${change.fromName}${change.stays ? '改为协助。' : '不再看到这个小组。'}`}
          sure="确认"
          onSure={() => say('confirm')}
        >
          确认换牵头人
        </ConfirmButton>
      )}
      {change.can.includes('decline') && (
        <ActForm
          endpoint={{ ...answerGroupLead, path: answerGroupLead.path.replace('{changeId}', change.id) }}
          id={g.id}
          extra={{ decision: 'decline', version: change.version }}
          title="不同意换牵头人"
          button={{ block: false }}
        >
          <Field name="says" label="原因">
            <Input maxLength={200} />
          </Field>
        </ActForm>
      )}
      {change.can.includes('withdraw') && (
        <ConfirmButton type="text" ask="撤回这份提议？" says="撤回后牵头人不变。" sure="撤回" onSure={() => say('withdraw')}>
          撤回
        </ConfirmButton>
      )}
    </div>
  );
}

/** Who led the group when, and the change of it. */
export function LeadChanges({ g }: { readonly g: Group }) {
  const may = g.can.includes('change-lead');
  if (!may && g.leadChanges.length === 0) return null;
  return (
    <Card
      title="牵头人"
      actions={
        may && (
          <ActForm
            endpoint={askGroupLead}
            id={g.id}
            extra={{ version: g.version }}
            initial={{ stays: true }}
            title="换牵头人"
            says="社工提出的，由本站站长确认后生效；站长提出的立即生效。"
            button={{ block: false }}
          >
            <Field name="toId" label="由谁牵头" hint="本站在岗的社工">
              <ColleaguePicker />
            </Field>
            <Field name="reason" label="原因">
              <Input maxLength={200} />
            </Field>
            <Field name="stays" label="现在的牵头人" valueProp="checked">
              <Checkbox>{g.leadName}留下来协助</Checkbox>
            </Field>
          </ActForm>
        )
      }
    >
      <p>现在由{g.leadName}牵头。</p>
      {g.leadChanges.length > 0 && (
        <ul className="gr-list">
          {g.leadChanges.map((c) => (
            <li key={c.id}>
              <span>
                {c.fromName} → {c.toName}　{leadChangeLabels[c.status]}　{c.reason}
                {c.answer === '' ? '' : `　答复：${c.answer}`}
              </span>
              <span className="jy-secondary">
                {c.askedByName} {shortInstant(c.askedAt)}提出
                {c.answeredAt === null ? '' : `　${c.answeredByName ?? ''} ${shortInstant(c.answeredAt)}`}
              </span>
              {c.can.length > 0 && <LeadActs g={g} change={c} />}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
