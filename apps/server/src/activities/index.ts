/** The door of the community activities. */
export { activitiesRoutes } from './routes.ts';
export { activityById, activityInReach } from './store.ts';
export { readActivity } from './views.ts';
