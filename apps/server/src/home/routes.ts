import * as endpoints from '@jieyou/core/home/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { centreFigures, workbench } from './views.ts';

/** What waits for a person, and the centre's figures. */
export const homeRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.readWorkbench, (ctx) => workbench(ctx));
  serve(app, services, endpoints.readCentreFigures, (ctx) => centreFigures(ctx));
};
