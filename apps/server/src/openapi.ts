import { writeSync } from 'node:fs';
import { allEndpoints } from '@jieyou/core/endpoints.ts';
import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import { z } from 'zod';

const strip = (schema: object): object => {
  const { $schema: _, ...rest } = schema as Record<string, unknown>;
  return rest;
};

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): object =>
  strip(z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }));

type JsonObject = { properties?: Record<string, object>; required?: string[] };

const parametersOf = (endpoint: AnyEndpoint): object[] => {
  const path = schemaOf(endpoint.params, 'input') as JsonObject;
  const query = schemaOf(endpoint.query, 'input') as JsonObject;
  return [
    ...Object.entries(path.properties ?? {}).map(([name, schema]) => ({ name, in: 'path', required: true, schema })),
    ...Object.entries(query.properties ?? {}).map(([name, schema]) => ({
      name,
      in: 'query',
      required: query.required?.includes(name) ?? false,
      schema,
    })),
    ...(endpoint.method === 'GET'
      ? []
      : [
          { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 8, maxLength: 100 } },
          ...(endpoint.allow.who === 'anyone' ? [] : [{ name: 'X-CSRF-Token', in: 'header', required: true, schema: { type: 'string' } }]),
        ]),
  ];
};

const problem = (description: string): object => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** A refusal lists its codes; everything else answers alike everywhere and stands once in the components. */
const refusal = (codes: readonly string[]): object => ({
  description: '业务上不可行',
  content: {
    'application/json': {
      schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { type: 'object', properties: { code: { enum: [...codes] } } }] },
    },
  },
});

const COMMON = {
  Invalid: problem('输入有误：逐项说明'),
  SignedOut: problem('没有登录'),
  Denied: problem('角色无权使用'),
  NotFound: problem('不存在，或不在可见范围内'),
  TooMany: problem('请求过于频繁'),
  Unavailable: problem('暂时不可用，请稍后重试'),
};
const common = (name: keyof typeof COMMON): object => ({ $ref: `#/components/responses/${name}` });

const responsesOf = (endpoint: AnyEndpoint): object => ({
  200:
    endpoint.streams === undefined
      ? { description: '成功', content: { 'application/json': { schema: schemaOf(endpoint.reply, 'output') } } }
      : { description: '成功', content: { [endpoint.streams]: { schema: { type: 'string' } } } },
  400: common('Invalid'),
  ...(endpoint.allow.who === 'anyone' && endpoint.id !== 'signIn' ? {} : { 401: common('SignedOut') }),
  ...(endpoint.allow.who === 'anyone' ? {} : { 403: common('Denied') }),
  404: common('NotFound'),
  ...(endpoint.refusals.length > 0 || endpoint.method !== 'GET' ? { 409: refusal([...endpoint.refusals, 'request.key-used']) } : {}),
  429: common('TooMany'),
  503: common('Unavailable'),
});

/** The OpenAPI 3.1 document, made from the endpoints. */
export const openApiDocument = (): object => ({
  openapi: '3.1.0',
  info: {
    title: '解忧',
    version: '0.1.0',
    description: '区域专业社会工作平台接口。写操作须带 X-CSRF-Token，可带 Idempotency-Key。',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
  paths: allEndpoints.reduce<Record<string, Record<string, object>>>((paths, endpoint) => {
    const entry = paths[endpoint.path] ?? {};
    paths[endpoint.path] = entry;
    entry[endpoint.method.toLowerCase()] = {
      operationId: endpoint.id,
      summary: endpoint.says,
      description: `谁可以用：${endpoint.allow.says}`,
      tags: [endpoint.path.split('/')[2] ?? ''],
      security: endpoint.allow.who === 'anyone' ? [] : [{ session: [] }],
      parameters: parametersOf(endpoint),
      ...(endpoint.method === 'GET' || endpoint.method === 'DELETE'
        ? {}
        : {
            requestBody:
              endpoint.takesFile === true
                ? {
                    required: true,
                    content: { 'application/octet-stream': { schema: { type: 'string', contentMediaType: 'application/octet-stream' } } },
                  }
                : { required: true, content: { 'application/json': { schema: schemaOf(endpoint.body, 'input') } } },
          }),
      responses: responsesOf(endpoint),
    };
    return paths;
  }, {}),
  components: {
    securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'jieyou_session' } },
    responses: COMMON,
    schemas: {
      Problem: {
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
      },
    },
  },
});

if (process.argv[1] === import.meta.filename && process.argv.includes('--print')) {
  writeSync(1, `${JSON.stringify(openApiDocument(), null, 1)}\n`);
}
