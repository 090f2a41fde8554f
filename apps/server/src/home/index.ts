/** The door of the first pages. */
export { homeRoutes } from './routes.ts';
