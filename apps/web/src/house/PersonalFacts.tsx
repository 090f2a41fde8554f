/** What identifies a person, as rows of a list of facts; each page says how a value is shown and opened. */
import type { PersonalField } from '@jieyou/core/cases/schema.ts';
import { personalFieldLabels } from '@jieyou/core/texts/labels.ts';
import type { ReactNode } from 'react';

const FIELDS: readonly PersonalField[] = ['name', 'idNumber', 'phone', 'address'];

/** Name, ID number, phone and address. */
export function PersonalFacts({ show }: { readonly show: (field: PersonalField) => ReactNode }) {
  return FIELDS.map((field) => (
    <div key={field}>
      <dt>{personalFieldLabels[field]}</dt>
      <dd>{show(field)}</dd>
    </div>
  ));
}
