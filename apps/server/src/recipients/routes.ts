import * as endpoints from '@jieyou/core/recipients/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import * as commands from './commands.ts';
import * as households from './householdCommands.ts';
import * as merging from './mergeCommands.ts';
import { exportRecipients } from './papers.ts';
import * as views from './views.ts';

/** People, what is known of them beyond a case, their households, and rows that are one person. */
export const recipientsRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.searchRecipients, (ctx, { body }) => views.searchRecipients(ctx, body));
  serve(app, services, endpoints.listRecipients, (ctx, { query }) => views.listRecipients(ctx, query));
  serve(app, services, endpoints.exportRecipients, async (ctx, { query }) => exportRecipients(ctx, query));
  serve(app, services, endpoints.readRecipient, (ctx, { params }) => views.readRecipient(ctx, params.id));
  serve(app, services, endpoints.listRecipientSteps, (ctx, { params, query }) => views.listRecipientSteps(ctx, params.id, query));
  serve(app, services, endpoints.openRecipientField, (ctx, { params, body }) => commands.openRecipientField(ctx, params.id, body));
  serve(app, services, endpoints.addFormerName, (ctx, { params, body }) => commands.addFormerName(ctx, params.id, body));
  serve(app, services, endpoints.addCategory, (ctx, { params, body }) => commands.addCategory(ctx, params.id, body));
  serve(app, services, endpoints.endCategory, (ctx, { params, body }) => commands.endCategory(ctx, params, body.toDay));
  serve(app, services, endpoints.addGuardian, (ctx, { params, body }) => commands.addGuardian(ctx, params.id, body));
  serve(app, services, endpoints.openGuardianField, (ctx, { params, body }) => commands.openGuardianField(ctx, params, body));
  serve(app, services, endpoints.endGuardian, (ctx, { params }) => commands.endGuardian(ctx, params));
  serve(app, services, endpoints.markContact, (ctx, { params, body }) => commands.markContact(ctx, params.id, body.unsafe));
  serve(app, services, endpoints.beginHousehold, (ctx, { params, body }) => households.beginHousehold(ctx, params.id, body));
  serve(app, services, endpoints.changeHousehold, (ctx, { params, body }) => households.changeHousehold(ctx, params.id, body));
  serve(app, services, endpoints.openHouseholdField, (ctx, { params, body }) => households.openHouseholdField(ctx, params.id, body));
  serve(app, services, endpoints.addHouseholdMember, (ctx, { params, body }) => households.addHouseholdMember(ctx, params.id, body));
  serve(app, services, endpoints.changeHouseholdMember, (ctx, { params, body }) => households.changeHouseholdMember(ctx, params, body));
  serve(app, services, endpoints.endHouseholdMember, (ctx, { params }) => households.endHouseholdMember(ctx, params));
  serve(app, services, endpoints.addHouseholdTie, (ctx, { params, body }) => households.addHouseholdTie(ctx, params.id, body));
  serve(app, services, endpoints.endHouseholdTie, (ctx, { params }) => households.endHouseholdTie(ctx, params));
  serve(app, services, endpoints.listRecipientPairs, (ctx, { query }) => views.listRecipientPairs(ctx, query));
  serve(app, services, endpoints.tellApart, (ctx, { body }) => merging.tellApart(ctx, body));
  serve(app, services, endpoints.mergeRecipients, (ctx, { body }) => merging.mergeRecipients(ctx, body));
  serve(app, services, endpoints.listRecipientMerges, (ctx, { query }) => views.listRecipientMerges(ctx, query));
  serve(app, services, endpoints.undoRecipientMerge, (ctx, { params, body }) => merging.undoRecipientMerge(ctx, params.id, body));
};
