import * as endpoints from '@jieyou/core/forms/endpoints.ts';
import type { FormValues } from '@jieyou/core/forms/filling.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import * as commands from './commands.ts';
import { answerPaper, roomPaper, templatePaper } from './papers.ts';
import * as views from './views.ts';

/** Forms as data. */
export const formsRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.listFormTemplates, (ctx, { query }) => views.listTemplates(ctx, query));
  serve(app, services, endpoints.readFormTemplate, (ctx, { params }) => views.readTemplate(ctx, params.id));
  serve(app, services, endpoints.checkFormTemplate, async (_ctx, { body }) => commands.checkTemplate(body.text));
  serve(app, services, endpoints.issueFormTemplate, (ctx, { body }) => commands.issueTemplate(ctx, body));
  serve(app, services, endpoints.retireFormTemplate, (ctx, { params, body }) => commands.retireTemplate(ctx, params.id, body.reason));
  serve(app, services, endpoints.printFormTemplate, (ctx, { params, query }) => templatePaper(ctx, params.id, query.format));
  serve(app, services, endpoints.listFormAnswers, (ctx, { query }) => views.listAnswers(ctx, query));
  serve(app, services, endpoints.exportFormAnswers, (ctx, { query }) => views.exportAnswers(ctx, query));
  serve(app, services, endpoints.readFormAnswer, (ctx, { params }) => views.readAnswer(ctx, params.id));
  serve(app, services, endpoints.beginFormAnswer, (ctx, { body }) => commands.beginAnswer(ctx, body));
  serve(app, services, endpoints.saveFormAnswer, (ctx, { params, body }) =>
    commands.saveAnswer(ctx, params.id, { values: body.values as FormValues, version: body.version }),
  );
  serve(app, services, endpoints.submitFormAnswer, (ctx, { params, body }) =>
    commands.submitAnswer(ctx, params.id, { values: body.values as FormValues, version: body.version, signerId: body.signerId }),
  );
  serve(app, services, endpoints.signFormAnswer, (ctx, { params, body }) => commands.signAnswer(ctx, params.id, body));
  serve(app, services, endpoints.decideFormAnswer, (ctx, { params, body }) => commands.decideAnswer(ctx, params.id, body));
  serve(app, services, endpoints.discardFormAnswer, (ctx, { params, body }) => commands.discardAnswer(ctx, params.id, body.version));
  serve(app, services, endpoints.printRoomForm, (ctx, { params, query }) => roomPaper(ctx, params.room, params.id, query.format));
  serve(app, services, endpoints.printFormAnswer, (ctx, { params, query }) => answerPaper(ctx, params.id, query.format));
};
