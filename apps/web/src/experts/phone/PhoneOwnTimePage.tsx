import { addExpertAway, readOwnExpert, removeExpertAway } from '@jieyou/core/experts/endpoints.ts';
import { weekdayLabels } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Popup, Skeleton } from 'antd-mobile';
import { useState } from 'react';
import { queryOf, useAct } from '../../house/ask.ts';
import type { Answer } from '../../house/client.ts';
import { formatDay, today } from '../../house/format.ts';
import { PhoneCard, PhonePage } from '../../house/PhonePage.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { awayDraft, byTime, spanOf } from '../away.ts';
import { LoadTable } from '../LoadTable.tsx';

type Own = Answer<typeof readOwnExpert>;
type Away = Own['away'][number];

/** An expert's own time on the phone: days away, load of the month, and the days that were agreed. */
export default function PhoneOwnTimePage() {
  const found = useQuery(queryOf(readOwnExpert));
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Away | null>(null);
  const own = found.data;
  if (own === undefined) {
    return (
      <PhonePage title="我的时间">
        {found.isError ? (
          <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
        ) : (
          <Skeleton.Paragraph lineCount={6} animated />
        )}
      </PhonePage>
    );
  }
  const { coming } = byTime(own.away);
  return (
    <PhonePage
      title="我的时间"
      foot={
        <Button block color="primary" onClick={() => setAdding(true)}>
          登记不在的日期
        </Button>
      }
    >
      <PhoneCard title="不在的日期">
        {coming.length === 0 ? <p className="rd-quiet">没有登记。出差、休假前登记一下，那几天不会推荐您。</p> : null}
        {coming.map((a) => (
          <div key={a.id} className="rd-answer">
            <div>
              {spanOf(a)}
              {a.reason === null ? null : <div className="rd-quiet">{a.reason}</div>}
            </div>
            <Button
              className="ph-small"
              fill="none"
              color="primary"
              style={{ flex: 'none' }}
              onClick={() => setEnding(a)}
              aria-label={`取消 ${spanOf(a)}`}
            >
              取消
            </Button>
          </div>
        ))}
        <p className="rd-quiet">已经接受的邀请不会因此改变；去不了，请直接告诉支援中心。</p>
      </PhoneCard>
      <PhoneCard title="约定的时间">
        <p>
          本月会诊 {own.panelsThisMonth} 次，上限 {own.maxPanelsPerMonth} 次
        </p>
        <p>可参加：{own.weekdays.map((d) => weekdayLabels[d]).join('、')}</p>
        <p>
          任期：{formatDay(own.termFrom)} 至 {formatDay(own.termTo)}
          {own.active ? (own.inTerm ? '' : '，现在不在任期') : '，已停用'}
        </p>
        <p className="rd-quiet">这些由支援中心登记。要改，请告诉支援中心。</p>
      </PhoneCard>
      <PhoneCard title="会诊与时长">
        <LoadTable id={own.id} />
      </PhoneCard>
      {adding ? <AddAway own={own} onClose={() => setAdding(false)} /> : null}
      {ending === null ? null : <EndAway own={own} away={ending} onClose={() => setEnding(null)} />}
    </PhonePage>
  );
}

function AddAway({ own, onClose }: { own: Own; onClose: () => void }) {
  const [fromDay, setFromDay] = useState<string>(today());
  const [toDay, setToDay] = useState<string>(today());
  const [reason, setReason] = useState('');
  const [gaps, setGaps] = useState<Readonly<Record<string, string>>>({});
  const add = useAct(addExpertAway, onClose);
  const send = () => {
    const checked = awayDraft(own.away).safeParse({ fromDay, toDay, reason: reason.trim() === '' ? null : reason });
    setGaps(checked.success ? {} : Object.fromEntries(checked.error.issues.map((i) => [String(i.path[0]), i.message])));
    if (checked.success) add.mutate({ params: { id: own.id }, body: checked.data });
  };
  const gap = (name: string) =>
    gaps[name] === undefined ? null : (
      <div className="rd-error" role="alert">
        {gaps[name]}
      </div>
    );
  return (
    <Popup visible onMaskClick={onClose} onClose={onClose}>
      <div className="ph-popup">
        <h2>登记不在的日期</h2>
        <div className="ph-field">
          <label htmlFor="away-from">从哪天</label>
          <input id="away-from" className="ph-input" type="date" value={fromDay} onChange={(e) => setFromDay(e.target.value)} />
          {gap('fromDay')}
        </div>
        <div className="ph-field">
          <label htmlFor="away-to">到哪天（这一天也不在）</label>
          <input id="away-to" className="ph-input" type="date" min={today()} value={toDay} onChange={(e) => setToDay(e.target.value)} />
          {gap('toDay')}
        </div>
        <div className="ph-field">
          <label htmlFor="away-reason">原因（可以不填）</label>
          <input
            id="away-reason"
            className="ph-input"
            maxLength={60}
            placeholder="如：外出讲课、休假"
            value={reason}
            onChange={(e) => setReason(e.target.value)}
          />
          <div className="rd-quiet">支援中心、督导和主管部门看得到。</div>
          {gap('reason')}
        </div>
        <RefusalNotice error={add.error} />
        <Button block color="primary" loading={add.isPending} onClick={send}>
          登记
        </Button>
        <Button block fill="none" onClick={onClose}>
          先不登记
        </Button>
      </div>
    </Popup>
  );
}

function EndAway({ own, away, onClose }: { own: Own; away: Away; onClose: () => void }) {
  const remove = useAct(removeExpertAway, onClose);
  return (
    <Popup visible onMaskClick={onClose} onClose={onClose}>
      <div className="ph-popup">
        <h2>取消这段不在的日期？</h2>
        <p>{spanOf(away)}</p>
        <p className="rd-quiet">取消后，那几天又可能推荐您。</p>
        <RefusalNotice error={remove.error} />
        <Button block color="danger" loading={remove.isPending} onClick={() => remove.mutate({ params: { id: own.id, awayId: away.id } })}>
          取消这段日期
        </Button>
        <Button block fill="none" onClick={onClose}>
          保留
        </Button>
      </div>
    </Popup>
  );
}
