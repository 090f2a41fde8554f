import * as endpoints from '@jieyou/core/audit/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { exportAuditTrail, listAuditSeals, listAuditTrail } from './views.ts';

/** What the audit administrator reads. */
export const auditRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.listAuditTrail, (ctx, { query }) => listAuditTrail(ctx, query));
  serve(app, services, endpoints.exportAuditTrail, (ctx, { query }) => exportAuditTrail(ctx, query));
  serve(app, services, endpoints.listAuditSeals, (ctx) => listAuditSeals(ctx));
};
