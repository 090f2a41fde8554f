/** The door of the rule packs: figures by which other rooms reckon. */
import type { Tx } from '../platform/db/database.ts';
import { packOn, valuesOf } from './store.ts';

export { rulepacksRoutes } from './routes.ts';
export { installRulePacks } from './seed.ts';

/** Figures of a pack by key, with the version that a result must name. */
export type PackInForce = { readonly version: string; readonly values: Readonly<Record<string, unknown>> };

/**
 * The pack of a code that holds for a district on a day: of the division itself or of the closest one above it. Throws when none
 * is installed, since no figure may be made up.
 */
export const packInForce = async (tx: Tx, code: string, districtId: string, day: string): Promise<PackInForce> => {
  const pack = await packOn(tx, code, districtId, day);
  if (pack === undefined) throw new Error(`no rule pack '${code}' is in force for the district on ${day}`);
  const values = await valuesOf(tx, pack.id);
  return { version: pack.version, values: Object.fromEntries(values.map((v) => [v.key, v.value])) };
};

/** Which version of a pack holds on a day; undefined where none does yet. */
export const packVersionOn = async (
  tx: Tx,
  code: string,
  districtId: string,
  day: string,
): Promise<{ id: string; version: string } | undefined> => {
  const pack = await packOn(tx, code, districtId, day);
  return pack === undefined ? undefined : { id: pack.id, version: pack.version };
};

/** What stands in one version of a pack, by its id: words that were told stay as they were told. */
export const wordsOfVersion = async (tx: Tx, packId: string): Promise<{ label: string; text: string; source: string }[]> =>
  (await valuesOf(tx, packId)).map((v) => ({ label: v.label, text: String(v.value), source: v.source }));

/** The pack in force by its name and version, to stand beside a figure. */
export const packNamed = async (tx: Tx, code: string, districtId: string, day: string): Promise<{ title: string; version: string }> => {
  const pack = await packOn(tx, code, districtId, day);
  if (pack === undefined) throw new Error(`no rule pack '${code}' is in force for the district on ${day}`);
  return { title: pack.title, version: pack.version };
};

/** The source of each figure in force, to stand beside what it asks for. */
export const sourcesInForce = async (tx: Tx, code: string, districtId: string, day: string): Promise<Readonly<Record<string, string>>> => {
  const pack = await packOn(tx, code, districtId, day);
  return pack === undefined ? {} : Object.fromEntries((await valuesOf(tx, pack.id)).map((v) => [v.key, v.source]));
};
