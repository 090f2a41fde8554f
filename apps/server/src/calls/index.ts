/** The door of the call desk. */
export { callsJobs, keepTicketClocks } from './jobs.ts';
export { callsRoutes } from './routes.ts';
export { linesToCall, readCall } from './views.ts';
