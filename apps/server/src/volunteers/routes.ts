import * as endpoints from '@jieyou/core/volunteers/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import * as commands from './commands.ts';
import { volunteersExports } from './exports.ts';
import { exportVolunteerLedger, volunteerPaper } from './papers.ts';
import * as tasks from './taskCommands.ts';
import * as views from './views.ts';

/** Volunteers, their tasks under a lead worker, and their hours. */
export const volunteersRoutes = (app: FastifyInstance, services: Services): void => {
  volunteersExports(app, services);
  serve(app, services, endpoints.listVolunteers, (ctx, { query }) => views.listVolunteers(ctx, query));
  serve(app, services, endpoints.readVolunteer, (ctx, { params }) => views.readVolunteer(ctx, params.id));
  serve(app, services, endpoints.createVolunteer, (ctx, { body }) => commands.createVolunteer(ctx, body));
  serve(app, services, endpoints.updateVolunteer, (ctx, { params, body }) => commands.updateVolunteer(ctx, params.id, body));
  serve(app, services, endpoints.moveVolunteer, (ctx, { params, body }) => commands.moveVolunteer(ctx, params.id, body));
  serve(app, services, endpoints.unmaskVolunteer, (ctx, { params, body }) => commands.unmaskVolunteer(ctx, params.id, body));
  serve(app, services, endpoints.eraseVolunteer, (ctx, { params, body }) => commands.eraseVolunteer(ctx, params.id, body));
  serve(app, services, endpoints.printVolunteer, (ctx, { params, query }) => volunteerPaper(ctx, params.id, query));
  serve(app, services, endpoints.listVolunteerTasks, (ctx, { query }) => views.listVolunteerTasks(ctx, query));
  serve(app, services, endpoints.readVolunteerTask, (ctx, { params }) => views.readVolunteerTask(ctx, params.id));
  serve(app, services, endpoints.listVolunteerProposals, (ctx, { params }) => views.listProposals(ctx, params.id));
  serve(app, services, endpoints.createVolunteerTask, (ctx, { body }) => tasks.createVolunteerTask(ctx, body));
  serve(app, services, endpoints.updateVolunteerTask, (ctx, { params, body }) => tasks.updateVolunteerTask(ctx, params.id, body));
  serve(app, services, endpoints.moveVolunteerTask, (ctx, { params, body }) => tasks.moveVolunteerTask(ctx, params.id, body));
  serve(app, services, endpoints.inviteVolunteers, (ctx, { params, body }) => tasks.inviteVolunteers(ctx, params.id, body.volunteerIds));
  serve(app, services, endpoints.answerTurn, (ctx, { params, body }) => tasks.answerTurn(ctx, params, body.to));
  serve(app, services, endpoints.recordVolunteerHours, (ctx, { params, body }) => tasks.recordHours(ctx, params.id, body));
  serve(app, services, endpoints.handOverVolunteerTask, (ctx, { params, body }) => tasks.handOver(ctx, params.id, body));
  serve(app, services, endpoints.readVolunteerLedger, (ctx, { query }) => views.readVolunteerLedger(ctx, query));
  serve(app, services, endpoints.exportVolunteerLedger, (ctx, { query }) => exportVolunteerLedger(ctx, query));
};
