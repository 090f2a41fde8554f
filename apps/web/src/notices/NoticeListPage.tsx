import { listNotices, markAllNoticesRead, markNoticeRead, type NoticeRow } from '@jieyou/core/notices/endpoints.ts';
import { noticeSays, recordKindLabels } from '@jieyou/core/texts/labels.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import type { z } from 'zod';
import { useAct } from '../house/ask.ts';
import { sentenceOf } from '../house/client.ts';
import { shortInstant } from '../house/format.ts';
import { useMessages } from '../house/messages.tsx';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { pageOfNotice } from './pages.ts';

type Row = z.infer<typeof NoticeRow>;

/** What the platform told the person. */
export default function NoticeListPage() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const message = useMessages();
  const again = () => void queries.invalidateQueries({ queryKey: ['readSession'] });
  const readOne = useAct(markNoticeRead, again);
  const readAll = useAct(markAllNoticesRead, again);
  const open = (row: Row) => {
    if (row.readAt === null) readOne.mutate({ params: { id: row.id } });
    const page = pageOfNotice(row.recordKind, row.recordId);
    if (page !== null) void navigate({ to: page });
  };
  return (
    <Page
      title="消息"
      says="消息里不写案情，点开后按您的权限查看。"
      actions={
        <Button
          loading={readAll.isPending}
          onClick={() =>
            readAll.mutate(
              {},
              {
                onSuccess: (a) => void message.success(a.marked === 0 ? '没有未读的消息' : `${a.marked} 条已标为已读`),
                onError: (e) => void message.error(sentenceOf(e)),
              },
            )
          }
        >
          全部标为已读
        </Button>
      }
    >
      <RecordTable
        endpoint={listNotices}
        filters={[
          {
            key: 'state',
            label: '状态',
            kind: 'select',
            options: [
              { value: 'unread', label: '只看未读' },
              { value: 'all', label: '全部' },
            ],
          },
        ]}
        columns={[
          {
            key: 'kind',
            title: '内容',
            render: (r) => <span className={r.readAt === null ? 'jy-unread' : undefined}>{noticeSays(r.kind)}</span>,
          },
          {
            key: 'number',
            title: '编号',
            render: (r) => <span className="jy-number">{[recordKindLabels[r.recordKind], r.number].filter(Boolean).join(' ')}</span>,
          },
          { key: 'sentAt', title: '时间', render: (r) => shortInstant(r.sentAt), width: 160 },
          {
            key: 'readAt',
            title: '状态',
            width: 100,
            render: (r) => (r.readAt === null ? <StatusTag tone="needs">未读</StatusTag> : <StatusTag tone="rest">已读</StatusTag>),
          },
        ]}
        onOpen={open}
        empty={{ title: '还没有消息', hint: '求助、邀请、行动项有变化时，会在这里告诉您。' }}
      />
    </Page>
  );
}
