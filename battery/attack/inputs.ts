/** Bad input: wrong types, hostile texts that must come back as they were sent, raw bodies, requests made from the contract. */
import { Role } from '@jieyou/core/identity/schema.ts';
import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import fc from 'fast-check';
import { sql } from 'kysely';
import { type Cell, type Row, rows } from '../../apps/server/test/access.data.ts';
import { callerOf, questions } from '../../apps/server/test/access.world.ts';
import { random } from '../../bench/words.ts';
import { FOURTEEN, inventedFor, operationOf, placesIn, roomAt, valueAt, valuesOf, withValue } from './contract.ts';
import { allTexts, type Hostile, oneOf } from './corpora.ts';
import { askable, type Saying, type Stage, shown } from './stage.ts';

/** How many were tried. */
export type Tally = { tried: number };

const nameOf = (row: Row): string => (row.about === null ? row.endpoint : `${row.endpoint} ${row.about}`);

/** Somebody who may use an endpoint on what is their own, by the table of the access walk, and the name of the question. */
const allowedAt = (endpoint: AnyEndpoint): { role: Role; question: string; strangers: boolean } => {
  const mine = rows.filter((r) => r.endpoint === endpoint.id);
  for (const row of mine)
    for (const role of Role.options) {
      const cell = row.roles[role];
      if ((typeof cell === 'object' ? (cell[0] as Cell) : cell) === 200)
        return { role, question: questions[nameOf(row)] === undefined ? row.endpoint : nameOf(row), strangers: row.nobody === 200 };
    }
  throw new Error(`nobody may ${endpoint.id}`);
};

/** One valid question for an endpoint, as somebody who may ask it. */
export const validFor = async (stage: Stage, endpoint: AnyEndpoint): Promise<{ username: string | null; saying: Saying }> => {
  const { role, question, strangers } = allowedAt(endpoint);
  // What was renamed by a hostile text is not found by its name again; the question before it still stands.
  const target = (await questions[question]?.(stage.w, 'own', role).catch((error: unknown) => {
    const before = stage.asked.get(question);
    if (before === undefined) throw error;
    return before;
  })) ?? { ask: {} };
  stage.asked.set(question, target);
  const { params, query, body, file } = target.ask;
  const saying: Saying = {
    ...(params === undefined ? {} : { params }),
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body }),
    ...(file === undefined ? {} : { raw: { payload: file, type: 'application/octet-stream' } }),
    ...(target.session === undefined ? {} : { session: target.session }),
  };
  return { username: strangers && endpoint.allow.who === 'anyone' ? null : callerOf(role, 'own'), saying };
};

/** A question as the contract wants it, about nothing: it is enough where the door must refuse before it looks. */
const invented = (endpoint: AnyEndpoint): { username: string | null; saying: Saying } => {
  const { role, strangers } = allowedAt(endpoint);
  const username = strangers && endpoint.allow.who === 'anyone' ? null : callerOf(role, 'own');
  return { username, saying: inventedFor(operationOf(endpoint), endpoint.id.length) };
};

/** As before, for what is never taken: the same question does every time. */
export const keptFor = async (stage: Stage, endpoint: AnyEndpoint): Promise<{ username: string | null; saying: Saying }> => {
  const known = stage.kept.get(endpoint.id) ?? (stage.isSample ? invented(endpoint) : await validFor(stage, endpoint));
  stage.kept.set(endpoint.id, known);
  return known;
};

const writing = askable.filter((e) => e.method !== 'GET');

// No text of anybody's, and nothing that the database could keep: NUL, a bell, half a character.
const NO_TEXTS: readonly unknown[] = ['坏\u0000字', '坏\u0007字', '坏\ud800字'];
const NO_TEXTS_SHARE = 0.34;

/**
 * Every property × fourteen values: what the contract does not take at that place must be answered 400, naming the property.
 * `share` of the values is tried at each place.
 */
export const wrongTypes = async (stage: Stage, seed: number, share: number): Promise<Tally> => {
  const roll = random(seed);
  const tally = { tried: 0 };
  for (const endpoint of writing) {
    const operation = operationOf(endpoint);
    if (operation.body === undefined) continue;
    const { username, saying } = await keptFor(stage, endpoint);
    if (!operation.keeps(saying.body ?? {})) stage.find('wrong type', endpoint.id, `the battery has no valid question: ${shown(saying)}`);
    for (const at of placesIn(operation, saying.body))
      for (const value of [...FOURTEEN, ...(roomAt(operation, at) === undefined ? [] : NO_TEXTS)]) {
        const body = withValue(saying.body, at, value);
        // Secrets are never kept: a wrong one is wrong, whatever it is made of.
        if (NO_TEXTS.includes(value) && /^(password|current|next|code)$/.test(at.join('.'))) continue;
        if (
          (operation.keeps(body) && !NO_TEXTS.includes(value)) ||
          roll() >= (NO_TEXTS.includes(value) ? Math.max(share, NO_TEXTS_SHARE) : share)
        )
          continue;
        tally.tried += 1;
        const heard = await stage.say(username, endpoint, { ...saying, body }, 'wrong type');
        const fields = heard.status === 400 ? (JSON.parse(heard.text) as { fields?: { path: string }[] }).fields : undefined;
        if (heard.status !== 400)
          stage.find(
            'wrong type',
            endpoint.id,
            `${at.join('.')} = ${JSON.stringify(value)} answered ${heard.status} ${heard.text.slice(0, 120)}`,
          );
        else if (!fields?.some((f) => f.path === '' || at.join('.').startsWith(f.path) || f.path.startsWith(at.join('.'))))
          stage.find(
            'wrong type',
            endpoint.id,
            `${at.join('.')} = ${JSON.stringify(value)} is refused and not named: ${heard.text.slice(0, 160)}`,
          );
      }
  }
  return tally;
};

const DAYS = ['0000-01-01', '0000-02-29', '0001-01-01', '1582-10-10', '2024-02-29', '9999-12-31'];
const NUMBERS = [2_147_483_647, 2_147_483_648, 4_294_967_296, Number.MAX_SAFE_INTEGER, -2_147_483_649, -Number.MAX_SAFE_INTEGER];

const edgesOf = (value: unknown): readonly unknown[] => {
  if (typeof value === 'number') return NUMBERS;
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d(T|$)/.test(value)) return [];
  return value.includes('T') ? DAYS.flatMap((day) => [`${day}T00:00:00.000Z`, `${day}T23:59:59.999999999Z`]) : DAYS;
};

/** Days and numbers at the edges of what the contract takes: each is taken or refused, and breaks nothing. */
export const edges = async (stage: Stage): Promise<Tally> => {
  const tally = { tried: 0 };
  for (const endpoint of stage.some(askable)) {
    const operation = operationOf(endpoint);
    // A date far away that was taken may close the way to the next question of the same kind; the other stages ask it.
    const first = await keptFor(stage, endpoint).then(
      (kept) => kept.saying,
      () => undefined,
    );
    if (first === undefined) continue;
    const shapes = placesIn(operation, first.body).flatMap((at) => edgesOf(valueAt(first.body, at)).map((edge) => ({ at, edge })));
    let valid: Awaited<ReturnType<typeof validFor>> | undefined;
    for (const { at, edge } of shapes) {
      valid ??= await validFor(stage, endpoint).catch(() => undefined);
      if (valid === undefined) break;
      if (valueAt(valid.saying.body, at.slice(0, -1)) == null) continue;
      const body = withValue(valid.saying.body, at, edge);
      if (!operation.keeps(body)) continue;
      tally.tried += 1;
      if ((await stage.say(valid.username, endpoint, { ...valid.saying, body }, 'edge')).status === 200) valid = undefined;
    }
    for (const parameter of [...operation.query, ...operation.path]) {
      const schema = JSON.stringify(parameter.schema);
      const edgy = schema.includes('integer')
        ? NUMBERS
        : schema.includes('Day')
          ? DAYS
          : schema.includes('Instant')
            ? DAYS.map((d) => `${d}T00:00:00Z`)
            : [];
      for (const edge of edgy) {
        valid ??= await validFor(stage, endpoint).catch(() => undefined);
        if (valid === undefined) break;
        const put = { [parameter.name]: String(edge) };
        const { saying } = valid;
        tally.tried += 1;
        await stage.say(
          valid.username,
          endpoint,
          parameter.in === 'path' ? { ...saying, params: { ...saying.params, ...put } } : { ...saying, query: { ...saying.query, ...put } },
          'edge',
        );
      }
    }
  }
  return tally;
};

/** Words for numbers and switches in an address; none of them is one. */
const NO_NUMBERS = [
  '',
  ' ',
  'x',
  '-1',
  '1.5',
  '0x10',
  '1e1',
  ' 5',
  '５',
  '99999999999999999999',
  'NaN',
  'null',
  'true',
  '[]',
  '{}',
  '\u0000',
  "1'",
];

/** What stands in an address is taken as strictly: wrong words for numbers, enums, days and ids, one name twice, names that nobody has. */
export const wrongQueries = async (stage: Stage): Promise<Tally> => {
  const tally = { tried: 0 };
  for (const endpoint of stage.some(askable)) {
    const operation = operationOf(endpoint);
    if (operation.query.length === 0) continue;
    const { username, saying } = await validFor(stage, endpoint);
    for (const parameter of operation.query) {
      const s = parameter.schema as { type?: unknown; enum?: unknown; pattern?: unknown; format?: unknown; $ref?: unknown };
      const number = s.type === 'integer' || s.type === 'number';
      // A word that keeps the pattern is a name that nobody has, not a wrong word.
      const pattern = typeof s.pattern === 'string' ? new RegExp(s.pattern) : undefined;
      const strict = (word: string) => number || s.enum !== undefined || (pattern !== undefined && !pattern.test(word));
      for (const word of [...NO_NUMBERS, '\ud800'.toWellFormed(), '%', "' OR 1=1--", '../..']) {
        tally.tried += 1;
        const heard = await stage.look(
          username,
          endpoint,
          { ...saying, query: { ...saying.query, [parameter.name]: word } },
          'wrong query',
        );
        if (strict(word) && heard.status !== 400)
          stage.find('wrong query', endpoint.id, `${parameter.name}=${JSON.stringify(word)} answered ${heard.status}`);
      }
      tally.tried += 3;
      const twice = await stage.look(
        username,
        endpoint,
        { ...saying, query: { ...saying.query, [parameter.name]: ['1', '2'] } },
        'wrong query',
      );
      if (strict('1') && twice.status !== 400) stage.find('wrong query', endpoint.id, `${parameter.name} twice answered ${twice.status}`);
      for (const inner of ['__proto__', 'x'])
        await stage.look(
          username,
          endpoint,
          { ...saying, query: { ...saying.query, [`${parameter.name}[${inner}]`]: '1' } },
          'wrong query',
        );
    }
  }
  return tally;
};

const CONTROL = /[\u0000-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** What every reading of every table says, as texts, of rows that hold a mark. */
const textsWith = async (stage: Stage, mark: string): Promise<string[]> => {
  const { rows: tables } = await sql<{
    name: string;
  }>`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and c.relname not in ('row_history', 'idempotency_key') order by 1`.execute(
    stage.t.owner,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows: hits } = await sql<{
      row: unknown;
    }>`select to_jsonb(x) as row from ${sql.table(name)} x where x::text like ${`%${mark}%`}`.execute(stage.t.owner);
    const walk = (value: unknown): void => {
      if (typeof value === 'string') {
        if (value.includes(mark)) found.push(value);
      } else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) walk(inner);
    };
    for (const hit of hits) walk(hit.row);
  }
  return found;
};

/** Texts that were taken, by their marks: what was sent, and where. */
type Sent = { readonly text: string; readonly where: string };

/**
 * Hostile texts in every property that takes free text, several in one body. What is taken must be found in the database as it was sent,
 * but for blanks at its ends; controls and lone surrogates must be refused. `rounds` questions are asked of each endpoint.
 */
export const hostileTexts = async (
  stage: Stage,
  seed: number,
  rounds: number,
): Promise<Tally & { taken: number; refused: number; sealed: number; closed: number }> => {
  const roll = random(seed);
  const texts = allTexts();
  const tally = { tried: 0, taken: 0, refused: 0, sealed: 0, closed: 0 };
  const run = `探${Math.floor(roll() * 1e6).toString(36)}q`;
  const sent = new Map<string, Sent>();
  for (const endpoint of stage.some(writing)) {
    const operation = operationOf(endpoint);
    if (operation.body === undefined) continue;
    let valid: Awaited<ReturnType<typeof validFor>> | undefined;
    for (let round = 0; round < rounds; round += 1) {
      // A hostile word may close the way to the next question, as a renamed street does; another seed asks it first.
      valid ??= await validFor(stage, endpoint).catch(() => undefined);
      if (valid === undefined) {
        tally.closed += 1;
        break;
      }
      const { username, saying } = valid;
      const places = placesIn(operation, saying.body).filter(
        (at) => typeof (valueAt(saying.body, at) ?? '') === 'string' && roomAt(operation, at) !== undefined,
      );
      if (places.length === 0) break;
      let body = saying.body;
      const marked: [string, Sent][] = [];
      let mustRefuse = false;
      for (const at of places) {
        const room = roomAt(operation, at) as number;
        // In base 35 no figure is a z: no mark is the beginning of another.
        const mark = `${run}${(sent.size + marked.length).toString(35)}z`;
        const hostile = cutTo(oneOf(roll, texts), room - mark.length);
        if (hostile === undefined) continue;
        const text = roll() < 0.5 ? `${mark}${hostile}` : `${hostile}${mark}`;
        const next = withValue(body, at, text);
        if (!operation.keeps(next)) continue;
        // Lines refuse breaks and passages take them; what both refuse is known.
        if (CONTROL.test(text.trim().replace(/[\n\r\t]/g, ''))) mustRefuse = true;
        body = next;
        marked.push([mark, { text, where: `${endpoint.id} ${at.join('.')}` }]);
      }
      tally.tried += 1;
      const heard = await stage.say(username, endpoint, { ...saying, body }, 'hostile text');
      if (heard.status === 200) {
        if (mustRefuse) stage.find('hostile text', endpoint.id, `took a control character or half a character ← ${shown({ body })}`);
        tally.taken += 1;
        for (const [mark, what] of marked) sent.set(mark, what);
        valid = undefined;
      } else tally.refused += 1;
    }
  }
  const found = await textsWith(stage, run);
  const kept = new Map<string, Set<string>>();
  for (const text of found)
    for (const [mark] of text.matchAll(new RegExp(`${run}\\w+?z`, 'g'))) kept.set(mark, (kept.get(mark) ?? new Set()).add(text));
  for (const [mark, { text, where }] of sent) {
    const readings = kept.get(mark);
    // Sealed content cannot be found by SQL, or only its mask; the rooms that seal are read back through their own doors.
    const masks = (r: string) => r.endsWith('****') && text.trim().startsWith(r.slice(0, -4));
    if (readings === undefined || [...readings].every(masks)) tally.sealed += 1;
    else if (![...readings].some((r) => r === text.trim()))
      stage.find(
        'silently changed',
        where,
        `${JSON.stringify(text).slice(0, 200)} is kept as ${JSON.stringify([...readings][0]).slice(0, 200)}`,
      );
  }
  return tally;
};

const cutTo = ({ text }: Hostile, room: number): string | undefined => {
  if (room < 1) return undefined;
  if (text.length <= room) return text;
  const cut = text.slice(0, room);
  // Half a pair at the cut is not the text's own.
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
};

const deep = (open: string, n: number, close: string): string => `${open.repeat(n)}${close.repeat(n)}`;

/** Bodies that are not what they say, or nothing at all. */
export const RAW_BODIES: readonly (readonly [string, string | Buffer, string?])[] = [
  ['nothing', '', 'application/json'],
  ['null', 'null', 'application/json'],
  ['a text', '"字"', 'application/json'],
  ['a number', '0', 'application/json'],
  ['a switch', 'true', 'application/json'],
  ['a list', '[]', 'application/json'],
  ['a list of lists', deep('[', 50_000, ']'), 'application/json'],
  ['objects in objects', deep('{"a":', 20_000, '}').replace('}', '1}'), 'application/json'],
  ['half an object', '{"a":', 'application/json'],
  ['a comma too many', '{"a":1,}', 'application/json'],
  ['a comment', '{/*x*/}', 'application/json'],
  ['single quotes', "{'a':1}", 'application/json'],
  ['no number', '{"a":NaN}', 'application/json'],
  ['an endless number', '{"version":1e400}', 'application/json'],
  ['a long number', `{"version":${'9'.repeat(20_000)}}`, 'application/json'],
  ['a prototype', '{"__proto__":{"admin":true}}', 'application/json'],
  ['a prototype inside', '{"a":{"__proto__":{"admin":true}}}', 'application/json'],
  ['a constructor', '{"constructor":{"prototype":{"admin":true}}}', 'application/json'],
  ['a byte-order mark', '\ufeff{}', 'application/json'],
  ['UTF-16', Buffer.from('{"a":1}', 'utf16le'), 'application/json; charset=utf-16'],
  ['broken UTF-8', Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]), 'application/json'],
  ['overlong UTF-8', Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d]), 'application/json'],
  ['NULs', Buffer.alloc(64), 'application/json'],
  ['a form', 'a=1&b=2', 'application/x-www-form-urlencoded'],
  ['parts', '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--', 'multipart/form-data; boundary=x'],
  ['XML', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'application/xml'],
  ['plain text', '{"a":1}', 'text/plain'],
  ['no type', '{"a":1}'],
  ['a type that is none', '{"a":1}', 'a/b/c;;='],
  ['a type with a break', '{"a":1}', 'application/json; x="'],
  ['YAML', 'a: !!js/function "x"', 'application/yaml'],
  ['a megabyte and one', `{"a":"${'字'.repeat(350_000)}"}`, 'application/json'],
];

const OBJECTS: readonly string[] = [
  'nothing',
  'objects in objects',
  'an endless number',
  'a long number',
  'a constructor',
  'a byte-order mark',
  'a type with a break',
];

/** Raw bodies at endpoints that take JSON: refused as 400 by each, whatever they are. */
export const rawBodies = async (stage: Stage): Promise<Tally> => {
  const tally = { tried: 0 };
  for (const endpoint of stage.some(writing)) {
    const operation = operationOf(endpoint);
    if (operation.body === undefined) continue;
    const { username, saying } = await keptFor(stage, endpoint);
    const { body: _, ...rest } = saying;
    for (const [name, payload, type] of RAW_BODIES) {
      tally.tried += 1;
      const heard = await stage.say(username, endpoint, { ...rest, raw: { payload, ...(type === undefined ? {} : { type }) } }, 'raw body');
      // Where nothing is asked for, an object of other things is none.
      const harmless = operation.keeps({}) && OBJECTS.includes(name);
      if (heard.status !== 400 && !harmless)
        stage.find('raw body', endpoint.id, `${name} answered ${heard.status} ${heard.text.slice(0, 120)}`);
    }
  }
  return tally;
};

/**
 * Every text as the words of a note, read back through the door: it comes as it was typed, or is refused because nobody can have typed it.
 */
export const readBack = async (stage: Stage): Promise<Tally & { refused: number }> => {
  const [add, list] = ['addNote', 'listNotes'].map((id) => askable.find((e) => e.id === id)) as [AnyEndpoint, AnyEndpoint];
  const id = await stage.w.openCase('own', false);
  const room = roomAt(operationOf(add), ['body']) ?? 0;
  const tally = { tried: 0, refused: 0 };
  const typed = new Map<string, string>();
  for (const hostile of stage.some(allTexts())) {
    const text = cutTo(hostile, room);
    if (text === undefined) continue;
    tally.tried += 1;
    const heard = await stage.say('worker', add, { params: { id }, body: { happenedOn: '2026-03-02', body: text } }, 'read back');
    const unspeakable = text.trim() === '' || CONTROL.test(text.trim().replace(/[\n\r\t]/g, ''));
    if (heard.status === 200) typed.set((JSON.parse(heard.text) as { id: string }).id, text.trim());
    else tally.refused += 1;
    if ((heard.status === 200) === unspeakable || (heard.status !== 200 && heard.status !== 400))
      stage.find('read back', 'addNote', `${hostile.family} ${JSON.stringify(text).slice(0, 120)} answered ${heard.status}`);
  }
  let after: string | null = '';
  while (after !== null) {
    const heard: { text: string } = await stage.say(
      'worker',
      list,
      { params: { id }, query: { limit: '100', ...(after === '' ? {} : { after }) } },
      'read back',
    );
    const page = JSON.parse(heard.text) as { rows: { id: string; body: string }[]; next: string | null };
    for (const row of page.rows) {
      const sent = typed.get(row.id);
      typed.delete(row.id);
      if (sent !== undefined && sent !== row.body)
        stage.find(
          'silently changed',
          'addNote',
          `${JSON.stringify(sent).slice(0, 200)} is read as ${JSON.stringify(row.body).slice(0, 200)}`,
        );
    }
    after = page.next;
  }
  if (typed.size > 0) stage.find('read back', 'listNotes', `${typed.size} notes are not read back`);
  return tally;
};

/** Every id in a JSON text. */
export const idsIn = (text: string): readonly string[] => text.match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g) ?? [];

/**
 * Requests made from the contract, in every role: a third keep it, a third nearly, a third are anything at all. A body that does not keep
 * the contract is never taken.
 */
export const generated = async (stage: Stage, seed: number, requests: number): Promise<Tally> => {
  const roll = random(seed);
  const tally = { tried: 0 };
  const texts = allTexts().map((t) => t.text);
  const { rows: known } = await sql<{ id: string }>`select id::text from case_file union all select id::text from support_request union all
    select id::text from person union all select id::text from station union all select id::text from expert union all select id::text from division
    union all select id::text from organisation limit 400`.execute(stage.t.owner);
  const ids = known.map((k) => k.id);
  const share = Math.max(1, Math.round(requests / askable.length));
  for (const [i, endpoint] of askable.entries()) {
    const operation = operationOf(endpoint);
    const bodies = operation.body === undefined ? fc.constant(undefined) : valuesOf(operation.body, ids, texts);
    const drawn = fc.sample(fc.tuple(bodies, fc.constantFrom(...ids), fc.json({ maxDepth: 4 }), fc.constantFrom(...texts)), {
      numRuns: share,
      seed: seed + i,
    });
    for (const [made, id, json, text] of drawn) {
      const username = roll() < 0.05 ? null : oneOf(roll, stage.accounts);
      const params = Object.fromEntries(
        [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name as string, roll() < 0.8 ? id : text]),
      );
      const query: Record<string, string> = {};
      for (const p of operation.query)
        if (p.required || roll() < 0.3)
          query[p.name] =
            roll() < 0.5 ? String(fc.sample(valuesOf(p.schema, ids, texts), { numRuns: 1, seed: seed + tally.tried })[0]) : text;
      let body: unknown = made;
      const kind = roll();
      if (operation.body !== undefined && kind > 0.66) body = JSON.parse(json) as unknown;
      else if (operation.body !== undefined && kind > 0.33) {
        const places = placesIn(operation, made);
        if (places.length > 0) body = withValue(made, oneOf(roll, places), roll() < 0.5 ? text : oneOf(roll, FOURTEEN));
      }
      tally.tried += 1;
      const says: Saying = {
        params,
        query,
        ...(operation.body === undefined ? {} : { body }),
        ...(endpoint.takesFile === true ? { raw: { payload: Buffer.from(text), type: 'application/octet-stream' } } : {}),
      };
      const heard = await stage.look(username, endpoint, says, 'generated');
      if (operation.body !== undefined && heard.status < 300 && !operation.keeps(body))
        stage.find('generated', endpoint.id, `took what does not keep the contract ← ${shown(says)}`);
    }
  }
  return tally;
};
