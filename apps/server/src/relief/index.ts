/** The door of the relief cases. */
export { reliefRoutes } from './routes.ts';
export { reliefInReach } from './store.ts';
