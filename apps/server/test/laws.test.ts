import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allEndpoints } from '@jieyou/core/endpoints.ts';
import { mayEver } from '@jieyou/core/identity/policy.ts';
import { type Actor, Role } from '@jieyou/core/identity/schema.ts';
import { namedSchemas } from '@jieyou/core/schemas.ts';
import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import { failureSentence, refusalSentences } from '@jieyou/core/texts/refusals.ts';
import { Validator } from '@seriousme/openapi-schema-validator';
import Fastify from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildApp } from '../src/app.ts';
import { openApiDocument } from '../src/openapi.ts';
import { replySchema } from '../src/platform/http/replySchema.ts';
import { servedBy } from '../src/platform/http/serve.ts';
import { openCase, submitRequest } from './factories.ts';
import { type Caller, startTestApp, type TestApp } from './harness.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const NO_ID = '0196f000-0000-7000-8000-000000000000';
/** Parameters that fit the path; nothing that they name exists. */
const anyParams = (endpoint: AnyEndpoint): Record<string, string> =>
  Object.fromEntries(
    [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [
      name,
      name === 'day' ? '2029-01-01' : name === 'kind' ? 'request' : NO_ID,
    ]),
  );
const call = (caller: Caller, endpoint: AnyEndpoint, more: { csrf?: null } = {}) =>
  caller.call(endpoint, {
    params: anyParams(endpoint) as never,
    ...(endpoint.takesFile === true ? { file: Buffer.from('x') } : {}),
    ...more,
  });
const mayUse = (endpoint: AnyEndpoint, role: Role): boolean => mayEver(endpoint.allow, { roles: [role] } as unknown as Actor);
const roleFor = (endpoint: AnyEndpoint): Role => Role.options.find((role) => mayUse(endpoint, role)) ?? 'worker';
const writes = allEndpoints.filter((e) => e.method !== 'GET');
const protectedOnes = allEndpoints.filter((e) => e.allow.who !== 'anyone');

describe('endpoints', () => {
  it('are served, each once, and nothing else is', () => {
    const served = (servedBy.get(t.app) ?? []).map((e) => e.id).sort();
    expect(served).toEqual(allEndpoints.map((e) => e.id).sort());
    expect(new Set(served).size).toBe(served.length);
  });

  it('have ids and routes of their own', () => {
    expect(new Set(allEndpoints.map((e) => e.id)).size).toBe(allEndpoints.length);
    expect(new Set(allEndpoints.map((e) => `${e.method} ${e.path.replace(/\{\w+\}/g, '{}')}`)).size).toBe(allEndpoints.length);
  });

  it('answer 401 to who is not signed in', async () => {
    const wrong: string[] = [];
    for (const endpoint of protectedOnes) {
      const { status, error } = await call(t.nobody, endpoint);
      if (status !== 401 || error.error !== 'signed-out') wrong.push(`${endpoint.id} ${status}`);
    }
    expect(wrong).toEqual([]);
    expect(protectedOnes.length).toBeGreaterThan(100);
  });

  it('answer 403 to a role that may never use them, before they look at anything', { timeout: 120_000 }, async () => {
    const wrong: string[] = [];
    for (const endpoint of protectedOnes) {
      for (const role of Role.options.filter((r) => !mayUse(endpoint, r))) {
        const { status, error } = await call(await t.as(role), endpoint);
        if (status !== 403 || error.code !== 'denied') wrong.push(`${endpoint.id} ${role} ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('that write answer 403 without the forgery token', async () => {
    const wrong: string[] = [];
    for (const endpoint of writes.filter((e) => e.allow.who !== 'anyone')) {
      const { status, error } = await call(await t.as(roleFor(endpoint)), endpoint, { csrf: null });
      if (status !== 403 || error.code !== 'identity.csrf') wrong.push(`${endpoint.id} ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  it('that read content say so, and leave a record of the reading', async () => {
    const caseId = await openCase(t);
    const worker = await t.as('worker');
    const counted = async (): Promise<number> =>
      (
        await sql<{ n: number }>`select count(*)::int as n from access_record where kind = 'read' and record_id = ${caseId}`.execute(
          t.owner,
        )
      ).rows[0]?.n ?? 0;
    const readCase = allEndpoints.find((e) => e.id === 'readCase') as AnyEndpoint;
    expect((await worker.call(readCase, { params: { id: caseId } as never })).status).toBe(200);
    expect(await counted()).toBe(1);
    // A reading that is refused is recorded as a refusal.
    expect((await (await t.as('worker2')).call(readCase, { params: { id: caseId } as never })).status).toBe(404);
    expect(await counted()).toBe(1);
    const { rows } =
      await sql`select 1 from access_record where kind = 'refused' and outcome = 'not-found' and record_id = ${caseId}`.execute(t.owner);
    expect(rows).toHaveLength(1);
  });

  it('with an id in the path list no record that is none', async () => {
    const wrong: string[] = [];
    for (const endpoint of allEndpoints.filter((e) => e.path.includes('{id}') && e.method === 'GET')) {
      const answer = await (await t.as(roleFor(endpoint))).call(endpoint, { params: { ...anyParams(endpoint), id: 'none' } as never });
      if (answer.status !== 404) wrong.push(`${endpoint.id} ${answer.status}`);
    }
    expect(wrong).toEqual([]);
  });
});

const sourceRoot = fileURLToPath(new URL('../src', import.meta.url));
const sources = (): string[] =>
  readdirSync(sourceRoot, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => readFileSync(join(sourceRoot, path), 'utf8'));

/** What the door itself refuses with, before or around any room. */
const DOOR_CODES = ['request.key-used', 'public.other-origin', 'identity.csrf', 'identity.set-up-first'];

describe('refusals', () => {
  it('each have a sentence in Chinese that says what happened and what remains', () => {
    const listed = [...new Set(allEndpoints.flatMap((e) => e.refusals))] as string[];
    expect(listed.length).toBeGreaterThan(60);
    expect(listed.filter((code) => !Object.hasOwn(refusalSentences, code))).toEqual([]);
    const mute = Object.entries(refusalSentences).filter(([, say]) => !/[\u4e00-\u9fff].*。/.test(say({})));
    expect(mute.map(([code]) => code)).toEqual([]);
    for (const code of DOOR_CODES) expect(failureSentence('refused', code)).toMatch(/[\u4e00-\u9fff]。?/);
  });

  it('are listed by an endpoint wherever a command speaks of them', () => {
    const listed = new Set<string>([...allEndpoints.flatMap((e) => e.refusals as readonly string[]), ...DOOR_CODES]);
    const used = sources().flatMap((text) =>
      [...text.matchAll(/(?:refuse|new Refused|new Denied)\(\s*'([a-z][\w.-]*)'/g)].map(([, code = '']) => code),
    );
    expect(used.length).toBeGreaterThan(60);
    expect([...new Set(used)].filter((code) => !listed.has(code))).toEqual([]);
  });

  it('none is listed that has no sentence’s room, and no sentence is spoken by nobody', () => {
    const listed = new Set<string>(allEndpoints.flatMap((e) => e.refusals as readonly string[]));
    expect(Object.keys(refusalSentences).filter((code) => !listed.has(code))).toEqual([]);
  });
});

type Schema = {
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  additionalProperties?: unknown;
};

const PLANTED = '不该出现的字段';

/** Something that fits the schema, with an undeclared field in every object. */
const sample = (schema: Schema): unknown => {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const one = schema.anyOf?.[0] ?? schema.oneOf?.[0] ?? schema.allOf?.[0];
  if (one !== undefined) return sample(one);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object': {
      const fields = Object.entries(schema.properties ?? {}).map(([key, of]) => [key, sample(of)]);
      // A record by free keys has no undeclared ones.
      const free = typeof schema.additionalProperties === 'object' && schema.additionalProperties !== null;
      return Object.fromEntries([...fields, ...(free ? [] : [['planted', PLANTED]])]);
    }
    case 'array':
      return [sample(schema.items ?? {})];
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return 'x';
  }
};

describe('replies', () => {
  it('drop what their schema does not declare, at the top and inside', async () => {
    const door = Fastify();
    const jsonOnes = allEndpoints.filter((e) => e.streams === undefined);
    for (const [i, endpoint] of jsonOnes.entries()) {
      const schema = replySchema(endpoint.reply);
      door.get(`/${i}`, { schema: { response: { 200: schema } } }, async () => sample(schema as Schema));
    }
    await door.ready();
    const wrong: string[] = [];
    for (const [i, endpoint] of jsonOnes.entries()) {
      const said = JSON.stringify(sample(replySchema(endpoint.reply) as Schema));
      const response = await door.inject(`/${i}`);
      // What was planted was there before, and what was declared is there after.
      const kept = Object.keys((response.json() as object) ?? {}).length > 0;
      if (response.statusCode !== 200 || !said.includes(PLANTED) || response.body.includes(PLANTED) || !kept)
        wrong.push(`${endpoint.id} ${response.body.slice(0, 120)}`);
    }
    await door.close();
    expect(wrong).toEqual([]);
  });
});

/** Tables with a district but without row-level security, each with the reason. What is not here holds content. */
const SHARED: Readonly<Record<string, string>> = {
  organisation: 'a public register of organisations',
  station: 'a public register of stations',
  person: 'staff of the district, never recipients; every list shows their names',
  worker: 'records of service of staff; reach is the views’ affair',
  role_assignment: 'read before anybody’s settings are known, to find out who asks',
  absence: 'read before anybody’s settings are known, to find out who stands in',
  rota_day: 'the centre’s plan; whoever submits a crisis must find the duty person',
  rule_draft: 'figures and sources, no person’s affairs; commands compare the district',
  rule_draft_change: 'as its draft',
  supervision_relation: 'staff only; experts in conflict are found by it',
  expert: 'staff of the bank, shown to whoever chooses experts',
  resource: 'public policies and offers',
  partner: 'public partners',
  hotline: 'public numbers to call',
  partner_liaison: 'whom to call at a public partner',
  partner_agreement: 'agreements with public partners, shown to whoever works with them',
  resource_edition: 'earlier rules of public policies and offers',
  number_series: 'counters',
  casebank_entry: 'published and redacted, read by every profession in every district',
  row_history: 'the platform’s role may not even read it',
};

/** Content tables without row history, each with the reason. */
const WITHOUT_HISTORY: Readonly<Record<string, string>> = {
  event: 'is itself a trail, only added to',
  access_record: 'is itself a trail, only added to',
  contact_tally: 'is a sum of rows, each of which has a history',
  figure_tally: 'is a sum of registers, each of which has a history',
  ledger_import_row: 'numbers and codes of a file; what a row made has a history of its own',
  notice: 'holds a kind and a number; only whether it was read changes',
  sealed_content: 'ciphertext under a key of its own; a history would double what is to be hidden',
  sealed_attachment: 'ciphertext under a key of its own; a history would double what is to be hidden',
};

const TRAILS = ['event', 'access_record', 'row_history', 'audit_seal'];

describe('tables', () => {
  const tablesWithDistrict = async (): Promise<string[]> =>
    (
      await sql<{ name: string }>`select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'district_id' order by 1`.execute(t.owner)
    ).rows.map((r) => r.name);

  it('with client content have row-level security with a policy, and a history', async () => {
    const tables = await tablesWithDistrict();
    expect(tables.length).toBeGreaterThan(35);
    expect(Object.keys(SHARED).filter((name) => !tables.includes(name))).toEqual([]);
    const content = tables.filter((name) => !Object.hasOwn(SHARED, name));
    const { rows } = await sql<{ name: string; secured: boolean; policies: number; history: boolean }>`
      select c.relname as name, c.relrowsecurity as secured, (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies,
        exists (select 1 from pg_trigger g join pg_proc f on f.oid = g.tgfoid where g.tgrelid = c.oid and f.proname = 'keep_history' and g.tgenabled <> 'D'
          and (g.tgtype & 28) = 28 and (g.tgtype & 1) = 1) as history
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relname = any(${content})`.execute(t.owner);
    expect(rows.filter((r) => !r.secured || r.policies === 0).map((r) => r.name)).toEqual([]);
    expect(rows.filter((r) => !r.history && !Object.hasOwn(WITHOUT_HISTORY, r.name)).map((r) => r.name)).toEqual([]);
  });

  it('that belong to a district carry it in every key and reference of client content', async () => {
    const content = (await tablesWithDistrict()).filter((name) => !Object.hasOwn(SHARED, name));
    const { rows } = await sql<{ name: string; keys: string[] }>`
      select c.relname as name, array_agg(a.attname::text order by a.attnum) as keys from pg_class c
      join pg_index i on i.indrelid = c.oid and i.indisprimary join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
      where c.relnamespace = 'public'::regnamespace and c.relname = any(${content}) group by 1`.execute(t.owner);
    expect(rows.filter((r) => !r.keys.includes('district_id')).map((r) => r.name)).toEqual([]);
    const { rows: foreign } = await sql<{ name: string }>`
      select k.conname || ' of ' || c.relname as name from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
      where k.contype = 'f' and c.relname = any(${content}) and f.relname = any(${content})
        and not exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attnum = any(k.conkey) and a.attname = 'district_id')`.execute(
      t.owner,
    );
    expect(foreign).toEqual([]);
  });

  it('of the trails can only be added to, and the platform’s roles own nothing', async () => {
    const { rows } = await sql<{ name: string; role: string; right: string }>`
      select n as name, role, right_ as right from unnest(${TRAILS}::text[]) n, unnest(array['jieyou', 'jieyou_app']) role,
        unnest(array['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) right_
      where has_table_privilege(role, 'public.' || n, right_)`.execute(t.owner);
    expect(rows).toEqual([]);
    const { rows: owned } = await sql<{ name: string }>`
      select relname::text as name from pg_class where relowner in (select oid from pg_roles where rolname in ('jieyou', 'jieyou_app'))
      union all select proname::text from pg_proc where proowner in (select oid from pg_roles where rolname in ('jieyou', 'jieyou_app'))`.execute(
      t.owner,
    );
    expect(owned).toEqual([]);
    const { rows: roles } = await sql<{ rolname: string }>`select rolname from pg_roles where rolname in ('jieyou', 'jieyou_app')
      and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`.execute(t.owner);
    expect(roles).toEqual([]);
    const { rows: truncates } = await sql`select 1 from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and has_table_privilege('jieyou', c.oid, 'TRUNCATE')`.execute(t.owner);
    expect(truncates).toEqual([]);
  });

  it('functions that run as their owner have a fixed search path', async () => {
    const { rows } = await sql<{
      name: string;
    }>`select proname::text as name from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
      and not exists (select 1 from unnest(proconfig) as c where c like 'search_path=%')`.execute(t.owner);
    expect(rows).toEqual([]);
  });
});

describe('the OpenAPI document', () => {
  const kept = fileURLToPath(new URL('../../../docs/openapi.json', import.meta.url));

  it('is valid, is served, and is the one that was committed', async () => {
    const result = await new Validator().validate(structuredClone(openApiDocument()) as Record<string, unknown>);
    expect([result.valid, result.errors]).toEqual([true, undefined]);
    const served = await t.app.inject('/api/openapi.json');
    expect(served.json()).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
    // Stale? node apps/server/src/openapi.ts --print > docs/openapi.json
    expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  });

  it('names every operation with its refusals', () => {
    type Operation = { operationId: string; responses: Record<string, unknown>; 'x-refusals'?: string[] };
    const document = openApiDocument() as { paths: Record<string, Record<string, Operation>> };
    const operations = new Map(
      Object.values(document.paths).flatMap((methods) => Object.values(methods).map((o) => [o.operationId, o] as const)),
    );
    expect([...operations.keys()].sort()).toEqual(allEndpoints.map((e) => e.id).sort());
    const missing = allEndpoints.filter((e) => {
      const { responses, 'x-refusals': said = [] } = operations.get(e.id) as Operation;
      return (
        !(e.refusals as readonly string[]).every((code) => said.includes(code)) || said.length > 0 !== (responses['409'] !== undefined)
      );
    });
    expect(missing.map((e) => e.id)).toEqual([]);
  });

  type Json = { [key: string]: unknown };
  const document = openApiDocument() as { paths: Record<string, Record<string, Json>>; components: Record<string, Record<string, Json>> };
  const behind = (ref: string): unknown => {
    const [, , kind = '', name = ''] = ref.split('/');
    return document.components[kind]?.[name];
  };
  /** A part with everything that it refers to written in its place. */
  const resolved = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(resolved);
    if (typeof part !== 'object' || part === null) return part;
    const { $ref, ...rest } = part as Json;
    const own = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, resolved(value)]));
    return typeof $ref === 'string' ? { ...(resolved(behind($ref)) as Json), ...own } : own;
  };

  it('refers only to components that are there, and holds none that nobody refers to', () => {
    const refs = new Set([...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = '']) => ref));
    expect([...refs].filter((ref) => typeof behind(ref) !== 'object')).toEqual([]);
    const held = (['schemas', 'parameters', 'responses'] as const).flatMap((kind) =>
      Object.keys(document.components[kind] ?? {}).map((name) => `#/components/${kind}/${name}`),
    );
    expect(held.filter((ref) => !refs.has(ref))).toEqual([]);
  });

  // What may be null is told in two ways, a list of types or of schemas; that an integer is one that JSON holds exactly is not told.
  const oneWay = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(oneWay);
    if (typeof part !== 'object' || part === null) return part;
    const { type, ...rest } = part as Json;
    if (Array.isArray(type) && Object.keys(rest).length === 0) return { anyOf: type.map((one) => ({ type: one })) };
    const told = Object.entries(part).filter(([, value]) => Math.abs(Number(value)) !== Number.MAX_SAFE_INTEGER);
    return Object.fromEntries(told.map(([key, value]) => [key, oneWay(value)]));
  };

  it('says of every endpoint, with its references resolved, exactly what its schemas say', () => {
    const plain = (schema: z.ZodType, io: 'input' | 'output') => {
      const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
      return oneWay(rest) as Json;
    };
    type Operation = { requestBody?: unknown; responses: Json; parameters: unknown[]; 'x-refusals'?: string[] };
    for (const e of allEndpoints) {
      const operation = oneWay(resolved(document.paths[e.path]?.[e.method.toLowerCase()])) as Operation;
      const json = (schema: Json) => ({ 'application/json': { schema } });
      if (e.streams === undefined) expect(operation.responses[200], e.id).toMatchObject({ content: json(plain(e.reply, 'output')) });
      if (e.takesFile !== true && ['POST', 'PUT', 'PATCH'].includes(e.method))
        expect(operation.requestBody, e.id).toEqual({ required: true, content: json(plain(e.body, 'input')) });
      const asked = [
        ...Object.entries(plain(e.params, 'input').properties ?? {}),
        ...Object.entries(plain(e.query, 'input').properties ?? {}),
      ];
      const told = (operation.parameters as { name: string; in: string; schema: Json }[]).filter((p) => p.in !== 'header');
      expect(
        told.map((p) => [p.name, p.schema]),
        e.id,
      ).toEqual(asked);
      expect(operation['x-refusals'] ?? [], e.id).toEqual(
        e.method === 'GET' && e.refusals.length === 0 ? [] : [...e.refusals, 'request.key-used'],
      );
    }
  });

  it('has a name for every schema of every room, and no two by one name', async () => {
    const core = fileURLToPath(new URL('../../../packages/core/src/', import.meta.url));
    const rooms = readdirSync(core).filter((room) => existsSync(`${core}${room}/schema.ts`));
    const exported = (await Promise.all(rooms.map((room) => import(`${core}${room}/schema.ts`) as Promise<Json>))).flatMap(Object.values);
    const nameless = exported.filter((schema) => schema instanceof z.ZodType && !namedSchemas.has(schema));
    expect([rooms.length > 8, nameless]).toEqual([true, []]);
    const names = [...namedSchemas.values()].flatMap((name) => [name, `${name}Input`]);
    expect(names.filter((name, at) => names.indexOf(name) !== at || name === 'Problem')).toEqual([]);
  });
});

describe('lists', () => {
  it('page by key: one row at a time shows what one page shows, each row once', async () => {
    for (let i = 0; i < 4; i += 1) await submitRequest(t);
    const pages = allEndpoints.filter((e) => {
      const reply = (e.reply as unknown as { shape?: object }).shape ?? {};
      return e.method === 'GET' && !e.path.includes('{') && 'rows' in reply && 'next' in reply;
    });
    const wrong: string[] = [];
    let walked = 0;
    for (const endpoint of pages) {
      // The audit trail grows while others are asked, not while it is walked.
      for (const role of Role.options.filter((r) => mayUse(endpoint, r)).slice(0, 3)) {
        const caller = await t.as(role);
        type Page = { rows: { id: string }[]; next: string | null; count: number | null };
        const page = async (query: object): Promise<Page> => (await caller.ok(endpoint, { query: query as never })) as Page;
        const whole = await page({ limit: 30 });
        const found: string[] = [];
        let next: string | null = null;
        do {
          const one: Page = await page({ limit: 1, ...(next === null ? {} : { after: next }) });
          found.push(...one.rows.map((r) => r.id));
          next = one.next;
        } while (next !== null && found.length < 30);
        walked += found.length;
        const ids = whole.rows.map((r) => r.id);
        if (JSON.stringify(found.slice(0, 30)) !== JSON.stringify(ids))
          wrong.push(`${endpoint.id} ${role}: ${found.length} of ${ids.length}`);
      }
    }
    expect(pages.length).toBeGreaterThan(12);
    expect(walked).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });

  // Every list has an export (「every list」 of the house), but for these, each for its reason.
  const STAY: Readonly<Record<string, string>> = {
    listReports: 'who reported must not be guessed from a file: mandatory reports stay with those who keep them',
    listSealedFiles: 'what is sealed by law is told to nobody by a file that lies about',
    listNotes: 'the words of a case leave with the case, as its archive',
    listRecipientPairs: 'each pair is decided by looking at both; a file of who resembles whom is decided by nobody',
    listRecipientSteps: 'what happened with a person leaves as the copy for that person',
    listNotices: 'messages to oneself: what they tell of stands in its own list',
    listVisitActions: 'waits for oneself; the visits leave with their open actions',
    listOwnActions: 'waits for oneself; the requests leave as a list',
    listOwnInvitations: 'waits for oneself; an expert takes no list of cases along',
    listOwnLines: 'waits for oneself; what is done under a line leaves as a list',
    listOwnConferences: 'waits for oneself',
    listOwnPolls: 'waits for oneself',
    listGroupSessions: 'waits for oneself; the groups leave with their sessions counted, the acts in the ledger',
    listContacts: 'the ledger is their export, month and year',
    listOwnUndertakings: 'waits for oneself; the tables leave as a list',
    listReliefActs: 'the ledger of relief is their export, month and year',
    listImports: 'each import gives its own file of the rows that failed',
    listImportRows: 'the file of the rows that failed, to mend and load again',
    listFormTemplates: 'forms leave as the paper of each form; what was handed in leaves as a list',
    listRuleDrafts: 'rules are texts with versions, a handful, read and compared one by one',
    listRecalls: 'names texts that are no longer to be told',
    searchCaseBank: 'cases are told to professionals inside the platform; what is printed is the book of excellent cases',
    listSeminarSeries: 'a handful, each a page of its own',
    listSeminars: 'a handful a year; the summary stands on the page of each',
    listDivisions: 'official codes, published by the state',
  };
  it('leave as a workbook from the same view, or stay for a reason that is named', () => {
    const shapeOf = (schema: unknown): Record<string, unknown> => (schema as { shape?: Record<string, unknown> }).shape ?? {};
    const lists = allEndpoints.filter((e) => e.method === 'GET' && 'rows' in shapeOf(e.reply) && 'next' in shapeOf(e.reply));
    const exports = new Map(allEndpoints.filter((e) => e.path.endsWith('/export')).map((e) => [e.path.slice(0, -'/export'.length), e]));
    expect(lists.length).toBeGreaterThan(50);
    expect(
      lists
        .filter((e) => !exports.has(e.path))
        .map((e) => e.id)
        .sort(),
    ).toEqual(Object.keys(STAY).sort());
    // Its conditions are those of the list, a reason is asked, and nobody takes along what he may not list.
    const wrong = lists.flatMap((list) => {
      const taken = exports.get(list.path);
      if (taken === undefined) return [];
      const asked = shapeOf(taken.query);
      const conditions = Object.keys(shapeOf(list.query)).filter((key) => !['limit', 'after', 'count', 'sort'].includes(key));
      const missing = conditions.filter((key) => !(key in asked));
      const more = Role.options.filter((role) => mayUse(taken, role) && !mayUse(list, role));
      return [
        ...missing.map((key) => `${taken.id} does not ask ${key}`),
        ...more.map((role) => `${taken.id} is given to ${role}`),
        ...('reason' in asked && taken.reads === 'content' ? [] : [`${taken.id} leaves without a reason or a record`]),
      ];
    });
    expect(wrong).toEqual([]);
  });

  it('refuse a cursor that nobody gave', async () => {
    const list = allEndpoints.find((e) => e.id === 'listSupportRequests') as AnyEndpoint;
    for (const after of ['x', 'eyJ9', "'; drop table event; --", NO_ID]) {
      expect([after, (await (await t.as('worker')).call(list, { query: { after } as never })).status]).toEqual([after, 400]);
    }
  });
});

describe('whoever watches the platform from outside', () => {
  it('sees that it lives, and that it is ready only after it has opened', async () => {
    expect((await t.app.inject('/healthz')).json()).toEqual({ ok: true });
    expect((await t.app.inject('/readyz')).statusCode).toBe(200);
    const early = await buildApp({ ...t.services, isReady: () => false });
    expect((await early.inject('/healthz')).statusCode).toBe(200);
    expect((await early.inject('/readyz')).statusCode).toBe(503);
    await early.close();
  });

  it('gets the same 404 for a path that nobody serves', async () => {
    const { requestId: _, ...body } = (await t.app.inject('/api/nothing')).json() as Record<string, unknown>;
    expect(body).toEqual({ error: 'not-found' });
  });
});
