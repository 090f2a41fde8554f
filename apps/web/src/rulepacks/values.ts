const UNITS_COUNTED = new Set(['工作日']);

/** A value of a rule pack as people read it; lists are joined, structured values are written as pairs. */
export const wordsOfValue = (value: unknown, unit: string | null): string => {
  const tail = unit === null || unit === '' || unit === '时刻' ? '' : UNITS_COUNTED.has(unit) ? ` 个${unit}` : ` ${unit}`;
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number' || typeof value === 'string') return `${value}${tail}`;
  if (value === null || value === undefined) return '未设';
  if (Array.isArray(value) && typeof value[0] === 'object') return value.map((v) => wordsOfValue(v, unit)).join('；');
  if (Array.isArray(value)) return `${value.map((v) => wordsOfValue(v, null)).join('、')}${tail}`;
  // Items of the checklist: their words and what they weigh, not the names of fields.
  const { label, weight } = value as { label?: unknown; weight?: unknown };
  if (typeof label === 'string') return weight === undefined ? label : `${label}（${wordsOfValue(weight, unit)}）`;
  return Object.entries(value as Record<string, unknown>)
    .map(([k, v]) => `${k} ${wordsOfValue(v, unit)}`)
    .join('；');
};

/** Whether two values are the same, whatever they are made of. */
export const sameValue = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
