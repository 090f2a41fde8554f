/** The door of the privacy room: rights of persons, retention and destruction, registers of assessments and breaches. */
export { destroyApproved, privacyJobs } from './jobs.ts';
export { privacyRoutes } from './routes.ts';
export { sealPersons } from './sealing.ts';
