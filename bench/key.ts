import { Sm4Provider } from '../apps/server/src/platform/crypto/crypto.ts';

/** The key of the throw-away district. */
export const BENCH_KEY = new Sm4Provider(new Map([['bench', Buffer.alloc(32, 7)]]), 'bench');
