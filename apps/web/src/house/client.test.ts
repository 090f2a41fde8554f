import { addNote } from '@jieyou/core/cases/endpoints.ts';
import { readSession } from '@jieyou/core/identity/endpoints.ts';
import { afterAll, expect, test } from 'vitest';
import { ask, keepCsrfToken } from './client.ts';

// The order of answers is what is tested: the second act that came with an old token is told so only after the first has learnt the new one, as
// it happens to two acts that a phone sends when its network comes back.
const late: ((answer: Response) => void)[] = [];
let refusals = 0;
let readings = 0;
const say = (status: number, body: object): Response => new Response(JSON.stringify(body), { status });
const refused = (): Response => say(403, { error: 'denied', code: 'identity.csrf' });
const itself = globalThis.fetch;
globalThis.fetch = async (url, init) => {
  if (url === readSession.path) {
    readings += 1;
    return say(200, { csrfToken: 'new' });
  }
  if (new Headers(init?.headers).get('x-csrf-token') === 'new') {
    for (const answer of late.splice(0)) answer(refused());
    return say(200, { id: 'x', version: 1 });
  }
  refusals += 1;
  return refusals === 2 ? new Promise<Response>((answer) => late.push(answer)) : refused();
};
afterAll(() => {
  globalThis.fetch = itself;
});

test('of two acts with an old token both are tried again, also the one that is refused after the other learnt the new token', async () => {
  keepCsrfToken('old');
  const act = () => ask(addNote, { params: { id: '00000000-0000-0000-0000-000000000000' }, body: {} as never });
  expect(await Promise.all([act(), act()])).toEqual([
    { id: 'x', version: 1 },
    { id: 'x', version: 1 },
  ]);
  expect([refusals, readings]).toEqual([2, 1]);
});
