/** Object walks: every id that somebody sees, asked for by everybody else, and words of another scope in whatever comes back. */
import { randomUUID } from 'node:crypto';
import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import { casts, endpointOf, forbiddenTo, personal } from '../../apps/server/test/access.world.ts';
import { random } from '../../bench/words.ts';
import { operationOf } from './contract.ts';
import { idsIn, keptFor, type Tally } from './inputs.ts';
import { askable, type Heard, type Stage } from './stage.ts';

const isFar = (username: string): boolean => username.startsWith('b');
const asksFor = (endpoint: AnyEndpoint): readonly string[] => [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
// The phone makes the id of what it writes without a network: there a strange id is one that is free, and made in one's own district.
const makesItsId: readonly string[] = ['recordVisit', 'missVisit'];
const lists = askable.filter((e) => e.method === 'GET' && asksFor(e).length === 0);
const byId = askable.filter((e) => asksFor(e).length === 1 && asksFor(e)[0] === 'id');

// What a list needs to be asked at all.
const asked = (endpoint: AnyEndpoint): Record<string, string> =>
  Object.fromEntries(
    operationOf(endpoint).query.flatMap((p) =>
      p.name === 'reason' ? [['reason', '检查导出']] : p.name === 'limit' ? [['limit', '100']] : [],
    ),
  );

const inBatches = async <T>(work: readonly T[], of: (one: T) => Promise<void>, size = 6): Promise<void> => {
  for (let i = 0; i < work.length; i += size) await Promise.all(work.slice(i, i + size).map(of));
};

const withoutId = (heard: Heard): string => heard.text.replace(/"requestId":"[^"]*"/, '');

/** Ids by the accounts whose lists hold them. */
const idsSeen = async (stage: Stage): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
  const seen = new Map<string, Set<string>>();
  const see = (id: string, username: string) => seen.set(id, (seen.get(id) ?? new Set()).add(username));
  await inBatches(
    stage.accounts.flatMap((username) => lists.map((e) => ({ username, e }))),
    async ({ username, e }) => {
      const heard = await stage.look(username, e, { query: asked(e) }, 'list');
      if (heard.status === 200) for (const id of idsIn(heard.text)) see(id, username);
    },
  );
  return seen;
};

/**
 * Every id that a list of one account shows is asked for at every endpoint with an id, by every other account: `most` of the questions.
 * What only one district sees is answered to the other like an id that never was, be it read or written.
 */
export const idWalk = async (stage: Stage, seed: number, most: number): Promise<Tally & { ids: number }> => {
  const roll = random(seed);
  const seen = await idsSeen(stage);
  const tally = { tried: stage.accounts.length * lists.length, ids: seen.size };
  const bodies = new Map<string, unknown>();
  for (const endpoint of byId.filter((e) => e.method !== 'GET' && operationOf(e).body !== undefined))
    bodies.set(endpoint.id, (await keptFor(stage, endpoint)).saying.body);
  const missing = new Map<string, string>();
  const share = most / (seen.size * byId.length * stage.accounts.length);
  const work: { id: string; endpoint: AnyEndpoint; username: string; foreign: boolean }[] = [];
  for (const [id, seers] of seen) {
    const [near, far] = [[...seers].some((s) => !isFar(s)), [...seers].some(isFar)];
    for (const endpoint of byId)
      for (const username of stage.accounts) {
        const foreign = near !== far && isFar(username) === near;
        // Writes are asked only where they must be refused, so that the walk changes nothing that it walks on.
        if ((endpoint.method !== 'GET' && !foreign) || roll() >= share) continue;
        work.push({ id, endpoint, username, foreign });
      }
  }
  await inBatches(work, async ({ id, endpoint, username, foreign }) => {
    const body = bodies.get(endpoint.id);
    const saying = {
      params: { id },
      query: asked(endpoint),
      ...(body === undefined ? {} : { body }),
      ...(endpoint.takesFile === true ? { raw: { payload: PDF, type: 'application/octet-stream' } } : {}),
    };
    tally.tried += 1;
    const heard = await stage.look(username, endpoint, saying, 'id walk');
    if (!foreign || makesItsId.includes(endpoint.id) || [400, 401, 403].includes(heard.status)) return;
    if (heard.status !== 404)
      stage.find('id walk', `${username} ${endpoint.id}`, `a foreign id answered ${heard.status} ${heard.text.slice(0, 120)}`);
    const known =
      missing.get(endpoint.id) ?? withoutId(await stage.say(username, endpoint, { ...saying, params: { id: randomUUID() } }, 'id walk'));
    missing.set(endpoint.id, known);
    if (heard.status === 404 && withoutId(heard) !== known)
      stage.find('id walk', `${username} ${endpoint.id}`, `a foreign id and a missing one answer differently: ${withoutId(heard)}`);
  });
  return tally;
};

const PDF = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF');

/** Words of a text in which the question itself does not stand, nor what differs from moment to moment. */
const bare = (heard: Heard, word: string): string =>
  withoutId(heard)
    .replaceAll(word, '')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '');

/** A word as this person may put it into an address; the word itself where the person may look for nobody. */
const sealed = async (stage: Stage, username: string, word: string): Promise<string> => {
  const heard = await stage.say(username, endpointOf('sealLookup'), { body: { typed: word } }, 'search');
  return heard.status === 200 ? (JSON.parse(heard.text) as { lookup: string }).lookup : word;
};

/**
 * Searches, sorts, groups and counts: what a word of another scope finds is what a word without meaning finds; each order and each choice
 * of every list is asked by everybody.
 */
export const oracles = async (stage: Stage, seed: number, share: number): Promise<Tally> => {
  const roll = random(seed);
  const tally = { tried: 0 };
  const work: (() => Promise<void>)[] = [];
  for (const username of stage.accounts) {
    // The worker of a case may look for its phone; somebody of another district never.
    const words = forbiddenTo(username).filter((word) => !personal.includes(word));
    const strangers = isFar(username) ? [casts.own.recipient, casts.other.recipient] : [casts.far.recipient];
    words.push(...strangers.flatMap((r) => Object.values(r)));
    for (const endpoint of lists)
      for (const parameter of operationOf(endpoint).query) {
        const s = parameter.schema as {
          type?: unknown;
          enum?: unknown;
          pattern?: unknown;
          anyOf?: unknown;
          items?: { enum?: string[]; $ref?: string };
        };
        const choices = (Array.isArray(s.enum) ? s.enum : (s.items?.enum ?? [])) as string[];
        for (const choice of choices) {
          if (roll() >= share) continue;
          work.push(async () => {
            tally.tried += 1;
            await stage.look(username, endpoint, { query: { ...asked(endpoint), [parameter.name]: choice } }, 'choice');
          });
        }
        if (s.type !== 'string' || s.enum !== undefined || s.pattern !== undefined || ['after', 'reason'].includes(parameter.name))
          continue;
        for (const word of words) {
          if (roll() >= share) continue;
          work.push(async () => {
            tally.tried += 2;
            const nonsense = [...word].map((c) => (/\d/.test(c) ? String((Number(c) + 3) % 10) : '〇')).join('');
            const count: Record<string, string> = operationOf(endpoint).query.some((p) => p.name === 'count') ? { count: 'yes' } : {};
            const ask = async (text: string) => {
              const given = parameter.name === 'lookup' ? await sealed(stage, username, text) : text;
              return stage.look(username, endpoint, { query: { ...asked(endpoint), ...count, [parameter.name]: given } }, 'search');
            };
            const [found, nothing] = [await ask(word), await ask(nonsense)];
            if (found.status !== nothing.status || bare(found, word) !== bare(nothing, nonsense))
              stage.find(
                'search',
                `${username} ${endpoint.id}`,
                `${parameter.name}=${word} finds what a word without meaning does not: ${bare(found, word).slice(0, 200)}`,
              );
          });
        }
      }
  }
  await inBatches(work, (one) => one());
  return tally;
};
