/** The door of this room: crisis records and records of violence at home. */
export { alarmsJobs } from './jobs.ts';
export { alarmsRoutes } from './routes.ts';
