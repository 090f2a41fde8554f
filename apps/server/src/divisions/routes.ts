import * as endpoints from '@jieyou/core/divisions/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { createDivision, updateDivision } from './commands.ts';
import { listDivisions } from './views.ts';

/** Administrative divisions. */
export const divisionsRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.listDivisions, (ctx, { query }) => listDivisions(ctx, query));
  serve(app, services, endpoints.createDivision, (ctx, { body }) => createDivision(ctx, body));
  serve(app, services, endpoints.updateDivision, (ctx, { params, body }) => updateDivision(ctx, params.id, body));
};
