import * as endpoints from '@jieyou/core/learning/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import * as commands from './commands.ts';
import { listBlindEntries, listCompetitions, listEntryChoices, readBlindEntry, readCompetition } from './views.ts';

/** The competition for excellent cases. */
export const learningRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.listCompetitions, (ctx, { query }) => listCompetitions(ctx, query));
  serve(app, services, endpoints.readCompetition, (ctx, { params }) => readCompetition(ctx, params.id));
  serve(app, services, endpoints.createCompetition, (ctx, { body }) => commands.createCompetition(ctx, body));
  serve(app, services, endpoints.updateCompetition, (ctx, { params, body }) => commands.updateCompetition(ctx, params.id, body));
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
};
