/** Every endpoint of the platform. Routes, OpenAPI document, access walk and menus iterate this list. */
import * as activities from './activities/endpoints.ts';
import * as alarms from './alarms/endpoints.ts';
import * as appeals from './appeals/endpoints.ts';
import * as archive from './archive/endpoints.ts';
import * as audit from './audit/endpoints.ts';
import * as calendar from './calendar/endpoints.ts';
import * as calls from './calls/endpoints.ts';
import * as casebank from './casebank/endpoints.ts';
import * as cases from './cases/endpoints.ts';
import * as caseStages from './cases/stageEndpoints.ts';
import * as contacts from './contacts/endpoints.ts';
import * as divisions from './divisions/endpoints.ts';
import * as experts from './experts/endpoints.ts';
import * as figures from './figures/endpoints.ts';
import * as forms from './forms/endpoints.ts';
import * as groups from './groups/endpoints.ts';
import * as home from './home/endpoints.ts';
import * as identity from './identity/endpoints.ts';
import * as imports from './imports/endpoints.ts';
import * as learning from './learning/endpoints.ts';
import * as outputs from './learning/outputEndpoints.ts';
import * as seminars from './learning/seminarEndpoints.ts';
import * as lists from './lists/endpoints.ts';
import * as notices from './notices/endpoints.ts';
import * as photos from './photos/endpoints.ts';
import * as pocket from './pocket/endpoints.ts';
import * as privacy from './privacy/endpoints.ts';
import * as recipients from './recipients/endpoints.ts';
import * as relief from './relief/endpoints.ts';
import * as reports from './reports/endpoints.ts';
import * as resources from './resources/endpoints.ts';
import * as responses from './responses/endpoints.ts';
import * as rulepacks from './rulepacks/endpoints.ts';
import * as sealing from './sealing/endpoints.ts';
import * as search from './search/endpoints.ts';
import type { AnyEndpoint } from './shared/endpoint.ts';
import * as stations from './stations/endpoints.ts';
import * as support from './support/endpoints.ts';
import * as supportMeetings from './support/meetingEndpoints.ts';
import * as visits from './visits/endpoints.ts';
import * as volunteers from './volunteers/endpoints.ts';
import * as workforce from './workforce/endpoints.ts';

const rooms = [
  identity,
  home,
  lists,
  notices,
  cases,
  visits,
  forms,
  pocket,
  alarms,
  recipients,
  caseStages,
  appeals,
  calls,
  support,
  reports,
  sealing,
  responses,
  supportMeetings,
  casebank,
  learning,
  seminars,
  outputs,
  experts,
  resources,
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
];

const isEndpoint = (value: unknown): value is AnyEndpoint =>
  typeof value === 'object' && value !== null && 'path' in value && 'allow' in value && 'reply' in value;

/** All endpoints in the order of their rooms. */
export const allEndpoints: readonly AnyEndpoint[] = rooms.flatMap((room) => (Object.values(room) as unknown[]).filter(isEndpoint));
