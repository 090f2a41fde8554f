import * as endpoints from '@jieyou/core/activities/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { findAttendants, linkAttendant, unlinkAttendant } from './attendants.ts';
import {
  changeRegistration,
  createActivity,
  createCampaign,
  finishActivity,
  moveActivity,
  nameActivityVolunteers,
  registerAsResident,
  registerByWorker,
  signIn,
  unmaskRegistration,
  updateActivity,
} from './commands.ts';
import { activitiesExports } from './exports.ts';
import { activityPaper } from './papers.ts';
import { activityCode, listActivities, listCampaigns, readActivity, readCampaign, readPublicActivity } from './views.ts';

/** Community activities, those who come, and campaign weeks. */
export const activitiesRoutes = (app: FastifyInstance, services: Services): void => {
  activitiesExports(app, services);
  serve(app, services, endpoints.readPublicActivity, (ctx, { params }) => readPublicActivity(ctx, params.code));
  serve(app, services, endpoints.registerAsResident, (ctx, { params, body }) => registerAsResident(ctx, params.code, body));
  serve(app, services, endpoints.listActivities, (ctx, { query }) => listActivities(ctx, query));
  serve(app, services, endpoints.readActivity, (ctx, { params }) => readActivity(ctx, params.id));
  serve(app, services, endpoints.printActivity, (ctx, { params, query }) => activityPaper(ctx, params.id, query.format));
  serve(app, services, endpoints.readActivityCode, (ctx, { params }) => activityCode(ctx, params.id));
  serve(app, services, endpoints.createActivity, (ctx, { body }) => createActivity(ctx, body));
  serve(app, services, endpoints.updateActivity, (ctx, { params, body }) => updateActivity(ctx, params.id, body));
  serve(app, services, endpoints.nameActivityVolunteers, (ctx, { params, body }) => nameActivityVolunteers(ctx, params.id, body));
  serve(app, services, endpoints.moveActivity, (ctx, { params, body }) => moveActivity(ctx, params.id, body));
  serve(app, services, endpoints.registerByWorker, (ctx, { params, body }) => registerByWorker(ctx, params.id, body));
  serve(app, services, endpoints.changeRegistration, (ctx, { params, body }) =>
    changeRegistration(ctx, params.id, params.registrationId, body.to),
  );
  serve(app, services, endpoints.unmaskRegistration, (ctx, { params, body }) =>
    unmaskRegistration(ctx, params.id, params.registrationId, body.reason),
  );
  serve(app, services, endpoints.findAttendants, (ctx, { params }) => findAttendants(ctx, params));
  serve(app, services, endpoints.linkAttendant, (ctx, { params, body }) => linkAttendant(ctx, params, body.recipientId));
  serve(app, services, endpoints.unlinkAttendant, (ctx, { params }) => unlinkAttendant(ctx, params, params.recipientId));
  serve(app, services, endpoints.signInToActivity, (ctx, { params, body }) => signIn(ctx, params.id, body));
  serve(app, services, endpoints.finishActivity, (ctx, { params, body }) => finishActivity(ctx, params.id, body));
  serve(app, services, endpoints.listCampaigns, (ctx, { query }) => listCampaigns(ctx, query));
  serve(app, services, endpoints.readCampaign, (ctx, { params }) => readCampaign(ctx, params.id));
  serve(app, services, endpoints.createCampaign, (ctx, { body }) => createCampaign(ctx, body));
};
