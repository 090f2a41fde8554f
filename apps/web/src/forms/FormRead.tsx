import type { FormDocument } from '@jieyou/core/forms/document.ts';
import { answerText, cellText, type FormFacts, type FormRow, type FormValues, fill, sectionKey } from '@jieyou/core/forms/filling.ts';
import { today } from '../house/format.ts';
import { Card } from '../house/Page.tsx';
import './forms.css';

/** A filled form as it is read, on the version on which it was begun. */
export function FormRead({
  document,
  values,
  facts,
}: {
  readonly document: FormDocument;
  readonly values: FormValues;
  readonly facts: FormFacts;
}) {
  const { shown } = fill(document, values, facts, today());
  return (
    <>
      {document.sections
        .filter((s) => shown.has(sectionKey(s.key)))
        .map((section) => (
          <Card key={section.key} title={section.title}>
            <dl className="fm-read">
              {section.fields
                .filter((f) => shown.has(f.key))
                .map((field) => (
                  <div key={field.key} className={field.kind === 'table' || field.kind === 'passage' ? 'fm-wide' : undefined}>
                    <dt>{field.label}</dt>
                    <dd>
                      {field.kind === 'table' && Array.isArray(values[field.key]) ? (
                        <div className="fm-scroll">
                          <table className="fm-table">
                            <thead>
                              <tr>
                                {field.columns.map((c) => (
                                  <th key={c.key} scope="col">
                                    {c.label}
                                  </th>
                                ))}
                              </tr>
                            </thead>
                            <tbody>
                              {(values[field.key] as readonly FormRow[]).map((row, at) => (
                                // biome-ignore lint/suspicious/noArrayIndexKey: a row of a table has no identity but its place
                                <tr key={at}>
                                  {field.columns.map((c) => (
                                    <td key={c.key}>{cellText(c, row[c.key]) || '—'}</td>
                                  ))}
                                </tr>
                              ))}
                            </tbody>
                          </table>
                        </div>
                      ) : (
                        answerText(field, values[field.key]) || '—'
                      )}
                    </dd>
                  </div>
                ))}
            </dl>
          </Card>
        ))}
    </>
  );
}
