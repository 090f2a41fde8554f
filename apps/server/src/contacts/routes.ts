import * as endpoints from '@jieyou/core/contacts/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { exportLedger } from './papers.ts';
import { ledgerOf, listContacts } from './views.ts';

/** Acts of service and the ledgers that are made of them. */
export const contactsRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.listContacts, (ctx, { query }) => listContacts(ctx, query));
  serve(app, services, endpoints.readLedger, (ctx, { query }) => ledgerOf(ctx, query));
  serve(app, services, endpoints.exportLedger, (ctx, { query }) => exportLedger(ctx, query));
};
