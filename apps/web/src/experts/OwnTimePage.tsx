import { readOwnExpert, removeExpertAway } from '@jieyou/core/experts/endpoints.ts';
import { weekdayLabels } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { EmptyState } from '../house/EmptyState.tsx';
import { formatDay } from '../house/format.ts';
import { Card, Facts, Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { AwayDialog } from './AwayDialog.tsx';
import { byTime, spanOf } from './away.ts';
import { LoadTable } from './LoadTable.tsx';

/** An expert's own time: days on which panels may meet, load of the month, and days away. */
export default function OwnTimePage() {
  const found = useQuery(queryOf(readOwnExpert));
  const remove = useAct(removeExpertAway);
  const [adding, setAdding] = useState(false);
  if (found.isError)
    return (
      <Page title="我的时间">
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
      </Page>
    );
  if (found.isPending)
    return (
      <Page title="我的时间">
        <Skeleton active />
      </Page>
    );
  const own = found.data;
  const { coming, over } = byTime(own.away);
  return (
    <Page
      title="我的时间"
      says="支援中心推荐专家组时，会避开您不在的日子。"
      actions={
        <Button type="primary" onClick={() => setAdding(true)}>
          登记不在的日期
        </Button>
      }
    >
      <Card title="不在的日期">
        {coming.length === 0 ? (
          <EmptyState title="没有登记不在的日期" hint="出差、休假前在这里登记，那几天不会推荐您。" />
        ) : (
          <ul className="jy-rows">
            {coming.map((a) => (
              <li key={a.id}>
                <span>
                  {spanOf(a)}
                  {a.reason !== null && <span className="jy-secondary">　{a.reason}</span>}
                </span>
                <ConfirmButton
                  size="small"
                  type="link"
                  ask="取消这段不在的日期？"
                  says="取消后，那几天又可能推荐您。"
                  sure="取消这段"
                  onSure={() => remove.mutateAsync({ params: { id: own.id, awayId: a.id } })}
                >
                  取消
                </ConfirmButton>
              </li>
            ))}
          </ul>
        )}
        {over.length > 0 && (
          <details>
            <summary>已过去的 {over.length} 段</summary>
            <ul className="jy-rows">
              {over.map((a) => (
                <li key={a.id} className="jy-secondary">
                  {spanOf(a)}　{a.reason}
                </li>
              ))}
            </ul>
          </details>
        )}
        <p className="jy-secondary jy-small" style={{ marginTop: 8 }}>
          已经接受的邀请不会因此改变；去不了，请直接告诉支援中心。
        </p>
      </Card>
      <Card title="约定的时间">
        <Facts
          rows={[
            ['本月会诊', `${own.panelsThisMonth} 次，上限 ${own.maxPanelsPerMonth} 次`],
            ['可参加的日子', own.weekdays.map((d) => weekdayLabels[d]).join('、')],
            ['任期', `${formatDay(own.termFrom)} 至 ${formatDay(own.termTo)}`],
            ['现在是否推荐', own.active && own.inTerm ? '在任期内，会推荐您' : own.active ? '不在任期，不推荐' : '已停用，不推荐'],
          ]}
        />
        <p className="jy-secondary jy-small" style={{ marginTop: 8 }}>
          这些由支援中心登记。要改，请告诉支援中心。
        </p>
      </Card>
      <Card title="会诊与时长">
        <LoadTable id={own.id} />
      </Card>
      <AwayDialog id={own.id} noted={own.away} open={adding} onClose={() => setAdding(false)} />
    </Page>
  );
}
