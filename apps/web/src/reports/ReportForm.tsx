import { readCase } from '@jieyou/core/cases/endpoints.ts';
import { createReport } from '@jieyou/core/reports/endpoints.ts';
import { ReportDraft, type Situation } from '@jieyou/core/reports/schema.ts';
import { readSupportRequest } from '@jieyou/core/support/endpoints.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { SITUATION_SOURCE, situationLabels } from '@jieyou/core/texts/reportLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { CallLines } from '../house/CallLines.tsx';
import { clockTime, momentAt, now, shortInstant } from '../house/format.ts';
import { useKept } from '../house/kept.ts';
import { usePocket } from '../house/pocket.ts';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { uuid } from '../house/uuid.ts';
import '../house/reading.css';
import './reports.css';

/** 110, before anything is written. A telephone calls it. */
export function CallFirst({ phone, sent = false }: { readonly phone: boolean; readonly sent?: boolean }) {
  return (
    <section className="rp-first" aria-label="先报警">
      <strong>{sent ? '还没有报警的，现在就打：' : '孩子正处在危险中，先报警，再填写：'}</strong>
      <div>
        {phone ? (
          <a className="rp-call" href="tel:110" aria-label="拨打 110">
            110
          </a>
        ) : (
          <span className="rp-call">110</span>
        )}
      </div>
      <div>先保护孩子。不反复追问，不找可能的加害人核实，保留现场和物品。</div>
    </section>
  );
}

type Kept = {
  readonly id: string;
  readonly situation: Situation | null;
  readonly place: string;
  readonly seen: string;
  readonly child: string;
  readonly at: string;
};

const EMPTY: Kept = { id: '', situation: null, place: '', seen: '', child: '', at: '' };

/** Where the report was begun: a case, a request, or anywhere. */
const useOrigin = () => {
  const { from = '' } = useSearch({ strict: false }) as { from?: string };
  const found = /^\/(cases|requests)\/([0-9a-f-]{36})/.exec(from);
  const caseId = found?.[1] === 'cases' ? (found[2] ?? '') : '';
  const requestId = found?.[1] === 'requests' ? (found[2] ?? '') : '';
  const ofCase = useQuery({ ...queryOf(readCase, { params: { id: caseId } }), enabled: caseId !== '', retry: false });
  const ofRequest = useQuery({ ...queryOf(readSupportRequest, { params: { id: requestId } }), enabled: requestId !== '', retry: false });
  if (ofCase.data !== undefined) return { caseId, requestId: null, child: ofCase.data.recipient.name, number: ofCase.data.number };
  if (ofRequest.data?.content != null)
    return {
      caseId: null,
      requestId,
      child: ofRequest.data.content.recipientName,
      number: ofRequest.data.archiveNo ?? ofRequest.data.receiptNo ?? '',
    };
  return null;
};

/** A report in three answers: which situation, where, what was seen. Kept on the device until it is sent. */
export function ReportForm({ phone, open }: { readonly phone: boolean; readonly open: (id: string) => ReactNode }) {
  const draft = useKept<Kept>('report', EMPTY);
  const { waiting } = usePocket();
  const origin = useOrigin();
  const [linked, setLinked] = useState(true);
  const [told, setTold] = useState(false);
  const [sent, setSent] = useState<{ id: string; number: string; dueAt: string } | null>(null);
  const send = useAct(createReport, (answer) => {
    draft.clear();
    setSent(answer);
  });
  useEffect(() => {
    document.getElementById('sent')?.focus();
  }, []);
  const values = draft.value;
  const change = (patch: Partial<Kept>) => draft.set({ ...values, id: values.id || uuid(), ...patch });
  const child = values.child === '' && linked && origin !== null ? origin.child : values.child;
  const [day, time] = values.at.split('T');
  const body = {
    id: values.id,
    situation: values.situation as Situation,
    place: values.place,
    seen: values.seen,
    child: child.trim() === '' ? null : child,
    discoveredAt: day === undefined || time === undefined ? now() : momentAt(day, time.slice(0, 5)),
    caseId: linked ? (origin?.caseId ?? null) : null,
    requestId: linked ? (origin?.requestId ?? null) : null,
  };
  const checked = ReportDraft.safeParse(body);
  const wrong = (name: string): string | null => {
    if (!told || checked.success) return null;
    const issue = checked.error.issues.find((i) => i.path[0] === name);
    return issue === undefined ? null : name === 'situation' ? '请选一种情形；拿不准就选最后一种' : issue.message;
  };
  const problem = (name: string) => {
    const says = wrong(name);
    return says === null ? null : (
      <div className="rd-error" role="alert">
        {says}
      </div>
    );
  };

  if (sent !== null && waiting.has(sent.id))
    return (
      <div className="rp-form" role="status" tabIndex={-1} id="sent">
        <section className="rp-first">
          <strong>还没有报告出去：现在没有网络</strong>
          <div>写的都在这台手机里，接通网络后最先送出。在那之前请打 110，并打电话告诉站长。</div>
          <CallLines all />
        </section>
        <CallFirst phone={phone} sent />
      </div>
    );
  if (sent !== null && sent.number === '')
    return (
      <div className="rp-form" role="status" tabIndex={-1} id="sent">
        <section className="rp-first">
          <div>网络已接通，报告已送出。</div>
        </section>
        {open(sent.id)}
      </div>
    );
  if (sent !== null)
    return (
      <div className="rp-form" role="status" tabIndex={-1} id="sent">
        <section className="rp-first">
          <div>已登记，编号</div>
          <div className="rd-receipt">{sent.number}</div>
          <div>办理的人已收到提醒，{clockTime(sent.dueAt)} 前没有人确认会再提醒，并转支援中心督办。</div>
          <div>您的身份只有本站站长和指定督导知道。</div>
        </section>
        <CallFirst phone={phone} sent />
        {open(sent.id)}
      </div>
    );

  return (
    <>
      <CallFirst phone={phone} />
      <form
        className="rp-form"
        onSubmit={(e) => {
          e.preventDefault();
          setTold(true);
          if (checked.success) send.mutate({ body: checked.data });
        }}
      >
        {origin !== null && linked ? (
          <div className="rp-row">
            <span>
              关联 {origin.number}　{origin.child}
            </span>
            <button type="button" className="jy-link-button" onClick={() => setLinked(false)}>
              不关联
            </button>
          </div>
        ) : null}
        <fieldset>
          <legend>发现了哪种情形</legend>
          <div className="rp-choices">
            {optionsOf(situationLabels).map(({ value: s, label }) => (
              <label key={s}>
                <input type="radio" name="situation" checked={values.situation === s} onChange={() => change({ situation: s })} />
                {label}
              </label>
            ))}
          </div>
          <div className="rd-quiet">出自{SITUATION_SOURCE}。怀疑就可以报告，不需要先查实。</div>
          {problem('situation')}
        </fieldset>
        <div>
          <label className="rp-label" htmlFor="report-place">
            在哪里
          </label>
          <input
            id="report-place"
            className="rp-input"
            maxLength={120}
            value={values.place}
            onChange={(e) => change({ place: e.target.value })}
            placeholder="地址或看得见的标志"
          />
          {problem('place')}
        </div>
        <div>
          <label className="rp-label" htmlFor="report-seen">
            看到、听到了什么
          </label>
          <textarea
            id="report-seen"
            className="rp-input"
            maxLength={4000}
            rows={4}
            value={values.seen}
            onChange={(e) => change({ seen: e.target.value })}
            placeholder="照原样写，不用推断"
          />
          {problem('seen')}
        </div>
        <div>
          <label className="rp-label" htmlFor="report-child">
            孩子怎么称呼（可不填）
          </label>
          <input id="report-child" className="rp-input" maxLength={40} value={child} onChange={(e) => change({ child: e.target.value })} />
        </div>
        <div>
          <label className="rp-label" htmlFor="report-at">
            什么时候发现的（不填就是现在）
          </label>
          <input
            id="report-at"
            className="rp-input"
            type="datetime-local"
            value={values.at}
            onChange={(e) => change({ at: e.target.value })}
          />
          {problem('discoveredAt')}
        </div>
        <RefusalNotice error={send.error} />
        <div className="rp-row">
          <button type="submit" className="rp-button rp-danger" disabled={send.isPending}>
            {send.isPending ? '正在报告…' : '立即报告'}
          </button>
          <span className="rd-quiet" role="status">
            {draft.says}
          </span>
        </div>
        <p className="rd-quiet">不须任何人同意。登记后不能改、不能删，只能补记。开始填写：{shortInstant(now())}</p>
      </form>
    </>
  );
}
