/** The door of the recipients: people and their households. */

export { keepGuardiansBack, knownKin, markContact } from './commands.ts';
export { recipientsJobs } from './jobs.ts';
export { personSeen } from './persons.ts';
export { alikePeople, blindOf, knownPeople, type NamedBlind, peopleMeant, type RegisterEntry, registerPeople } from './register.ts';
export { recipientsRoutes } from './routes.ts';
export { searchRecipients } from './views.ts';
