/** The door of the learning room: the competition for excellent cases. */
export { learningRoutes } from './routes.ts';
