import type { AuditKind } from '@jieyou/core/audit/endpoints.ts';
import { calendarEvents } from '@jieyou/core/calendar/events.ts';
import { divisionEvents } from '@jieyou/core/divisions/events.ts';
import { allEndpoints } from '@jieyou/core/endpoints.ts';
import { expertEvents } from '@jieyou/core/experts/events.ts';
import { resourceEvents } from '@jieyou/core/resources/events.ts';
import { addDays, type Day, msOf, startOfDay } from '@jieyou/core/shared/day.ts';
import { stationEvents } from '@jieyou/core/stations/events.ts';
import { eventLabels } from '@jieyou/core/texts/eventLabels.ts';
import { workforceEvents } from '@jieyou/core/workforce/events.ts';
import type { Ctx } from '../platform/http/context.ts';
import { lowestIdAt } from '../platform/idTime.ts';
import { namedLike } from '../workforce/index.ts';
import { type EntryFilter, peopleNamed } from './store.ts';

/** The filter as the audit administrator gives it. */
export type GivenFilter = {
  from?: string | undefined;
  to?: string | undefined;
  kind?: AuditKind[] | undefined;
  person?: string | undefined;
  action?: string | undefined;
  recordId?: string | undefined;
};

// Codes of both trails with their words: events by what happened, accesses by the endpoint that was asked.
const actionWords: ReadonlyMap<string, string> = new Map([
  ...allEndpoints.map((endpoint) => [endpoint.id, endpoint.says] as const),
  ...[eventLabels, workforceEvents, divisionEvents, stationEvents, expertEvents, resourceEvents, calendarEvents].flatMap((labels) =>
    Object.entries(labels),
  ),
]);

/** What an action is called; an unknown code is shown as it is, never hidden. */
export const actionSays = (code: string): string => actionWords.get(code) ?? code;

// A code means itself, and the words of an action mean every code that bears them; anything else is looked for in both.
const actionMeant = (text: string): EntryFilter['action'] => {
  if (actionWords.has(text)) return { codes: [text] };
  const codesWith = (fits: (words: string) => boolean) => [...actionWords].filter(([, words]) => fits(words)).map(([code]) => code);
  const exact = codesWith((words) => words === text);
  return exact.length > 0 ? { codes: exact } : { text, codes: codesWith((words) => words.includes(text)) };
};

/** Turns the given filter into bounds and ids. Days are those of Asia/Shanghai, the last one included. */
export const filterOf = async (ctx: Ctx<never>, given: GivenFilter): Promise<EntryFilter> => {
  const { districtId } = ctx.actor;
  const name = given.person === undefined || given.person === '' ? undefined : namedLike('p', given.person);
  return {
    districtId,
    kinds: given.kind,
    recordId: given.recordId,
    fromId: given.from === undefined ? undefined : lowestIdAt(msOf(startOfDay(given.from as Day))),
    beforeId: given.to === undefined ? undefined : lowestIdAt(msOf(startOfDay(addDays(given.to as Day, 1)))),
    people: name === undefined ? undefined : await peopleNamed(ctx.tx, districtId, name, given.person ?? ''),
    action: given.action === undefined || given.action === '' ? undefined : actionMeant(given.action),
  };
};
