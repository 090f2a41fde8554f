import * as endpoints from '@jieyou/core/cases/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { addAttachment, removeAttachment } from './attachmentCommands.ts';
import { readAttachment } from './attachmentViews.ts';
import { addNote, createCase, recordConsent, unmaskRecipient, updateCase, withdrawConsent } from './commands.ts';
import { nameCoWorker, removeCoWorker } from './coWorkerCommands.ts';
import { listCoWorkerChoices, listCoWorkers } from './coWorkerViews.ts';
import { bodyOf, serveFiles } from './fileRoutes.ts';
import { sealLookup } from './lookup.ts';
import { listCases, listNotes, readCase } from './views.ts';

/** Cases, their recipients, notes and consents; files of cases and of requests. */
export const casesRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.sealLookup, async (ctx, { body }) => sealLookup(ctx, body.typed));
  serve(app, services, endpoints.listCases, (ctx, { query }) => listCases(ctx, query));
  serve(app, services, endpoints.readCase, (ctx, { params }) => readCase(ctx, params.id));
  serve(app, services, endpoints.createCase, (ctx, { body }) => createCase(ctx, body));
  serve(app, services, endpoints.updateCase, (ctx, { params, body }) => updateCase(ctx, params.id, body));
  serve(app, services, endpoints.listNotes, (ctx, { params, query }) => listNotes(ctx, params.id, query));
  serve(app, services, endpoints.addNote, (ctx, { params, body }) => addNote(ctx, params.id, body));
  serve(app, services, endpoints.unmaskRecipient, (ctx, { params, body }) => unmaskRecipient(ctx, params.id, body));
  serve(app, services, endpoints.recordConsent, (ctx, { params, body }) => recordConsent(ctx, params.id, body));
  serve(app, services, endpoints.withdrawConsent, (ctx, { params }) => withdrawConsent(ctx, params.id, params.consentId));
  serve(app, services, endpoints.listCoWorkers, (ctx, { params }) => listCoWorkers(ctx, params.id));
  serve(app, services, endpoints.listCoWorkerChoices, (ctx, { params, query }) => listCoWorkerChoices(ctx, params.id, query.text));
  serve(app, services, endpoints.nameCoWorker, (ctx, { params, body }) => nameCoWorker(ctx, params.id, body));
  serve(app, services, endpoints.removeCoWorker, (ctx, { params }) => removeCoWorker(ctx, params.id, params.circleId));
  serve(app, services, endpoints.readAttachment, (ctx, { params }) => readAttachment(ctx, params.id));

  serveFiles(app, services, (files) => {
    serve(files, services, endpoints.addAttachment, (ctx, { params, query }) =>
      addAttachment(ctx, params, { name: query.name, content: bodyOf(ctx.http.request) }),
    );
    serve(files, services, endpoints.removeAttachment, (ctx, { params }) => removeAttachment(ctx, params.id));
  });
};
