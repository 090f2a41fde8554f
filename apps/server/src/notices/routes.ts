import * as endpoints from '@jieyou/core/notices/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { markAllNoticesRead, markNoticeRead } from './commands.ts';
import { followLive } from './live.ts';
import { listNotices } from './views.ts';

/** The message centre and live news. */
export const noticesRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.listNotices, (ctx, { query }) => listNotices(ctx, query));
  serve(app, services, endpoints.markNoticeRead, (ctx, { params }) => markNoticeRead(ctx, params.id));
  serve(app, services, endpoints.markAllNoticesRead, (ctx) => markAllNoticesRead(ctx));
  serve(app, services, endpoints.followLive, async (ctx, { query }) => followLive(ctx, query));
};
