import { answerHandover, listHandoverChoices, proposeHandover } from '@jieyou/core/cases/stageEndpoints.ts';
import { HandoverDraft, type HandoverRow, type StageFile } from '@jieyou/core/cases/stageSchema.ts';
import { ReliefStatus } from '@jieyou/core/relief/schema.ts';
import { handedClassLabels, handoverCauseLabels, handoverStatusLabels } from '@jieyou/core/texts/caseStageLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Checkbox, Form, Input, Select } from 'antd';
import { type ReactNode, useDeferredValue, useState } from 'react';
import type { z } from 'zod';
import { ActForm } from '../house/ActForm.tsx';
import { queryOf, useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { FormDialog } from '../house/FormDialog.tsx';
import { shortInstant } from '../house/format.ts';
import { ChoiceBoxes } from '../house/inputs.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { useSession } from '../house/session.tsx';

type Row = z.infer<typeof HandoverRow>;

function ColleaguePicker({ value, onChange, ...rest }: { readonly value?: string; readonly onChange?: (id: string) => void }) {
  const { account } = useSession();
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed);
  const found = useQuery({ ...queryOf(listHandoverChoices, { query: text === '' ? {} : { text } }), placeholderData: keepPreviousData });
  const own = { value: account.personId, label: `${account.name}（本人）` };
  const others = (found.data?.rows ?? []).filter((p) => !p.mine).map((p) => ({ value: p.personId, label: p.name }));
  // One's own name is known also where the list does not reach to it.
  const named = value === own.value || found.data?.rows.some((p) => p.mine) === true;
  return (
    <Select
      {...rest}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      placeholder="输入姓名或拼音"
      loading={found.isFetching}
      {...(value === undefined ? {} : { value })}
      onChange={(id: string) => onChange?.(id)}
      options={named ? [own, ...others] : others}
    />
  );
}

/** What goes along: register and consents always do. */
const MAY_CHOOSE = optionsOf(handedClassLabels).filter((o) => o.value !== 'register' && o.value !== 'consents');

function AtOnce() {
  const atOnce = Form.useWatch('atOnce') as boolean | undefined;
  return (
    <Field
      name="atOnce"
      label="何时生效"
      valueProp="checked"
      hint={atOnce === true ? '提交后原承办人立即看不到这些个案。' : '对方接收后生效。'}
      wide
    >
      <Checkbox>由站长安排，立即移交</Checkbox>
    </Field>
  );
}

const OPEN_RELIEF = ReliefStatus.options.filter((status) => status !== 'closed');

/** Hands one case over, or, without a case, somebody's whole caseload. */
export function HandOverDialog({
  caseId,
  mayOrder,
  onClose,
}: {
  readonly caseId: string | null;
  readonly mayOrder: boolean;
  readonly onClose: (says?: ReactNode) => void;
}) {
  const propose = useAct(proposeHandover);
  const { account } = useSession();
  return (
    <FormDialog open title={caseId === null ? '移交全部个案' : '移交这个个案'} width={600} onClose={() => onClose()}>
      <RecordForm
        validateWith={HandoverDraft}
        // Who does not order handovers passes on what is their own.
        initial={{
          ...(caseId === null && !mayOrder ? { fromId: account.personId } : {}),
          cause: 'leave',
          mayRead: ['papers', 'records', 'attachments'],
          atOnce: false,
        }}
        extra={{ caseId, ...(caseId === null ? {} : { fromId: null }) } as never}
        columns={1}
        draftKey={`handover.${caseId ?? 'all'}`}
        submitWords="提出移交"
        final
        onCancel={() => onClose()}
        submit={async (body) => {
          const { cases, skipped, reliefs } = await propose.mutateAsync({ body });
          onClose(
            <>
              已提出 {cases} 个{skipped === 0 ? '' : `，${skipped} 个暂时不能移交`}。
              {reliefs === 0 ? null : (
                <>
                  另有{' '}
                  <Link
                    to={'/relief-cases' as never}
                    search={{ workerId: body.fromId ?? account.personId, status: OPEN_RELIEF } as never}
                    className="rd-underlined"
                  >
                    {reliefs} 个救助个案
                  </Link>
                  没有结束，由站长逐个移交。
                </>
              )}
            </>,
          );
        }}
      >
        {caseId === null ? (
          <Field name="fromId" label="移交谁的个案">
            <ColleaguePicker />
          </Field>
        ) : null}
        <Field name="toId" label="交给哪位同事" hint="只能交给本站在岗的社工。">
          <ColleaguePicker />
        </Field>
        <Field name="cause" label="原因">
          <Select options={optionsOf(handoverCauseLabels)} />
        </Field>
        <Field name="reason" label="说明" hint="不用写服务对象的情况。">
          <Input maxLength={120} />
        </Field>
        <Field name="mayRead" label="一并移交哪些材料" hint="登记与同意总是移交；没有勾选的，接手的人看不到移交以前的。">
          <ChoiceBoxes options={MAY_CHOOSE} />
        </Field>
        {caseId === null && mayOrder ? <AtOnce /> : null}
      </RecordForm>
    </FormDialog>
  );
}

/** Answers to one handover. */
export function HandoverActs({ row }: { readonly row: Row }) {
  const answer = useAct(answerHandover);
  const say = (decision: 'accept' | 'withdraw') =>
    answer.mutateAsync({ params: { id: row.id }, body: { version: row.version, decision, reason: '' } });
  return (
    <div className="rd-bar">
      {row.can.includes('accept') ? (
        <ConfirmButton
          size="small"
          type="primary"
          danger={false}
          ask={`接收 ${row.number}？`}
          says="接收后由您承办，原承办人立即看不到这个个案。"
          sure="接收"
          onSure={() => say('accept')}
        >
          接收
        </ConfirmButton>
      ) : null}
      {row.can.includes('decline') ? (
        <ActForm
          endpoint={answerHandover}
          id={row.id}
          extra={{ version: row.version, decision: 'decline' }}
          title="不接收"
          button={{ size: 'small', block: false }}
        >
          <Field name="reason" label="原因">
            <Input maxLength={120} />
          </Field>
        </ActForm>
      ) : null}
      {row.can.includes('withdraw') ? (
        <ConfirmButton
          size="small"
          type="text"
          ask="撤回这次移交？"
          says="撤回后对方不能再接收。"
          sure="撤回"
          onSure={() => say('withdraw')}
        >
          撤回
        </ConfirmButton>
      ) : null}
    </div>
  );
}

/** Handovers of one case, and the button to propose one. */
export function HandoverCard({ file, mayPropose }: { readonly file: StageFile; readonly mayPropose: boolean }) {
  const [open, setOpen] = useState(false);
  const running = file.handovers.some((h) => h.status === 'proposed');
  if (!mayPropose && file.handovers.length === 0) return null;
  return (
    <section className="jy-card">
      <div className="jy-card-head">
        <h2>移交</h2>
        {mayPropose && !running && file.stage !== 'archived' ? <Button onClick={() => setOpen(true)}>移交</Button> : null}
      </div>
      {file.handovers.length === 0 ? <p className="rd-quiet">没有移交过。</p> : null}
      <ul className="rd-plain">
        {file.handovers.map((h) => (
          <li key={h.id} className="rd-consent">
            <div>
              {h.fromName} → {h.toName}　{handoverStatusLabels[h.status]}
              <div className="rd-quiet">
                {handoverCauseLabels[h.cause]}：{h.reason}　{h.proposedByName} {shortInstant(h.proposedAt)}提出
                <br />
                接手的人可看：{h.mayRead.map((c) => handedClassLabels[c]).join('、')}
                {h.answer === '' ? '' : `　答复：${h.answer}`}
              </div>
              <HandoverActs row={h} />
            </div>
          </li>
        ))}
      </ul>
      {open ? <HandOverDialog caseId={file.id} mayOrder={false} onClose={() => setOpen(false)} /> : null}
    </section>
  );
}
