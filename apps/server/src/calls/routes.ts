import * as endpoints from '@jieyou/core/calls/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { createCall, createHotline, endCall, handOverCall, sendCall, unmaskCall, updateHotline } from './commands.ts';
import { callsExports } from './exports.ts';
import { answerTicket, createTicket, moveTicketClock, rateTicket, unmaskTicket } from './ticketCommands.ts';
import { findCallMatches, listCalls, listHotlines, listTickets, readCall, readTicket } from './views.ts';

/** The centre's call desk, other hotlines, and tickets of the city's 12345. */
export const callsRoutes = (app: FastifyInstance, services: Services): void => {
  callsExports(app, services);
  serve(app, services, endpoints.listHotlines, (ctx, { query }) => listHotlines(ctx, query));
  serve(app, services, endpoints.createHotline, (ctx, { body }) => createHotline(ctx, body));
  serve(app, services, endpoints.updateHotline, (ctx, { params, body }) => updateHotline(ctx, params.id, body));
  serve(app, services, endpoints.listCalls, (ctx, { query }) => listCalls(ctx, query));
  serve(app, services, endpoints.readCall, (ctx, { params }) => readCall(ctx, params.id));
  serve(app, services, endpoints.findCallMatches, (ctx, { body }) => findCallMatches(ctx, body.phone));
  serve(app, services, endpoints.createCall, (ctx, { body }) => createCall(ctx, body));
  serve(app, services, endpoints.sendCall, (ctx, { params, body }) => sendCall(ctx, params.id, body));
  serve(app, services, endpoints.handOverCall, (ctx, { params, body }) => handOverCall(ctx, params.id, body));
  serve(app, services, endpoints.endCall, (ctx, { params, body }) => endCall(ctx, params.id, body));
  serve(app, services, endpoints.unmaskCall, (ctx, { params, body }) => unmaskCall(ctx, params.id, body));
  serve(app, services, endpoints.listTickets, (ctx, { query }) => listTickets(ctx, query));
  serve(app, services, endpoints.readTicket, (ctx, { params }) => readTicket(ctx, params.id));
  serve(app, services, endpoints.createTicket, (ctx, { body }) => createTicket(ctx, body));
  serve(app, services, endpoints.moveTicketClock, (ctx, { params, body }) => moveTicketClock(ctx, params.id, body));
  serve(app, services, endpoints.answerTicket, (ctx, { params, body }) => answerTicket(ctx, params.id, body));
  serve(app, services, endpoints.rateTicket, (ctx, { params, body }) => rateTicket(ctx, params.id, body));
  serve(app, services, endpoints.unmaskTicket, (ctx, { params, body }) => unmaskTicket(ctx, params.id, body));
};
