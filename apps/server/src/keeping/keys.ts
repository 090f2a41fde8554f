/** `npm run keys -- status|check|rotate|retire`: under which keys everything stands, and how it comes under a new one. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { CryptoProvider } from '../platform/crypto/crypto.ts';
import {
  addKey,
  beginIndex,
  endIndex,
  indexedUnder,
  keysIn,
  NOTICED_WITHIN_MS,
  providerFromKeyFile,
  removeKey,
} from '../platform/crypto/keyFile.ts';
import type { Env } from '../platform/env.ts';
import { FileStore } from '../platform/files/files.ts';
import { takeLock } from '../platform/processLock.ts';
import { walkCiphertexts } from './ciphertexts.ts';
import { keyFileOf, type Opened, openDatabase, runCommand, settings, Unfit } from './opened.ts';
import { beginTurn, clearHistory, forgetPairs, moveOnce, reindexSealed, turn, turnOf } from './reindex.ts';
import { rotateOnce, type Standing, standing } from './rotation.ts';

type Say = (line: string) => void;
const HELP = '用法：npm run keys -- status | check | rotate | reindex | retire --id=密钥编号';
const MOST_PASSES = 20;

const totals = (rows: readonly Standing[]): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(row.keyId, (sums.get(row.keyId) ?? 0) + row.count);
  return sums;
};

/** Every key with how much stands under it; ids in use that the file lacks are named as missing. */
const sayStanding = (rows: readonly Standing[], file: ReturnType<typeof keysIn>, say: Say): string[] => {
  const sums = totals(rows);
  for (const id of new Set([...file.ids, ...sums.keys()])) {
    const marks = [
      ...(id === file.current ? ['当前'] : []),
      ...(id === file.index ? ['用于精确检索'] : []),
      ...(file.ids.includes(id) ? [] : ['密钥文件里没有']),
    ];
    say(`密钥 ${id}${marks.length === 0 ? '' : `（${marks.join('，')}）`}：${sums.get(id) ?? 0} 处`);
    for (const row of rows.filter((one) => one.keyId === id)) say(`  ${row.where} ${row.count}`);
  }
  return [...sums.keys()].filter((id) => !file.ids.includes(id));
};

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Everything under the current key, whatever else happens meanwhile: walks until one finds nothing. */
const rotate = async (at: Opened, crypto: CryptoProvider, files: FileStore, keyFile: string, say: Say): Promise<number> => {
  const before = totals(await standing(at.owner, crypto, files));
  const { current } = keysIn(keyFile);
  if ([...before.keys()].some((id) => id !== current)) {
    say(`接着完成上次的更换：当前密钥 ${current}`);
  } else {
    const id = addKey(keyFile);
    say(`已加入新密钥 ${id} 并设为当前。请立即另存密钥文件；旧密钥仍须保留`);
    // A running platform takes it up by itself; until then it writes under the old one, which the later walks find.
    await sleep(NOTICED_WITHIN_MS * 2);
  }
  const startedAt = performance.now();
  let moved = 0;
  let told = startedAt;
  for (let walk = 1; walk <= MOST_PASSES; walk += 1) {
    const pass = await rotateOnce(at.owner, crypto, files, (so) => {
      if (performance.now() - told < 5_000) return;
      told = performance.now();
      say(`  已改用新密钥 ${moved + so} 行…`);
    });
    moved += pass.moved;
    if (pass.moved > 0) continue;
    for (const line of pass.left.slice(0, 20)) say(`  没有改用：${line}`);
    say(`共 ${moved} 行改用密钥 ${crypto.keyId}，用时 ${((performance.now() - startedAt) / 1000).toFixed(1)} 秒`);
    if (pass.left.length > 0) {
      say(`还有 ${pass.left.length} 处没有改用，旧密钥不能移除`);
      return 1;
    }
    // Counted anew, not believed: what a walk does not know of would still stand under the old key.
    const left = (await standing(at.owner, crypto, files)).filter((row) => row.keyId !== crypto.keyId);
    for (const row of left) say(`  仍在密钥 ${row.keyId} 下：${row.where} ${row.count}`);
    if (left.length > 0) return 1;
    say('旧密钥下已没有内容；更换以前的备份仍需要旧密钥。确认不再需要后可用 retire 移除');
    return 0;
  }
  say('总有新的内容写在旧密钥下：请确认每台服务器都用上了新的密钥文件，然后再运行一次');
  return 1;
};

/** The blind index under the current key, while people work; a run that was broken off is gone on with. */
const reindex = async (at: Opened, crypto: CryptoProvider, keyFile: string, say: Say): Promise<number> => {
  const file = keysIn(keyFile);
  const known = await turnOf(at.owner);
  const goesOn = file.indexNext !== undefined || (known !== undefined && known.fromKey === file.index && !known.turned);
  const to = file.indexNext ?? (goesOn ? known?.toKey : undefined) ?? file.current;
  if (to === file.index) {
    await forgetPairs(at.owner);
    say(`精确检索已在当前密钥 ${to} 下`);
    return 0;
  }
  say(goesOn ? `接着完成上次的更换：精确检索改用密钥 ${to}` : `精确检索改用密钥 ${to}，其间照常使用`);
  // First the database, then the file: whoever gives a value in both forms finds there which of them stands.
  if (known?.fromKey !== file.index || known.toKey !== to) await beginTurn(at.owner, file.index, to);
  beginIndex(keyFile, file.index, to);
  await sleep(NOTICED_WITHIN_MS * 2);
  const [older, newer] = [indexedUnder(keyFile, file.index), indexedUnder(keyFile, to)];
  const startedAt = performance.now();
  let moved = 0;
  /** Until nothing stands in its old form any more; what cannot be opened is answered. */
  const all = async (done: () => Promise<boolean>): Promise<readonly string[] | undefined> => {
    for (let walk = 1; walk <= MOST_PASSES; walk += 1) {
      const pass = await moveOnce(at.owner, older, newer);
      moved += pass.moved;
      if (pass.left.length > 0) return pass.left;
      if (!pass.busy && (await done())) return [];
      await sleep(50 * walk);
    }
    return undefined;
  };
  const stopped = async (left: readonly string[] | undefined): Promise<boolean> => {
    for (const line of (left ?? []).slice(0, 20)) say(`  打不开：${line}`);
    if (left === undefined) say('总有人在写：请稍后再运行一次');
    else if (left.length > 0) say(`有 ${left.length} 处打不开，没有做完；处理后再运行一次`);
    return left === undefined || left.length > 0;
  };
  if (await stopped(await all(() => turn(at.owner)))) return 1;
  const sealed = await reindexSealed(at.owner, crypto, newer);
  // A file that was unsealed in between brought its old values back.
  if (await stopped(await all(() => turn(at.owner)))) return 1;
  await clearHistory(at.owner);
  endIndex(keyFile, to);
  await sleep(NOTICED_WITHIN_MS * 2);
  await forgetPairs(at.owner);
  say(
    `共 ${moved} 处检索值、${sealed} 份封存文件改用密钥 ${to}，用时 ${((performance.now() - startedAt) / 1000).toFixed(1)} 秒。请立即另存密钥文件`,
  );
  return 0;
};

const retire = async (at: Opened, crypto: CryptoProvider, files: FileStore, keyFile: string, id: string, say: Say): Promise<number> => {
  const file = keysIn(keyFile);
  if (!file.ids.includes(id)) throw new Unfit(`密钥文件里没有 ${id}`);
  if (id === file.current) throw new Unfit(`${id} 是当前密钥，不能移除`);
  if (id === file.index || id === file.indexNext) throw new Unfit(`${id} 用于精确检索，不能移除；请先运行 reindex`);
  const rows = (await standing(at.owner, crypto, files)).filter((row) => row.keyId === id);
  if (rows.length > 0) throw new Unfit(`还有 ${totals(rows).get(id)} 处内容在密钥 ${id} 下，请先运行 rotate`);
  removeKey(keyFile, id);
  say(`已从密钥文件移除 ${id}。更换以前的备份只有它能打开，请按规定另行保管或销毁`);
  return 0;
};

/** Runs one of the commands; answers the exit code. */
export const runKeys = (args: readonly string[], env: () => Env, say: Say): Promise<number> =>
  runCommand(say, async () => {
    const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options: { id: { type: 'string' } } });
    const [what] = positionals;
    if (what === undefined || !['status', 'check', 'rotate', 'reindex', 'retire'].includes(what)) throw new Unfit(HELP);
    if (what === 'retire' && values.id === undefined) throw new Unfit(HELP);
    const given = env();
    const keyFile = keyFileOf(given);
    if (!existsSync(keyFile)) throw new Unfit(`密钥文件不存在：${keyFile}`);
    const crypto = providerFromKeyFile(keyFile, false);
    const files = new FileStore(join(given.dataDir, 'files'), crypto);
    const release = ['rotate', 'reindex', 'retire'].includes(what) ? takeLock(`${keyFile}.lock`) : () => undefined;
    try {
      const at = await openDatabase(given);
      try {
        if (what === 'rotate') return await rotate(at, crypto, files, keyFile, say);
        if (what === 'reindex') return await reindex(at, crypto, keyFile, say);
        if (what === 'retire') return await retire(at, crypto, files, keyFile, values.id as string, say);
        if (what === 'status') {
          const missing = sayStanding(await standing(at.owner, crypto, files), keysIn(keyFile), say);
          if (missing.length > 0) say(`缺少密钥：${missing.join('、')}`);
          return missing.length === 0 ? 0 : 1;
        }
        const found = await walkCiphertexts(at.owner, crypto, files, sha256);
        for (const line of found.problems) say(line);
        if (found.missingKeys.size > 0) say(`缺少密钥：${[...found.missingKeys].join('、')}`);
        say(
          `字段 ${found.fields}、历史 ${found.history}、封存 ${found.sealed}、附件 ${found.files}：${found.problems.length === 0 ? '全部打得开' : '有打不开的'}`,
        );
        return found.problems.length === 0 ? 0 : 1;
      } finally {
        await at.close();
      }
    } finally {
      release();
    }
  });

if (import.meta.main) process.exitCode = await runKeys(process.argv.slice(2), settings, (line) => console.error(line));
