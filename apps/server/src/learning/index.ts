/** The door of the learning room: competition, seminars, research outputs, the book of excellent cases. */
export { learningJobs, remindOfSeminars } from './jobs.ts';
export { learningRoutes } from './routes.ts';
