import { exportResponses, listResponses } from '@jieyou/core/responses/endpoints.ts';
import { responseMoves } from '@jieyou/core/responses/moves.ts';
import type { ResponseKind, ResponseRow } from '@jieyou/core/responses/schema.ts';
import { helpFieldLabels } from '@jieyou/core/shared/fields.ts';
import { reachable } from '@jieyou/core/shared/moves.ts';
import { responseKindLabels, responseStatusLabels } from '@jieyou/core/texts/responsesLabels.ts';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { dayAt, orDash, shortDay } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { type Column, RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';
import { toneOf } from './words.ts';

const PATHS: Readonly<Record<string, ResponseKind>> = {
  '/transfers': 'transfer',
  '/supervisions': 'supervision',
  '/seminars': 'seminar',
  '/resource-links': 'resource-link',
};

const OWN: Readonly<Record<ResponseKind, readonly Column<ResponseRow>[]>> = {
  transfer: [
    { key: 'toName', title: '接收方', render: (r) => [r.toName, r.toPlace].filter(Boolean).join('　') || '—' },
    { key: 'heldOn', title: '请答复', width: 110, sort: 'day', render: (r) => shortDay(r.heldOn) },
  ],
  supervision: [
    { key: 'toName', title: '督导', width: 80, render: (r) => orDash(r.toName) },
    { key: 'workerName', title: '社工', width: 80, render: (r) => orDash(r.workerName) },
    { key: 'heldOn', title: '日期', width: 96, sort: 'day', render: (r) => shortDay(r.heldOn) },
    { key: 'minutes', title: '时长', width: 90, align: 'right', render: (r) => (r.minutes === null ? '—' : `${r.minutes} 分钟`) },
  ],
  seminar: [{ key: 'heldOn', title: '日期', width: 110, sort: 'day', render: (r) => shortDay(r.heldOn) }],
  'resource-link': [
    { key: 'heldOn', title: '提供日期', width: 110, sort: 'day', render: (r) => shortDay(r.heldOn) },
    {
      key: 'amount',
      title: '金额',
      width: 120,
      align: 'right',
      render: (r) => (r.amountFen === null ? '—' : `${(r.amountFen / 100).toFixed(2)} 元`),
    },
  ],
};

const ABOUT: Readonly<Record<ResponseKind, string>> = {
  transfer: '把选定的内容交给另一位同事，对方接收、退回或办结。',
  supervision: '督导谈过之后写下，督导和社工都签认才算数。',
  seminar: '先安排，开完写纪要，再写结论。',
  'resource-link': '请谁提供什么，对方怎样答复，服务对象怎样说。',
};

/** Records of one kind under lines of support: whose turn it is, and what came of them. */
export default function ResponseListPage() {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const kind = PATHS[pathname] ?? 'transfer';
  const { start, table } = responseMoves[kind];
  // Agency, street and bureau read how far it is: they hold no line and write nothing.
  const takesPart = useCan('worker', 'centre', 'supervisor', 'expert');
  return (
    <Page title={`支援记录：${responseKindLabels[kind]}`} says={takesPart ? `${ABOUT[kind]}新的记录在“支援线”或求助页里写。` : ABOUT[kind]}>
      <nav className="jy-chips" aria-label="方式">
        {Object.entries(PATHS).map(([to, k]) => (
          <button key={to} type="button" aria-pressed={k === kind} onClick={() => void navigate({ to })}>
            {responseKindLabels[k]}
          </button>
        ))}
      </nav>
      <RecordTable
        key={kind}
        endpoint={listResponses}
        name={`responses.${kind}`}
        fixedQuery={{ kind }}
        exportWith={exportResponses}
        onOpen={(r) => void navigate({ to: '/responses/$id', params: { id: r.id } })}
        filters={[
          {
            key: 'status',
            label: '进展',
            kind: 'multi',
            options: [...reachable(table, start)].map((s) => ({ value: s, label: responseStatusLabels[s] })),
          },
          { key: 'turn', label: '轮到谁', kind: 'select', options: [{ value: 'me', label: '轮到我' }] },
          { key: 'number', label: '求助编号', kind: 'text' },
          { key: 'from', label: '从', kind: 'date' },
          { key: 'to', label: '到', kind: 'date' },
        ]}
        columns={[
          { key: 'number', title: '求助', width: 216, render: (r) => r.number || '—' },
          { key: 'field', title: '专业', width: 92, render: (r) => helpFieldLabels[r.helpField] },
          {
            key: 'status',
            title: '进展',
            width: 132,
            render: (r) => <StatusTag tone={toneOf(r.status)}>{responseStatusLabels[r.status]}</StatusTag>,
          },
          ...OWN[kind],
          { key: 'next', title: '等谁办', width: 90, render: (r) => r.nextNames.join('、') || '—' },
          { key: 'author', title: '记录人', width: 80, render: (r) => r.authorName },
          { key: 'updated', title: '更新', width: 96, sort: 'updated', render: (r) => shortDay(dayAt(r.updatedAt)) },
        ]}
        empty={{
          title: `还没有${responseKindLabels[kind]}记录`,
          hint: '支援中心开了这种支援线，承接人写下记录后，会出现在这里。',
          action: takesPart ? <Link to="/lines">看我的支援线</Link> : undefined,
        }}
      />
    </Page>
  );
}
