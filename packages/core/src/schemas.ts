/** Names of the schemas that endpoints share, so that the OpenAPI document tells each of them once. */
import { z } from 'zod';
import * as activities from './activities/schema.ts';
import * as alarms from './alarms/schema.ts';
import * as appeals from './appeals/schema.ts';
import * as archive from './archive/schema.ts';
import * as audit from './audit/endpoints.ts';
import * as calendar from './calendar/schema.ts';
import * as calls from './calls/schema.ts';
import * as casebank from './casebank/schema.ts';
import * as cases from './cases/schema.ts';
import * as caseStages from './cases/stageSchema.ts';
import * as contacts from './contacts/schema.ts';
import * as divisions from './divisions/schema.ts';
import * as experts from './experts/schema.ts';
import * as figures from './figures/schema.ts';
import * as formDocument from './forms/document.ts';
import * as forms from './forms/schema.ts';
import * as groups from './groups/schema.ts';
import * as home from './home/endpoints.ts';
import * as identity from './identity/schema.ts';
import * as imports from './imports/schema.ts';
import * as learning from './learning/schema.ts';
import * as lists from './lists/schema.ts';
import * as notices from './notices/endpoints.ts';
import * as photos from './photos/schema.ts';
import * as pocket from './pocket/schema.ts';
import * as privacy from './privacy/schema.ts';
import * as recipients from './recipients/schema.ts';
import * as relief from './relief/schema.ts';
import * as reports from './reports/schema.ts';
import { Condition, ConditionGroup, Eligibility, HouseholdFacts } from './resources/eligibility.ts';
import * as resources from './resources/schema.ts';
import * as responses from './responses/schema.ts';
import * as rulepacks from './rulepacks/schema.ts';
import * as sealing from './sealing/schema.ts';
import * as search from './search/schema.ts';
import { Day, Instant, TimeOfDay } from './shared/day.ts';
import { Written } from './shared/endpoint.ts';
import { CaseDomain, HelpField } from './shared/fields.ts';
import { HelpSeen, HelpTold, NamedVolunteer, SeenVolunteer } from './shared/helping.ts';
import { Gender } from './shared/identifiers.ts';
import { Id } from './shared/words.ts';
import * as signatures from './signatures/schema.ts';
import * as stations from './stations/schema.ts';
import * as meeting from './support/meeting.ts';
import * as meetingSchema from './support/meetingSchema.ts';
import * as panel from './support/panel.ts';
import * as support from './support/schema.ts';
import * as visits from './visits/schema.ts';
import * as volunteers from './volunteers/schema.ts';
import * as workforce from './workforce/schema.ts';

const shared = { Id, Day, Instant, TimeOfDay, CaseDomain, HelpField, Gender, Written, NamedVolunteer, SeenVolunteer, HelpTold, HelpSeen };

const rooms: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  identity,
  home,
  lists,
  notices,
  cases,
  visits,
  forms,
  formDocument,
  pocket,
  signatures,
  alarms,
  recipients,
  caseStages,
  appeals,
  calls,
  support,
  meeting,
  meetingSchema,
  panel,
  reports,
  sealing,
  casebank,
  learning,
  experts,
  resources,
  eligibility: { Condition, ConditionGroup, Eligibility, HouseholdFacts },
  responses,
  workforce,
  stations,
  divisions,
  calendar,
  rulepacks,
  privacy,
  audit,
  archive,
  activities,
  groups,
  photos,
  volunteers,
  relief,
  contacts,
  imports,
  figures,
  search,
};

/** Every schema that a room exports, with its name; where two rooms use one word for two things, the room stands before it. */
export const namedSchemas: ReadonlyMap<z.ZodType, string> = (() => {
  const found = Object.entries({ shared, ...rooms }).flatMap(([room, words]) =>
    Object.entries(words).flatMap(([name, schema]) => (schema instanceof z.ZodType ? [{ room, name, schema }] : [])),
  );
  const names = new Map<z.ZodType, string>();
  for (const { room, name, schema } of found) {
    if (names.has(schema)) continue;
    const ambiguous = found.some((other) => other.name === name && other.schema !== schema);
    names.set(schema, ambiguous && room !== 'shared' ? `${room[0]?.toUpperCase()}${room.slice(1)}${name}` : name);
  }
  return names;
})();
