import * as endpoints from '@jieyou/core/groups/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import {
  cancelSession,
  closeGroup,
  createGroup,
  holdSession,
  joinGroup,
  leaveGroup,
  measureGroup,
  moveGroup,
  nameGroupVolunteers,
  planSession,
  reviewGroup,
  shiftSession,
  updateGroup,
} from './commands.ts';
import { groupsExports } from './exports.ts';
import { answerGroupLead, askGroupLead } from './leadCommands.ts';
import { groupPaper } from './papers.ts';
import { listGroups, listSessions, readGroup, readSession } from './views.ts';

/** Groups, their members and their sessions. */
export const groupsRoutes = (app: FastifyInstance, services: Services): void => {
  groupsExports(app, services);
  serve(app, services, endpoints.listGroups, (ctx, { query }) => listGroups(ctx, query));
  serve(app, services, endpoints.readGroup, (ctx, { params }) => readGroup(ctx, params.id));
  serve(app, services, endpoints.createGroup, (ctx, { body }) => createGroup(ctx, body));
  serve(app, services, endpoints.updateGroup, (ctx, { params, body }) => updateGroup(ctx, params.id, body));
  serve(app, services, endpoints.nameGroupVolunteers, (ctx, { params, body }) => nameGroupVolunteers(ctx, params.id, body));
  serve(app, services, endpoints.moveGroup, (ctx, { params, body }) => moveGroup(ctx, params.id, body));
  serve(app, services, endpoints.reviewGroup, (ctx, { params, body }) => reviewGroup(ctx, params.id, body));
  serve(app, services, endpoints.askGroupLead, (ctx, { params, body }) => askGroupLead(ctx, params.id, body));
  serve(app, services, endpoints.answerGroupLead, (ctx, { params, body }) => answerGroupLead(ctx, params, body));
  serve(app, services, endpoints.joinGroup, (ctx, { params, body }) => joinGroup(ctx, params.id, body));
  serve(app, services, endpoints.leaveGroup, (ctx, { params, body }) => leaveGroup(ctx, params.id, params.memberId, body));
  serve(app, services, endpoints.planSession, (ctx, { params, body }) => planSession(ctx, params.id, body));
  serve(app, services, endpoints.listSessions, (ctx, { query }) => listSessions(ctx, query));
  serve(app, services, endpoints.readSession, (ctx, { params }) => readSession(ctx, params.id, params.sessionId));
  serve(app, services, endpoints.shiftSession, (ctx, { params, body }) => shiftSession(ctx, params.id, params.sessionId, body));
  serve(app, services, endpoints.holdSession, (ctx, { params, body }) => holdSession(ctx, params.id, params.sessionId, body));
  serve(app, services, endpoints.cancelSession, (ctx, { params, body }) => cancelSession(ctx, params.id, params.sessionId, body));
  serve(app, services, endpoints.measureGroup, (ctx, { params, body }) => measureGroup(ctx, params.id, body));
  serve(app, services, endpoints.closeGroup, (ctx, { params, body }) => closeGroup(ctx, params.id, body));
  serve(app, services, endpoints.printGroup, (ctx, { params, query }) => groupPaper(ctx, params.id, query));
};
