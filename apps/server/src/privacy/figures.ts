import { PrivacyPack } from '@jieyou/core/privacy/pack.ts';
import type { Tx } from '../platform/db/database.ts';
import { packInForce } from '../rulepacks/index.ts';

/** Figures of a district on a day. */
export const figuresOf = async (
  tx: Tx,
  districtId: string,
  day: string,
): Promise<{ readonly pack: PrivacyPack; readonly version: string }> => {
  const found = await packInForce(tx, 'privacy', districtId, day);
  return { pack: PrivacyPack.parse(found.values), version: found.version };
};
