import * as endpoints from '@jieyou/core/learning/endpoints.ts';
import * as outputs from '@jieyou/core/learning/outputEndpoints.ts';
import * as seminars from '@jieyou/core/learning/seminarEndpoints.ts';
import type { FastifyInstance } from 'fastify';
import { bodyOf, serveFiles } from '../cases/index.ts';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { caseBook } from './book.ts';
import * as commands from './commands.ts';
import { learningExports } from './exports.ts';
import { createOutput, putOutputFile, updateOutput } from './outputCommands.ts';
import { listOutputs, readOutput, readOutputFile } from './outputViews.ts';
import * as seminarCommands from './seminarCommands.ts';
import { listSeminars, listSeries, readSeminar, readSeries } from './seminarViews.ts';
import { listBlindEntries, listCompetitions, listEntryChoices, readBlindEntry, readCompetition } from './views.ts';

/** The competition for excellent cases, seminars, research outputs and the book. */
export const learningRoutes = (app: FastifyInstance, services: Services): void => {
  learningExports(app, services);
  serve(app, services, endpoints.listCompetitions, (ctx, { query }) => listCompetitions(ctx, query));
  serve(app, services, endpoints.readCompetition, (ctx, { params }) => readCompetition(ctx, params.id));
  serve(app, services, endpoints.createCompetition, (ctx, { body }) => commands.createCompetition(ctx, body));
  serve(app, services, endpoints.updateCompetition, (ctx, { params, body }) => commands.updateCompetition(ctx, params.id, body));
  serve(app, services, endpoints.changeJudges, (ctx, { params, body }) => commands.changeJudges(ctx, params.id, body));
  serve(app, services, endpoints.moveCompetition, (ctx, { params, body }) => commands.moveCompetition(ctx, params.id, body));
  serve(app, services, endpoints.listEntryChoices, (ctx) => listEntryChoices(ctx));
  serve(app, services, endpoints.enterCompetition, (ctx, { params, body }) => commands.enterCompetition(ctx, params.id, body));
  serve(app, services, endpoints.withdrawEntry, (ctx, { params }) => commands.withdrawEntry(ctx, params.id));
  serve(app, services, endpoints.checkEntry, (ctx, { params, body }) => commands.checkEntry(ctx, params.id, body));
  serve(app, services, endpoints.listBlindEntries, (ctx, { params }) => listBlindEntries(ctx, params.id));
  serve(app, services, endpoints.readBlindEntry, (ctx, { params }) => readBlindEntry(ctx, params.id));
  serve(app, services, endpoints.giveScore, (ctx, { params, body }) => commands.giveScore(ctx, params.id, body));
  serve(app, services, endpoints.recuseFromEntry, (ctx, { params, body }) => commands.recuseFromEntry(ctx, params.id, body));
  serve(app, services, endpoints.objectToResult, (ctx, { params, body }) => commands.objectToResult(ctx, params.id, body));
  serve(app, services, endpoints.answerObjection, (ctx, { params, body }) => commands.answerObjection(ctx, params.id, body));
  serve(app, services, seminars.listSeminarSeries, (ctx, { query }) => listSeries(ctx, query));
  serve(app, services, seminars.readSeminarSeries, (ctx, { params }) => readSeries(ctx, params.id));
  serve(app, services, seminars.createSeminarSeries, (ctx, { body }) => seminarCommands.createSeries(ctx, body));
  serve(app, services, seminars.updateSeminarSeries, (ctx, { params, body }) => seminarCommands.updateSeries(ctx, params.id, body));
  serve(app, services, seminars.planSeminar, (ctx, { params, body }) => seminarCommands.planSeminar(ctx, params.id, body));
  serve(app, services, seminars.listSeminars, (ctx, { query }) => listSeminars(ctx, query));
  serve(app, services, seminars.readSeminar, (ctx, { params }) => readSeminar(ctx, params.id));
  serve(app, services, seminars.updateSeminar, (ctx, { params, body }) => seminarCommands.updateSeminar(ctx, params.id, body));
  serve(app, services, seminars.recordSeminar, (ctx, { params, body }) => seminarCommands.recordSeminar(ctx, params.id, body));
  serve(app, services, seminars.cancelSeminar, (ctx, { params, body }) => seminarCommands.cancelSeminar(ctx, params.id, body));
  serve(app, services, outputs.listOutputs, (ctx, { query }) => listOutputs(ctx, query));
  serve(app, services, outputs.readOutput, (ctx, { params }) => readOutput(ctx, params.id));
  serve(app, services, outputs.createOutput, (ctx, { body }) => createOutput(ctx, body));
  serve(app, services, outputs.updateOutput, (ctx, { params, body }) => updateOutput(ctx, params.id, body));
  serve(app, services, outputs.readOutputFile, (ctx, { params }) => readOutputFile(ctx, params.id));
  serve(app, services, outputs.readCaseBook, (ctx, { query }) => caseBook(ctx, query));
  serveFiles(app, services, (files) => {
    serve(files, services, outputs.putOutputFile, (ctx, { params, query }) =>
      putOutputFile(ctx, params.id, { ...query, content: bodyOf(ctx.http.request) }),
    );
  });
};
