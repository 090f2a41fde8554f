/** The door of the groups. */
export { groupsRoutes } from './routes.ts';
export { groupById, groupInReach, membersOf, sessionById } from './store.ts';
export { carriedSessions, readGroup, readSession } from './views.ts';
