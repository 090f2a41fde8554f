/** The door of the audit room. */
export { auditJobs, type ChainCheck, chainHolds, endOfChain, keepClearOfSeals, sealDays, verifySeals } from './jobs.ts';
export { auditRoutes } from './routes.ts';
