/** The ground on which every district stands: divisions, holidays, rule packs and the three administrators. */
import { randomInt } from 'node:crypto';
import { holidays2024to2026 } from '@jieyou/core/calendar/holidays-2024-2026.ts';
import type { Role } from '@jieyou/core/identity/schema.ts';
import { roleLabels } from '@jieyou/core/texts/labels.ts';
import { sql } from 'kysely';
import { installFormTemplates } from './forms/index.ts';
import { hashPassword, oneTimePassword } from './identity/index.ts';
import type { Tx } from './platform/db/database.ts';
import { idAt } from './platform/ids.ts';
import { installRulePacks } from './rulepacks/index.ts';
import { pinyinOf } from './workforce/index.ts';

/** A division to install: parents come before children. The code is an attribute; `key` only ties children to parents here. */
export type DivisionSeed = {
  readonly key: string;
  readonly parentKey: string | null;
  readonly tier: string;
  readonly name: string;
  readonly code: string | null;
};

/** A division as it was installed. */
export type Ground = { readonly id: string; readonly path: string; readonly fullName: string };

const DIVISIONS_VALID_FROM = '2020-01-01';

// Orders ids of one moment; ids need twelve bits of it.
let order = 0;

const groundId = (millis: number): string => idAt(millis, order++ & 0xfff);

/** Whether nobody has set this database up yet. */
export const isEmpty = async (tx: Tx): Promise<boolean> =>
  (await tx.selectFrom('division').select('id').limit(1).executeTakeFirst()) === undefined;

/**
 * Writes divisions with paths of our own ids; districts carry the names of their authority and centre. A division whose code is in use
 * already is taken as it stands. Answers all of them by key.
 */
export const installDivisions = async (
  tx: Tx,
  seeds: readonly DivisionSeed[],
  now: Date,
  named: (district: DivisionSeed, parentName: string) => { authorityName: string; centreName: string },
): Promise<Map<string, Ground>> => {
  const made = new Map<string, Ground>();
  const codes = seeds.flatMap((seed) => seed.code ?? []);
  if (codes.length > 0) {
    const there = await tx
      .selectFrom('division')
      .select(['id', 'path', 'fullName', 'code'])
      .where('code', 'in', codes)
      .where('validTo', 'is', null)
      .execute();
    for (const seed of seeds) {
      const found = there.find((row) => row.code === seed.code);
      if (found !== undefined) made.set(seed.key, { id: found.id, path: found.path, fullName: found.fullName });
    }
  }
  const rows = seeds.flatMap((seed) => {
    if (made.has(seed.key)) return [];
    const id = groundId(now.getTime());
    const parent = seed.parentKey === null ? undefined : made.get(seed.parentKey);
    if (seed.parentKey !== null && parent === undefined) throw new RangeError(`division ${seed.key} stands before its parent`);
    const path = `${parent?.path ?? '/'}${id}/`;
    const fullName = `${parent?.fullName ?? ''}${seed.name}`;
    made.set(seed.key, { id, path, fullName });
    const parentName = seeds.find((other) => other.key === seed.parentKey)?.name ?? '';
    const names = seed.tier === 'district' ? named(seed, parentName) : { authorityName: null, centreName: null };
    return [
      {
        id,
        parentId: parent?.id ?? null,
        path,
        tier: seed.tier,
        name: seed.name,
        fullName,
        code: seed.code,
        validFrom: DIVISIONS_VALID_FROM,
        validTo: null,
        successorId: null,
        ...names,
      },
    ];
  });
  if (rows.length > 0) await tx.insertInto('division').values(rows).execute();
  return made;
};

/** Installs the holiday table of the years whose notices are out, the rule packs and the forms at the uppermost division. */
export const installRules = async (tx: Tx, rootId: string, now: Date): Promise<void> => {
  const rows = holidays2024to2026.map((row) => ({
    id: groundId(now.getTime()),
    ...row,
    source: `国务院办公厅关于${row.day.slice(0, 4)}年部分节假日安排的通知`,
  }));
  await tx
    .insertInto('holiday')
    .values(rows)
    .onConflict((c) => c.column('day').doNothing())
    .execute();
  await installRulePacks(tx, rootId);
  await installFormTemplates(tx, rootId);
};

/** Installs packs and forms that came with a later release into a platform that has been set up already. */
export const installLaterPacks = async (tx: Tx): Promise<void> => {
  for (const root of await tx.selectFrom('division').select('id').where('parentId', 'is', null).execute()) {
    await installRulePacks(tx, root.id);
    await installFormTemplates(tx, root.id);
  }
};

const ADMINISTRATOR_NAMES = ['system', 'security', 'audit'] as const satisfies readonly Role[];

// An administrator's account with the password that works once.
type OneTimeAccount = { readonly username: string; readonly title: string; readonly password: string };

/**
 * Creates the three administrators (三员) that are missing, each with a one-time password that must be changed at the first sign-in.
 * The passwords exist in the answer only.
 */
export const createAdministrators = async (tx: Tx, districtId: string, now: Date): Promise<OneTimeAccount[]> => {
  const { rows } = await sql<{
    username: string;
  }>`select username from account where username = any(${[...ADMINISTRATOR_NAMES]}::text[])`.execute(tx);
  const there = new Set(rows.map((row) => row.username));
  const made: OneTimeAccount[] = [];
  const today = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  for (const role of ADMINISTRATOR_NAMES) {
    if (there.has(role)) continue;
    const personId = groundId(now.getTime());
    const title = roleLabels[role];
    const password = oneTimePassword((max) => randomInt(max));
    await tx
      .insertInto('person')
      .values({
        id: personId,
        districtId,
        name: title,
        ...pinyinOf(title),
        gender: 'unknown',
        post: title,
        organisationId: null,
        stationId: null,
        phone: null,
      })
      .execute();
    await tx
      .insertInto('account')
      .values({
        id: groundId(now.getTime()),
        personId,
        username: role,
        passwordHash: await hashPassword(password),
        mustChange: true,
        createdAt: now.toISOString(),
      })
      .execute();
    await tx
      .insertInto('roleAssignment')
      .values({ id: groundId(now.getTime()), districtId, personId, role, validFrom: today, validTo: null })
      .execute();
    made.push({ username: role, title, password });
  }
  return made;
};

/** Prints one-time passwords; they are shown this once and never again. */
export const sayOneTime = (accounts: readonly OneTimeAccount[], say: (line: string) => void): void => {
  if (accounts.length === 0) return;
  say('已建立三类管理员账号。下列一次性密码只显示这一次，请立即分别交给三个人，首次登录须修改：');
  for (const account of accounts) say(`  ${account.title}　账号 ${account.username}　一次性密码 ${account.password}`);
};
