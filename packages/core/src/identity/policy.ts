import { type Actor, ADMINISTRATORS, type Role } from './schema.ts';

/** Who may ever use an endpoint. The only place besides the rooms' policy files where role names stand. */
export type Policy = {
  readonly name: string;
  /** For people who do not program; shown in the access document. */
  readonly says: string;
  readonly who: 'anyone' | 'signed-in' | readonly Role[];
};

/** Declares a policy. */
export const policy = (name: string, says: string, who: Policy['who']): Policy => ({ name, says, who });

/** No session needed. */
export const anyone = policy('anyone', '任何人', 'anyone');

/** Everybody with a session, for what concerns only oneself. */
export const signedIn = policy('signedIn', '已登录的人，只涉及本人', 'signed-in');

/** Every role that works with the profession's content; the three administrators are kept out. */
export const professionals = [
  'worker',
  'head',
  'centre',
  'expert',
  'supervisor',
  'agency',
  'officer',
  'street',
] as const satisfies readonly Role[];

/** Everybody who meets people in danger: the profession, and the officers of communities, whom the same duty to report binds (SZ-11, 未成年人保护法 11). */
export const reporters = [...professionals, 'civil-affairs'] as const satisfies readonly Role[];

/** Whether the actor holds a role that the policy names. */
export const mayEver = (p: Policy, actor: Actor | null): boolean => {
  if (p.who === 'anyone') return true;
  if (actor === null) return false;
  return p.who === 'signed-in' || actor.roles.some((r) => p.who.includes(r));
};

/** How far a role reaches: the record's column is compared with this part of the actor's scope. */
export type Within = 'self' | 'station' | 'organisation' | 'division' | 'district' | 'expert' | 'circle';

/**
 * Visibility as data: a record is in reach when one line holds. The server turns the same lines into SQL for lists, single reads,
 * search, counts, exports and feeds alike; `reaches` evaluates them on one record.
 */
export type Reach = readonly { readonly role: Role; readonly within: Within; readonly column: string; readonly says: string }[];

/** The values of an actor's scope for one role: deputies carry the scope of the person they stand in for. */
export const scopeOf = (actor: Actor, role: Role, within: Within): readonly string[] => {
  const held = actor.assignments.filter((a) => a.role === role);
  if (held.length === 0) return [];
  switch (within) {
    case 'self':
    case 'circle':
      return held.map((a) => a.deputyFor ?? actor.personId);
    case 'expert':
      return actor.expertId === null ? [] : [actor.expertId];
    case 'station':
      return held.flatMap((a) => a.stationId ?? []);
    case 'organisation':
      return held.flatMap((a) => a.organisationId ?? []);
    case 'division':
      return held.flatMap((a) => a.divisionPath ?? []);
    case 'district':
      return held.map((a) => a.districtId);
  }
};

/** Facts of one record that a reach may look at, by column; `circle` lists the persons who work on it now. */
export type ReachFacts = Readonly<Record<string, string | null>> & { readonly circle?: never };

/** Whether the actor reaches one record. A division reaches everything below its path. */
export const reaches = (actor: Actor, reach: Reach, facts: ReachFacts, circle: readonly string[] = []): boolean =>
  reach.some((line) => {
    const scope = scopeOf(actor, line.role, line.within);
    if (line.within === 'circle') return scope.some((p) => circle.includes(p));
    const value = facts[line.column];
    if (value === null || value === undefined) return false;
    return line.within === 'division' ? scope.some((path) => value.startsWith(path)) : scope.includes(value);
  });

/** The three administrators exclude each other, and an administrator holds no other role. */
export const mayHoldTogether = (roles: readonly Role[]): boolean => {
  const distinct = new Set(roles);
  const administrators = [...distinct].filter((r) => (ADMINISTRATORS as readonly Role[]).includes(r));
  return administrators.length === 0 || distinct.size === 1;
};
