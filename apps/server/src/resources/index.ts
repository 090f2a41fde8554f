/** The door of the resources room: policies, resources and partners. */
export { resourcesRoutes } from './routes.ts';
