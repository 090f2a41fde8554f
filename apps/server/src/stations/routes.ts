import * as endpoints from '@jieyou/core/stations/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import * as commands from './commands.ts';
import { stationsExports } from './exports.ts';
import { listOrganisations, listStations } from './views.ts';

/** Organisations and stations. */
export const stationsRoutes = (app: FastifyInstance, services: Services): void => {
  stationsExports(app, services);
  serve(app, services, endpoints.listOrganisations, (ctx, { query }) => listOrganisations(ctx, query));
  serve(app, services, endpoints.createOrganisation, (ctx, { body }) => commands.createOrganisation(ctx, body));
  serve(app, services, endpoints.updateOrganisation, (ctx, { params, body }) => commands.updateOrganisation(ctx, params.id, body));
  serve(app, services, endpoints.listStations, (ctx, { query }) => listStations(ctx, query));
  serve(app, services, endpoints.createStation, (ctx, { body }) => commands.createStation(ctx, body));
  serve(app, services, endpoints.updateStation, (ctx, { params, body }) => commands.updateStation(ctx, params.id, body));
};
