import { useState, useSyncExternalStore } from 'react';
import type { PocketEngine, Standing } from './engine.ts';

/** How it stands, read anew when it changes. */
export const useStanding = (engine: PocketEngine): Standing => {
  const [cache] = useState<{ last: Standing; key: string }>(() => ({ last: engine.standing(), key: '' }));
  return useSyncExternalStore(engine.listen, () => {
    const next = engine.standing();
    const key = JSON.stringify([next.ops.map((o) => [o.id, o.state, o.reason]), next.begun, next.at, next.counts, next.busy, next.stopped]);
    if (key !== cache.key) {
      cache.last = next;
      cache.key = key;
    }
    return cache.last;
  });
};
