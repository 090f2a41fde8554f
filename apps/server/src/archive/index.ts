/** The door of the archives. */
export { archiveJobs } from './jobs.ts';
export { archiveRoutes } from './routes.ts';
