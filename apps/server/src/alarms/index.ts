/** The door of this room: crisis records and records of violence at home. */
export { alarmsJobs } from './jobs.ts';
export { recordParts } from './papers.ts';
export { alarmsRoutes } from './routes.ts';
export { listAlarms, readAlarm, readDangerWords } from './views.ts';
