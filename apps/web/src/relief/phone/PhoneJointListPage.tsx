import { listOwnUndertakings, listReliefJoints, settleUndertaking } from '@jieyou/core/relief/endpoints.ts';
import type { OwnUndertaking, ReliefJoint } from '@jieyou/core/relief/schema.ts';
import { jointKindLabels, jointStatusLabels, undertakingStatusLabels } from '@jieyou/core/texts/reliefLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { queryOf, useAct } from '../../house/ask.ts';
import { EmptyState } from '../../house/EmptyState.tsx';
import { formatDay, shortDay, today } from '../../house/format.ts';
import { PhoneCard, PhonePage } from '../../house/PhonePage.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';

const MOST = 50;

/** What became of it, from whoever undertook it. */
function Settle({ undertaking: u }: { readonly undertaking: OwnUndertaking }) {
  const [open, setOpen] = useState(false);
  const [says, setSays] = useState('');
  const [missing, setMissing] = useState(false);
  const act = useAct(settleUndertaking);
  const send = (done: boolean) => {
    setMissing(says.trim().length < 2);
    if (says.trim().length < 2) return;
    act.mutate({ params: { id: u.id }, body: { done, onDay: today(), says: says.trim(), version: u.version } });
  };
  if (!open)
    return (
      <button type="button" className="ph-button" aria-label={`登记结果：${u.what}`} onClick={() => setOpen(true)}>
        登记结果
      </button>
    );
  return (
    <form
      onSubmit={(e: FormEvent) => {
        e.preventDefault();
        send(true);
      }}
    >
      <label htmlFor={`says-${u.id}`}>情况</label>
      <input
        id={`says-${u.id}`}
        className="ph-input"
        maxLength={200}
        value={says}
        aria-invalid={missing}
        aria-describedby={missing ? `missing-${u.id}` : undefined}
        onChange={(e) => setSays(e.target.value)}
      />
      {missing ? (
        <p id={`missing-${u.id}`} role="alert" className="jy-clock-overdue">
          请写至少 2 个字；不办了的写明为什么
        </p>
      ) : null}
      {act.error === null ? null : <RefusalNotice error={act.error} />}
      <p className="ph-pair">
        <button type="submit" className="ph-button" disabled={act.isPending}>
          办到了
        </button>
        <button type="button" className="ph-button ph-quiet" disabled={act.isPending} onClick={() => send(false)}>
          不办了
        </button>
      </p>
    </form>
  );
}

function Table({ joint }: { readonly joint: ReliefJoint }) {
  return (
    <PhoneCard title={`${formatDay(joint.onDay)}　${joint.place}`}>
      <p className="jy-secondary">
        {jointStatusLabels[joint.status]}，{joint.workerName}召集
      </p>
      <p className="jy-long">{joint.told}</p>
      <p>
        参加：
        {joint.members
          .filter((m) => m.leftOn === null)
          .map((m) => `${m.name}（${jointKindLabels[m.kind]}）`)
          .join('、')}
      </p>
      {joint.outcome === null ? null : (
        <p className="jy-long">
          {joint.status === 'held' ? '结果' : '为什么取消'}：{joint.outcome}
        </p>
      )}
      {joint.undertakings.length === 0 ? null : (
        <ul>
          {joint.undertakings.map((u) => (
            <li key={u.id}>
              {joint.members.find((m) => m.id === u.memberId)?.name ?? ''}：{u.what}，{shortDay(u.dueOn)}前（
              {u.overdue ? '已过期' : undertakingStatusLabels[u.status]}）
            </li>
          ))}
        </ul>
      )}
      {joint.reliefId === null ? null : <a href={`/relief-cases/${joint.reliefId}`}>在完整版里看救助个案</a>}
    </PhoneCard>
  );
}

/** Tables of the consortium on the phone: what one undertook, and what was written for the tables at which one sits. */
export default function PhoneJointListPage() {
  const own = useQuery(queryOf(listOwnUndertakings, { query: { limit: MOST } }));
  const joints = useQuery(queryOf(listReliefJoints, { query: { limit: MOST } }));
  const error = own.error ?? joints.error;
  const mine = own.data?.rows ?? [];
  const tables = joints.data?.rows ?? [];
  return (
    <PhonePage title="助联体会商" back>
      {error === null ? null : (
        <RefusalNotice
          error={error}
          onRetry={() => {
            void own.refetch();
            void joints.refetch();
          }}
        />
      )}
      {own.isPending || joints.isPending ? <p className="jy-secondary">正在查看</p> : null}
      {own.isSuccess && joints.isSuccess && mine.length + tables.length === 0 ? (
        <EmptyState title="没有会商" hint="有人请您参加助联体会商以后，会出现在这里。" />
      ) : null}
      {mine.length === 0 ? null : (
        <section aria-label="我认领的事">
          <h2 className="ph-part">我认领的事</h2>
          {mine.map((u) => (
            <PhoneCard key={u.id} title={u.what}>
              <p className={u.overdue ? 'jy-clock-overdue' : 'jy-secondary'}>
                {u.settledOn === null
                  ? `${shortDay(u.dueOn)}前${u.overdue ? '，已过期' : ''}`
                  : `${shortDay(u.settledOn)}${undertakingStatusLabels[u.status]}：${u.says ?? ''}`}
              </p>
              {u.settles ? <Settle undertaking={u} /> : null}
            </PhoneCard>
          ))}
        </section>
      )}
      {tables.length === 0 ? null : (
        <section aria-label="会商">
          <h2 className="ph-part">会商</h2>
          {tables.map((joint) => (
            <Table key={joint.id} joint={joint} />
          ))}
        </section>
      )}
    </PhonePage>
  );
}
