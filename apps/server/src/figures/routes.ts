import * as endpoints from '@jieyou/core/figures/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { saveReportText } from './commands.ts';
import { reportFile, yearReport } from './report.ts';
import { countRequests, expertLoad, figuresOf } from './views.ts';

/** Figures of the centre and its yearly report. */
export const figuresRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.readFigures, (ctx, { query }) => figuresOf(ctx, query));
  serve(app, services, endpoints.countRequests, (ctx) => countRequests(ctx));
  serve(app, services, endpoints.readLoadSpread, (ctx, { query }) => expertLoad(ctx, query));
  serve(app, services, endpoints.readYearReport, (ctx, { params, query }) => yearReport(ctx, params.year, query.asOf));
  serve(app, services, endpoints.saveYearReportText, (ctx, { params, body }) => saveReportText(ctx, params.year, body));
  serve(app, services, endpoints.printYearReport, (ctx, { params, query }) => reportFile(ctx, params.year, query));
};
