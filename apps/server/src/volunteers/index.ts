/** The door of the volunteers' room. */
export { volunteersRoutes } from './routes.ts';
export { indexesOf as volunteerIndexes } from './store.ts';
