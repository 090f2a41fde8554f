import { listCoWorkerChoices, nameCoWorker, removeCoWorker } from '@jieyou/core/cases/endpoints.ts';
import { CoWorkerDraft } from '@jieyou/core/cases/schema.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Popup } from 'antd-mobile';
import { useDeferredValue, useState } from 'react';
import { queryOf, useAct } from '../../house/ask.ts';
import { today } from '../../house/format.ts';
import { PhoneCard } from '../../house/PhonePage.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { type CaseFileData, type CoWorkerData, coWorkSpan } from '../queries.ts';

/** Who works along on a case, on the phone. */
export function PhoneCoWorkers({ file }: { readonly file: CaseFileData }) {
  const [asking, setAsking] = useState(false);
  const [ending, setEnding] = useState<CoWorkerData | null>(null);
  const mayName = file.can.includes('name-co-worker');
  const mayEnd = file.can.includes('end-co-work');
  if (!mayName && file.coWorkers.length === 0) return null;
  return (
    <PhoneCard title="协办社工">
      {file.coWorkers.length === 0 ? <p className="rd-quiet">没有同事协办。</p> : null}
      {file.coWorkers.map((c) => (
        <div key={c.id} className="rd-answer">
          <span>
            <strong>{c.name}</strong>　{coWorkSpan(c)}
            <br />
            <span className="rd-quiet">{c.reason}</span>
          </span>
          {mayEnd ? (
            <Button
              className="ph-small"
              fill="none"
              color="primary"
              style={{ flex: 'none' }}
              onClick={() => setEnding(c)}
              aria-label={`结束${c.name}的协办`}
            >
              结束
            </Button>
          ) : null}
        </div>
      ))}
      {mayName ? (
        <Button block onClick={() => setAsking(true)}>
          请人协办
        </Button>
      ) : null}
      {asking ? <AskColleague caseId={file.id} onClose={() => setAsking(false)} /> : null}
      {ending === null ? null : <EndCoWork caseId={file.id} coWorker={ending} onClose={() => setEnding(null)} />}
    </PhoneCard>
  );
}

function AskColleague({ caseId, onClose }: { readonly caseId: string; readonly onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed.trim());
  const found = useQuery({
    ...queryOf(listCoWorkerChoices, { params: { id: caseId }, query: text === '' ? {} : { text } }),
    placeholderData: keepPreviousData,
  });
  const [chosen, setChosen] = useState<{ personId: string; name: string } | null>(null);
  const [reason, setReason] = useState('');
  const [toDay, setToDay] = useState('');
  const name = useAct(nameCoWorker, onClose);
  const draft = CoWorkerDraft.safeParse({ personId: chosen?.personId ?? '', reason, toDay: toDay === '' ? null : toDay });
  return (
    <Popup visible onMaskClick={onClose} onClose={onClose}>
      <div className="ph-popup">
        <h2>请同事协办</h2>
        <p className="rd-quiet">对方能看、能写这个个案，直到您结束。</p>
        {chosen === null ? (
          <>
            <div className="ph-field">
              <label htmlFor="co-worker">哪位同事（本站在岗社工）</label>
              <input
                id="co-worker"
                className="ph-input"
                placeholder="输入姓名或拼音"
                value={typed}
                onChange={(e) => setTyped(e.target.value)}
              />
            </div>
            <RefusalNotice error={found.error} />
            <ul className="ph-rows">
              {found.data?.rows.map((p) => (
                <li key={p.personId}>
                  <button type="button" onClick={() => setChosen(p)}>
                    <strong>{p.name}</strong>
                    <span className="rd-quiet">{p.post}</span>
                  </button>
                </li>
              ))}
            </ul>
            {found.data?.rows.length === 0 ? <p className="rd-quiet">没有找到可以协办的同事。</p> : null}
          </>
        ) : (
          <>
            <div className="ph-row" style={{ alignItems: 'center' }}>
              <strong>{chosen.name}</strong>
              <Button fill="none" color="primary" style={{ marginTop: 0 }} onClick={() => setChosen(null)}>
                换一位
              </Button>
            </div>
            <div className="ph-field">
              <label htmlFor="co-reason">原因（不用写服务对象的情况）</label>
              <input
                id="co-reason"
                className="ph-input"
                maxLength={60}
                placeholder="如：一起家访"
                value={reason}
                onChange={(e) => setReason(e.target.value)}
              />
            </div>
            <div className="ph-field">
              <label htmlFor="co-to">协办到哪天（可以不填）</label>
              <input id="co-to" className="ph-input" type="date" min={today()} value={toDay} onChange={(e) => setToDay(e.target.value)} />
            </div>
            <RefusalNotice error={name.error} />
            <Button
              block
              color="primary"
              loading={name.isPending}
              disabled={!draft.success}
              onClick={() => (draft.success ? name.mutate({ params: { id: caseId }, body: draft.data }) : undefined)}
            >
              请这位同事协办
            </Button>
          </>
        )}
        <Button block fill="none" onClick={onClose}>
          先不请
        </Button>
      </div>
    </Popup>
  );
}

function EndCoWork({
  caseId,
  coWorker,
  onClose,
}: {
  readonly caseId: string;
  readonly coWorker: CoWorkerData;
  readonly onClose: () => void;
}) {
  const remove = useAct(removeCoWorker, onClose);
  return (
    <Popup visible onMaskClick={onClose} onClose={onClose}>
      <div className="ph-popup">
        <h2>结束{coWorker.name}的协办？</h2>
        <p className="rd-quiet">结束后，对方立即看不到这个个案；写过的记录都保留。</p>
        <RefusalNotice error={remove.error} />
        <Button
          block
          color="danger"
          loading={remove.isPending}
          onClick={() => remove.mutate({ params: { id: caseId, circleId: coWorker.id } })}
        >
          结束协办
        </Button>
        <Button block fill="none" onClick={onClose}>
          继续协办
        </Button>
      </div>
    </Popup>
  );
}
