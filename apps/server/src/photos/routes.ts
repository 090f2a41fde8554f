import * as endpoints from '@jieyou/core/photos/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import { bodyOf, serveFiles } from '../cases/index.ts';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { addPhoto, describePhoto, removePhoto } from './commands.ts';
import { listPhotos, readPhoto } from './views.ts';

/** Photographs of activities and of sessions of groups. */
export const photosRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.listPhotos, (ctx, { params }) => listPhotos(ctx, params));
  serve(app, services, endpoints.readPhoto, (ctx, { params }) => readPhoto(ctx, params.id));
  serve(app, services, endpoints.describePhoto, (ctx, { params, body }) => describePhoto(ctx, params.id, body));
  serveFiles(app, services, (files) => {
    serve(files, services, endpoints.addPhoto, (ctx, { params, query }) => addPhoto(ctx, params, query.id, bodyOf(ctx.http.request)));
    serve(files, services, endpoints.removePhoto, (ctx, { params }) => removePhoto(ctx, params.id));
  });
};
