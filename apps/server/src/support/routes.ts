import { assess } from '@jieyou/core/support/checklist.ts';
import * as endpoints from '@jieyou/core/support/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import * as advice from './adviceCommands.ts';
import { checklistOf, rulesOf } from './clock.ts';
import * as commands from './commands.ts';
import { conferenceSheet } from './conferenceView.ts';
import { supportExports } from './exports.ts';
import * as follow from './followCommands.ts';
import { meetingRoutes } from './meetingRoutes.ts';
import { opinionDocument } from './papers.ts';
import { proposalView } from './proposalView.ts';
import * as views from './views.ts';

/** The main job: a hard case gets help. */
export const supportRoutes = (app: FastifyInstance, services: Services): void => {
  supportExports(app, services);
  meetingRoutes(app, services);
  serve(app, services, endpoints.listSupportRequests, (ctx, { query }) => views.listRequests(ctx, query));
  serve(app, services, endpoints.readSupportRequest, (ctx, { params }) => views.readRequest(ctx, params.id));
  serve(app, services, endpoints.readSimilarCases, (ctx, { params }) => views.similarCases(ctx, params.id));
  serve(app, services, endpoints.createSupportRequest, (ctx, { body }) => commands.createRequest(ctx, body));
  serve(app, services, endpoints.updateSupportRequest, (ctx, { params, body }) => commands.updateRequest(ctx, params.id, body));
  serve(app, services, endpoints.assessHardness, async (ctx, { body }) => {
    const pack = checklistOf(await rulesOf(ctx.tx, ctx.actor.districtId, ctx.today));
    return { result: assess(pack, body), items: pack.items };
  });
  serve(app, services, endpoints.submitSupportRequest, (ctx, { params, body }) => commands.submitRequest(ctx, params.id, body.version));
  serve(app, services, endpoints.screenSupportRequest, (ctx, { params, body }) => commands.screenRequest(ctx, params.id, body));
  serve(app, services, endpoints.acknowledgeCrisis, (ctx, { params, body }) =>
    commands.acknowledgeCrisis(ctx, params.id, body.firstAction),
  );
  serve(app, services, endpoints.supplyInformation, (ctx, { params, body }) => commands.supplyInformation(ctx, params.id, body));
  serve(app, services, endpoints.withdrawSupportRequest, (ctx, { params, body }) => commands.withdrawRequest(ctx, params.id, body));
  serve(app, services, endpoints.endSupportElsewhere, (ctx, { params, body }) => commands.endElsewhere(ctx, params.id, body));
  serve(app, services, endpoints.closeAsDuplicate, (ctx, { params, body }) => commands.closeAsDuplicate(ctx, params.id, body));
  serve(app, services, endpoints.assignHolder, (ctx, { params, body }) => commands.assignHolder(ctx, params.id, body));

  serve(app, services, endpoints.proposePanel, async (ctx, { params, body }) => {
    const proposalId = await advice.proposePanel(ctx, params.id, body);
    return (await proposalView(ctx, params.id, proposalId)) ?? ctx.notFound();
  });
  serve(app, services, endpoints.previewPacket, (ctx, { params, body }) => advice.previewPacket(ctx, params.id, body));
  serve(app, services, endpoints.inviteExperts, (ctx, { params, body }) => advice.inviteExperts(ctx, params.id, body));
  serve(app, services, endpoints.revokeInvitation, (ctx, { params, body }) => advice.revokeInvitation(ctx, params.id, body.reason));
  serve(app, services, endpoints.listOwnInvitations, (ctx, { query }) => views.ownInvitations(ctx, query));
  serve(app, services, endpoints.readInvitation, (ctx, { params }) => views.ownInvitation(ctx, params.id));
  serve(app, services, endpoints.answerInvitation, (ctx, { params, body }) => advice.answerInvitation(ctx, params.id, body));
  serve(app, services, endpoints.openPacket, (ctx, { params }) => advice.openPacket(ctx, params.id));
  serve(app, services, endpoints.giveOpinion, (ctx, { params, body }) => advice.giveOpinion(ctx, params.id, body));
  serve(app, services, endpoints.listOpinions, (ctx, { params }) => advice.listOpinions(ctx, params.id));

  serve(app, services, endpoints.addSupportLine, (ctx, { params, body }) => follow.openLine(ctx, params.id, body));
  serve(app, services, endpoints.closeSupportLine, (ctx, { params, body }) => follow.closeLine(ctx, params.id, body));
  serve(app, services, endpoints.listOwnLines, (ctx, { query }) => views.ownLines(ctx, query));
  serve(app, services, endpoints.readConference, (ctx, { params }) => conferenceSheet(ctx, params.id));
  serve(app, services, endpoints.holdConference, (ctx, { params, body }) => follow.holdConference(ctx, params.id, body));
  serve(app, services, endpoints.readOpinionDocument, (ctx, { params, query }) => opinionDocument(ctx, params.id, query.format));
  serve(app, services, endpoints.listOwnActions, (ctx, { query }) => views.ownActions(ctx, query));
  serve(app, services, endpoints.completeAction, (ctx, { params, body }) => follow.completeAction(ctx, params.id, body));
  serve(app, services, endpoints.closeSupportRequest, (ctx, { params, body }) => follow.closeRequest(ctx, params.id, body));
};
