import * as endpoints from '@jieyou/core/reports/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import * as commands from './commands.ts';
import { reportPaper } from './papers.ts';
import * as views from './views.ts';

/** Mandatory reports for minors. */
export const reportsRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.createReport, (ctx, { body }) => commands.createReport(ctx, body));
  serve(app, services, endpoints.listReports, (ctx, { query }) => views.listReports(ctx, query));
  serve(app, services, endpoints.readReport, (ctx, { params }) => views.readReport(ctx, params.id));
  serve(app, services, endpoints.acknowledgeReport, (ctx, { params }) => commands.acknowledgeReport(ctx, params.id));
  serve(app, services, endpoints.addReportEntry, (ctx, { params, body }) => commands.addReportEntry(ctx, params.id, body));
  serve(app, services, endpoints.disputeReport, (ctx, { params, body }) => commands.disputeReport(ctx, params.id, body.reason));
  serve(app, services, endpoints.decideDispute, (ctx, { params, body }) => commands.decideDispute(ctx, params.id, body));
  serve(app, services, endpoints.proposeReportClosing, (ctx, { params, body }) => commands.proposeReportClosing(ctx, params.id, body.says));
  serve(app, services, endpoints.decideReportClosing, (ctx, { params, body }) => commands.decideReportClosing(ctx, params.id, body));
  serve(app, services, endpoints.readReportFigures, (ctx) => views.readReportFigures(ctx));
  serve(app, services, endpoints.printReport, (ctx, { params, query }) => reportPaper(ctx, params.id, query.format));
};
