import type { DetailItem } from '@jieyou/core/cases/schema.ts';
import {
  exportRecipientMerges,
  listRecipientMerges,
  listRecipientPairs,
  mergeRecipients,
  tellApart,
} from '@jieyou/core/recipients/endpoints.ts';
import type { PairSide } from '@jieyou/core/recipients/schema.ts';
import { detailItemLabels } from '@jieyou/core/texts/detailLabels.ts';
import { genderLabels } from '@jieyou/core/texts/labels.ts';
import { alikeByLabels } from '@jieyou/core/texts/recipientLabels.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input, Skeleton } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { call } from '../house/client.ts';
import { EmptyState } from '../house/EmptyState.tsx';
import { shortInstant } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import '../house/reading.css';

type Side = z.infer<typeof PairSide>;

const says = (s: Side) => `${s.name}（${genderLabels[s.gender]}${s.age === null ? '' : `，${s.age}岁`}）`;

function SideOf({ side, place }: { readonly side: Side; readonly place: string }) {
  return (
    <div>
      <div className="rd-quiet">{place}</div>
      <Link to="/recipients/$id" params={{ id: side.id }}>
        {says(side)}
      </Link>
      <div className="rd-quiet">
        证件 {side.idNumber ?? '没有填写'}
        <br />
        电话 {side.phone ?? '没有填写'}
        <br />
        住址 {side.address ?? '没有填写'}
        <br />
        {side.stationName}　在办 {side.openCases} 个，结案 {side.closedCases} 个
      </div>
    </div>
  );
}

function Pair({
  one,
  other,
  because,
  differ,
}: {
  readonly one: Side;
  readonly other: Side;
  readonly because: string;
  readonly differ: readonly DetailItem[];
}) {
  const [reason, setReason] = useState('');
  const merge = useAct(mergeRecipients);
  const apart = useAct(tellApart);
  const ready = reason.trim().length >= 2;
  const body = { reason: reason.trim() };
  const keep = (kept: Side, gone: Side, words: string) => (
    <ConfirmButton
      ask={`合并为一人，留下${says(kept)}？`}
      says="另一份的个案、类别、家庭等都移过来，那份不再单独出现。以后可以撤销。"
      sure="合并"
      disabled={!ready}
      onSure={() => merge.mutateAsync({ body: { keptId: kept.id, goneId: gone.id, ...body } })}
    >
      {words}
    </ConfirmButton>
  );
  return (
    <section className="jy-card" aria-label={`${says(one)}与${says(other)}`}>
      <p>
        <strong>{because}</strong>
      </p>
      <div className="rd-halves">
        <SideOf side={one} place="第一份" />
        <SideOf side={other} place="第二份" />
      </div>
      {differ.length === 0 ? null : <p className="rd-gap">两份登记得不一样：{differ.map((item) => detailItemLabels[item]).join('、')}</p>}
      <div className="rd-gap">
        <Input
          aria-label="理由"
          maxLength={120}
          placeholder="理由，如：核对身份证，同一人"
          value={reason}
          onChange={(e) => setReason(e.target.value)}
        />
      </div>
      <div className="jy-actions rd-gap">
        {keep(one, other, '合并，留第一份')}
        {keep(other, one, '合并，留第二份')}
        <ConfirmButton
          danger={false}
          ask="确认不是同一人？"
          says="以后不再列出这一对。"
          sure="不是同一人"
          disabled={!ready}
          onSure={() => apart.mutateAsync({ body: { oneId: one.id, otherId: other.id, ...body } })}
        >
          不是同一人
        </ConfirmButton>
      </div>
    </section>
  );
}

/** People who may be one person, side by side, and what was merged before. */
export default function PairsPage() {
  const pairs = useInfiniteQuery({
    queryKey: ['listRecipientPairs'],
    queryFn: ({ pageParam }) => call(listRecipientPairs, { query: { limit: 10, ...(pageParam === '' ? {} : { after: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const rows = pairs.data?.pages.flatMap((p) => p.rows) ?? [];
  return (
    <Page
      title="可能重复的服务对象"
      crumbs={[{ title: '服务对象', to: '/recipients' }]}
      says="证件号码相同，或生日与电话、姓名相同的，会列在这里。"
    >
      {pairs.isPending ? <Skeleton active /> : null}
      <RefusalNotice error={pairs.error} />
      {pairs.isSuccess && rows.length === 0 ? (
        <EmptyState title="没有可能重复的服务对象" hint="登记时证件号码相同，或生日与电话、姓名相同的，会出现在这里。" />
      ) : null}
      {rows.map((p) => (
        <Pair
          key={`${p.one.id}${p.other.id}`}
          one={p.one}
          other={p.other}
          differ={p.differ}
          because={p.because.map((b) => alikeByLabels[b]).join('；')}
        />
      ))}
      {pairs.hasNextPage ? (
        <Button loading={pairs.isFetching} onClick={() => void pairs.fetchNextPage()}>
          看更多
        </Button>
      ) : null}
      <h2 className="rd-gap">合并记录</h2>
      <RecordTable
        endpoint={listRecipientMerges}
        exportWith={exportRecipientMerges}
        name="recipientMerges"
        inPage
        columns={[
          {
            key: 'kept',
            title: '留下的档案',
            width: 140,
            render: (m) => (
              <Link to="/recipients/$id" params={{ id: m.keptId }}>
                {m.keptName}
              </Link>
            ),
          },
          { key: 'gone', title: '并入的', width: 110, render: (m) => m.goneName },
          { key: 'by', title: '谁合并', width: 200, render: (m) => `${m.mergedByName}　${shortInstant(m.mergedAt)}` },
          { key: 'reason', title: '理由', width: 200, render: (m) => m.reason },
          {
            key: 'undone',
            title: '撤销',
            width: 200,
            render: (m) => (m.undoneAt === null ? '—' : `${m.undoneByName ?? ''}　${shortInstant(m.undoneAt)}　${m.undoReason ?? ''}`),
          },
        ]}
        empty={{ title: '还没有合并过', hint: '合并后会留在这里，随时可以在档案里撤销。' }}
      />
    </Page>
  );
}
