/** The door of the main job. */
export { escalateCrisis, expireInvitations, keepClocks, remind, supportJobs } from './jobs.ts';
export { supportRoutes } from './routes.ts';
