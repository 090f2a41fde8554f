/** The door of the reports room: mandatory reports for minors. */
export { reportsJobs } from './jobs.ts';
export { reportsRoutes } from './routes.ts';
export { reportInSight } from './store.ts';
