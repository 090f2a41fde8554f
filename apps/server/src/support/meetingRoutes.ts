import { dayOf, type Instant } from '@jieyou/core/shared/day.ts';
import * as endpoints from '@jieyou/core/support/meetingEndpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { asChair, findConference } from './followCommands.ts';
import * as meeting from './meetingCommands.ts';
import * as views from './meetingViews.ts';
import { proposeSupervisor } from './supervisorProposal.ts';

/** A conference's time, its calendar entry, replacing experts, drafts of opinions, the client at the table. */
export const meetingRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.askForTime, (ctx, { params, body }) => meeting.askForTime(ctx, params.id, body));
  serve(app, services, endpoints.readPoll, async (ctx, { params }) => {
    const conference = await findConference(ctx, params.id);
    await asChair(ctx, conference);
    return views.readPoll(ctx, conference);
  });
  serve(app, services, endpoints.chooseSlot, (ctx, { params, body }) => meeting.chooseSlot(ctx, params.id, body));
  serve(app, services, endpoints.listOwnPolls, (ctx, { query }) => views.ownPolls(ctx, query));
  serve(app, services, endpoints.answerPoll, (ctx, { params, body }) => meeting.answerPoll(ctx, params.id, body.answers));
  serve(app, services, endpoints.listOwnConferences, (ctx, { query }) => views.ownConferences(ctx, query));
  serve(app, services, endpoints.planConference, (ctx, { params, body }) => meeting.planConference(ctx, params.id, body));
  serve(app, services, endpoints.moveConference, (ctx, { params, body }) => meeting.moveConference(ctx, params.id, body));
  serve(app, services, endpoints.cancelConference, (ctx, { params, body }) => meeting.cancelConference(ctx, params.id, body));
  serve(app, services, endpoints.readConferenceCalendar, (ctx, { params }) => views.conferenceCalendar(ctx, params.id));
  serve(app, services, endpoints.replaceExpert, (ctx, { params, body }) => meeting.replaceExpert(ctx, params.id, body));
  serve(app, services, endpoints.readOpinionDraft, (ctx, { params }) => meeting.readOpinionDraft(ctx, params.id));
  serve(app, services, endpoints.keepOpinionDraft, (ctx, { params, body }) => meeting.keepOpinionDraft(ctx, params.id, body));
  serve(app, services, endpoints.listAgendaConsents, async (ctx, { params }) => {
    const { conference, request } = await meeting.conferenceOfSide(ctx, params.id);
    const minor = await meeting.isMinor(ctx, request.districtId, request.id, dayOf(conference.plannedAt as Instant));
    ctx.saw('request', request.id, { outcome: 'consents' });
    const asks = ctx.actor.selves.includes(request.askerId);
    return { consents: await views.attendanceConsents(ctx, request), minor, requestId: request.id, caseId: asks ? request.caseId : null };
  });
  serve(app, services, endpoints.writeClientAgenda, (ctx, { params, body }) => meeting.writeClientAgenda(ctx, params.id, body));
  serve(app, services, endpoints.readClientAgenda, async (ctx, { params }) => {
    const { conference, request } = await meeting.conferenceOfSide(ctx, params.id);
    const minor = await meeting.isMinor(ctx, request.districtId, request.id, dayOf(conference.plannedAt as Instant));
    return views.clientAgenda(ctx, conference, minor);
  });
  serve(app, services, endpoints.recordClientAttendance, (ctx, { params, body }) => meeting.recordClientAttendance(ctx, params.id, body));
  serve(app, services, endpoints.printClientAgenda, async (ctx, { params }) =>
    views.printedAgenda(ctx, (await meeting.conferenceOfSide(ctx, params.id)).conference),
  );
  serve(app, services, endpoints.proposeSupervisor, (ctx, { params, body }) => proposeSupervisor(ctx, params.id, body.helpField));
};
