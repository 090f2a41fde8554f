/** The door of the relief cases. */
export { reliefRoutes } from './routes.ts';
