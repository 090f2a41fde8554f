/** The door of the main job. */
export { handedParts, refusedConsent, whereRecorded, wordsWithoutNames } from './adviceCommands.ts';
export { requestInReach } from './commands.ts';
export { addLine } from './followCommands.ts';
export { closePolls, escalateCrisis, expireInvitations, keepClocks, remind, supportJobs } from './jobs.ts';
export { supportRoutes } from './routes.ts';
export { findContent as contentOfRequest } from './store.ts';
export { readRequest, requestCondition } from './views.ts';
