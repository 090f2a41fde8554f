import * as endpoints from '@jieyou/core/resources/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import * as commands from './commands.ts';
import { listPartners, listResources, readResource } from './views.ts';

/** Policies, resources and partners. */
export const resourcesRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.listResources, (ctx, { query }) => listResources(ctx, query));
  serve(app, services, endpoints.readResource, (ctx, { params }) => readResource(ctx, params.id));
  serve(app, services, endpoints.createResource, (ctx, { body }) => commands.createResource(ctx, body));
  serve(app, services, endpoints.updateResource, (ctx, { params, body }) => commands.updateResource(ctx, params.id, body));
  serve(app, services, endpoints.listPartners, (ctx, { query }) => listPartners(ctx, query));
  serve(app, services, endpoints.createPartner, (ctx, { body }) => commands.createPartner(ctx, body));
  serve(app, services, endpoints.updatePartner, (ctx, { params, body }) => commands.updatePartner(ctx, params.id, body));
};
