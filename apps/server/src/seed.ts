/**
 * `npm run seed`: loads the demo district into a named server's database that holds no work yet. Every account is disabled and its
 * password known to nobody; the security administrator enables those that are wanted.
 */
import { sql } from 'kysely';
import { demoDistrictCode } from '../demo/divisions.ts';
import { loadDemo } from '../demo/load.ts';
import { providerFromKeyFile } from './platform/crypto/keyFile.ts';
import { ownerDatabase } from './platform/db/database.ts';
import { explain } from './setup.ts';

/** Loads the demo where there is room for it; answers the exit code. */
export const runSeed = async (env: Readonly<Record<string, string | undefined>>, say: (line: string) => void): Promise<number> => {
  const missing = (['DATABASE_OWNER_URL', 'JIEYOU_KEY_FILE'] as const).filter((name) => (env[name] ?? '') === '');
  if (missing.length > 0) {
    say(`没有载入：缺少 ${missing.join('、')}。请先完成 npm run setup，并在相同设置下运行`);
    return 1;
  }
  const owner = ownerDatabase(env.DATABASE_OWNER_URL as string);
  try {
    const crypto = providerFromKeyFile(env.JIEYOU_KEY_FILE as string, false);
    const { rows: tables } = await sql`select 1 from pg_tables where schemaname = 'public' and tablename = 'support_request'`.execute(
      owner,
    );
    if (tables.length === 0) {
      say('没有载入：数据库还没有初始化，请先运行 npm run setup');
      return 1;
    }
    const startedAt = performance.now();
    const refusal = await owner.transaction().execute(async (tx) => {
      const { rows } = await sql<{ work: boolean; other: boolean }>`select
        exists (select 1 from worker) or exists (select 1 from organisation) or exists (select 1 from case_file) as work,
        exists (select 1 from division where tier = 'district') and not exists (select 1 from division
          where code = ${demoDistrictCode}) as other`.execute(tx);
      if (rows[0]?.work !== false) return '没有载入：数据库里已有机构、人员或个案，演示数据只能载入空库';
      if (rows[0].other) return '没有载入：本库的区划不是演示区（广东省/深圳市/龙华区）';
      await loadDemo(tx, crypto, new Date(), true);
      return null;
    });
    if (refusal !== null) {
      say(refusal);
      return 1;
    }
    say(
      `演示数据已载入（均为虚构），用时 ${((performance.now() - startedAt) / 1000).toFixed(1)} 秒。演示账号均已停用，由安全管理员按需启用并重设密码`,
    );
    return 0;
  } catch (error) {
    say(explain(error));
    return 1;
  } finally {
    await owner.destroy();
  }
};

if (import.meta.main) process.exitCode = await runSeed(process.env, (line) => console.error(line));
