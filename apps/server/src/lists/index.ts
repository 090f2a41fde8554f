/** The door of the lists: views that somebody keeps. */
export { listsRoutes } from './routes.ts';
