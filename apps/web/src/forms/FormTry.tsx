import type { FormDocument } from '@jieyou/core/forms/document.ts';
import { alertsOf, type FormValues, fill, NO_FACTS } from '@jieyou/core/forms/filling.ts';
import { scoresOf } from '@jieyou/core/forms/scale.ts';
import { useState } from 'react';
import { today } from '../house/format.ts';
import { Card } from '../house/Page.tsx';
import { Scores } from './FormScores.tsx';
import { FormSections } from './FormSections.tsx';
import './forms.css';

/** A version as whoever fills it in will see it: it may be tried, conditions and scores included, and nothing is kept. */
export function FormTry({ document }: { readonly document: FormDocument }) {
  const [values, setValues] = useState<FormValues>({});
  const { kept, shown, problems } = fill(document, values, NO_FACTS, today());
  const scores = scoresOf(document, kept);
  const alerts = alertsOf(document, kept, NO_FACTS);
  return (
    <Card title={`填起来的样子：${document.title}`}>
      <p className="rd-quiet">可以试填，不会保存。还有 {problems.length} 处必填没有填或填得不对。</p>
      <fieldset className="fm-form fe-plain" aria-label="试填">
        {document.note === '' ? null : <p className="rd-says">{document.note}</p>}
        <FormSections
          document={document}
          heading="h3"
          shown={shown}
          kept={kept}
          facts={NO_FACTS}
          values={values}
          problemsOf={(key) => (values[key] === undefined ? [] : problems.filter((p) => p.field === key).map((p) => p.says))}
          change={(key, value) => setValues({ ...values, [key]: value })}
          leave={() => undefined}
        />
        {scores.length > 0 ? <Scores results={scores} /> : null}
        {alerts.map((says) => (
          <p key={says} className="rd-late" role="alert">
            {says}
          </p>
        ))}
      </fieldset>
    </Card>
  );
}
