/** The door of the visits room: home visits to recipients. */
export { planDueVisit } from './commands.ts';
export { visitsRoutes } from './routes.ts';
export { listDueVisits, listVisitActions, listVisits, readVisit, readVisitStart } from './views.ts';
