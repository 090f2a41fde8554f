import * as endpoints from '@jieyou/core/sealing/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import { bodyOf, serveFiles } from '../cases/index.ts';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import * as commands from './commands.ts';
import * as views from './views.ts';

/** Sealed files and the letters that open them. */
export const sealingRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.proposeSealing, (ctx, { body }) => commands.proposeSealing(ctx, body));
  serve(app, services, endpoints.listSealedFiles, (ctx, { query }) => views.listSealedFiles(ctx, query));
  serve(app, services, endpoints.readSealing, (ctx, { params }) => views.readSealing(ctx, params.id));
  serve(app, services, endpoints.proposeUnsealing, (ctx, { params, body }) => commands.proposeUnsealing(ctx, params.id, body));
  serve(app, services, endpoints.registerQueryLetter, (ctx, { params, body }) => commands.registerQueryLetter(ctx, params.id, body));
  serve(app, services, endpoints.readLetterScan, (ctx, { params }) => views.readLetterScan(ctx, params.id));
  serve(app, services, endpoints.decideQueryLetter, (ctx, { params, body }) => commands.decideQueryLetter(ctx, params.id, body.decision));
  serve(app, services, endpoints.openSealedFile, (ctx, { params }) => commands.openSealedFile(ctx, params.id));
  serve(app, services, endpoints.readSealedAttachment, (ctx, { params }) => commands.readSealedAttachment(ctx, params.id, params.fileId));
  // Files on disk move with these; they stay in step with the transaction.
  serveFiles(app, services, (files) => {
    serve(files, services, endpoints.decideSealing, (ctx, { params, body }) => commands.decideSealing(ctx, params.id, body.decision));
    serve(files, services, endpoints.decideUnsealing, (ctx, { params, body }) => commands.decideUnsealing(ctx, params.id, body.decision));
    serve(files, services, endpoints.addLetterScan, (ctx, { params }) => commands.addLetterScan(ctx, params.id, bodyOf(ctx.http.request)));
  });
};
