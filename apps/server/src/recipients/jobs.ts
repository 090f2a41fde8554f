import { sql } from 'kysely';
import { openField, pinyinIndex } from '../cases/index.ts';
import { districtsAtWork } from '../identity/index.ts';
import type { Services } from '../platform/http/context.ts';
import { platformSettings } from '../platform/http/scope.ts';
import { workLater } from '../platform/later.ts';
import type { Job } from '../platform/queue/queue.ts';

const PORTION = 200;

const sealedName = (nameCt: string) => ({ nameCt, idNumberCt: null, phoneCt: null, addressCt: null });

const onePortion = (
  services: Services,
  districtId: string,
  after: string | null,
  portion: number,
): Promise<{ last: string | null; given: number }> =>
  workLater(services, platformSettings(districtId, services.clock.now()), async (tx) => {
    const { rows } = await sql<{
      id: string;
      nameCt: string;
    }>`select id, name_ct from people_without_sound(${after}::uuid, ${portion})`.execute(tx);
    if (rows.length === 0) return { last: null, given: 0 };
    const sounds = rows.map(
      ({ id, nameCt }) => pinyinIndex(services.crypto, openField(services.crypto, id, sealedName(nameCt), 'name') ?? '') ?? '',
    );
    const done = await sql<{ n: number }>`select give_sound(${rows.map((r) => r.id)}::uuid[], ${sounds}::text[]) as n`.execute(tx);
    return { last: rows.at(-1)?.id ?? null, given: done.rows[0]?.n ?? 0 };
  });

/**
 * Gives the sound of their name to people who were kept before names were found by sound. A portion is a transaction: stopped anywhere, the next
 * run goes on with who has none; where all have one it does nothing. A name without any sound keeps an empty one, which nothing finds.
 */
export const giveSounds = async (services: Services, portion = PORTION): Promise<number> => {
  let given = 0;
  for (const districtId of await districtsAtWork(services.db)) {
    let after: string | null = null;
    do {
      const step = await onePortion(services, districtId, after, portion);
      given += step.given;
      after = step.last;
    } while (after !== null);
  }
  return given;
};

/** Jobs of the room of recipients. */
export const recipientsJobs = (services: Services): Job<object>[] => [
  {
    name: 'recipients.sounds',
    cron: '9,39 * * * *',
    run: async () => {
      await giveSounds(services);
    },
  },
];
