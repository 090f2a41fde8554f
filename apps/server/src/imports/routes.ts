import * as endpoints from '@jieyou/core/imports/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import { bodyOf, serveFiles } from '../cases/index.ts';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import * as commands from './commands.ts';
import { failedImportRows, ledgerTemplate } from './papers.ts';
import { listImportRows, listImports, readImport } from './views.ts';

/** Ledgers that are taken over. */
export const importsRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.listImports, (ctx, { query }) => listImports(ctx, query));
  serve(app, services, endpoints.readImport, (ctx, { params }) => readImport(ctx, params.id));
  serve(app, services, endpoints.listImportRows, (ctx, { params, query }) => listImportRows(ctx, params.id, query));
  serve(app, services, endpoints.arrangeImport, (ctx, { params, body }) => commands.arrangeImport(ctx, params.id, body));
  serve(app, services, endpoints.confirmImport, (ctx, { params, body }) => commands.confirmImport(ctx, params.id, body));
  serve(app, services, endpoints.undoImport, (ctx, { params, body }) => commands.undoImport(ctx, params.id, body));
  serve(app, services, endpoints.failedImportRows, (ctx, { params }) => failedImportRows(ctx, params.id));
  serve(app, services, endpoints.readLedgerTemplate, (ctx, { query }) => ledgerTemplate(ctx, query.kind));
  serveFiles(app, services, (files) => {
    serve(files, services, endpoints.uploadImport, (ctx, { query }) => commands.uploadImport(ctx, query, bodyOf(ctx.http.request)));
    serve(files, services, endpoints.dropImport, (ctx, { params, body }) => commands.dropImport(ctx, params.id, body.version));
  });
};
