import * as endpoints from '@jieyou/core/lists/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { changeView, removeView, saveView } from './commands.ts';
import { viewsOf } from './store.ts';

/** Saved views of lists. */
export const listsRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.listSavedViews, async (ctx, { query }) => ({
    rows: await viewsOf(ctx.tx, ctx.actor.personId, query.list),
  }));
  serve(app, services, endpoints.saveView, (ctx, { body }) => saveView(ctx, body));
  serve(app, services, endpoints.changeView, (ctx, { params, body }) => changeView(ctx, params.id, body));
  serve(app, services, endpoints.removeView, (ctx, { params }) => removeView(ctx, params.id));
};
