import { professionals, type Reach, scopeOf } from '@jieyou/core/identity/policy.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Settings } from '../db/database.ts';

const snake = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

/**
 * Turns a reach (visibility as data) into the SQL condition of the same meaning. The one resolver of the platform: lists, single
 * reads, search, counts, exports and feeds all use it. `circle` gives the ids of records that some persons work on.
 */
export const reachSql = (
  actor: Actor,
  reach: Reach,
  alias: string,
  circle?: (persons: readonly string[]) => RawBuilder<unknown>,
): RawBuilder<boolean> => {
  const parts = reach.flatMap((line) => {
    const scope = scopeOf(actor, line.role, line.within);
    if (scope.length === 0) return [];
    const column = sql.ref(`${alias}.${snake(line.column)}`);
    if (line.within === 'circle') return circle === undefined ? [] : [sql`${column} in (${circle(scope)})`];
    if (line.within === 'division')
      return [
        sql.join(
          scope.map((path) => sql`starts_with(${column}, ${path})`),
          sql` or `,
        ),
      ];
    return scope.length === 1 ? [sql`${column} = ${scope[0]}`] : [sql`${column} = any(${[...scope]}::uuid[])`];
  });
  return parts.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(parts, sql` or `)})`;
};

const list = (values: readonly string[]): string => [...new Set(values)].join(',');

/** The settings under which this person's transaction runs; row-level security reads them. */
export const settingsOf = (actor: Actor, now: Date, httpRequest: string): Settings => {
  const settings: Record<string, string> = {
    person: actor.personId,
    account: actor.accountId,
    district: actor.districtId,
    selves: list(actor.selves),
    now: now.toISOString(),
    http_request: httpRequest,
  };
  const give = (key: string, values: readonly string[]): void => {
    if (values.length > 0) settings[key] = list(values);
  };
  give('worker_selves', scopeOf(actor, 'worker', 'self'));
  give('worker_stations', scopeOf(actor, 'worker', 'station'));
  give('head_stations', scopeOf(actor, 'head', 'station'));
  give('supervisor_selves', scopeOf(actor, 'supervisor', 'self'));
  give('agency_organisations', scopeOf(actor, 'agency', 'organisation'));
  give('paths', scopeOf(actor, 'street', 'division'));
  give('tellers', scopeOf(actor, 'civil-affairs', 'self'));
  if (actor.expertId !== null && actor.roles.includes('expert')) settings.expert = actor.expertId;
  const works: readonly string[] = professionals;
  if (actor.roles.some((role) => works.includes(role))) settings.professional = '1';
  for (const flag of ['centre', 'officer', 'audit', 'security'] as const) if (actor.roles.includes(flag)) settings[flag] = '1';
  return settings;
};

/** The settings of the platform's own jobs: registers of one district, never content. */
export const platformSettings = (districtId: string, now: Date): Settings => ({
  district: districtId,
  platform: '1',
  now: now.toISOString(),
  http_request: 'job',
});
