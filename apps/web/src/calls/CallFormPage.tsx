import { createCall, findCallMatches } from '@jieyou/core/calls/endpoints.ts';
import { CallDraft, type CallMatch, HandOverDraft, SendDraft } from '@jieyou/core/calls/schema.ts';
import { appealStatusLabels } from '@jieyou/core/texts/appealsLabels.ts';
import { callerRelationLabels, callKindLabels, callMatchLabels, callStatusLabels } from '@jieyou/core/texts/callsLabels.ts';
import { caseStatusLabels, optionsOf } from '@jieyou/core/texts/labels.ts';
import { useNavigate } from '@tanstack/react-router';
import { Input, Radio } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { z } from 'zod';
import { useAct } from '../house/ask.ts';
import { call } from '../house/client.ts';
import { clockTime, now } from '../house/format.ts';
import { useMessages } from '../house/messages.tsx';
import { Card, Page } from '../house/Page.tsx';
import { Field, FieldGroup, RecordForm } from '../house/RecordForm.tsx';
import { HandOverChoice, SEND_INITIAL, SendFields } from './sendFields.tsx';

type Next = 'later' | 'send' | 'hand' | 'end';
type Match = z.infer<typeof CallMatch>;

const NEXT: readonly { readonly value: Next; readonly label: string }[] = [
  { value: 'later', label: '先登记' },
  { value: 'send', label: '转社工站' },
  { value: 'hand', label: '转其他热线' },
  { value: 'end', label: '办结' },
];

const Base = CallDraft.omit({ startedAt: true });
const SCHEMAS = {
  later: Base,
  send: Base.extend(SendDraft.shape),
  hand: Base.extend({ ...HandOverDraft.omit({ says: true }).shape, handSays: HandOverDraft.shape.says }),
  end: Base.extend({ result: z.string().trim().min(2, { error: '请写结果' }).max(500) }),
} as const;

const INITIAL = { kind: 'help' as const, relation: 'self' as const, says: '', outcome: 'connected' as const, ...SEND_INITIAL };

const statusOf = (m: Match): string =>
  m.kind === 'case'
    ? caseStatusLabels[m.status as 'open']
    : m.kind === 'appeal'
      ? appealStatusLabels[m.status as 'waiting']
      : callStatusLabels[m.status as 'open'];

/** A call is written down while the caller speaks: by keyboard alone, arrows choose, Tab goes on, Ctrl+Enter saves. */
export default function CallFormPage() {
  const navigate = useNavigate();
  const create = useAct(createCall);
  const message = useMessages();
  const [startedAt] = useState(now);
  const [next, setNext] = useState<Next>('later');
  const [relation, setRelation] = useState('self');
  const [matches, setMatches] = useState<readonly Match[] | null>(null);
  const asked = useRef('');
  const frame = useRef<HTMLDivElement>(null);
  const schema = useMemo(() => SCHEMAS[next] as z.ZodObject, [next]);

  useEffect(() => {
    frame.current?.querySelector<HTMLInputElement>('input[type=radio]')?.focus();
  }, []);

  const look = async (phone: string) => {
    const typed = phone.trim();
    if (typed.length < 7 || typed === asked.current) return;
    asked.current = typed;
    // A search that fails must not hold up the one who listens.
    const found = await call(findCallMatches, { body: { phone: typed } }).catch(() => null);
    if (found !== null && asked.current === typed) setMatches(found.rows);
  };

  const submit = async (values: Record<string, unknown>) => {
    const v = values as z.infer<typeof Base> &
      z.infer<typeof SendDraft> & { hotlineId: string; outcome: 'connected'; handSays: string; result: string };
    const { kind, relation: who, callerName, callerPhone, personName, personPhone, says } = v;
    const made = await create.mutateAsync({
      body: {
        kind,
        relation: who,
        callerName,
        callerPhone,
        personName: who === 'self' ? null : personName,
        personPhone: who === 'self' ? null : personPhone,
        says,
        startedAt,
        ...(next === 'send'
          ? {
              send: {
                streetId: v.streetId,
                danger: v.danger,
                topic: v.topic,
                safeTimes: v.safeTimes,
                safeNote: v.safeNote,
                mayMessage: v.mayMessage,
                unsafe: v.unsafe,
              },
            }
          : {}),
        ...(next === 'hand' ? { handOver: { hotlineId: v.hotlineId, outcome: v.outcome, says: v.handSays } } : {}),
        ...(next === 'end' ? { result: v.result } : {}),
      },
    });
    void message.success(`已登记 ${made.number}`);
    void navigate({ to: `/calls/${made.id}` });
  };

  return (
    <Page
      title="登记来电"
      crumbs={[{ title: '热线来电', to: '/calls' }]}
      says={`${clockTime(startedAt)} 开始。方向键选择，Tab 到下一项，Ctrl+Enter 保存。`}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys and leaving of the fields inside are heard here; the frame itself is no control */}
      <div
        ref={frame}
        onKeyDown={(e) => {
          if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
            e.preventDefault();
            frame.current?.querySelector('form')?.requestSubmit();
          }
        }}
        onBlur={(e) => {
          if (e.target instanceof HTMLInputElement && /Phone$/.test(e.target.id)) void look(e.target.value);
        }}
      >
        <Card>
          <RecordForm
            validateWith={schema}
            initial={INITIAL as never}
            draftKey="call.new"
            submitWords="保存"
            onCancel={() => void navigate({ to: '/calls' })}
            onValuesChange={(values) => setRelation(String((values as { relation?: string }).relation ?? 'self'))}
            submit={submit}
          >
            <Field name="kind" label="类别" wide>
              <Radio.Group options={optionsOf(callKindLabels)} />
            </Field>
            <FieldGroup title="来电人">
              <Field name="callerPhone" label="来电人电话">
                <Input inputMode="tel" autoComplete="off" maxLength={20} />
              </Field>
              <Field name="callerName" label="来电人称呼">
                <Input autoComplete="off" maxLength={20} />
              </Field>
              {matches !== null && <Known matches={matches} />}
              <Field name="relation" label="来电人是当事人的" wide>
                <Radio.Group options={optionsOf(callerRelationLabels)} />
              </Field>
            </FieldGroup>
            {relation !== 'self' && (
              <FieldGroup title="当事人">
                <Field name="personPhone" label="当事人电话" hint="社工站先打这个号码；没有就打来电人">
                  <Input inputMode="tel" autoComplete="off" maxLength={20} />
                </Field>
                <Field name="personName" label="当事人称呼">
                  <Input autoComplete="off" maxLength={20} />
                </Field>
              </FieldGroup>
            )}
            <Field name="says" label="说了什么" wide>
              <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} showCount />
            </Field>
            <fieldset className="jy-field-group jy-wide">
              <legend>接下来</legend>
              <Radio.Group
                aria-label="接下来"
                options={[...NEXT]}
                value={next}
                onChange={(e) => setNext(e.target.value as Next)}
                style={{ marginBottom: 12 }}
              />
              <div className="jy-form-two">
                {next === 'send' && <SendFields />}
                {next === 'hand' && <HandOverChoice says="handSays" />}
                {next === 'end' && (
                  <Field name="result" label="结果" wide>
                    <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
                  </Field>
                )}
              </div>
            </fieldset>
          </RecordForm>
        </Card>
      </div>
    </Page>
  );
}

function Known({ matches }: { readonly matches: readonly Match[] }) {
  return (
    <div className="jy-wide" role="status">
      {matches.length === 0 ? (
        <p className="jy-secondary">这个号码没有以前的记录。</p>
      ) : (
        <>
          <p className="jy-secondary">这个号码以前有：</p>
          <ul className="jy-plain-list">
            {matches.map((m) => (
              <li key={`${m.kind}${m.id}`}>
                {callMatchLabels[m.kind]} <span className="jy-number">{m.number}</span> {m.name ?? ''} · {statusOf(m)} ·{' '}
                {[m.stationName, m.workerName].filter(Boolean).join(' ')}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
