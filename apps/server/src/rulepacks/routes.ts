import * as endpoints from '@jieyou/core/rulepacks/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { draftRules, editRuleDraft, moveRuleDraft } from './draftCommands.ts';
import { listRuleDrafts, readRuleDraft } from './draftViews.ts';
import { listPacks, readPack } from './views.ts';

/** Rule packs with their figures and sources, and how a new version comes to be. */
export const rulepacksRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.listRulePacks, (ctx) => listPacks(ctx));
  serve(app, services, endpoints.readRulePack, (ctx, { params }) => readPack(ctx, params.id));
  serve(app, services, endpoints.listRuleDrafts, (ctx, { query }) => listRuleDrafts(ctx, query));
  serve(app, services, endpoints.draftRules, (ctx, { params }) => draftRules(ctx, params.id));
  serve(app, services, endpoints.readRuleDraft, (ctx, { params }) => readRuleDraft(ctx, params.id));
  serve(app, services, endpoints.editRuleDraft, (ctx, { params, body }) => editRuleDraft(ctx, params.id, body));
  serve(app, services, endpoints.moveRuleDraft, (ctx, { params, body }) => moveRuleDraft(ctx, params.id, body));
};
