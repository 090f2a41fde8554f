/** The door of the photographs. */
export { photosRoutes } from './routes.ts';
export { photosForPaper } from './views.ts';
