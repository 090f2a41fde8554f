/** The door of the message centre. */
export { noticesRoutes } from './routes.ts';
