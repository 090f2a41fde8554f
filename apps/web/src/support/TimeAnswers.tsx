import type { SlotAnswer } from '@jieyou/core/support/meeting.ts';
import { answerPoll, listOwnConferences, listOwnPolls, readConferenceCalendar } from '@jieyou/core/support/meetingEndpoints.ts';
import { slotAnswerLabels } from '@jieyou/core/texts/meetingLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { type Answer, fileUrl } from '../house/client.ts';
import { EmptyState } from '../house/EmptyState.tsx';
import { meetingInstant, shortInstant } from '../house/format.ts';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import '../house/reading.css';
import './meeting.css';

type OwnPoll = Answer<typeof listOwnPolls>['rows'][number];
const ANSWERS = Object.keys(slotAnswerLabels) as SlotAnswer[];

/** One question for a time: a tap for each slot, sent with the last one; changed by another tap. */
function PollCard({ poll }: { readonly poll: OwnPoll }) {
  const [given, setGiven] = useState<readonly (SlotAnswer | null)[]>(poll.slots.map((s) => s.answer));
  const answer = useAct(answerPoll);
  const tap = (at: number, what: SlotAnswer) => {
    const next = given.map((g, i) => (i === at ? what : g));
    setGiven(next);
    if (next.every((g) => g !== null)) answer.mutate({ params: { id: poll.id }, body: { answers: next as SlotAnswer[] } });
  };
  const left = given.filter((g) => g === null).length;
  return (
    <section className="mt-card">
      <h3>会诊 {poll.number}</h3>
      <p className="rd-quiet">
        {poll.place}，主持：{poll.chairName}。请在 {shortInstant(poll.deadline)} 前答复。
      </p>
      {poll.slots.map((slot, i) => (
        <fieldset key={slot.at} className="mt-slot">
          <legend>
            {meetingInstant(slot.at)}
            {slot.away ? <span className="rd-late">　您登记了这天不在</span> : null}
          </legend>
          <div className="mt-taps">
            {ANSWERS.map((a) => (
              <button key={a} type="button" aria-pressed={given[i] === a} disabled={answer.isPending} onClick={() => tap(i, a)}>
                {slotAnswerLabels[a]}
              </button>
            ))}
          </div>
        </fieldset>
      ))}
      <RefusalNotice error={answer.error} />
      <p role="status" className="rd-quiet">
        {answer.isPending ? '正在送出' : left > 0 ? `还有 ${left} 个时段没有选` : '已答复。截止前可以再点来更改。'}
      </p>
    </section>
  );
}

/** What one is asked about the time of conferences, and the conferences one is expected at. */
export function TimeAnswers() {
  const polls = useQuery(queryOf(listOwnPolls, { query: { limit: 50 } }));
  const coming = useQuery(queryOf(listOwnConferences, { query: { limit: 50 } }));
  if (polls.isError) return <RefusalNotice error={polls.error} onRetry={() => void polls.refetch()} />;
  if (coming.isError) return <RefusalNotice error={coming.error} onRetry={() => void coming.refetch()} />;
  if (polls.isPending || coming.isPending) return <p className="rd-quiet">正在查看</p>;
  if (polls.data.rows.length === 0 && coming.data.rows.length === 0)
    return <EmptyState title="没有要答复的会诊时间" hint="支援中心征集时间、安排会诊时，会出现在这里。" />;
  return (
    <>
      {polls.data.rows.length === 0 ? null : <h2 className="mt-part">请您答复</h2>}
      {polls.data.rows.map((p) => (
        <PollCard key={p.id} poll={p} />
      ))}
      {coming.data.rows.length === 0 ? null : <h2 className="mt-part">要参加的会诊</h2>}
      {coming.data.rows.map((c) => (
        <section key={c.id} className="mt-card">
          <h3>{meetingInstant(c.plannedAt)}</h3>
          <p>
            会诊 {c.number}
            <br />
            {c.place}，主持：{c.chairName}
            {c.asking ? <span className="rd-needs">　时间暂定，正在征集</span> : null}
          </p>
          <p className="mt-links">
            <a href={fileUrl(readConferenceCalendar, { params: { id: c.id } })} download={`会诊${c.number}.ics`}>
              放进我的日历
            </a>
            {c.invitationId === null ? null : (
              <Link to="/invitations/$id" params={{ id: c.invitationId }}>
                看邀请与资料
              </Link>
            )}
          </p>
        </section>
      ))}
    </>
  );
}
