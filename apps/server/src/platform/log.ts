import { pino } from 'pino';

/** Structured logs without bodies, names or tokens: ids, codes and times only. */
export const makeLog = (level: string) =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: ['req.headers', 'headers', 'body', 'query'] });
export type Log = ReturnType<typeof makeLog>;
