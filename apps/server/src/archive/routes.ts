import * as endpoints from '@jieyou/core/archive/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { downloadArchive, startArchive, startCaseArchive } from './commands.ts';
import { checkArchive, listArchives } from './views.ts';

/** Archives of requests and of cases. */
export const archiveRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.listArchives, (ctx, { params }) => listArchives(ctx, { kind: 'request', id: params.id }));
  serve(app, services, endpoints.startArchive, (ctx, { params, body }) => startArchive(ctx, params.id, body.reason));
  serve(app, services, endpoints.listCaseArchives, (ctx, { params }) => listArchives(ctx, { kind: 'case', id: params.id }));
  serve(app, services, endpoints.startCaseArchive, (ctx, { params, body }) => startCaseArchive(ctx, params.id, body.reason));
  serve(app, services, endpoints.downloadArchive, (ctx, { params }) => downloadArchive(ctx, params.id));
  serve(app, services, endpoints.checkArchive, (ctx, { body }) => checkArchive(ctx, body.sha256));
};
