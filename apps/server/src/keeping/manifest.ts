import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Unfit } from './opened.ts';

/** The name of the file that tells what a backup holds; it is written last, so a folder without it is no backup. */
export const MANIFEST = 'manifest.json';
/** The form of the manifest. */
export const FORMAT = 1;

const Kept = z.object({
  path: z.string().regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))/),
  bytes: z.number().int(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
const Manifest = z.object({
  format: z.literal(FORMAT),
  madeAt: z.string(),
  platform: z.string(),
  postgres: z.string(),
  migration: z.object({ newest: z.string(), count: z.number() }),
  /** Ids of the keys without which parts of it do not open. The keys themselves are nowhere in a backup. */
  keys: z.array(z.string()),
  /** The key of the exact search: the first one in the file. */
  indexKey: z.string(),
  counts: z.record(z.string(), z.number()),
  chainDays: z.number(),
  chainEnd: z.object({ day: z.string(), hash: z.string() }).nullable(),
  attachments: z.number(),
  fields: z.number(),
  database: z.array(Kept),
  files: z.array(Kept),
  /** What did not hold in the platform itself when it was saved; a restoration finds the same and nothing else. */
  faults: z.array(z.string()),
});

/** What a backup says of itself. */
export type Manifest = z.infer<typeof Manifest>;

/** Reads the manifest of a backup. */
export const readManifest = async (folder: string): Promise<Manifest> => {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => null);
  if (text === null) throw new Unfit(`${folder} 不是一份完整的备份：没有 ${MANIFEST}`);
  const parsed = Manifest.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Unfit(`${folder}/${MANIFEST} 的内容不是本平台的备份清单`);
  return parsed.data;
};

/** Refuses a place where something is already: neither a backup nor a restoration ever writes over anything. */
export const mustBeEmpty = (folder: string): void => {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new Unfit(`${folder} 不是空的，没有写入任何内容`);
};
