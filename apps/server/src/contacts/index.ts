/** The door of the acts of service: the rooms in which service happens tell it here. */
export { type Contact, ownPlace, recordContact, withdrawContact } from './commands.ts';
export { contactsJobs } from './jobs.ts';
export { contactsRoutes } from './routes.ts';
export { type ContactPlace, countedAlready, dropTold, placeOfStation, putTold, toldBefore } from './store.ts';
