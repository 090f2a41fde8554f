import * as endpoints from '@jieyou/core/appeals/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { addToClue, confirmAccompanied, tellClue, withdrawClue } from './clueCommands.ts';
import { listClues, readClue } from './clueViews.ts';
import {
  answerAppeal,
  assignAppeal,
  handOverAppeal,
  linkAppealToCase,
  openCaseFromAppeal,
  passAppeal,
  releaseAppeal,
  takeAppeal,
  unmaskAppeal,
} from './commands.ts';
import { appealsExports } from './exports.ts';
import { askAsResident, readOwnAppeal, withdrawOwnAppeal } from './publicCommands.ts';
import { findAppealMatches, listAppeals, readAppeal, readPublicStart } from './views.ts';

/** Residents ask for help, without an account; stations answer. */
export const appealsRoutes = (app: FastifyInstance, services: Services): void => {
  appealsExports(app, services);
  serve(app, services, endpoints.readPublicStart, (ctx) => readPublicStart(ctx));
  serve(app, services, endpoints.askAsResident, (ctx, { body }) => askAsResident(ctx, body));
  serve(app, services, endpoints.readOwnAppeal, (ctx, { body }) => readOwnAppeal(ctx, body.code));
  serve(app, services, endpoints.withdrawOwnAppeal, (ctx, { body }) => withdrawOwnAppeal(ctx, body.code));
  serve(app, services, endpoints.listAppeals, (ctx, { query }) => listAppeals(ctx, query));
  serve(app, services, endpoints.readAppeal, (ctx, { params }) => readAppeal(ctx, params.id));
  serve(app, services, endpoints.findAppealMatches, (ctx, { params }) => findAppealMatches(ctx, params.id));
  serve(app, services, endpoints.unmaskAppeal, (ctx, { params, body }) => unmaskAppeal(ctx, params.id, body));
  serve(app, services, endpoints.takeAppeal, (ctx, { params, body }) => takeAppeal(ctx, params.id, body.version));
  serve(app, services, endpoints.assignAppeal, (ctx, { params, body }) => assignAppeal(ctx, params.id, body));
  serve(app, services, endpoints.releaseAppeal, (ctx, { params, body }) => releaseAppeal(ctx, params.id, body));
  serve(app, services, endpoints.passAppeal, (ctx, { params, body }) => passAppeal(ctx, params.id, body));
  serve(app, services, endpoints.answerAppeal, (ctx, { params, body }) => answerAppeal(ctx, params.id, body));
  serve(app, services, endpoints.handOverAppeal, (ctx, { params, body }) => handOverAppeal(ctx, params.id, body));
  serve(app, services, endpoints.openCaseFromAppeal, (ctx, { params, body }) => openCaseFromAppeal(ctx, params.id, body));
  serve(app, services, endpoints.linkAppealToCase, (ctx, { params, body }) => linkAppealToCase(ctx, params.id, body));
  serve(app, services, endpoints.listClues, (ctx, { query }) => listClues(ctx, query));
  serve(app, services, endpoints.readClue, (ctx, { params }) => readClue(ctx, params.id));
  serve(app, services, endpoints.tellClue, (ctx, { body }) => tellClue(ctx, body));
  serve(app, services, endpoints.withdrawClue, (ctx, { params, body }) => withdrawClue(ctx, params.id, body.version));
  serve(app, services, endpoints.addToClue, (ctx, { params, body }) => addToClue(ctx, params.id, body));
  serve(app, services, endpoints.confirmAccompanied, (ctx, { params, body }) => confirmAccompanied(ctx, params.id, body));
};
