/** The door of the imports: ledgers that were kept elsewhere. */
export { importsJobs } from './jobs.ts';
export { importsRoutes } from './routes.ts';
