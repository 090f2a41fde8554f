/** The door of the resources room: policies, resources, partners, and referrals to them. */
export { expireReferrals, remindOfReviews, resourcesJobs } from './jobs.ts';
export { rankingFor } from './rankingViews.ts';
export { referralInReach } from './referralStore.ts';
export { referralsOfRequest } from './referralViews.ts';
export { resourcesRoutes } from './routes.ts';
