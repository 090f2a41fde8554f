import { addDays, type Day, daysBetween, mondayOf, weekdayOf } from '@jieyou/core/shared/day.ts';
import { weekdayLabels } from '@jieyou/core/texts/labels.ts';
import { listRota, saveRota } from '@jieyou/core/workforce/endpoints.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { CardTable } from '../house/CardTable.tsx';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, shortDay, today } from '../house/format.ts';
import { useMessages } from '../house/messages.tsx';
import { Page } from '../house/Page.tsx';
import { PersonPicker } from '../house/pickers.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';

const DAYS = 14;

/** Who answers a crisis first on each day, and who stands behind. Two weeks on a page. */
export default function RotaPage() {
  const search = useSearch({ strict: false }) as { from?: string };
  const navigate = useNavigate();
  const message = useMessages();
  const from = mondayOf((/^\d{4}-\d{2}-\d{2}$/.test(search.from ?? '') ? search.from : today()) as Day);
  const found = useQuery(queryOf(listRota, { query: { from } }));
  const save = useAct(saveRota);
  const [editing, setEditing] = useState<Day | null>(null);
  const byDay = new Map((found.data?.rows ?? []).map((r) => [r.day, r]));
  const days = Array.from({ length: DAYS }, (_, i) => addDays(from, i));
  const open = found.data === undefined ? [] : days.filter((d) => d >= today() && !byDay.has(d));
  const known = editing === null ? undefined : byDay.get(editing);
  // The phone seldom changes from day to day.
  const lastPhone = [...byDay.values()].at(-1)?.phone;
  const go = (by: number) => void navigate({ to: '/rota', search: { from: addDays(from, by) } as never });
  return (
    <Page
      title="值班表"
      says="危机求助先通知当天值班，15 分钟没有确认，再通知后备与站长。"
      actions={
        <>
          <Button onClick={() => go(-DAYS)}>前两周</Button>
          <Button disabled={Math.abs(daysBetween(from, mondayOf(today()))) < 1} onClick={() => void navigate({ to: '/rota' })}>
            本周
          </Button>
          <Button onClick={() => go(DAYS)}>后两周</Button>
        </>
      }
    >
      {open.length > 0 && (
        <p className="jy-note jy-note-needs" role="status">
          还有 {open.length} 天没有排班：{open.slice(0, 6).map(shortDay).join('、')}
          {open.length > 6 && '等'}。请排定，危机求助来时才知道先找谁。
        </p>
      )}
      {found.isError ? (
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Skeleton active />
      ) : (
        <CardTable
          rowKey={(d) => d}
          size="small"
          scroll={{ x: 'max-content' }}
          dataSource={days}
          columns={[
            {
              title: '日期',
              render: (_, d) => (
                <>
                  {formatDay(d)} {weekdayLabels[weekdayOf(d)]} {d === today() && <StatusTag tone="needs">今天</StatusTag>}
                </>
              ),
            },
            { title: '值班', render: (_, d) => byDay.get(d)?.dutyName ?? '未排' },
            { title: '后备', render: (_, d) => byDay.get(d)?.backupName ?? '未排' },
            { title: '值班电话', render: (_, d) => byDay.get(d)?.phone ?? '—' },
            {
              title: '操作',
              render: (_, d) =>
                d < today() ? null : (
                  <Button type="link" size="small" onClick={() => setEditing(d)}>
                    {byDay.has(d) ? '换班' : '排班'}
                  </Button>
                ),
            },
          ]}
        />
      )}
      <FormDialog
        open={editing !== null}
        title={editing === null ? '' : `${formatDay(editing)} ${weekdayLabels[weekdayOf(editing)] ?? ''} 值班`}
        onClose={() => setEditing(null)}
      >
        <RecordForm
          validateWith={saveRota.body}
          initial={
            known === undefined ? { phone: lastPhone ?? '' } : { dutyId: known.dutyId, backupId: known.backupId, phone: known.phone }
          }
          onCancel={() => setEditing(null)}
          submit={async (body) => {
            if (editing === null) return;
            await save.mutateAsync({ params: { day: editing }, body });
            setEditing(null);
            void message.success('已排定');
          }}
        >
          <Field name="dutyId" label="值班">
            <PersonPicker roles={['centre']} knownAs={known?.dutyName} />
          </Field>
          <Field name="backupId" label="后备">
            <PersonPicker roles={['centre']} knownAs={known?.backupName} />
          </Field>
          <Field name="phone" label="值班电话" hint="危机求助的页面会显示这个号码。" wide>
            <Input inputMode="tel" maxLength={20} />
          </Field>
        </RecordForm>
      </FormDialog>
    </Page>
  );
}
