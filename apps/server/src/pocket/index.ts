/** The door of the pocket: what a worker's phone carries without network. */
export { pocketRoutes } from './routes.ts';
