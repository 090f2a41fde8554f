import * as endpoints from '@jieyou/core/experts/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import * as commands from './commands.ts';
import { expertsExports } from './exports.ts';
import { expertLoad, listExperts, readExpert, readOwnExpert } from './views.ts';

/** The expert bank. */
export const expertsRoutes = (app: FastifyInstance, services: Services): void => {
  expertsExports(app, services);
  serve(app, services, endpoints.listExperts, (ctx, { query }) => listExperts(ctx, query));
  serve(app, services, endpoints.readExpert, (ctx, { params }) => readExpert(ctx, params.id));
  serve(app, services, endpoints.readOwnExpert, (ctx) => readOwnExpert(ctx));
  serve(app, services, endpoints.createExpert, (ctx, { body }) => commands.createExpert(ctx, body));
  serve(app, services, endpoints.updateExpert, (ctx, { params, body }) => commands.updateExpert(ctx, params.id, body));
  serve(app, services, endpoints.addExpertAway, (ctx, { params, body }) => commands.addAway(ctx, params.id, body));
  serve(app, services, endpoints.removeExpertAway, (ctx, { params }) => commands.removeAway(ctx, params.id, params.awayId));
  serve(app, services, endpoints.declareRelation, (ctx, { params, body }) => commands.declareRelation(ctx, params.id, body));
  serve(app, services, endpoints.withdrawRelation, (ctx, { params }) => commands.withdrawRelation(ctx, params.id, params.relationId));
  serve(app, services, endpoints.readExpertLoad, (ctx, { params, query }) => expertLoad(ctx, params.id, query.by));
};
