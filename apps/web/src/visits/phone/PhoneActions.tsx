import { finishVisitAction, listVisitActions } from '@jieyou/core/visits/endpoints.ts';
import type { OpenVisitAction } from '@jieyou/core/visits/schema.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryOf, useAct } from '../../house/ask.ts';
import { now, shortDay } from '../../house/format.ts';
import { useKept } from '../../house/kept.ts';
import { usePocket } from '../../house/pocket.ts';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { SavedLine } from '../../house/SavedLine.tsx';
import { useCan } from '../../house/session.tsx';
import '../visits.css';

const MOST = 20;

/** What has to be done at once after a visit, ticked off where one stands, with and without network. */
export function PhoneActions({ mine }: { readonly mine: { readonly mine?: 'yes' } }) {
  const found = useQuery(queryOf(listVisitActions, { query: { ...mine, limit: MOST } }));
  const { waiting } = usePocket();
  const [open, setOpen] = useState('');
  const [done, setDone] = useState<string>();
  const ticks = useCan('worker');
  const rows = (found.data?.rows ?? []).filter((a) => !waiting.has(a.id));
  if (found.error !== null) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (rows.length === 0 && done === undefined) return null;
  return (
    <section aria-label="即时处置">
      <h2>要马上办的事</h2>
      <SavedLine saved={done}>已登记完成。</SavedLine>
      <ul className="vs-actions">
        {rows.map((a) => (
          <li key={a.id} className="vs-action">
            <strong>{a.what}</strong>
            <span className={a.late ? 'jy-clock-overdue' : undefined}>
              {a.byWhom}　{shortDay(a.until)} 前{a.late ? '，已过期' : ''}
            </span>
            <span className="jy-secondary">
              {a.recipientName}　{a.caseNumber}
            </span>
            {!ticks ? null : open === a.id ? (
              <Tick
                action={a}
                done={() => {
                  setDone(a.id);
                  setOpen('');
                }}
                leave={() => setOpen('')}
              />
            ) : (
              <div>
                <button type="button" className="ph-button ph-quiet" onClick={() => setOpen(a.id)}>
                  已完成
                </button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Tick({ action, done, leave }: { readonly action: OpenVisitAction; readonly done: () => void; readonly leave: () => void }) {
  const draft = useKept(`action.${action.id}`, { says: '' });
  const finish = useAct(finishVisitAction, () => {
    draft.clear();
    done();
  });
  return (
    <form
      className="ph-form"
      onSubmit={(e) => {
        e.preventDefault();
        finish.mutate({ params: { id: action.visitId, actionId: action.id }, body: { says: draft.value.says, at: now() } });
      }}
    >
      <label className="ph-field">
        结果（可以不填）
        <input className="ph-input" maxLength={200} value={draft.value.says} onChange={(e) => draft.set({ says: e.target.value })} />
      </label>
      <RefusalNotice error={finish.error} />
      <div className="ph-pair">
        <button type="submit" className="ph-button" disabled={finish.isPending}>
          登记完成
        </button>
        <button type="button" className="ph-button ph-quiet" onClick={leave}>
          还没有
        </button>
      </div>
    </form>
  );
}
