/** The door of the volunteers' room. */
export { volunteersRoutes } from './routes.ts';
