import * as endpoints from '@jieyou/core/privacy/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import * as archive from './archive.ts';
import { privacyExports } from './exports.ts';
import { readDestructionPaper, readRightPaper } from './papers.ts';
import * as registers from './registers.ts';
import * as rights from './rightCommands.ts';
import { downloadPersonalCopy, listConsentUses, listRights, readRight } from './rightViews.ts';

/** Rights of persons, retention and destruction, impact assessments and breaches. */
export const privacyRoutes = (app: FastifyInstance, services: Services): void => {
  privacyExports(app, services);
  serve(app, services, endpoints.listRights, (ctx, { query }) => listRights(ctx, query));
  serve(app, services, endpoints.receiveRight, (ctx, { body }) => rights.receiveRight(ctx, body));
  serve(app, services, endpoints.readRight, (ctx, { params }) => readRight(ctx, params.id));
  serve(app, services, endpoints.beginRightCheck, (ctx, { params, body }) => rights.beginRightCheck(ctx, params.id, body));
  serve(app, services, endpoints.confirmRightIdentity, (ctx, { params, body }) => rights.confirmRightIdentity(ctx, params.id, body));
  serve(app, services, endpoints.rejectRightIdentity, (ctx, { params, body }) => rights.rejectRightIdentity(ctx, params.id, body));
  serve(app, services, endpoints.prepareRightAnswer, (ctx, { params, body }) => rights.prepareRightAnswer(ctx, params.id, body));
  serve(app, services, endpoints.decideRight, (ctx, { params, body }) => rights.decideRight(ctx, params.id, body));
  serve(app, services, endpoints.withdrawRight, (ctx, { params, body }) => rights.withdrawRight(ctx, params.id, body));
  serve(app, services, endpoints.downloadPersonalCopy, (ctx, { params }) => downloadPersonalCopy(ctx, params.id));
  serve(app, services, endpoints.readRightPaper, (ctx, { params, query }) => readRightPaper(ctx, params.id, query.format));
  serve(app, services, endpoints.listConsentUses, (ctx, { params }) => listConsentUses(ctx, params.id));

  serve(app, services, endpoints.listRetention, (ctx, { query }) => archive.listRetention(ctx, query));
  serve(app, services, endpoints.markRetention, (ctx, { params, body }) => archive.markRetention(ctx, params.id, body));
  serve(app, services, endpoints.liftRetentionMark, (ctx, { params, body }) => archive.liftRetentionMark(ctx, params.id, body));
  serve(app, services, endpoints.listDestructionLists, (ctx, { query }) => archive.listDestructionLists(ctx, query));
  serve(app, services, endpoints.appraiseDestruction, (ctx, { body }) => archive.appraiseDestruction(ctx, body));
  serve(app, services, endpoints.readDestructionList, (ctx, { params }) => archive.readDestructionList(ctx, params.id));
  serve(app, services, endpoints.answerDestruction, (ctx, { params, body }) => archive.answerDestruction(ctx, params.id, body));
  serve(app, services, endpoints.readDestructionPaper, (ctx, { params, query }) => readDestructionPaper(ctx, params.id, query.format));

  serve(app, services, endpoints.listAssessments, (ctx, { query }) => registers.listAssessments(ctx, query));
  serve(app, services, endpoints.recordAssessment, (ctx, { body }) => registers.recordAssessment(ctx, body));
  serve(app, services, endpoints.updateAssessment, (ctx, { params, body }) => registers.updateAssessment(ctx, params.id, body));
  serve(app, services, endpoints.listBreaches, (ctx, { query }) => registers.listBreaches(ctx, query));
  serve(app, services, endpoints.recordBreach, (ctx, { body }) => registers.recordBreach(ctx, body));
  serve(app, services, endpoints.updateBreach, (ctx, { params, body }) => registers.updateBreach(ctx, params.id, body));
};
