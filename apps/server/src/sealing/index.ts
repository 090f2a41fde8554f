/** The door of the sealing room: sealed files and the letters that open them. */
export { keyOf, openBundle, sealBundle } from './bundle.ts';
export { sealingRoutes } from './routes.ts';
