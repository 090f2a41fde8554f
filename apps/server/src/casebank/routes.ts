import * as endpoints from '@jieyou/core/casebank/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { confirmFindings, discardDraft, draftPublication, measureDraft, releasePublication, updateDraft } from './commands.ts';
import { casebankExports } from './exports.ts';
import { dismissRecall, recallPublication } from './recallCommands.ts';
import { listDrafts, listRecalls, readDraft, readPublishedCase, searchCaseBank } from './views.ts';

/** Publication of solved cases, and the bank in which others find them. */
export const casebankRoutes = (app: FastifyInstance, services: Services): void => {
  casebankExports(app, services);
  serve(app, services, endpoints.draftPublication, (ctx, { body }) => draftPublication(ctx, body));
  serve(app, services, endpoints.listDrafts, (ctx, { query }) => listDrafts(ctx, query));
  serve(app, services, endpoints.readDraft, (ctx, { params }) => readDraft(ctx, params.id));
  serve(app, services, endpoints.updateDraft, (ctx, { params, body }) => updateDraft(ctx, params.id, body));
  serve(app, services, endpoints.confirmFindings, (ctx, { params, body }) => confirmFindings(ctx, params.id, body));
  serve(app, services, endpoints.releasePublication, (ctx, { params, body }) => releasePublication(ctx, params.id, body));
  serve(app, services, endpoints.measureDraft, (ctx, { params, body }) => measureDraft(ctx, params.id, body));
  serve(app, services, endpoints.recallPublication, (ctx, { params, body }) => recallPublication(ctx, params.id, body));
  serve(app, services, endpoints.listRecalls, (ctx, { query }) => listRecalls(ctx, query));
  serve(app, services, endpoints.dismissRecall, (ctx, { params, body }) => dismissRecall(ctx, params.id, body));
  serve(app, services, endpoints.discardDraft, (ctx, { params }) => discardDraft(ctx, params.id));
  serve(app, services, endpoints.searchCaseBank, (ctx, { query }) => searchCaseBank(ctx, query));
  serve(app, services, endpoints.readPublishedCase, (ctx, { params }) => readPublishedCase(ctx, params.id));
};
