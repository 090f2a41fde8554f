import * as endpoints from '@jieyou/core/pocket/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { readPocket } from './views.ts';

/** What a phone carries. What it sends back goes through the endpoints of each room. */
export const pocketRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.readPocket, (ctx) => readPocket(ctx));
};
