import * as endpoints from '@jieyou/core/responses/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { lineInHand, moveResponse, openResponse } from './commands.ts';
import { responsesExports } from './exports.ts';
import { responsePaper } from './papers.ts';
import { lineOpening, listResponses, readResponse } from './views.ts';

/** What is recorded under lines of support: 转介, 督导, 研讨, 资源链接. */
export const responsesRoutes = (app: FastifyInstance, services: Services): void => {
  responsesExports(app, services);
  serve(app, services, endpoints.listResponses, (ctx, { query }) => listResponses(ctx, query));
  serve(app, services, endpoints.readResponse, (ctx, { params }) => readResponse(ctx, params.id));
  serve(app, services, endpoints.readLineOpening, async (ctx, { params, query }) =>
    lineOpening(ctx, await lineInHand(ctx, params.id), query.text),
  );
  serve(app, services, endpoints.openResponse, (ctx, { params, body }) => openResponse(ctx, params.id, body));
  serve(app, services, endpoints.moveResponse, (ctx, { params, body }) => moveResponse(ctx, params.id, body));
  serve(app, services, endpoints.readResponsePaper, (ctx, { params, query }) => responsePaper(ctx, params.id, query.format));
};
