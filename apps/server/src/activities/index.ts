/** The door of the community activities. */
export { activitiesRoutes } from './routes.ts';
export { activityInReach } from './store.ts';
