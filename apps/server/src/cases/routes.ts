import * as endpoints from '@jieyou/core/cases/endpoints.ts';
import { LARGEST_FILE_MEGABYTES } from '@jieyou/core/cases/rules.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { Refused, SignedOut } from '../platform/http/errors.ts';
import { SESSION_COOKIE, serve, servedBy } from '../platform/http/serve.ts';
import { keepFilesInStep } from './aftermath.ts';
import { addAttachment, removeAttachment } from './attachmentCommands.ts';
import { readAttachment } from './attachmentViews.ts';
import { addNote, createCase, recordConsent, unmaskRecipient, updateCase, withdrawConsent } from './commands.ts';
import { nameCoWorker, removeCoWorker } from './coWorkerCommands.ts';
import { listCoWorkerChoices, listCoWorkers } from './coWorkerViews.ts';
import { listCases, listNotes, readCase } from './views.ts';

/** Cases, their recipients, notes and consents; files of cases and of requests. */
export const casesRoutes = (app: FastifyInstance, services: Services): void => {
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

  // Only these routes take raw files; everywhere else the body stays small and JSON.
  app.register(async (files) => {
    servedBy.set(files, servedBy.get(app) ?? []);
    files.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: LARGEST_FILE_MEGABYTES * 1024 * 1024 },
      (_request, body, done) => done(null, body),
    );
    // The body is read before the door asks who it is; strangers must not make the server hold 20 MB each.
    files.addHook('preParsing', async (request) => {
      const token = (request.cookies as Record<string, string | undefined>)[SESSION_COOKIE];
      const session = token === undefined ? null : await services.sessions.authenticate(token, services.clock.now());
      if (session === null) throw new SignedOut();
    });
    files.setErrorHandler((error: Error & { statusCode?: number }) => {
      if (error.statusCode === 413) throw new Refused('files.too-large', { maxMegabytes: LARGEST_FILE_MEGABYTES });
      throw error;
    });
    keepFilesInStep(files, services);
    serve(files, services, endpoints.addAttachment, (ctx, { params, query }) =>
      addAttachment(ctx, params, { name: query.name, content: bodyOf(ctx.http.request) }),
    );
    serve(files, services, endpoints.removeAttachment, (ctx, { params }) => removeAttachment(ctx, params.id));
  });
};

const bodyOf = (request: FastifyRequest): Buffer => (Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
