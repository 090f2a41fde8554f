import { writeSync } from 'node:fs';
import { allEndpoints } from '@jieyou/core/endpoints.ts';
import { namedSchemas } from '@jieyou/core/schemas.ts';
import { Day, Instant } from '@jieyou/core/shared/day.ts';
import { type AnyEndpoint, PageQuery, Written } from '@jieyou/core/shared/endpoint.ts';
import { Leave, Reason } from '@jieyou/core/shared/exporting.ts';
import { Id } from '@jieyou/core/shared/words.ts';
import { z } from 'zod';
import { WORKBOOK_TYPE } from './platform/excel.ts';

type Io = 'input' | 'output';
type Json = { [key: string]: unknown };

/** The schema alone, everything in it written out. */
const written = (schema: z.ZodType, io: Io): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  return rest;
};

const registry = z.registry<{ id: string }>();
for (const [schema, id] of namedSchemas) registry.add(schema, { id });

// What is sent and what is answered may differ in one schema: defaults, and whether other fields may stand beside. Both are told then.
const nameAs: Readonly<Record<Io, ReadonlyMap<string, string>>> = {
  output: new Map([...namedSchemas.values()].map((name) => [name, name])),
  input: new Map(
    [...namedSchemas].map(([schema, name]) => {
      const same = JSON.stringify(written(schema, 'input')) === JSON.stringify(written(schema, 'output'));
      return [name, same ? name : `${name}Input`];
    }),
  ),
};

const refer = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

// Days, moments and ids are mostly declared where they stand; they are long, and the same everywhere.
const PLAIN: ReadonlyMap<string, Json> = new Map(
  [Day, Instant, Id].map((schema) => [namedSchemas.get(schema) ?? '', written(schema, 'output')]),
);
const plainNames: ReadonlyMap<string, string> = new Map([...PLAIN].map(([name, schema]) => [JSON.stringify(schema), name]));

const LOCAL = '#/$defs/';

/** Every integer lies within what a number of JSON holds exactly: said once, here. */
const isOfAllIntegers = (key: string, value: unknown): boolean =>
  (key === 'minimum' && value === Number.MIN_SAFE_INTEGER) || (key === 'maximum' && value === Number.MAX_SAFE_INTEGER);

/** Turns a part of a schema so that it refers to the components of the document. */
const settle = (part: unknown, io: Io): unknown => {
  if (Array.isArray(part)) return part.map((one) => settle(one, io));
  if (typeof part !== 'object' || part === null) return part;
  const plain = plainNames.get(JSON.stringify(part));
  if (plain !== undefined) return refer(plain);
  return Object.fromEntries(
    Object.entries(part)
      .filter(([key, value]) => !isOfAllIntegers(key, value))
      .map(([key, value]) =>
        key === '$ref' && typeof value === 'string' && value.startsWith(LOCAL)
          ? [key, refer(nameAs[io].get(value.slice(LOCAL.length)) ?? '').$ref]
          : [key, settle(value, io)],
      ),
  );
};

/** The named schemas that a document needed so far. */
type Components = Map<string, Json>;

const schemaOf = (components: Components, schema: z.ZodType, io: Io): Json => {
  // Inside a list a named schema is a reference, too.
  const { items, $defs } = z.toJSONSchema(z.array(schema), { io, unrepresentable: 'any', target: 'draft-2020-12', metadata: registry });
  for (const [id, part] of Object.entries($defs ?? {})) {
    const name = nameAs[io].get(id) ?? id;
    if (!components.has(name)) components.set(name, settle(part, io) as Json);
  }
  return settle(items, io) as Json;
};

/** Parameters that many operations share. */
const PARAMETERS = {
  Id: { name: 'id', in: 'path', required: true, schema: refer(namedSchemas.get(Id) ?? '') },
  Limit: { name: 'limit', in: 'query', required: false, schema: written(PageQuery.shape.limit, 'input') },
  After: { name: 'after', in: 'query', required: false, schema: written(PageQuery.shape.after, 'input') },
  Count: { name: 'count', in: 'query', required: false, schema: written(PageQuery.shape.count, 'input') },
  Leave: { name: 'leave', in: 'query', required: false, schema: written(Leave, 'input') },
  Reason: { name: 'reason', in: 'query', required: true, schema: written(Reason, 'input') },
  IdempotencyKey: { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 8, maxLength: 100 } },
  CsrfToken: { name: 'X-CSRF-Token', in: 'header', required: true, schema: { type: 'string' } },
} as const;

const parameter = (name: keyof typeof PARAMETERS): Json => ({ $ref: `#/components/parameters/${name}` });
const parameterNames = new Map(Object.entries(PARAMETERS).map(([name, it]) => [JSON.stringify(it), name as keyof typeof PARAMETERS]));

const sharedOrOwn = (own: object): object => {
  const name = parameterNames.get(JSON.stringify(own));
  return name === undefined ? own : parameter(name);
};

type JsonObject = { properties?: Record<string, Json>; required?: string[] };

/** The properties of an object as parameters, one by one. */
const parametersIn = (components: Components, where: 'path' | 'query', schema: z.ZodType): object[] => {
  const whole = schemaOf(components, schema, 'input');
  const named = typeof whole.$ref === 'string' ? components.get(whole.$ref.split('/').at(-1) ?? '') : whole;
  const { properties, required } = (named ?? {}) as JsonObject;
  return Object.entries(properties ?? {}).map(([name, of]) =>
    sharedOrOwn({ name, in: where, required: where === 'path' || (required?.includes(name) ?? false), schema: of }),
  );
};

const problem = (description: string): object => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const success = (type: string, schema: object): object => ({ description: '成功', content: { [type]: { schema } } });

/** What answers alike everywhere stands once in the components. */
const RESPONSES = {
  Written: success('application/json', refer(namedSchemas.get(Written) ?? '')),
  Workbook: success(WORKBOOK_TYPE, { type: 'string' }),
  Pdf: success('application/pdf', { type: 'string' }),
  Page: success('text/html', { type: 'string' }),
  // Said once for all: an operation that asks for no session never answers 403, and 401 only to a wrong password.
  NotDone: problem(
    '没有办成：400 输入有误，逐项说明；401 没有登录；403 角色无权使用；404 不存在，或不在可见范围内；429 请求过于频繁；503 暂时不可用，请稍后重试',
  ),
  Refused: problem('业务上不可行：code 是该操作 x-refusals 中的一个'),
};
const response = (name: keyof typeof RESPONSES): Json => ({ $ref: `#/components/responses/${name}` });
const responseNames = new Map(Object.entries(RESPONSES).map(([name, it]) => [JSON.stringify(it), name as keyof typeof RESPONSES]));

// Every write may also meet a key that was used before.
const refusalsOf = ({ refusals, method }: AnyEndpoint): readonly string[] =>
  refusals.length > 0 || method !== 'GET' ? [...refusals, 'request.key-used'] : [];

const successOf = (components: Components, { streams, reply }: AnyEndpoint): object => {
  const own =
    streams === undefined ? success('application/json', schemaOf(components, reply, 'output')) : success(streams, { type: 'string' });
  const name = responseNames.get(JSON.stringify(own));
  return name === undefined ? own : response(name);
};

const responsesOf = (components: Components, endpoint: AnyEndpoint): object => ({
  200: successOf(components, endpoint),
  ...(refusalsOf(endpoint).length === 0 ? {} : { 409: response('Refused') }),
  default: response('NotDone'),
});

const bodyOf = (components: Components, endpoint: AnyEndpoint): object => {
  if (endpoint.method === 'GET' || endpoint.method === 'DELETE') return {};
  const content =
    endpoint.takesFile === true
      ? { 'application/octet-stream': { schema: { type: 'string', contentMediaType: 'application/octet-stream' } } }
      : { 'application/json': { schema: schemaOf(components, endpoint.body, 'input') } };
  return { requestBody: { required: true, content } };
};

const operationOf = (components: Components, endpoint: AnyEndpoint): object => ({
  operationId: endpoint.id,
  summary: endpoint.says,
  description: `谁可以用：${endpoint.allow.says}`,
  tags: [endpoint.path.split('/')[2] ?? ''],
  security: endpoint.allow.who === 'anyone' ? [] : [{ session: [] }],
  parameters: [
    ...parametersIn(components, 'path', endpoint.params),
    ...parametersIn(components, 'query', endpoint.query),
    ...(endpoint.method === 'GET' ? [] : [parameter('IdempotencyKey')]),
    ...(endpoint.method === 'GET' || endpoint.allow.who === 'anyone' ? [] : [parameter('CsrfToken')]),
  ],
  ...bodyOf(components, endpoint),
  responses: responsesOf(components, endpoint),
  ...(refusalsOf(endpoint).length === 0 ? {} : { 'x-refusals': refusalsOf(endpoint) }),
});

const PROBLEM: Json = {
  type: 'object',
  required: ['error', 'requestId'],
  properties: {
    error: { enum: ['invalid', 'signed-out', 'denied', 'not-found', 'refused', 'too-many', 'unavailable', 'bug'] },
    code: { type: 'string' },
    facts: { type: 'object' },
    fields: {
      type: 'array',
      items: { type: 'object', required: ['path', 'message'], properties: { path: { type: 'string' }, message: { type: 'string' } } },
    },
    requestId: { type: 'string' },
  },
};

/** Names of the components of one kind that a part of the document refers to. */
const referredIn = (part: unknown): string[] =>
  [...JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);

/** Those components that the paths need, directly or through others, by name. */
const needed = (components: Components, paths: object): Json => {
  const reached = new Set<string>();
  const reach = (names: readonly string[]): void => {
    for (const name of names) {
      if (reached.has(name)) continue;
      reached.add(name);
      reach(referredIn(components.get(name) ?? {}));
    }
  };
  reach(referredIn([paths, PARAMETERS, RESPONSES]));
  return Object.fromEntries([...reached].sort().map((name) => [name, components.get(name)]));
};

/** The OpenAPI 3.1 document, made from the endpoints: schemas with a name, common parameters and replies stand once, in the components. */
export const openApiDocument = (): object => {
  const components: Components = new Map([['Problem', PROBLEM], ...PLAIN]);
  const paths = allEndpoints.reduce<Record<string, Record<string, object>>>((all, endpoint) => {
    const entry = all[endpoint.path] ?? {};
    all[endpoint.path] = entry;
    entry[endpoint.method.toLowerCase()] = operationOf(components, endpoint);
    return all;
  }, {});
  return {
    openapi: '3.1.0',
    info: {
      title: '解忧',
      version: '0.1.0',
      description: '区域专业社会工作平台接口。写操作须带 X-CSRF-Token，可带 Idempotency-Key。',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'jieyou_session' } },
      parameters: PARAMETERS,
      responses: RESPONSES,
      schemas: needed(components, paths),
    },
  };
};

const LINE = 2000;

/** As people read it: what fits on one line stands on one line, a long one, so that the file stays well below a megabyte. */
const printed = (value: unknown, indent = ''): string => {
  const short = JSON.stringify(value);
  if (short.length + indent.length <= LINE || typeof value !== 'object' || value === null) return short;
  const deeper = `${indent} `;
  const list = Array.isArray(value);
  const lines = list
    ? value.map((one) => `${deeper}${printed(one, deeper)}`)
    : Object.entries(value).map(([key, one]) => `${deeper}${JSON.stringify(key)}: ${printed(one, deeper)}`);
  return `${list ? '[' : '{'}\n${lines.join(',\n')}\n${indent}${list ? ']' : '}'}`;
};

if (process.argv[1] === import.meta.filename && process.argv.includes('--print')) {
  writeSync(1, `${printed(openApiDocument())}\n`);
}
