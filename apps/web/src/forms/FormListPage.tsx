import { exportFormAnswers, listFormAnswers, listFormTemplates } from '@jieyou/core/forms/endpoints.ts';
import { formStatusLabels, formUnderLabels } from '@jieyou/core/texts/formLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { queryOf } from '../house/ask.ts';
import { shortInstant } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';
import { formTones } from './words.ts';

/** The forms that were filled. */
export default function FormListPage() {
  const navigate = useNavigate();
  const { code } = useSearch({ strict: false }) as { code?: string };
  const worker = useCan('worker');
  const fills = useCan('worker', 'head');
  const templates = useQuery({
    ...queryOf(listFormTemplates, { query: { subject: ['case', 'group', 'activity'], limit: 100 } }),
    enabled: fills,
  });
  return (
    <Page
      title="表单"
      says={fills ? '在个案、小组和社区活动里填的表。先打开那一件，再选一种表。' : '送到您面前、等您签字的表。签了或退回以后不再看得到。'}
    >
      <RecordTable
        endpoint={listFormAnswers}
        // A workbook has the columns of one form.
        exportWith={!fills || code === undefined || code === '' ? undefined : exportFormAnswers}
        onOpen={(a) => void navigate({ to: '/forms/$id', params: { id: a.id } })}
        filters={[
          { key: 'kind', label: '关于', kind: 'multi', options: optionsOf(formUnderLabels) },
          { key: 'status', label: '状态', kind: 'multi', options: optionsOf(formStatusLabels) },
          ...(fills
            ? [
                {
                  key: 'code',
                  label: '哪一种',
                  kind: 'select' as const,
                  options: (templates.data?.rows ?? []).map((t) => ({ value: t.code, label: t.title })),
                },
              ]
            : []),
          { key: 'from', label: '从', kind: 'date' },
          { key: 'to', label: '到', kind: 'date' },
          ...(worker ? [{ key: 'mine', label: '谁的', kind: 'select' as const, options: [{ value: 'yes', label: '我填的' }] }] : []),
        ]}
        columns={[
          { key: 'title', title: '表单', render: (a) => a.title },
          {
            key: 'status',
            title: '状态',
            width: 110,
            render: (a) => <StatusTag tone={formTones[a.status]}>{formStatusLabels[a.status]}</StatusTag>,
          },
          { key: 'who', title: '服务对象、节次', width: 140, render: (a) => a.whose || '—' },
          {
            key: 'case',
            title: '个案、小组、活动',
            width: 212,
            render: (a) => <span className={a.under.kind === 'case' ? 'rd-num rd-nowrap' : undefined}>{a.number}</span>,
          },
          { key: 'author', title: '填写人', width: 100, render: (a) => a.authorName },
          {
            key: 'saved',
            title: '最近保存',
            width: 150,
            sort: 'newest',
            render: (a) => <span className="rd-nowrap">{shortInstant(a.savedAt)}</span>,
          },
          { key: 'edition', title: '版本', width: 80, hidden: true, render: (a) => `第 ${a.edition} 版` },
          { key: 'revision', title: '更正', width: 80, hidden: true, render: (a) => (a.revision === 1 ? '—' : `第 ${a.revision - 1} 次`) },
          {
            key: 'signed',
            title: '签署人',
            width: 100,
            hidden: worker,
            render: (a) => (a.status === 'signed' ? (a.decidedByName ?? '—') : '—'),
          },
        ]}
        empty={
          fills
            ? { title: '还没有填过表', hint: '打开一个个案、小组或活动，选“填表”。填的表会出现在这里。' }
            : { title: '没有等您签的表', hint: '社工把表送给您签时，会出现在这里和首页。' }
        }
      />
    </Page>
  );
}
