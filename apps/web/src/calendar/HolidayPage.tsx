import { type HolidayRow, listHolidays, removeHoliday, saveHoliday } from '@jieyou/core/calendar/endpoints.ts';
import { addDays, type Day, dayFrom, dayOfMonth, monthOf, weekdayOf } from '@jieyou/core/shared/day.ts';
import { weekdayLabels } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input, Select, Skeleton } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { queryOf, useAct } from '../house/ask.ts';
import { CardTable } from '../house/CardTable.tsx';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { EmptyState } from '../house/EmptyState.tsx';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Card, Page } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';
import './calendar.css';

type Row = z.infer<typeof HolidayRow>;
const KINDS = [
  { value: 'off', label: '放假' },
  { value: 'work', label: '调休上班' },
] as const;

/** The holiday table of a year: what clocks count as working days. */
export default function HolidayPage() {
  const search = useSearch({ strict: false }) as { year?: string };
  const navigate = useNavigate();
  const message = useMessages();
  const keeps = useCan('system');
  const year = /^20\d\d$/.test(search.year ?? '') ? Number(search.year) : Number(today().slice(0, 4));
  const found = useQuery(queryOf(listHolidays, { query: { year } }));
  const remove = useAct(removeHoliday);
  const save = useAct(saveHoliday);
  const [editing, setEditing] = useState<Row | { day: string } | null>(null);
  const [adding, setAdding] = useState(false);
  const go = (to: number) => void navigate({ to: '/holidays', search: { year: String(to) } as never });
  const covered = found.data?.coveredYears.includes(year) ?? true;
  return (
    <Page
      title={`节假日 ${year} 年`}
      says="工作日的计算以此为准：放假日不算，调休上班日要算。"
      actions={
        <>
          <Button onClick={() => go(year - 1)}>上一年</Button>
          <Button onClick={() => go(year + 1)}>下一年</Button>
          {keeps && (
            <Button type="primary" onClick={() => setAdding(true)}>
              设定某天
            </Button>
          )}
        </>
      }
    >
      {found.isError ? (
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Skeleton active />
      ) : (
        <>
          {(found.data.warning !== null || !covered) && (
            <p className="jy-note jy-note-needs" role="status">
              {found.data.warning ?? `还没有 ${year} 年的放假安排。跨到这一年的时限按周一至周五估算，等国务院办公厅公布后请补上。`}
            </p>
          )}
          <div className="jy-calendar">
            {[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((m) => (
              <Month
                key={m}
                year={year}
                month={m}
                rows={found.data.rows}
                onPick={keeps ? (day, row) => setEditing(row ?? { day }) : undefined}
              />
            ))}
          </div>
          <p className="jy-secondary jy-legend">
            <span className="jy-day jy-day-off">休</span> 放假 <span className="jy-day jy-day-work">班</span> 调休上班{' '}
            <span className="jy-day jy-day-weekend">6</span> 周末
          </p>
          <Card title="逐日">
            {found.data.rows.length === 0 ? (
              <EmptyState title={`${year} 年还没有登记`} hint={keeps ? '点“设定某天”开始。' : '系统管理员登记后会出现在这里。'} />
            ) : (
              <CardTable
                rowKey="id"
                size="small"
                dataSource={found.data.rows}
                columns={[
                  { title: '日期', render: (_, r) => `${formatDay(r.day)} ${weekdayLabels[weekdayOf(r.day as Day)] ?? ''}` },
                  {
                    title: '安排',
                    render: (_, r) =>
                      r.kind === 'off' ? <StatusTag tone="rest">放假</StatusTag> : <StatusTag tone="needs">调休上班</StatusTag>,
                  },
                  { title: '名称', render: (_, r) => r.name },
                  { title: '依据', render: (_, r) => r.source },
                  ...(keeps
                    ? [
                        {
                          title: '操作',
                          render: (_: unknown, r: Row) => (
                            <>
                              <Button type="link" size="small" onClick={() => setEditing(r)}>
                                修改
                              </Button>
                              <ConfirmButton
                                type="link"
                                size="small"
                                ask={`取消 ${formatDay(r.day)} 的特殊安排？`}
                                says="取消后按平常的周几计算，进行中的时限会随之变化。"
                                onSure={() => remove.mutateAsync({ params: { day: r.day } })}
                              >
                                取消安排
                              </ConfirmButton>
                            </>
                          ),
                        },
                      ]
                    : []),
                ]}
              />
            )}
          </Card>
        </>
      )}
      <FormDialog
        open={adding || editing !== null}
        title={editing === null ? '设定某天' : `${formatDay(editing.day)} ${weekdayLabels[weekdayOf(editing.day as Day)] ?? ''}`}
        onClose={() => {
          setAdding(false);
          setEditing(null);
        }}
        width={560}
      >
        <RecordForm
          validateWith={saveHoliday.body.extend(saveHoliday.params.shape)}
          initial={editing ?? { kind: 'off' }}
          onCancel={() => {
            setAdding(false);
            setEditing(null);
          }}
          submit={async ({ day, ...body }) => {
            await save.mutateAsync({ params: { day }, body });
            setAdding(false);
            setEditing(null);
            void message.success('已设定');
          }}
        >
          <Field name="day" label="日期">
            <DayInput disabled={editing !== null} />
          </Field>
          <Field name="kind" label="安排">
            <Select options={[...KINDS]} />
          </Field>
          <Field name="name" label="名称">
            <Input placeholder="如：春节" />
          </Field>
          <Field name="source" label="依据" hint="通知的名称或文号。">
            <Input />
          </Field>
        </RecordForm>
      </FormDialog>
    </Page>
  );
}

function Month({
  year,
  month,
  rows,
  onPick,
}: {
  readonly year: number;
  readonly month: number;
  readonly rows: readonly Row[];
  readonly onPick?: ((day: Day, row: Row | undefined) => void) | undefined;
}) {
  const first = dayFrom(year, month, 1);
  if (first === undefined) return null;
  const days: Day[] = [];
  for (let d = first; monthOf(d) === month; d = addDays(d, 1)) days.push(d);
  const blanks = weekdayOf(first) - 1;
  return (
    <section aria-label={`${month}月`}>
      <h2>{month}月</h2>
      <div className="jy-month">
        {[1, 2, 3, 4, 5, 6, 7].map((w) => (
          <span key={`w${w}`} className="jy-weekday" aria-hidden="true">
            {weekdayLabels[w]?.slice(1)}
          </span>
        ))}
        {Array.from({ length: blanks }, (_, i) => `blank${i}`).map((key) => (
          <span key={key} />
        ))}
        {days.map((d) => {
          const row = rows.find((r) => r.day === d);
          const look = row?.kind === 'off' ? 'jy-day-off' : row?.kind === 'work' ? 'jy-day-work' : weekdayOf(d) > 5 ? 'jy-day-weekend' : '';
          const says = row === undefined ? formatDay(d) : `${formatDay(d)} ${row.kind === 'off' ? '放假' : '调休上班'} ${row.name}`;
          const inside = (
            <>
              {dayOfMonth(d)}
              {row !== undefined && <small>{row.kind === 'off' ? '休' : '班'}</small>}
            </>
          );
          return onPick === undefined ? (
            <span key={d} className={`jy-day ${look}`} title={says}>
              {inside}
            </span>
          ) : (
            <button
              key={d}
              type="button"
              className={`jy-day ${look}`}
              title={says}
              aria-label={`${dayOfMonth(d)}${row === undefined ? '' : row.kind === 'off' ? '休' : '班'} ${says}`}
              onClick={() => onPick(d, row)}
            >
              {inside}
            </button>
          );
        })}
      </div>
    </section>
  );
}
