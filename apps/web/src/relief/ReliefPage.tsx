import { addReliefItem, handRelief, moveRelief, printRelief, readRelief, voidReliefItem } from '@jieyou/core/relief/endpoints.ts';
import type { ReliefMove } from '@jieyou/core/relief/moves.ts';
import type { Relief, ReliefItem, ReliefLine } from '@jieyou/core/relief/schema.ts';
import { genderLabels, optionsOf } from '@jieyou/core/texts/labels.ts';
import {
  receiptLabels,
  reliefDropLabels,
  reliefLineLabels,
  reliefMoveLabels,
  reliefNeedLabels,
  reliefSourceLabels,
  reliefStatusLabels,
} from '@jieyou/core/texts/reliefLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Input, InputNumber, Radio, Select, Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import { ActForm } from '../house/ActForm.tsx';
import { queryOf } from '../house/ask.ts';
import { CardTable } from '../house/CardTable.tsx';
import { formatDay, shortDay, shortInstant, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { useNamed } from '../house/named.ts';
import { Card, Facts } from '../house/Page.tsx';
import { PaperButtons } from '../house/Paper.tsx';
import { ColleaguePicker } from '../house/pickers.tsx';
import { Field } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import '../house/reading.css';
import { ReliefStatusTag, yuan } from './ReliefListPage.tsx';

const Joints = lazy(() => import('./Joints.tsx'));
const VolunteerTasks = lazy(() => import('../house/VolunteerTasks.tsx'));

/** Money typed in yuan, kept in 分. */
function Yuan({
  value,
  onChange,
  ...rest
}: {
  readonly id?: string;
  readonly value?: number | null;
  readonly onChange?: (fen: number | null) => void;
}) {
  return (
    <InputNumber<number>
      {...rest}
      min={0}
      precision={2}
      suffix="元"
      style={{ width: '100%' }}
      value={value === null || value === undefined ? null : value / 100}
      onChange={(n) => onChange?.(n === null ? null : Math.round(n * 100))}
    />
  );
}

const RATES = [5, 4, 3, 2, 1].map((value) => ({ value, label: ['', '很不满意', '不满意', '一般', '满意', '很满意'][value] ?? '' }));

function Line({ r, line }: { readonly r: Relief; readonly line: ReliefLine }) {
  const rows = r.items.filter((i) => i.line === line);
  const thing = line === 'material';
  const { mark } = useNamed(true);
  return (
    <Card
      title={`${reliefLineLabels[line]}（${thing ? `${r.things} 笔，${yuan(r.valueFen)} 元` : `${r.services} 次，${r.minutes} 分钟`}）`}
      actions={
        r.can.includes('add-item') && (
          <ActForm
            endpoint={addReliefItem}
            id={r.id}
            extra={{ line, ...(thing ? { minutes: null } : { quantity: null, unit: null, valueFen: null, receipt: null }) }}
            initial={{ onDay: today(), ...(thing ? { quantity: 1, receipt: 'signed' } : { fromWhom: r.stationName }) }}
            title={thing ? '登记物资' : '登记服务'}
            button={{ block: false }}
          >
            <Field name="what" label={thing ? '什么物资' : '做了什么'}>
              <Input maxLength={80} />
            </Field>
            <Field name="onDay" label="哪天">
              <DayInput notAfter={today()} />
            </Field>
            <Field name="fromWhom" label={thing ? '谁给的' : '谁做的'}>
              <Input maxLength={60} />
            </Field>
            {thing && (
              <>
                <Field name="quantity" label="数量">
                  <InputNumber min={1} precision={0} style={{ width: '100%' }} />
                </Field>
                <Field name="unit" label="单位" hint="例如：袋、件、元。">
                  <Input maxLength={10} />
                </Field>
                <Field name="valueFen" label="价值" hint="估计的也可以，没有花钱的填 0。">
                  <Yuan />
                </Field>
                <Field name="receipt" label="回执">
                  <Radio.Group options={optionsOf(receiptLabels)} />
                </Field>
              </>
            )}
            {!thing && (
              <Field name="minutes" label="多长时间" hint="自动记入服务台账。">
                <InputNumber min={1} max={600} precision={0} suffix="分钟" style={{ width: '100%' }} />
              </Field>
            )}
          </ActForm>
        )
      }
    >
      {rows.length === 0 ? (
        <p className="jy-secondary">还没有登记。</p>
      ) : (
        <CardTable<ReliefItem>
          rowKey="id"
          dataSource={rows}
          onRow={(i) => ({ id: mark(i.id).id ?? '' })}
          rowClassName={(i) => mark(i.id).className ?? ''}
          columns={[
            { key: 'what', title: '内容', render: (_, i) => `${i.what}${i.voidSays === null ? '' : `（作废：${i.voidSays}）`}` },
            { key: 'on', title: '日期', render: (_, i) => shortDay(i.onDay) },
            { key: 'from', title: thing ? '来自' : '由谁', render: (_, i) => i.fromWhom },
            {
              key: 'how',
              title: thing ? '数量与价值' : '时长',
              render: (_, i) => (thing ? `${i.quantity} ${i.unit}，${yuan(i.valueFen ?? 0)} 元` : `${i.minutes} 分钟`),
            },
            ...(thing
              ? [
                  {
                    key: 'receipt',
                    title: '回执',
                    render: (_: unknown, i: ReliefItem) => (i.receipt === null ? '—' : receiptLabels[i.receipt]),
                  },
                ]
              : []),
            ...(r.can.includes('void-item')
              ? [
                  {
                    key: 'act',
                    title: '操作',
                    render: (_: unknown, i: ReliefItem) =>
                      i.voidSays === null ? (
                        <ActForm
                          endpoint={{ ...voidReliefItem, path: voidReliefItem.path.replace('{itemId}', i.id) } as typeof voidReliefItem}
                          id={r.id}
                          extra={{}}
                          title="作废"
                          says={thing ? '记错了才作废，原来的留有记录。' : '记错了才作废，台账里的这一次随之撤回。'}
                          button={{ block: false, size: 'small', 'aria-label': `作废：${i.what}` }}
                        >
                          <Field name="says" label="为什么">
                            <Input maxLength={200} />
                          </Field>
                        </ActForm>
                      ) : (
                        '—'
                      ),
                  },
                ]
              : []),
          ]}
        />
      )}
    </Card>
  );
}

const asks: Readonly<Record<ReliefMove, { readonly label: string; readonly hint?: string; readonly says?: string }>> = {
  link: { label: '链接了什么资源', says: '写明是哪个单位、哪项政策或哪位志愿者。' },
  deliver: { label: '只有一条线时，写明原因', hint: '物质和服务都登记了，可以不写。' },
  hear: { label: '服务对象怎么说' },
  close: { label: '还要留意什么', hint: '可以不写。' },
  drop: { label: '具体情况', says: '没有送达以前可以这样结束。' },
};

function Next({ r }: { readonly r: Relief }) {
  const steps = (['link', 'deliver', 'hear', 'close', 'drop'] as const).filter((m) => r.can.includes(m));
  return (
    <>
      {steps.map((m) => (
        <div key={m} style={{ marginBottom: 12 }}>
          <ActForm
            endpoint={moveRelief}
            id={r.id}
            extra={{
              move: m,
              version: r.version,
              ...(m === 'hear' ? {} : { satisfied: null }),
              ...(m === 'drop' ? {} : { dropped: null }),
            }}
            title={reliefMoveLabels[m]}
            {...(asks[m].says === undefined ? {} : { says: asks[m].says })}
            button={m === 'drop' ? {} : { type: 'primary' }}
          >
            {m === 'drop' && (
              <Field name="dropped" label="为什么不再救助">
                <Select options={optionsOf(reliefDropLabels)} />
              </Field>
            )}
            {m === 'hear' && (
              <Field name="satisfied" label="满意程度">
                <Radio.Group options={RATES} />
              </Field>
            )}
            <Field name="says" label={asks[m].label} hint={asks[m].hint}>
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={1000} />
            </Field>
          </ActForm>
        </div>
      ))}
      {steps.length === 0 && <p className="jy-secondary">{r.status === 'closed' ? '已经结束。' : `由承办社工${r.workerName}办理。`}</p>}
    </>
  );
}

/** Who carried it until when; the head gives it to another worker of the station. */
function Carrier({ r }: { readonly r: Relief }) {
  const may = r.can.includes('hand-over');
  if (!may && r.handovers.length === 0) return null;
  return (
    <Card
      title="承办人"
      actions={
        may && (
          <ActForm
            endpoint={handRelief}
            id={r.id}
            extra={{ version: r.version }}
            title="移交救助个案"
            says="立即生效：没有结果的认领事项、志愿任务一并交给新的承办人，已登记的内容仍写原来的登记人，原承办人不再看到。"
            button={{ block: false }}
          >
            <Field name="toId" label="交给哪位同事" hint="本站在岗的社工。">
              <ColleaguePicker />
            </Field>
            <Field name="reason" label="原因" hint="不用写服务对象的情况。">
              <Input maxLength={200} />
            </Field>
          </ActForm>
        )
      }
    >
      <p>现在由{r.workerName}承办。</p>
      {r.handovers.length > 0 && (
        <ul className="rd-plain">
          {r.handovers.map((h) => (
            <li key={h.id} className="rd-consent">
              <span>
                {h.fromName} → {h.toName}　{h.reason}
              </span>
              <span className="jy-secondary">
                {h.byName} {shortInstant(h.at)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** One relief case: what is needed, what was linked, the two lines, what the person said. */
export default function ReliefPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const found = useQuery(queryOf(readRelief, { params: { id } }));
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const r = found.data;
  return (
    <RecordPage
      crumbs={[{ title: '救助个案', to: '/relief-cases' }]}
      title={`${r.recipientName}（${genderLabels[r.recipientGender]}）的救助`}
      status={<ReliefStatusTag status={r.status} dropped={r.dropped !== null} />}
      meta={[reliefSourceLabels[r.source], `承办 ${r.workerName}`, r.stationName]}
      seenBy={r.seenBy}
      next={<Next r={r} />}
    >
      <Card title="筛查与链接" actions={<Link to={`/recipients/${r.recipientId}` as never}>看服务对象</Link>}>
        <Facts
          rows={[
            ['需求', r.needs.map((n) => reliefNeedLabels[n]).join('、')],
            ['筛查日期', formatDay(r.screenedOn)],
            ['救助顾问', `${r.adviser.name}（${r.adviser.kind === 'worker' ? '社工' : `志愿者，由${r.workerName}带领`}）`],
            ['满意程度', r.satisfied === null ? '—' : (RATES.find((x) => x.value === r.satisfied)?.label ?? '—')],
          ]}
        />
        <p className="jy-long" style={{ marginTop: 12 }}>
          {r.needSays}
        </p>
        {r.linkSays !== null && <p className="jy-long">链接：{r.linkSays}</p>}
        {r.oneLineSays !== null && <p className="jy-long">送达：{r.oneLineSays}</p>}
        {r.feedbackSays !== null && <p className="jy-long">反馈：{r.feedbackSays}</p>}
        {r.dropped !== null && <p className="jy-long">不再救助：{reliefDropLabels[r.dropped]}</p>}
        {r.closeSays !== null && <p className="jy-long">结束：{r.closeSays}</p>}
      </Card>
      <Line r={r} line="material" />
      <Line r={r} line="service" />
      <Suspense fallback={null}>
        <Joints reliefId={r.id} may={r.can.some((c) => c !== 'hand-over')} />
        <VolunteerTasks kind="relief" id={r.id} may={r.can.includes('add-item')} />
      </Suspense>
      <Carrier r={r} />
      {r.household.length > 0 && (
        <Card title="同一家庭的救助">
          <ul className="rd-plain">
            {r.household.map((h) => (
              <li key={h.id} className="rd-consent">
                <Link to={`/relief-cases/${h.id}` as never}>{h.recipientName}</Link>
                <span className="jy-secondary">
                  {shortDay(h.screenedOn)}筛查　{reliefStatusLabels[h.status]}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Card title="登记表">
        <PaperButtons word paper={printRelief} params={{ id }} />
      </Card>
    </RecordPage>
  );
}
