/**
 * `npm run setup`: prepares a named PostgreSQL server, once. Roles, schema, queue, the division for which the platform works, holidays,
 * rules, and the three administrators with one-time passwords. Running it again changes nothing.
 */
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { divisions } from '../demo/divisions.ts';
import { customaryNames, treeOf } from '../demo/load.ts';
import { createAdministrators, type DivisionSeed, installDivisions, installRules, sayOneTime } from './ground.ts';
import { providerFromKeyFile } from './platform/crypto/keyFile.ts';
import { ownerDatabase, type Tx } from './platform/db/database.ts';
import { ensureRoles, migrate } from './platform/db/migrate.ts';
import { prepareQueue } from './platform/queue/queue.ts';

const DEFAULT_DIVISION = '广东省/深圳市/龙华区';

/** Something that the operator has to put right; the message says what. */
class Unfit extends Error {}

/** What setup works with. */
export type SetupPlan = {
  readonly ownerUrl: string;
  readonly login: { readonly name: string; readonly password: string };
  readonly keyFile: string;
};

/** Reads the settings; throws one message that names everything that is missing or wrong. */
export const planFrom = (env: Readonly<Record<string, string | undefined>>): SetupPlan => {
  const problems: string[] = [];
  const url = (name: string, says: string): URL | undefined => {
    const given = env[name];
    if (given === undefined || given === '') {
      problems.push(`缺少 ${name}：${says}`);
      return undefined;
    }
    if (!/^postgres(ql)?:\/\/\S+$/.test(given) || !URL.canParse(given)) {
      problems.push(`${name} 应形如 postgres://用户:密码@主机:端口/库名`);
      return undefined;
    }
    return new URL(given);
  };
  const owner = url('DATABASE_OWNER_URL', '数据库属主的连接，用于建立角色、表与队列；数据库须已建好');
  const app = url('DATABASE_URL', '平台运行时使用的连接，其中的用户与密码由本命令建立');
  if (app !== undefined && (app.username === '' || app.password === ''))
    problems.push('DATABASE_URL 须写明用户和密码，本命令据此建立登录角色');
  if (owner !== undefined && app !== undefined && app.username !== '' && app.username === owner.username) {
    problems.push('DATABASE_URL 的用户不能与 DATABASE_OWNER_URL 相同：平台运行的角色不拥有任何表');
  }
  if (owner !== undefined && app !== undefined && owner.pathname !== app.pathname)
    problems.push('DATABASE_URL 与 DATABASE_OWNER_URL 指向的库名不同');
  const keyFile = env.JIEYOU_KEY_FILE;
  if (keyFile === undefined || keyFile === '')
    problems.push('缺少 JIEYOU_KEY_FILE：密钥文件的路径；文件不存在时由本命令生成（权限 0600），请另行备份');
  if (problems.length > 0 || owner === undefined || app === undefined || keyFile === undefined) {
    throw new Unfit(`没有开始初始化：\n${problems.map((p) => `  ${p}`).join('\n')}`);
  }
  return {
    ownerUrl: owner.toString(),
    login: { name: decodeURIComponent(app.username), password: decodeURIComponent(app.password) },
    keyFile,
  };
};

/** The divisions of a path such as 广东省/深圳市/龙华区; the last one is the district. Streets come along where their data is at hand. */
export const seedsOfPath = (path: string, code: string | null): { seeds: DivisionSeed[]; districtKey: string } => {
  const names = path.split('/').map((name) => name.trim());
  if (names.length < 1 || names.length > 3 || names.some((name) => name.length < 2)) {
    throw new Unfit('区划应写成“省/市/区县”，如 广东省/深圳市/龙华区（直辖市写“市/区”）');
  }
  if (code !== null && !/^\d{6}$|^\d{12}$/.test(code)) throw new Unfit('区划代码应为 6 位或 12 位数字');
  const known = divisions.find((d) => d.tier === 'district' && pathOf(d.code) === names.join('/'));
  if (known !== undefined) return { seeds: treeOf(known.code), districtKey: known.code };
  const tiers = names.length === 3 ? ['province', 'city', 'district'] : names.length === 2 ? ['province', 'district'] : ['district'];
  const seeds = names.map((name, i) => ({
    key: String(i),
    parentKey: i === 0 ? null : String(i - 1),
    tier: tiers[i] as string,
    name,
    code: i === names.length - 1 ? code : null,
  }));
  return { seeds, districtKey: String(names.length - 1) };
};

const pathOf = (code: string): string => {
  const one = divisions.find((d) => d.code === code);
  if (one === undefined) return '';
  return one.parentCode === null ? one.name : `${pathOf(one.parentCode)}/${one.name}`;
};

/** Divisions, rules and administrators that are missing; answers whether anything was. */
const layGround = async (
  tx: Tx,
  choose: () => Promise<{ path: string; code: string | null }>,
  say: (line: string) => void,
): Promise<boolean> => {
  const now = new Date();
  const there = await tx.selectFrom('division').select(['id', 'name']).where('tier', '=', 'district').orderBy('id').executeTakeFirst();
  let districtId = there?.id;
  if (districtId === undefined) {
    const { path, code } = await choose();
    const { seeds, districtKey } = seedsOfPath(path, code);
    const made = await installDivisions(tx, seeds, now, customaryNames);
    const root = made.get(seeds[0]?.key ?? '');
    districtId = made.get(districtKey)?.id;
    if (root === undefined || districtId === undefined) throw new Unfit(`区划 ${path} 没有建立成功`);
    await installRules(tx, root.id, now);
    say(`已建立区划 ${path}（共 ${seeds.length} 个），载入 2024 至 2026 年节假日与规则包`);
    if (seeds.length <= 3) say('街道与社区请由系统管理员在“区划”页中添加；没有代码的区划无法编号，请一并填写代码');
  }
  const administrators = await createAdministrators(tx, districtId, now);
  sayOneTime(administrators, say);
  return there === undefined || administrators.length > 0;
};

const HELP = `用法：npm run setup -- [--division ${DEFAULT_DIVISION}] [--code 440309]
需要的设置：DATABASE_OWNER_URL、DATABASE_URL、JIEYOU_KEY_FILE（见 docs/operations.md）`;

/** Runs the set-up; answers the exit code. */
export const runSetup = async (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  say: (line: string) => void,
  ask: (question: string) => Promise<string | null>,
): Promise<number> => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { division: { type: 'string' }, code: { type: 'string' }, help: { type: 'boolean' } },
    });
    if (values.help === true) {
      say(HELP);
      return 0;
    }
    const plan = planFrom(env);
    const freshKey = !existsSync(plan.keyFile);
    providerFromKeyFile(plan.keyFile, true);
    if (freshKey) say(`已生成密钥文件 ${plan.keyFile}（权限 0600）。丢失后已加密的信息无法恢复，请立即另行备份`);
    await ensureRoles(plan.ownerUrl, plan.login);
    const applied = await migrate(plan.ownerUrl);
    await prepareQueue(plan.ownerUrl);
    if (applied.length > 0) say(`数据库结构已建立：${applied.join('、')}；平台登录角色 ${plan.login.name} 已就绪`);
    const owner = ownerDatabase(plan.ownerUrl);
    try {
      const choose = async () => ({
        path: values.division ?? ((await ask(`平台服务的区划［${DEFAULT_DIVISION}］：`)) || DEFAULT_DIVISION),
        code: values.code ?? null,
      });
      const laid = await owner.transaction().execute((tx) => layGround(tx, choose, say));
      say(laid || applied.length > 0 || freshKey ? '初始化完成，可以用 npm start 启动平台' : '已经初始化过，没有改动任何内容');
    } finally {
      await owner.destroy();
    }
    return 0;
  } catch (error) {
    say(explain(error));
    return 1;
  }
};

/** A failure in words for the operator; never the password that may stand in a driver's message. */
export const explain = (error: unknown): string => {
  if (error instanceof Unfit) return error.message;
  const code = (error as { code?: string } | null)?.code ?? '';
  if (['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN'].includes(code)) return '连接不上数据库服务器，请核对主机与端口';
  if (code === '28P01' || code === '28000') return '数据库拒绝登录，请核对 DATABASE_OWNER_URL 的用户与密码';
  if (code === '3D000') return '数据库不存在，请先由数据库管理员建库';
  if (code === '42501') return 'DATABASE_OWNER_URL 的用户权限不足：须能建立角色（CREATEROLE）并拥有该库';
  if (typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS')) return `不认识的参数。\n${HELP}`;
  return error instanceof Error ? error.message : String(error);
};

if (import.meta.main) {
  const ask = async (question: string): Promise<string | null> => {
    if (!process.stdin.isTTY) return null;
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await terminal.question(question);
    terminal.close();
    return answer.trim();
  };
  process.exitCode = await runSetup(process.argv.slice(2), process.env, (line) => console.error(line), ask);
}
