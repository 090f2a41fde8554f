import type { FormDocument } from '@jieyou/core/forms/document.ts';
import { readFormAnswer } from '@jieyou/core/forms/endpoints.ts';
import type { FormFacts, FormValues } from '@jieyou/core/forms/filling.ts';
import { formStatusLabels } from '@jieyou/core/texts/formLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { queryOf } from '../../house/ask.ts';
import { PhoneCard, PhonePage } from '../../house/PhonePage.tsx';
import { usePocket } from '../../house/pocket.ts';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { WordsLeft } from '../../house/WordsLeft.tsx';
import { FormFill } from '../FormFill.tsx';
import { FormHands } from '../FormHands.tsx';
import { FormRead } from '../FormRead.tsx';
import { Course, Scores } from '../FormScores.tsx';

/** One form in one hand: filled in, or read. Signing and correcting are done at the desk. */
export default function PhoneFormPage() {
  const { id = '' } = useParams({ strict: false });
  const found = useQuery(queryOf(readFormAnswer, { params: { id } }));
  // Counts on when the draft was saved elsewhere: the form is then begun anew on both sides.
  const [round, setRound] = useState(0);
  const { waiting, declined, asOf } = usePocket();
  const a = found.data;
  // Without network what was read stays; what was handed in waits.
  if (found.isError && a === undefined)
    return (
      <PhonePage title="表单">
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
        <WordsLeft names={[`form.${id}`]} />
      </PhonePage>
    );
  if (a === undefined || !found.isFetchedAfterMount)
    return (
      <PhonePage title="表单">
        <p className="rd-quiet">正在打开…</p>
      </PhonePage>
    );
  const waits = waiting.has(`${a.id}.submission`);
  return (
    <PhonePage title={a.title}>
      <p className="rd-quiet">
        {a.number}　{a.whose}　{formStatusLabels[waits ? 'draft' : a.status]}
      </p>
      {declined.has(`${a.id}.submission`) ? (
        <p className="rd-late" role="status">
          上次提交没有被接收，写的还在这台手机里。<Link to="/pocket">看看为什么</Link>
        </p>
      ) : null}
      {waits || waiting.has(a.id) || asOf !== null ? (
        <p className="rd-says" role="status">
          {waits ? '已记在这台手机里，接通网络后自动送出。' : '现在没有网络。写的都在这台手机里，填好提交后，接通网络自动送出。'}
        </p>
      ) : null}
      {a.can.includes('fill') && !waits ? (
        <>
          {a.decisions[0]?.signs === false ? <p className="rd-late">退回：{a.decisions[0].says}</p> : null}
          <FormFill
            key={`${a.id}.${round}`}
            answer={a}
            done={() => window.scrollTo(0, 0)}
            reread={() => void found.refetch().then(() => setRound(round + 1))}
          />
        </>
      ) : (
        <>
          {a.results.length > 0 ? (
            <PhoneCard title="计分">
              <Scores results={a.results} />
              {a.course.length > 1 ? <Course course={a.course} now={a.id} /> : null}
            </PhoneCard>
          ) : null}
          <FormHands signing={a.signing} />
          {waits ? null : <WordsLeft names={[`form.${a.id}`]} known={a.values} />}
          <FormRead document={a.document as FormDocument} values={a.values as FormValues} facts={a.facts as FormFacts} />
        </>
      )}
    </PhonePage>
  );
}
