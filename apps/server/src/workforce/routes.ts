import * as endpoints from '@jieyou/core/workforce/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import * as commands from './commands.ts';
import { workforceExports } from './exports.ts';
import * as views from './views.ts';

/** Workers, roles with their deputies, absences and the centre's rota. */
export const workforceRoutes = (app: FastifyInstance, services: Services): void => {
  workforceExports(app, services);
  serve(app, services, endpoints.listWorkers, (ctx, { query }) => views.listWorkers(ctx, query));
  serve(app, services, endpoints.readWorker, (ctx, { params }) => views.readWorker(ctx, params.id));
  serve(app, services, endpoints.createWorker, (ctx, { body }) => commands.createWorker(ctx, body));
  serve(app, services, endpoints.updateWorker, (ctx, { params, body }) => commands.updateWorker(ctx, params.id, body));
  serve(app, services, endpoints.listPeople, (ctx, { query }) => views.listPeople(ctx, query));
  serve(app, services, endpoints.listAssignments, (ctx, { query }) => views.listAssignments(ctx, query));
  serve(app, services, endpoints.createAssignment, (ctx, { body }) => commands.createAssignment(ctx, body));
  serve(app, services, endpoints.updateAssignment, (ctx, { params, body }) => commands.updateAssignment(ctx, params.id, body));
  serve(app, services, endpoints.listAbsences, (ctx) => views.listAbsences(ctx));
  serve(app, services, endpoints.recordAbsence, (ctx, { body }) => commands.recordAbsence(ctx, body));
  serve(app, services, endpoints.endAbsence, (ctx, { params }) => commands.endAbsence(ctx, params.id));
  serve(app, services, endpoints.listRota, (ctx, { query }) => views.listRota(ctx, query));
  serve(app, services, endpoints.saveRota, (ctx, { params, body }) => commands.saveRota(ctx, params.day, body));
};
