import * as endpoints from '@jieyou/core/alarms/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import * as commands from './commands.ts';
import { alarmsExports } from './exports.ts';
import { alarmPaper } from './papers.ts';
import * as views from './views.ts';

/** Crisis and violence at home. */
export const alarmsRoutes = (app: FastifyInstance, services: Services): void => {
  alarmsExports(app, services);
  serve(app, services, endpoints.listAlarms, (ctx, { query }) => views.listAlarms(ctx, query));
  serve(app, services, endpoints.readDangerWords, (ctx) => views.readDangerWords(ctx));
  serve(app, services, endpoints.readAlarm, (ctx, { params }) => views.readAlarm(ctx, params.id));
  serve(app, services, endpoints.registerAlarm, (ctx, { body }) => commands.registerAlarm(ctx, body));
  serve(app, services, endpoints.addAlarmEntry, (ctx, { params, body }) => commands.addAlarmEntry(ctx, params.id, body));
  serve(app, services, endpoints.finishAlarmStep, (ctx, { params, body }) => commands.finishAlarmStep(ctx, params, body));
  serve(app, services, endpoints.openAbuser, (ctx, { params, body }) => commands.openAbuser(ctx, params.id, body.reason));
  serve(app, services, endpoints.printAlarm, (ctx, { params, query }) => alarmPaper(ctx, params.id, query));
};
