import { exportAuditTrail, listAuditTrail } from '@jieyou/core/audit/endpoints.ts';
import { auditOutcomeLabels } from '@jieyou/core/texts/eventLabels.ts';
import { auditKindLabels, optionsOf, recordKindLabels } from '@jieyou/core/texts/labels.ts';
import { isRefusalCode, refusalSentence } from '@jieyou/core/texts/refusals.ts';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { formatInstant, orDash } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { ActionPicker } from './ActionPicker.tsx';
import { actionSays } from './actions.ts';

/** Who did what, on which record, when, from where. */
export default function AuditPage() {
  return (
    <Page
      title="审计记录"
      says="只记录做了什么，不含服务对象的内容。"
      actions={
        <Link to="/audit/seals">
          <Button tabIndex={-1}>每日封存</Button>
        </Link>
      }
    >
      <RecordTable
        endpoint={listAuditTrail}
        exportWith={exportAuditTrail}
        filters={[
          { key: 'from', label: '从', kind: 'date' },
          { key: 'to', label: '到', kind: 'date' },
          { key: 'kind', label: '种类', kind: 'multi', options: optionsOf(auditKindLabels) },
          { key: 'person', label: '姓名或账号', kind: 'text' },
          { key: 'action', label: '动作', kind: 'select', picker: (given) => <ActionPicker {...given} /> },
          { key: 'recordId', label: '记录编号', kind: 'text' },
        ]}
        columns={[
          { key: 'at', title: '时间', render: (r) => formatInstant(r.at) },
          { key: 'kind', title: '种类', render: (r) => auditKindLabels[r.kind] },
          { key: 'action', title: '动作', render: (r) => <span title={r.action}>{actionSays(r.action) ?? r.action}</span> },
          {
            key: 'actor',
            title: '谁',
            render: (r) =>
              r.actorName === null ? (r.username ?? '系统') : `${r.actorName}${r.username === null ? '' : `（${r.username}）`}`,
          },
          {
            key: 'record',
            title: '记录',
            render: (r) =>
              r.recordKind === null ? (
                '—'
              ) : (
                <span title={r.recordId ?? undefined}>
                  {recordKindLabels[r.recordKind] ?? r.recordKind}
                  {r.recordId !== null && <span className="jy-number"> …{r.recordId.slice(-8)}</span>}
                </span>
              ),
          },
          { key: 'outcome', title: '结果', render: (r) => <Outcome outcome={r.outcome} kind={r.kind} /> },
          { key: 'reason', title: '理由', render: (r) => orDash(r.reason) },
          { key: 'ip', title: '从哪里', render: (r) => orDash(r.ip) },
          { key: 'requestId', title: '请求编号', render: (r) => orDash(r.requestId), hidden: true },
        ]}
        empty={{ title: '还没有审计记录', hint: '有人登录、查看或修改后，会出现在这里。' }}
      />
    </Page>
  );
}

function Outcome({ outcome, kind }: { readonly outcome: string; readonly kind: string }) {
  if (kind === 'refused') {
    const says = outcome === 'denied' ? '无权限' : outcome === 'not-found' ? '不在范围' : '未执行';
    return (
      <span title={isRefusalCode(outcome) ? refusalSentence(outcome) : outcome}>
        <StatusTag tone={says === '未执行' ? 'needs' : 'danger'}>{says}</StatusTag>
      </span>
    );
  }
  return <StatusTag tone="done">{auditOutcomeLabels[outcome] ?? outcome}</StatusTag>;
}
