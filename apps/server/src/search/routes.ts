import { search } from '@jieyou/core/search/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { searchAll } from './views.ts';

/** Search over what one may see. */
export const searchRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, search, (ctx, { body }) => searchAll(ctx, body));
};
