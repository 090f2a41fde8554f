import { finishAlarmStep, openAbuser, printAlarm, readAlarm } from '@jieyou/core/alarms/endpoints.ts';
import { knownAtOf, mayTick } from '@jieyou/core/alarms/rules.ts';
import type { Alarm, AlarmStep } from '@jieyou/core/alarms/schema.ts';
import {
  alarmEntryLabels,
  alarmKindLabels,
  alarmSourceLabels,
  alarmStatusLabels,
  capacityLabels,
  disclosedByLabels,
  entryInWords,
  orderInWords,
  orderName,
  screenAnswerLabels,
  screeningLabels,
  stepCodeLabels,
  violenceFormLabels,
} from '@jieyou/core/texts/alarmLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button, Dropdown, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { CallLines } from '../house/CallLines.tsx';
import { call, fileUrl } from '../house/client.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, now, shortInstant } from '../house/format.ts';
import { InstantInput } from '../house/inputs.tsx';
import { Masked } from '../house/Masked.tsx';
import { useMessages } from '../house/messages.tsx';
import { useNamed } from '../house/named.ts';
import { Card, Facts } from '../house/Page.tsx';
import { PlainClock } from '../house/PlainClock.tsx';
import { QuickExit } from '../house/QuickExit.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { RiskTag, StatusTag } from '../house/StatusTag.tsx';
import { UnsafeContact } from '../house/UnsafeContact.tsx';
import { EntryDialog, type EntryKind } from './EntryDialog.tsx';
import { alarmTones, NEUTRAL_TITLE, whose } from './words.ts';
import '../house/reading.css';
import './alarms.css';

/** The entry by which a step ends; the others are ticked. */
const BY_ENTRY: Readonly<Partial<Record<AlarmStep['code'], EntryKind>>> = {
  'safety-plan': 'safety-plan',
  'danger-check': 'danger',
  choice: 'choice',
  'police-duty': 'police',
  'court-decision': 'order-decided',
  'order-ends': 'order-extended',
  'aid-decision': 'aid-decided',
  'aid-assignment': 'aid-assigned',
};

/** One record: what has to be done and until when, then what was told and what was done. */
export default function AlarmPage() {
  const { id = '' } = useParams({ strict: false });
  const found = useQuery(queryOf(readAlarm, { params: { id } }));
  return (
    <div className="al-page">
      {found.isError ? (
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <Skeleton active />
      ) : (
        <Record alarm={found.data} />
      )}
      <QuickExit title={NEUTRAL_TITLE} />
    </div>
  );
}

/** The visit by which a step is done: it stands in the day's plan and is recorded there. */
function VisitOf({ visit }: { readonly visit: NonNullable<AlarmStep['visit']> }) {
  return (
    <Link to={'/visits/$id' as never} params={{ id: visit.id } as never} style={{ textDecoration: 'underline' }}>
      {visit.planned ? `已排探访：${formatDay(visit.on)}，去记录` : `探访：${formatDay(visit.on)}`}
    </Link>
  );
}

function Record({ alarm: a }: { readonly alarm: Alarm }) {
  const navigate = useNavigate();
  const { mark } = useNamed(true);
  const [entering, setEntering] = useState<{ kind: EntryKind; orderNo: number | null } | null>(null);
  const setKind = (kind: EntryKind, orderNo: number | null = null) => setEntering({ kind, orderNo });
  const [ticking, setTicking] = useState<AlarmStep | null>(null);
  const may = (act: string) => (a.can as readonly string[]).includes(act);
  const open = a.steps.filter((s) => s.doneAt === null && s.clock.state !== 'dropped');
  const over = a.steps.filter((s) => s.doneAt !== null || s.clock.state === 'dropped');
  const begins = (['settled', 'reviewed', 'closed'] as const).find((k) => may(k));
  const first = open.find((s) => s.required && s.clock.state !== 'lapsed');
  // Told or seen before it was registered, its first steps were opened then.
  const knownAt = knownAtOf(a);
  const main: EntryKind | undefined = begins ?? (may('addition') && first === undefined ? 'addition' : undefined);
  const others = (a.can as readonly string[]).filter((k): k is EntryKind => k in alarmEntryLabels && k !== main);
  const standing = a.recipientName === null ? 'supervisor' : 'works';
  const maySay = (s: AlarmStep): boolean => {
    const entry = BY_ENTRY[s.code];
    return may('tick') && (entry === undefined ? mayTick(standing, s.code) : may(entry));
  };
  // Of several orders each step says to which it belongs.
  const ofOrder = (orderNo: number | null) => (orderNo === null || a.orders.length < 2 ? '' : `（${orderName(orderNo)}）`);
  const stepName = (s: AlarmStep) => `${stepCodeLabels[s.code]}${ofOrder(s.orderNo)}`;
  const act = (s: AlarmStep): void => {
    const entry = BY_ENTRY[s.code];
    if (entry === undefined) setTicking(s);
    else setKind(entry, s.orderNo);
  };
  return (
    <RecordPage
      crumbs={[{ title: '危机与家暴', to: '/alarms' }]}
      number={a.caseNumber}
      title={`${alarmKindLabels[a.kind]}记录　${whose(a)}`}
      status={<StatusTag tone={alarmTones[a.status]}>{alarmStatusLabels[a.status]}</StatusTag>}
      meta={[
        a.rating === null ? null : <RiskTag key="rating" risk={a.rating} />,
        a.orderTo === null ? null : `保护令至 ${formatDay(a.orderTo)}`,
        `承办 ${a.workerName}`,
        `${shortInstant(a.registeredAt)} 登记`,
        shortInstant(knownAt) !== shortInstant(a.registeredAt) ? `时限从 ${shortInstant(knownAt)} 算起` : null,
      ]}
      clock={a.clock.words === '' ? null : <PlainClock clock={a.clock} />}
      seenBy={a.seenBy}
      next={
        <div className="al-acts">
          {first === undefined || !may('tick') ? null : (
            <p>
              先做：<strong>{stepName(first)}</strong>
              <br />
              <PlainClock clock={first.clock} />
            </p>
          )}
          {first !== undefined && maySay(first) ? (
            <Button block type="primary" size="large" onClick={() => act(first)}>
              {BY_ENTRY[first.code] === undefined ? '登记已完成' : `登记${alarmEntryLabels[BY_ENTRY[first.code] ?? 'addition']}`}
            </Button>
          ) : main === undefined ? null : (
            <Button block type="primary" size="large" onClick={() => setKind(main)}>
              {main === 'settled'
                ? '记录结果'
                : main === 'closed'
                  ? '关闭记录'
                  : main === 'addition'
                    ? '补充一条'
                    : `登记${alarmEntryLabels[main]}`}
            </Button>
          )}
          {others.length === 0 ? null : (
            <Dropdown
              trigger={['click']}
              menu={{
                items: others.map((k) => ({ key: k, label: k === 'rated' ? '重新评级' : alarmEntryLabels[k] })),
                onClick: ({ key }) => setKind(key as EntryKind),
              }}
            >
              <Button block>登记其他</Button>
            </Dropdown>
          )}
          {may('report-minor') ? (
            <Button block danger href={`/reports/new?from=/cases/${a.caseId}`}>
              强制报告
            </Button>
          ) : null}
          {a.requests[0] !== undefined ? (
            <Link to="/requests/$id" params={{ id: a.requests[0].id }}>
              查看这个个案的求助
            </Link>
          ) : may('ask-for-help') ? (
            <Button block onClick={() => void navigate({ to: '/cases/$id', params: { id: a.caseId } })}>
              到个案里发起求助
            </Button>
          ) : null}
          {a.recipientName === null ? null : (
            <Link to="/cases/$id" params={{ id: a.caseId }}>
              打开个案
            </Link>
          )}
          {may('print') ? (
            <a href={fileUrl(printAlarm, { params: { id: a.id }, query: { format: 'html' } })} target="_blank" rel="noreferrer">
              打印记录（A4）
            </a>
          ) : null}
          {may('print') && a.entries.some((e) => e.kind === 'safety-plan') ? (
            <a
              href={fileUrl(printAlarm, { params: { id: a.id }, query: { format: 'html', part: 'plan' } })}
              target="_blank"
              rel="noreferrer"
            >
              打印安全计划，给本人
            </a>
          ) : null}
        </div>
      }
    >
      <CallLines />
      {a.guardiansKeptBack > 0 ? (
        <p className="al-warn" role="status">
          登记的监护人中有 {a.guardiansKeptBack} 位就是加害人，或同名而分不清，已不再显示为联系人。请另找安全的联系人。
        </p>
      ) : null}
      <UnsafeContact contact={a.contact} />
      <Card title={`必须做的事（${open.filter((s) => s.required).length} 项未完成）`}>
        {open.length === 0 ? <p className="rd-quiet">都登记完成了。</p> : null}
        <ul className="rd-plain al-steps">
          {open.map((s) => (
            <li key={s.id}>
              <div>
                <strong>{stepName(s)}</strong>
                <div className="rd-quiet">
                  {s.dueAt === null ? '' : `${shortInstant(s.dueAt)} 前　`}
                  {s.source}
                </div>
                {s.visit === null ? null : <VisitOf visit={s.visit} />}
              </div>
              <PlainClock clock={s.clock} />
              {maySay(s) ? <Button onClick={() => act(s)}>{BY_ENTRY[s.code] === undefined ? '已完成' : '登记'}</Button> : null}
            </li>
          ))}
        </ul>
        {over.length === 0 ? null : (
          <details>
            <summary>已完成和不再需要的 {over.length} 项</summary>
            <ul className="rd-plain al-steps">
              {over.map((s) => (
                <li key={s.id}>
                  <div>{stepName(s)}</div>
                  {s.visit === null || s.doneAt === null ? null : <VisitOf visit={s.visit} />}
                  <span className="rd-quiet">{s.doneAt === null ? '不再需要' : `${shortInstant(s.doneAt)} ${s.doneByName ?? ''}`}</span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </Card>
      {a.orders.length === 0 ? null : (
        <Card title="保护令">
          <Facts columns={1} rows={a.orders.map((o) => [orderName(o.no), orderInWords(o)] as const)} />
        </Card>
      )}
      <Card title={a.kind === 'crisis' ? '发生了什么' : '说了什么'}>
        <p className="jy-long">{a.trigger}</p>
        <Facts
          rows={[
            [
              '怎么知道的',
              <span key="source">
                {alarmSourceLabels[a.source]}
                {a.appeals.map((p) => (
                  <Link key={p.id} className="rd-underlined al-from" to="/appeals/$id" params={{ id: p.id }}>
                    {p.number}
                  </Link>
                ))}
              </span>,
            ],
            ...(a.screening === null
              ? []
              : [
                  ...(Object.keys(screeningLabels) as (keyof typeof screeningLabels)[]).map(
                    (key) => [screeningLabels[key], screenAnswerLabels[a.screening?.[key] ?? 'unknown']] as const,
                  ),
                  ['量表（只作参考）', a.scale ?? '没有使用'] as const,
                ]),
            ...(a.kind === 'crisis'
              ? []
              : ([
                  ['谁说的', a.disclosedBy === null ? '—' : disclosedByLabels[a.disclosedBy]],
                  ['形式', a.forms.map((f) => violenceFormLabels[f]).join('、')],
                  ['民事行为能力', a.capacity === null ? '—' : capacityLabels[a.capacity]],
                  ['登记时有人身危险', a.immediate ? '有' : '没有'],
                  ['加害人是', a.relation ?? '—'],
                  [
                    '加害人',
                    <Masked
                      key="abuser"
                      label="加害人姓名"
                      value={a.abuser}
                      open={
                        may('unmask')
                          ? async (reason) => (await call(openAbuser, { params: { id: a.id }, body: { reason } })).value
                          : undefined
                      }
                    />,
                  ],
                ] as const)),
          ]}
        />
      </Card>
      <Card title="经过（只增不改）">
        <ol className="rd-plain al-entries">
          {a.entries.map((e) => (
            <li key={e.id} {...mark(e.id)}>
              <div>
                <strong>{`${alarmEntryLabels[e.kind]}${ofOrder(e.orderNo)}`}</strong>
                <span className="rd-quiet">{`　${shortInstant(e.at)}　${e.byName ?? '登记人保密'}`}</span>
              </div>
              {entryInWords(e.body).map(({ label, says }) => (
                <p key={label}>
                  <span className="rd-quiet">{label}：</span>
                  {says}
                </p>
              ))}
            </li>
          ))}
        </ol>
      </Card>
      {entering === null ? null : <EntryDialog alarm={a} {...entering} onClose={() => setEntering(null)} />}
      {ticking === null ? null : <TickDialog alarm={a} step={ticking} onClose={() => setTicking(null)} />}
    </RecordPage>
  );
}

function TickDialog({ alarm, step, onClose }: { readonly alarm: Alarm; readonly step: AlarmStep; readonly onClose: () => void }) {
  const finish = useAct(finishAlarmStep);
  const message = useMessages();
  return (
    <FormDialog open title={stepCodeLabels[step.code]} width={520} onClose={onClose}>
      <RecordForm
        validateWith={finishAlarmStep.body}
        initial={{ at: now(), says: '' }}
        submitWords="登记完成"
        final
        onCancel={onClose}
        submit={async (body) => {
          await finish.mutateAsync({ params: { id: alarm.id, stepId: step.id }, body });
          void message.success('已登记');
          onClose();
        }}
      >
        <Field name="at" label="什么时间做的">
          <InstantInput />
        </Field>
        <Field name="says" label="谁做的、结果（可不填）" wide>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={500} />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}
