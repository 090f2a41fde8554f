/** The door of the audit room. */
export { auditJobs, type ChainCheck, sealDays, verifySeals } from './jobs.ts';
export { auditRoutes } from './routes.ts';
