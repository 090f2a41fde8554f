import * as endpoints from '@jieyou/core/cases/endpoints.ts';
import * as stageEndpoints from '@jieyou/core/cases/stageEndpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { addAttachment, removeAttachment } from './attachmentCommands.ts';
import { readAttachment } from './attachmentViews.ts';
import {
  addNote,
  changeServiceField,
  createCase,
  nameConsentReceiver,
  recordConsent,
  unmaskRecipient,
  updateCase,
  withdrawConsent,
} from './commands.ts';
import { printConsent } from './consentPaper.ts';
import { nameCoWorker, removeCoWorker } from './coWorkerCommands.ts';
import { listCoWorkerChoices, listCoWorkers } from './coWorkerViews.ts';
import { casesExports } from './exports.ts';
import { bodyOf, serveFiles } from './fileRoutes.ts';
import { answerHandover, proposeHandover } from './handoverCommands.ts';
import { sealLookup } from './lookup.ts';
import { printCasePaper } from './papers.ts';
import { decideCasePaper, moveCase, signCasePlan } from './stageCommands.ts';
import { listHandoverChoices, listHandovers, listSigners, readCasePaper, readStages } from './stageViews.ts';
import { listCases, listConsentReceivers, listNotes, readCase } from './views.ts';

/** Cases, their recipients, notes and consents; files of cases and of requests. */
export const casesRoutes = (app: FastifyInstance, services: Services): void => {
  casesExports(app, services);
  serve(app, services, endpoints.sealLookup, async (ctx, { body }) => sealLookup(ctx, body.typed));
  serve(app, services, endpoints.listCases, (ctx, { query }) => listCases(ctx, query));
  serve(app, services, endpoints.readCase, (ctx, { params }) => readCase(ctx, params.id));
  serve(app, services, endpoints.createCase, (ctx, { body }) => createCase(ctx, body));
  serve(app, services, endpoints.updateCase, (ctx, { params, body }) => updateCase(ctx, params.id, body));
  serve(app, services, endpoints.changeServiceField, (ctx, { params, body }) => changeServiceField(ctx, params.id, body));
  serve(app, services, endpoints.listNotes, (ctx, { params, query }) => listNotes(ctx, params.id, query));
  serve(app, services, endpoints.addNote, (ctx, { params, body }) => addNote(ctx, params.id, body));
  serve(app, services, endpoints.unmaskRecipient, (ctx, { params, body }) => unmaskRecipient(ctx, params.id, body));
  serve(app, services, endpoints.recordConsent, (ctx, { params, body }) => recordConsent(ctx, params.id, body));
  serve(app, services, endpoints.listConsentReceivers, (ctx, { query }) => listConsentReceivers(ctx, query.purpose));
  serve(app, services, endpoints.nameConsentReceiver, (ctx, { params, body }) =>
    nameConsentReceiver(ctx, params.id, params.consentId, body),
  );
  serve(app, services, endpoints.printConsent, (ctx, { params, query }) => printConsent(ctx, params.id, params.consentId, query.format));
  serve(app, services, endpoints.withdrawConsent, (ctx, { params }) => withdrawConsent(ctx, params.id, params.consentId));
  serve(app, services, endpoints.listCoWorkers, (ctx, { params }) => listCoWorkers(ctx, params.id));
  serve(app, services, endpoints.listCoWorkerChoices, (ctx, { params, query }) => listCoWorkerChoices(ctx, params.id, query.text));
  serve(app, services, endpoints.nameCoWorker, (ctx, { params, body }) => nameCoWorker(ctx, params.id, body));
  serve(app, services, endpoints.removeCoWorker, (ctx, { params }) => removeCoWorker(ctx, params.id, params.circleId));
  serve(app, services, stageEndpoints.readStages, (ctx, { params }) => readStages(ctx, params.id));
  serve(app, services, stageEndpoints.moveCase, (ctx, { params, body }) => moveCase(ctx, params.id, body));
  serve(app, services, stageEndpoints.signCasePlan, (ctx, { params, body }) => signCasePlan(ctx, params.id, body));
  serve(app, services, stageEndpoints.listSigners, (ctx, { params }) => listSigners(ctx, params.id));
  serve(app, services, stageEndpoints.readCasePaper, (ctx, { params }) => readCasePaper(ctx, params.id));
  serve(app, services, stageEndpoints.decideCasePaper, (ctx, { params, body }) => decideCasePaper(ctx, params.id, body));
  serve(app, services, stageEndpoints.printCasePaper, (ctx, { params, query }) => printCasePaper(ctx, params.id, query.format));
  serve(app, services, stageEndpoints.listHandovers, (ctx, { query }) => listHandovers(ctx, query));
  serve(app, services, stageEndpoints.listHandoverChoices, (ctx, { query }) => listHandoverChoices(ctx, query.text));
  serve(app, services, stageEndpoints.proposeHandover, (ctx, { body }) => proposeHandover(ctx, body));
  serve(app, services, stageEndpoints.answerHandover, (ctx, { params, body }) => answerHandover(ctx, params.id, body));
  serve(app, services, endpoints.readAttachment, (ctx, { params }) => readAttachment(ctx, params.id));

  serveFiles(app, services, (files) => {
    serve(files, services, endpoints.addAttachment, (ctx, { params, query }) =>
      addAttachment(ctx, params, { name: query.name, visitId: query.visitId ?? null, content: bodyOf(ctx.http.request) }),
    );
    serve(files, services, endpoints.removeAttachment, (ctx, { params }) => removeAttachment(ctx, params.id));
  });
};
