import { listOwnUndertakings } from '@jieyou/core/relief/endpoints.ts';
import type { OwnUndertaking } from '@jieyou/core/relief/schema.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { undertakingStatusLabels } from '@jieyou/core/texts/reliefLabels.ts';
import { Link } from '@tanstack/react-router';
import { Tag } from 'antd';
import { shortDay } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { SettleForm } from './Joints.tsx';

/** What one undertook oneself at tables of the consortium; it stays when the table is over. */
export default function OwnUndertakingsPage() {
  return (
    <Page
      title="我认领的事"
      says="在助联体会商上由您认领的事。会商结束、看不到会商以后，这里仍然留着您自己的。"
      actions={<Link to={'/relief-joints' as never}>全部会商</Link>}
    >
      <RecordTable
        endpoint={listOwnUndertakings}
        filters={[{ key: 'status', label: '状态', kind: 'multi', options: optionsOf(undertakingStatusLabels) }]}
        columns={[
          { key: 'what', title: '做什么', render: (u: OwnUndertaking) => u.what },
          {
            key: 'due',
            title: '期限',
            width: 170,
            render: (u) => (
              <>
                {shortDay(u.dueOn)} {u.overdue ? <Tag color="error">已过期</Tag> : null}
              </>
            ),
          },
          { key: 'status', title: '状态', width: 90, render: (u) => undertakingStatusLabels[u.status] },
          { key: 'says', title: '结果', render: (u) => (u.settledOn === null ? '—' : `${shortDay(u.settledOn)}：${u.says ?? ''}`) },
          {
            key: 'joint',
            title: '会商',
            width: 100,
            render: (u) => (u.jointId === null ? '已看不到' : <Link to={`/relief-joints/${u.jointId}` as never}>看会商</Link>),
          },
          { key: 'act', title: '操作', width: 130, render: (u) => (u.settles ? <SettleForm undertaking={u} /> : '—') },
        ]}
        empty={{ title: '没有认领的事', hint: '会商后有人登记由您去办的事，会出现在这里。' }}
      />
    </Page>
  );
}
