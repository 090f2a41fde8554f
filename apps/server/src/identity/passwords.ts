import { PASSWORD_LEAST } from '@jieyou/core/identity/schema.ts';
import { hash, verify } from '@node-rs/argon2';

// OWASP's minimum for argon2id: 19 MiB, two passes, one lane (about 30 ms here).
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

// Hashing runs in the thread pool; more than two at once would starve file and name look-ups.
let running = 0;
const waiting: (() => void)[] = [];
const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
  if (running >= 2) await new Promise<void>((go) => waiting.push(go));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
};

/** Hash of a password (argon2id, with its salt and cost inside). */
export const hashPassword = (plain: string): Promise<string> => inTurn(() => hash(plain, COST));

/** Whether the password matches. A missing account costs the same time, so that names cannot be guessed by the clock. */
export const passwordMatches = (hashed: string | undefined, plain: string): Promise<boolean> =>
  inTurn(async () => {
    const matches = await verify(hashed ?? NOBODY_HASH, plain);
    return hashed !== undefined && matches;
  });

const NOBODY_HASH = '$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5$LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ';

// What guessing starts with here and a list of English passwords does not hold.
const ALSO_COMMON = /^(.)\1+$|^(0123456789|1234567890|12345678910|9876543210|woaini1314\d*|a123456789\d*|admin\d+|password\d*)$/i;

// 49,000 passwords by how often they were used (ASVS 6.2.4 asks for 3,000); read when somebody chooses one, only as long as ours must be.
let listed: Promise<ReadonlySet<string>> | undefined;
const readList = async (): Promise<ReadonlySet<string>> => {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set((dictionary['passwords-common'] as readonly string[]).filter((word) => word.length >= PASSWORD_LEAST));
};

/** Whether a password is among those that guessing starts with. */
export const isCommon = async (plain: string): Promise<boolean> => {
  listed ??= readList();
  return ALSO_COMMON.test(plain) || (await listed).has(plain.toLowerCase());
};

/** A one-time password of 14 characters without look-alikes. */
export const oneTimePassword = (random: (max: number) => number): string => {
  const alphabet = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  return Array.from({ length: 14 }, () => alphabet[random(alphabet.length)]).join('');
};
