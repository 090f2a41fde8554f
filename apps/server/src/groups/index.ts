/** The door of the groups. */
export { groupsRoutes } from './routes.ts';
export { groupById, groupInReach, headsOf, membersOf, sessionById } from './store.ts';
export { carriedSessions, readGroup, readSession } from './views.ts';
