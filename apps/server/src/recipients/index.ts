/** The door of the recipients: people and their households. */
export { recipientsRoutes } from './routes.ts';
