/**
 * The attack battery at length: `npm run battery -- attack [--requests=50000] [--seed=1] [--walk=30000]`. One PostgreSQL of its own, and for
 * each part an application with the tales told anew, since hostile requests that are taken change what others ask about.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { aimed } from './aimed.ts';
import { edges, generated, hostileTexts, rawBodies, readBack, type Tally, wrongQueries, wrongTypes } from './inputs.ts';
import { startOwnPostgres } from './ownPostgres.ts';
import { Stage } from './stage.ts';
import { idWalk, oracles } from './walks.ts';

const A_STAGE = 10_000;
const ROUNDS_OF_TEXTS = 20;
const SHARE_OF_SEARCHES = 0.3;
const SHOWN = 12;
const ROUNDS_OF_MEMORY = 4;
const REQUESTS_A_ROUND = 2_000;
const MOST_GROWN_MEGABYTES = 12;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heapMegabytes = (): number => {
  collect();
  collect();
  return process.memoryUsage().heapUsed / 1_048_576;
};

/** After the same requests again and again the heap is what it was. */
const memoryFlat = async (stage: Stage, seed: number): Promise<Tally & { grown: number }> => {
  const tally = { tried: 0, grown: 0 };
  let before = 0;
  for (let round = 0; round < ROUNDS_OF_MEMORY; round += 1) {
    tally.tried += (await generated(stage, seed, REQUESTS_A_ROUND)).tried;
    // The first round fills what is remembered on purpose.
    if (round === 0) before = heapMegabytes();
  }
  tally.grown = Math.round((heapMegabytes() - before) * 10) / 10;
  if (tally.grown > MOST_GROWN_MEGABYTES) stage.find('memory', `${tally.tried} requests`, `the heap grew by ${tally.grown} MB`);
  return tally;
};

/** Runs the battery whole. */
export const run = async (options: Readonly<Record<string, string>>): Promise<{ readonly passed: number; readonly failed: number }> => {
  const seed = Number(options.seed ?? 1);
  const requests = Number(options.requests ?? 50_000);
  const walk = Number(options.walk ?? 30_000);
  const postgres = await startOwnPostgres();
  const score = { passed: 0, failed: 0 };
  let tried = 0;
  const escaped: string[] = [];
  const note = (error: unknown) => escaped.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  const part = async (name: string, stage: Stage, work: () => Promise<object | undefined>): Promise<void> => {
    const began = Date.now();
    const said = stage.said;
    let thrown: string[] = [];
    const told = await work().catch((error: Error) => {
      thrown = [`the battery itself: ${error.stack}`];
      return undefined;
    });
    const found = [...stage.take(), ...thrown, ...escaped.splice(0).map((e) => `escaped: ${e}`)];
    score[found.length === 0 ? 'passed' : 'failed'] += 1;
    tried += stage.said - said;
    const figures = Object.entries(told ?? {})
      .map(([key, value]) => `${key} ${String(value)}`)
      .join(', ');
    console.log(
      `${found.length === 0 ? '✓' : '✗'} ${name}: ${stage.said - said} requests${figures === '' ? '' : ` (${figures})`}, ${found.length} found, ${Math.round((Date.now() - began) / 1000)} s`,
    );
    for (const line of found.slice(0, SHOWN)) console.log(`    ${line.slice(0, 600)}`);
  };
  const onStage = async (work: (stage: Stage) => Promise<void>): Promise<void> => {
    const stage = await Stage.open({ database: postgres.database });
    try {
      await work(stage);
    } finally {
      await stage.stop();
    }
  };

  try {
    await onStage(async (stage) => {
      await part('wrong types: every property × fourteen values', stage, () => wrongTypes(stage, seed, 1));
      await part('wrong words in addresses', stage, () => wrongQueries(stage));
      await part('days and numbers at the edges', stage, () => edges(stage));
      await part('raw bodies', stage, () => rawBodies(stage));
      await part('words read back', stage, () => readBack(stage));
    });
    await onStage((stage) => part('hostile words at every endpoint', stage, () => hostileTexts(stage, seed, ROUNDS_OF_TEXTS)));
    for (let done = 0; done < requests; done += A_STAGE)
      await onStage((stage) =>
        part(`requests from the contract, from ${done}`, stage, () => generated(stage, seed + done, Math.min(A_STAGE, requests - done))),
      );
    await onStage(async (stage) => {
      await part('ids of others', stage, () => idWalk(stage, seed, walk));
      await part('searches, sorts and counts', stage, () => oracles(stage, seed, SHARE_OF_SEARCHES));
    });
    for (const [name, attack] of Object.entries(aimed))
      await onStage((stage) =>
        part(
          name.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`),
          stage,
          () => attack(stage).then(() => undefined),
        ),
      );
    await onStage((stage) => part('memory is flat', stage, () => memoryFlat(stage, seed)));
  } finally {
    process.off('unhandledRejection', note);
    process.off('uncaughtException', note);
    await postgres.stop();
  }
  console.log(`${tried} requests, seed ${seed}`);
  return score;
};
