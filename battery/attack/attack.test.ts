import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endpointOf } from '../../apps/server/test/access.world.ts';
import { type Aimed, aimed } from './aimed.ts';
import { allTexts, CORPORA, corpus } from './corpora.ts';
import { hostileFiles, hostileWorkbooks } from './files.ts';
import { edges, generated, hostileTexts, rawBodies, readBack, wrongQueries, wrongTypes } from './inputs.ts';
import { Stage } from './stage.ts';
import { idWalk, oracles } from './walks.ts';

/** The same part of the battery every time: who changes nothing sees no other answer. The long run has other seeds. */
const seed = 20260305;

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ seed, every: 24, accounts: ['worker', 'worker2', 'centre', 'supervisor', 'audit', 'bworker', 'bcentre'] });
}, 120_000);
afterAll(() => stage.stop());

const holds = (): void => expect(stage.take()).toEqual([]);

describe('the corpora', () => {
  it.each([
    ['hostile', 485],
    ['chinese', 300],
    ['injections', 200],
    ['formulas', 100],
  ] as const)('%s hold at least %i texts, each once', (name, least) => {
    const texts = corpus(name).map((h) => h.text);
    expect(texts.length).toBeGreaterThanOrEqual(least);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('hold at least sixty files, and every text has a family', () => {
    expect(hostileFiles().length + hostileWorkbooks().length).toBeGreaterThanOrEqual(60);
    expect(allTexts().filter((h) => h.family === '')).toEqual([]);
    expect(CORPORA).toHaveLength(4);
  });
});

describe('bad input', () => {
  it('of a wrong type is answered 400 at every property, and named', { timeout: 120_000 }, async () => {
    expect((await wrongTypes(stage, seed, 0.06)).tried).toBeGreaterThan(500);
    holds();
  });

  it('in an address is taken strictly', { timeout: 120_000 }, async () => {
    await wrongQueries(stage);
    holds();
  });

  it('at the edges of days and numbers breaks nothing', { timeout: 120_000 }, async () => {
    await edges(stage);
    holds();
  });

  it('as a raw body is answered 400', { timeout: 120_000 }, async () => {
    await rawBodies(stage);
    holds();
  });

  it('of words is read back as it was typed', { timeout: 120_000 }, async () => {
    expect((await readBack(stage)).tried).toBeGreaterThan(50);
    holds();
  });

  it('of words is kept as it was sent at every endpoint that writes', { timeout: 120_000 }, async () => {
    await hostileTexts(stage, seed, 1);
    holds();
  });

  it('made from the contract breaks nothing', { timeout: 120_000 }, async () => {
    expect((await generated(stage, seed, 600)).tried).toBeGreaterThan(300);
    holds();
  });
});

describe('what is another’s', () => {
  it('is not found by its id', { timeout: 120_000 }, async () => {
    expect((await idWalk(stage, seed, 600)).ids).toBeGreaterThan(300);
    holds();
  });

  it('is not found by searches, sorts and counts', { timeout: 120_000 }, async () => {
    expect((await oracles(stage, seed, 0.02)).tried).toBeGreaterThan(20);
    holds();
  });
});

describe('the battery itself', () => {
  it('finds a word of another scope where there is one, and a 5xx where it is answered', { timeout: 120_000 }, async () => {
    const id = await stage.w.openCase('own');
    const circle = {
      districtId: stage.t.world.districtId,
      id: randomUUID(),
      caseId: id,
      personId: stage.w.person('worker2'),
      fromDay: '2026-01-01',
    };
    await stage.t.owner.insertInto('caseCircle').values(circle).execute();
    await stage.look('worker2', endpointOf('readCase'), { params: { id } }, 'planted');
    expect(stage.take().some((line) => line.startsWith('planted · worker2 readCase · the answer holds 金丝雀甲一'))).toBe(true);
    await sql`alter table access_record rename to access_record_away`.execute(stage.t.owner);
    await stage.look('worker', endpointOf('readCase'), { params: { id } }, 'planted');
    await sql`alter table access_record_away rename to access_record`.execute(stage.t.owner);
    expect(stage.take()[0]).toContain('answered 500');
  });
});

describe('aimed attacks', () => {
  const against = (attack: Aimed) => async () => {
    await attack(stage);
    holds();
  };
  it('properties that nobody asked for reach no table', { timeout: 120_000 }, against(aimed.massAssignment));
  it('nothing that is sent becomes a property of every object', { timeout: 120_000 }, against(aimed.prototypePollution));
  it('no path leads out of the built pages', { timeout: 120_000 }, against(aimed.pathTraversal));
  it(
    'a file that is not what it says is refused, or kept as what it is and only saved',
    { timeout: 120_000 },
    against(aimed.disguisedUploads),
  );
  it(
    'a workbook that bursts, lies or points outside is refused in a moment and with little memory',
    { timeout: 120_000 },
    against(aimed.workbookBombs),
  );
  it('a file that is too large is refused, and a stranger’s is not read', { timeout: 120_000 }, against(aimed.oversizedUploads));
  it('a break in a name becomes no header of an answer and no line of a log', { timeout: 120_000 }, against(aimed.headerAndLogInjection));
  it('a token that somebody brought is never given, and the session before ends', { timeout: 120_000 }, against(aimed.sessionFixation));
  it('a page from elsewhere cannot write, whatever kind of body it sends', { timeout: 120_000 }, against(aimed.forgedRequests));
  it(
    'guessing a password is slowed everywhere, and a name that nobody has is locked like one that somebody has',
    { timeout: 120_000 },
    against(aimed.bruteForce),
  );
  it('one address cannot try many names, whatever it says of itself', { timeout: 120_000 }, against(aimed.credentialStuffing));
  it('a code is good once, also for those who come at once, and guessing it ends', { timeout: 120_000 }, against(aimed.oneTimeCodes));
  it('exports hold what was typed as text, and no formula or link', { timeout: 120_000 }, against(aimed.formulaInjection));
  it(
    'every answer tells browsers what they must know, and nothing of what it is made of',
    { timeout: 120_000 },
    against(aimed.headersOfAnswers),
  );
  it('methods that nobody serves change nothing', { timeout: 120_000 }, against(aimed.methods));
  it('bytes that are no request are never answered 5xx, and the application goes on', { timeout: 120_000 }, against(aimed.brokenWires));
  it('the live feed tells nobody of another’s scope', { timeout: 120_000 }, against(aimed.liveFeed));
  it('prints and papers hold no word of another scope', { timeout: 120_000 }, against(aimed.prints));
  it('made-up tokens do not make an address many', { timeout: 120_000 }, against(aimed.madeUpSessions));
  it('slow clients hold nobody else up', { timeout: 120_000 }, against(aimed.slowClients));
});
