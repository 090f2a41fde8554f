import type { FormDocument } from '@jieyou/core/forms/document.ts';
import { readFormAnswer } from '@jieyou/core/forms/endpoints.ts';
import type { FormFacts, FormValues } from '@jieyou/core/forms/filling.ts';
import { formStatusLabels } from '@jieyou/core/texts/formLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { queryOf } from '../../house/ask.ts';
import { PhoneCard, PhonePage } from '../../house/PhonePage.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { FormFill } from '../FormFill.tsx';
import { FormRead } from '../FormRead.tsx';
import { Course, Scores } from '../FormScores.tsx';

/** One form in one hand: filled in, or read. Signing and correcting are done at the desk. */
export default function PhoneFormPage() {
  const { id = '' } = useParams({ strict: false });
  const found = useQuery(queryOf(readFormAnswer, { params: { id } }));
  // Counts on when the draft was saved elsewhere: the form is then begun anew on both sides.
  const [round, setRound] = useState(0);
  const a = found.data;
  if (found.isError)
    return (
      <PhonePage title="表单">
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
      </PhonePage>
    );
  if (a === undefined || !found.isFetchedAfterMount)
    return (
      <PhonePage title="表单">
        <p className="rd-quiet">正在打开…</p>
      </PhonePage>
    );
  return (
    <PhonePage title={a.title}>
      <p className="rd-quiet">
        {a.caseNumber}　{a.recipientName}　{formStatusLabels[a.status]}
      </p>
      {a.can.includes('fill') ? (
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
          <FormRead document={a.document as FormDocument} values={a.values as FormValues} facts={a.facts as FormFacts} />
        </>
      )}
    </PhonePage>
  );
}
