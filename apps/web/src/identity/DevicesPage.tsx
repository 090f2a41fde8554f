import { listOwnSessions, revokeSession } from '@jieyou/core/identity/endpoints.ts';
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { queryOf, useAct } from '../house/ask.ts';
import { CardTable } from '../house/CardTable.tsx';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { formatInstant } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { deviceWords } from './device.ts';

/** Where one is signed in. */
export default function DevicesPage() {
  const found = useQuery(queryOf(listOwnSessions));
  const revoke = useAct(revokeSession);
  return (
    <Page title="我的设备" says="不认识的设备，请让它退出，并马上修改密码。">
      {found.isError ? (
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Skeleton active />
      ) : (
        <CardTable
          rowKey="id"
          dataSource={found.data.rows}
          scroll={{ x: 'max-content' }}
          columns={[
            { title: '设备', render: (_, r) => <span title={r.device}>{deviceWords(r.device)}</span> },
            { title: '网络地址', render: (_, r) => r.ip },
            { title: '登录时间', render: (_, r) => formatInstant(r.createdAt) },
            { title: '最近使用', render: (_, r) => formatInstant(r.lastSeenAt) },
            {
              title: '操作',
              render: (_, r) =>
                r.current ? (
                  <StatusTag tone="moving">就是这台</StatusTag>
                ) : (
                  <ConfirmButton
                    size="small"
                    ask="让这台设备退出？"
                    says="那台设备上没有提交的内容会留在那里。"
                    onSure={() => revoke.mutateAsync({ params: { id: r.id } })}
                  >
                    让它退出
                  </ConfirmButton>
                ),
            },
          ]}
        />
      )}
    </Page>
  );
}
