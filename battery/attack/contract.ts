/** What the OpenAPI document promises, and values that do and do not keep it. The document is the one that the application serves. */

import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { openApiDocument } from '../../apps/server/src/openapi.ts';

type Schema = { readonly [key: string]: unknown };
type Parameter = { readonly name: string; readonly in: 'path' | 'query' | 'header'; readonly required: boolean; readonly schema: Schema };

/** An operation of the document. */
export type Operation = {
  readonly id: string;
  readonly path: readonly Parameter[];
  readonly query: readonly Parameter[];
  /** Schema of the JSON body; undefined for none, and for a file. */
  readonly body: Schema | undefined;
  /** Whether a body keeps the contract. */
  readonly keeps: (body: unknown) => boolean;
};

const document = openApiDocument() as unknown as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Schema>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>>; readonly parameters: Readonly<Record<string, Parameter>> };
};

const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false });
ajv.addSchema({ $id: 'doc', components: document.components });

/** The part of the document to which a reference leads. */
const settled = (schema: Schema): Schema =>
  typeof schema.$ref === 'string' ? settled(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema;

const trimmed = (value: unknown): unknown => {
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value)) return value.map(trimmed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, trimmed(inner)]));
};

/** Every operation by its id. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .map((one): [string, Operation] => {
      const id = String(one.operationId);
      const parameters = ((one.parameters ?? []) as (Parameter | { $ref: string })[]).map((p) =>
        '$ref' in p ? (document.components.parameters[p.$ref.split('/').at(-1) ?? ''] as Parameter) : p,
      );
      const content = (one.requestBody as { content?: Record<string, { schema: Schema }> } | undefined)?.content ?? {};
      const body = content['application/json']?.schema;
      const check =
        body === undefined
          ? undefined
          : ajv.compile(JSON.parse(JSON.stringify(body).replaceAll('"#/components', '"doc#/components')) as object);
      return [
        id,
        {
          id,
          path: parameters.filter((p) => p.in === 'path'),
          query: parameters.filter((p) => p.in === 'query'),
          body,
          // Blanks around a text are taken away before it is measured.
          keeps: (given) => check === undefined || check(given) === true || check(trimmed(given)) === true,
        },
      ];
    }),
);

/** The operation of an endpoint; fails where the document has none. */
export const operationOf = (endpoint: AnyEndpoint): Operation => {
  const found = operations.get(endpoint.id);
  if (found === undefined) throw new Error(`the document lacks ${endpoint.id}`);
  return found;
};

/** Values of fourteen kinds, of which most are wrong at any place. */
export const FOURTEEN: readonly unknown[] = [null, true, 0, -1, 1.5, 1e300, '', '字', '1', [], [null], {}, { $ne: null }, [[['字']]]];

/** Where values stand in a body: every property and every first item, and properties that the contract has beside. */
export const placesIn = (operation: Operation, body: unknown): readonly (readonly (string | number)[])[] => {
  const found: (string | number)[][] = [];
  const walk = (value: unknown, at: (string | number)[]): void => {
    if (at.length > 0) found.push(at);
    if (Array.isArray(value)) {
      if (value.length > 0) walk(value[0], [...at, 0]);
    } else if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) walk(inner, [...at, key]);
  };
  walk(body, []);
  const beside = Object.keys((settled(operation.body ?? {}).properties ?? {}) as object).filter(
    (key) => !(key in ((body ?? {}) as Record<string, unknown>)),
  );
  return [...found, ...beside.map((key) => [key])];
};

/** The body with another value at a place. */
export const withValue = (body: unknown, at: readonly (string | number)[], value: unknown): unknown => {
  const copy = structuredClone(body ?? {}) as Record<string | number, unknown>;
  let inner = copy;
  for (const key of at.slice(0, -1)) inner = inner[key] as Record<string | number, unknown>;
  inner[at.at(-1) as string] = value;
  return copy;
};

/** What stands at a place. */
export const valueAt = (body: unknown, at: readonly (string | number)[]): unknown =>
  at.reduce((inner, key) => (inner as Record<string | number, unknown> | null | undefined)?.[key], body);

const alternatives = (schema: Schema): readonly Schema[] => {
  const one = settled(schema);
  const inner = [...((one.anyOf ?? []) as Schema[]), ...((one.oneOf ?? []) as Schema[]), ...((one.allOf ?? []) as Schema[])];
  return inner.length === 0 ? [one] : [one, ...inner.flatMap(alternatives)];
};

/** How long a text at a place may be; undefined where the contract takes no free text there. */
export const roomAt = (operation: Operation, at: readonly (string | number)[]): number | undefined => {
  let schemas: readonly Schema[] = alternatives(operation.body ?? {});
  for (const key of at) {
    schemas = schemas.flatMap((s) => {
      const next =
        typeof key === 'number' ? s.items : ((s.properties as Record<string, unknown> | undefined)?.[key] ?? s.additionalProperties);
      return typeof next === 'object' && next !== null ? alternatives(next as Schema) : [];
    });
  }
  const text = schemas.find(
    (s) =>
      [s.type].flat().includes('string') &&
      s.enum === undefined &&
      s.const === undefined &&
      s.pattern === undefined &&
      s.format === undefined,
  );
  return text === undefined ? undefined : Number(text.maxLength ?? 200);
};

// What cannot be generated from a pattern is written down.
const PATTERNS: readonly (readonly [RegExp, fc.Arbitrary<string>])[] = [
  [/\[0-9a-fA-F\]\{8\}/, fc.uuid()],
  [/-02-29.*T\(/, fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }).map((d) => d.toISOString())],
  [
    /-02-29/,
    fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }).map((d) => d.toISOString().slice(0, 10)),
  ],
  [/\[01\]\\d\|2\[0-3\]/, fc.constantFrom('09:00', '23:59', '00:00')],
];

/** Values by a schema. `known` are ids of things that exist, `texts` what stands where text is free. */
export const valuesOf = (schema: Schema, known: readonly string[], texts: readonly string[], depth = 0): fc.Arbitrary<unknown> => {
  const one = settled(schema);
  const again = (s: Schema): fc.Arbitrary<unknown> => valuesOf(s, known, texts, depth + 1);
  if (depth > 8) return fc.constant(null);
  if ('const' in one) return fc.constant(one.const);
  if (Array.isArray(one.enum)) return fc.constantFrom(...(one.enum as unknown[]));
  const choices = (one.anyOf ?? one.oneOf) as Schema[] | undefined;
  if (choices !== undefined) return fc.oneof(...choices.map(again));
  if (Array.isArray(one.allOf))
    return fc.tuple(...(one.allOf as Schema[]).map(again)).map((parts) => Object.assign({}, ...(parts as object[])) as unknown);
  const types = [one.type ?? 'object'].flat() as string[];
  if (types.length > 1) return fc.oneof(...types.map((type) => again({ ...one, type })));
  const least = (key: string, otherwise: number): number => Number(one[key] ?? otherwise);
  switch (types[0]) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: Math.max(least('minimum', -5), -2_147_483_648), max: Math.min(least('maximum', 5_000), 2_147_483_647) });
    case 'number':
      return fc.double({ min: least('minimum', -5), max: least('maximum', 5_000), noNaN: true });
    case 'string': {
      if (typeof one.pattern === 'string') {
        const pattern = one.pattern;
        const made = PATTERNS.find(([of]) => of.test(pattern))?.[1] ?? fc.stringMatching(new RegExp(pattern));
        return pattern.includes('[0-9a-fA-F]{8}') && known.length > 0
          ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: made })
          : made;
      }
      if (one.format === 'date-time')
        return fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }).map((d) => d.toISOString());
      const most = least('maxLength', 200);
      return fc.constantFrom(...texts).map((text) => {
        const cut = [...text].slice(0, most).join('').slice(0, most);
        return cut.trim().length >= least('minLength', 0) ? cut : `${cut}${'字'.repeat(least('minLength', 0))}`;
      });
    }
    case 'array':
      return fc.array(again((one.items ?? {}) as Schema), {
        minLength: least('minItems', 0),
        maxLength: Math.min(least('maxItems', 4), least('minItems', 0) + 3),
      });
    default: {
      const properties = (one.properties ?? {}) as Record<string, Schema>;
      const required = (one.required ?? []) as string[];
      return fc.record(Object.fromEntries(Object.entries(properties).map(([key, of]) => [key, again(of)])), {
        requiredKeys: Object.keys(properties).filter((key) => required.includes(key)),
      });
    }
  }
};

/** A question that keeps the contract and is about nothing that exists. */
export const inventedFor = (
  operation: Operation,
  seed: number,
): { params: Record<string, string>; query: Record<string, string>; body?: unknown } => {
  const one = (schema: Schema, turn = 0): unknown =>
    fc.sample(valuesOf(schema, [], ['字字字字字字']), { numRuns: 1, seed: seed + turn })[0];
  const words = (parameters: readonly Parameter[]): Record<string, string> =>
    Object.fromEntries(parameters.filter((p) => p.required).map((p) => [p.name, String(one(p.schema))]));
  const base = { params: words(operation.path), query: words(operation.query) };
  if (operation.body === undefined) return base;
  const tries = Array.from({ length: 20 }, (_, turn) => one(operation.body as Schema, turn));
  return { ...base, body: tries.find((body) => operation.keeps(body)) ?? tries[0] };
};
