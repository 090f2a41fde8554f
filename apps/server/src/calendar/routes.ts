import * as endpoints from '@jieyou/core/calendar/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { removeHoliday, saveHoliday } from './commands.ts';
import { listHolidays } from './views.ts';

/** The holiday table. */
export const calendarRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.listHolidays, (ctx, { query }) => listHolidays(ctx, query));
  serve(app, services, endpoints.saveHoliday, (ctx, { params, body }) => saveHoliday(ctx, params.day, body));
  serve(app, services, endpoints.removeHoliday, (ctx, { params }) => removeHoliday(ctx, params.day));
};
