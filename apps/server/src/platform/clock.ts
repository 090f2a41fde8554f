/** The platform's only source of the present moment; tests put another one in its place. */
export type Clock = { now(): Date };

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };
