/** The door of the recipients: people and their households. */
export { personSeen } from './persons.ts';
export { recipientsRoutes } from './routes.ts';
