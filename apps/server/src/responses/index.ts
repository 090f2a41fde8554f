/** The door of what is recorded under lines of support. */
export { responsesRoutes } from './routes.ts';
