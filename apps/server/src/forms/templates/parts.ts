/** Short words by which the templates that ship are written down. */
import type { FormColumn, FormCondition, FormDocument, FormField, FormSection, FormSource } from '@jieyou/core/forms/document.ts';

type More = {
  hint?: string;
  required?: boolean;
  when?: FormCondition;
  requiredWhen?: FormCondition;
  professional?: boolean;
  from?: FormSource;
};
type Choices = Readonly<Record<string, string>>;

const options = (choices: Choices) => Object.entries(choices).map(([value, label]) => ({ value, label }));

/** Has to be answered. */
export const must = { required: true } as const;
/** The worker's own thinking. */
export const own = { professional: true } as const;

export const line = (key: string, label: string, more: More & { max?: number } = {}): FormField => ({ kind: 'line', key, label, ...more });
export const passage = (key: string, label: string, more: More & { max?: number } = {}): FormField => ({
  kind: 'passage',
  key,
  label,
  ...more,
});
export const number = (
  key: string,
  label: string,
  more: More & { min?: number; max?: number; whole?: boolean; unit?: string } = {},
): FormField => ({
  kind: 'number',
  key,
  label,
  ...more,
});
export const day = (key: string, label: string, more: More & { notFuture?: boolean; notBefore?: string } = {}): FormField => ({
  kind: 'day',
  key,
  label,
  ...more,
});
export const one = (key: string, label: string, choices: Choices, more: More = {}): FormField => ({
  kind: 'one',
  key,
  label,
  options: options(choices),
  ...more,
});
export const many = (key: string, label: string, choices: Choices, more: More & { most?: number } = {}): FormField => ({
  kind: 'many',
  key,
  label,
  options: options(choices),
  ...more,
});
export const yesno = (key: string, label: string, more: More = {}): FormField => ({ kind: 'yesno', key, label, ...more });
export const signature = (key: string, label: string, more: More = {}): FormField => ({ kind: 'signature', key, label, ...more });
export const table = (
  key: string,
  label: string,
  columns: FormColumn[],
  more: More & { maxRows?: number; minRows?: number } = {},
): FormField => ({
  kind: 'table',
  key,
  label,
  columns,
  maxRows: 20,
  ...more,
});
/** An item of a scale; options by their points. */
export const item = (
  key: string,
  label: string,
  points: readonly (readonly [string, string, number])[],
  more: More & { reverse?: boolean } = {},
): FormField => ({
  kind: 'item',
  key,
  label,
  options: points.map(([value, words, count]) => ({ value, label: words, points: count })),
  ...more,
});

export const cell = (key: string, label: string, required = false): FormColumn => ({
  kind: 'line',
  key,
  label,
  ...(required ? { required } : {}),
});
export const dayCell = (key: string, label: string): FormColumn => ({ kind: 'day', key, label });
export const numberCell = (key: string, label: string): FormColumn => ({ kind: 'number', key, label });
export const oneCell = (key: string, label: string, choices: Choices): FormColumn => ({
  kind: 'one',
  key,
  label,
  options: options(choices),
});

export const section = (
  key: string,
  title: string,
  fields: FormField[],
  more: { hint?: string; when?: FormCondition } = {},
): FormSection => ({
  key,
  title,
  fields,
  ...more,
});

/** A template; kept as a record of the case and unsigned, unless it says otherwise. */
export const form = (
  given: Omit<FormDocument, 'subject' | 'keptAs' | 'signer' | 'note'> &
    Partial<Pick<FormDocument, 'subject' | 'keptAs' | 'signer' | 'note'>>,
): FormDocument => ({ subject: 'case', keptAs: 'records', signer: 'nobody', note: '', ...given });
