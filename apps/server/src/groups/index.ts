/** The door of the groups. */
export { groupsRoutes } from './routes.ts';
export { groupInReach } from './store.ts';
