/** The door of the sealing room: sealed files and the letters that open them. */
export { sealingRoutes } from './routes.ts';
