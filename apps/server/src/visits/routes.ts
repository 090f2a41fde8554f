import * as endpoints from '@jieyou/core/visits/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import * as commands from './commands.ts';
import { visitsExports } from './exports.ts';
import { visitDayPaper } from './papers.ts';
import * as views from './views.ts';

/** Home visits. */
export const visitsRoutes = (app: FastifyInstance, services: Services): void => {
  visitsExports(app, services);
  serve(app, services, endpoints.listVisits, (ctx, { query }) => views.listVisits(ctx, query));
  serve(app, services, endpoints.listDueVisits, (ctx, { query }) => views.listDueVisits(ctx, query));
  serve(app, services, endpoints.listVisitActions, (ctx, { query }) => views.listVisitActions(ctx, query));
  serve(app, services, endpoints.readVisitStart, (ctx, { params }) => views.readVisitStart(ctx, params.id));
  serve(app, services, endpoints.readVisit, (ctx, { params }) => views.readVisit(ctx, params.id));
  serve(app, services, endpoints.planVisit, (ctx, { body }) => commands.planVisit(ctx, body));
  serve(app, services, endpoints.moveVisit, (ctx, { params, body }) => commands.moveVisit(ctx, params.id, body));
  serve(app, services, endpoints.recordVisit, (ctx, { params, body }) => commands.recordVisit(ctx, params.id, body));
  serve(app, services, endpoints.missVisit, (ctx, { params, body }) => commands.missVisit(ctx, params.id, body));
  serve(app, services, endpoints.cancelVisit, (ctx, { params, body }) => commands.cancelVisit(ctx, params.id, body.says));
  serve(app, services, endpoints.finishVisitAction, (ctx, { params, body }) =>
    commands.finishVisitAction(ctx, params.id, params.actionId, body),
  );
  serve(app, services, endpoints.setVisitNeeds, (ctx, { params, body }) => commands.setVisitNeeds(ctx, params.id, body.needs));
  serve(app, services, endpoints.printVisitDay, (ctx, { params, query }) => visitDayPaper(ctx, params.day, query));
};
