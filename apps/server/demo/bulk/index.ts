/** The many of the demo: started beside an open platform, stopped with it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ownerDatabase } from '../../src/platform/db/database.ts';
import { told } from '../../src/platform/log.ts';
import { type BulkProgress, bulkLeft } from './load.ts';

const TOLD_EVERY_MS = 10_000;
const STOPS_WITHIN_MS = 3_000;

/** Starts what is left of the load in a thread of its own; null where nothing is left. */
export const startBulk = async (url: string, keyFile: string, say: (line: string) => void): Promise<{ stop(): Promise<void> } | null> => {
  {
    await using owner = ownerDatabase(url);
    if (!(await bulkLeft(owner))) return null;
  }
  const startedAt = performance.now();
  let toldAt = startedAt;
  say('平台已可使用；正在后台补充演示数据（三千多名服务对象与第二个演示区，均为虚构）…');
  const thread = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData: { url, keyFile },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    resourceLimits: { maxOldGenerationSizeMb: 384 },
  });
  const gone = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  thread.on('message', ({ recipients, of, over }: BulkProgress) => {
    const now = performance.now();
    if (over) say(`演示数据已补齐：${of} 名服务对象，用时 ${((now - startedAt) / 1000).toFixed(0)} 秒；鲤城、石亭的演示账号见登录页`);
    else if (now - toldAt > TOLD_EVERY_MS) {
      toldAt = now;
      say(`补充演示数据：${recipients} / ${of} 名服务对象`);
    }
  });
  thread.on('error', (error) => {
    console.error(JSON.stringify({ level: 50, msg: 'demo bulk', err: told(error) }));
    say('补充演示数据没有完成，已写入的部分可以使用；下次启动时继续');
  });
  // Nobody waits for the thread: it ends with the process.
  thread.unref();
  return {
    stop: async () => {
      thread.postMessage('stop');
      await Promise.race([gone, sleep(STOPS_WITHIN_MS, undefined, { ref: false })]);
      await thread.terminate();
    },
  };
};
