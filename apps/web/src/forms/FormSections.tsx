import type { FormDocument } from '@jieyou/core/forms/document.ts';
import { type FormAnswerValue, type FormFacts, type FormValues, holds, sectionKey } from '@jieyou/core/forms/filling.ts';
import { FormFieldInput } from './fields.tsx';

/** The sections of a form that are shown now, each field under its name: as they are filled in, and as a version is tried. */
export function FormSections({
  document,
  heading: Heading = 'h2',
  shown,
  kept,
  facts,
  values,
  problemsOf,
  change,
  leave,
}: {
  readonly document: FormDocument;
  /** The level of a section's title on the page. */
  readonly heading?: 'h2' | 'h3';
  readonly shown: ReadonlySet<string>;
  readonly kept: FormValues;
  readonly facts: FormFacts;
  readonly values: FormValues;
  /** What is told of a field now. */
  readonly problemsOf: (field: string) => string[];
  readonly change: (field: string, value: FormAnswerValue) => void;
  readonly leave: (field: string) => void;
}) {
  return document.sections
    .filter((s) => shown.has(sectionKey(s.key)))
    .map((section) => (
      <section key={section.key} aria-labelledby={`fm-section-${section.key}`}>
        <Heading id={`fm-section-${section.key}`}>{section.title}</Heading>
        {section.hint === undefined || section.hint === '' ? null : <p className="rd-quiet">{section.hint}</p>}
        {section.fields
          .filter((f) => shown.has(f.key))
          .map((field) => (
            <FormFieldInput
              key={field.key}
              field={field}
              value={values[field.key]}
              needed={field.required === true || (field.requiredWhen !== undefined && holds(field.requiredWhen, kept, facts))}
              problems={problemsOf(field.key)}
              onChange={(value) => change(field.key, value)}
              onLeave={() => leave(field.key)}
            />
          ))}
      </section>
    ));
}
