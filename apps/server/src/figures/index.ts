/** The door of the figures. */
export { figuresJobs } from './jobs.ts';
export { figuresRoutes } from './routes.ts';
