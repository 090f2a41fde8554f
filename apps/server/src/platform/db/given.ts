/** The fields of a change that were given, without those that were left out. */
export type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** An edit names what it changes: what it leaves out stays as it is, and null is a value like any other. */
export const given = <T extends object>(change: T): Given<T> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Given<T>;
