/** `npm run audit -- verify`: reckons the chain over the audit trails again and names the first link that does not hold. */
import { parseArgs } from 'node:util';
import { chainHolds, endOfChain, verifySeals } from '../audit/index.ts';
import { systemClock } from '../platform/clock.ts';
import type { Env } from '../platform/env.ts';
import { openDatabase, runCommand, settings, Unfit } from './opened.ts';

const HELP = '用法：npm run audit -- verify [--holds=日期:指纹]（指纹是以前记下的链尾，可用来发现被截短或重做的链）';
const SAYS = { link: '与前一天的记录接不上（有一天的封存被改动或删除）', entries: '当天的审计记录被改动、删除或插入' } as const;
const BECAME = { changed: '被改动', gone: '被删除', added: '是后来插入的' } as const;
const MOST_TOLD = 20;
const inShanghai = (at: string): string => new Date(at).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' });

/** Runs the command; answers the exit code: 1 when the chain is broken. */
export const runAudit = (args: readonly string[], env: () => Env, say: (line: string) => void): Promise<number> =>
  runCommand(say, async () => {
    const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options: { holds: { type: 'string' } } });
    const holds = values.holds === undefined ? null : /^(\d{4}-\d\d-\d\d):([0-9a-f]{64})$/.exec(values.holds);
    if (positionals[0] !== 'verify' || (values.holds !== undefined && holds === null)) throw new Unfit(HELP);
    const at = await openDatabase(env());
    try {
      const services = { db: at.app, clock: systemClock };
      const found = await verifySeals(services);
      if (!found.ok) {
        say(`审计链在 ${found.day} 断开：${SAYS[found.says]}`);
        for (const row of found.rows.slice(0, MOST_TOLD)) say(`  记录 ${row.id}（${inShanghai(row.at)}）${BECAME[row.became]}`);
        if (found.rows.length > MOST_TOLD) say(`  …共 ${found.rows.length} 条`);
        if (found.says === 'entries' && found.rows.length === 0) say('  这一天没有可用的逐条指纹，说不出是哪一条');
        return 1;
      }
      const end = await endOfChain(services);
      say(`审计链完好：${found.days} 天${end === null ? '' : `，链尾 ${end.day}:${end.hash}`}`);
      if (holds !== null && !(await chainHolds(services, { day: holds[1] as string, hash: holds[2] as string }))) {
        say(`链上没有 ${holds[1]} 的这个指纹：链被截短，或整条重做过`);
        return 1;
      }
      return 0;
    } finally {
      await at.close();
    }
  });

if (import.meta.main) process.exitCode = await runAudit(process.argv.slice(2), settings, (line) => console.error(line));
