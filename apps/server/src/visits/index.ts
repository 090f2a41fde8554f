/** The door of the visits room: home visits to recipients. */
export { visitsRoutes } from './routes.ts';
