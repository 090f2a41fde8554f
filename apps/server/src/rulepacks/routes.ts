import * as endpoints from '@jieyou/core/rulepacks/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { listPacks, readPack } from './views.ts';

/** Rule packs with their figures and sources. */
export const rulepacksRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.listRulePacks, (ctx) => listPacks(ctx));
  serve(app, services, endpoints.readRulePack, (ctx, { params }) => readPack(ctx, params.id));
};
