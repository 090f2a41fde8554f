/** The door of the identity room. */
export { actorOfAccount } from './actors.ts';
export { DEMO_PASSWORD } from './demoAccounts.ts';
export { hashPassword, oneTimePassword } from './passwords.ts';
export { centreOf, districtsAtWork, holdersAt, holdersOf } from './people.ts';
export { identityRoutes } from './routes.ts';
export { newSecret } from './secondFactor.ts';
export { makeSessions } from './sessions.ts';
