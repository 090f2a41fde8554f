/** The door of what is recorded under lines of support. */
export { recordsOfRequest } from './papers.ts';
export { responsesRoutes } from './routes.ts';
export { inReach as responseInReach } from './store.ts';
