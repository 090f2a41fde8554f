import type { FormCondition, FormDocument, FormTest } from './document.ts';
import { fieldsOf } from './document.ts';

const FACTS: Readonly<Record<string, string>> = { '@minor': '未成年人', '@age': '年龄' };

const testWords = (document: FormDocument, test: FormTest): string => {
  if (test.field === '@minor') return test.is === false ? '是成年人' : '是未成年人';
  const field = fieldsOf(document).find((f) => f.key === test.field);
  const name = `“${field?.label ?? FACTS[test.field] ?? test.field}”`;
  const option = (value: unknown): string =>
    typeof value === 'boolean'
      ? value
        ? '是'
        : '否'
      : ((field !== undefined && 'options' in field ? field.options.find((o) => o.value === value)?.label : undefined) ?? String(value));
  if (test.is !== undefined) return `${name}为${option(test.is)}`;
  if (test.in !== undefined) return `${name}为${test.in.map(option).join('或')}`;
  if (test.has !== undefined) return `${name}选了${option(test.has)}`;
  if (test.atLeast !== undefined) return `${name}不少于 ${test.atLeast}`;
  if (test.atMost !== undefined) return `${name}不多于 ${test.atMost}`;
  return test.filled === false ? `${name}没有填` : `${name}已填`;
};

/** A condition in words, for the paper and for the page that issues versions. */
export const conditionWords = (document: FormDocument, condition: FormCondition): string => {
  if ('field' in condition) return testWords(document, condition);
  if ('all' in condition) return condition.all.map((c) => conditionWords(document, c)).join('，并且');
  if ('any' in condition) return condition.any.map((c) => conditionWords(document, c)).join('，或者');
  return `不是（${conditionWords(document, condition.not)}）`;
};
