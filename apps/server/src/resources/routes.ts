import * as endpoints from '@jieyou/core/resources/endpoints.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { Refused, SignedOut } from '../platform/http/errors.ts';
import { SESSION_COOKIE, serve, servedBy } from '../platform/http/serve.ts';
import * as commands from './commands.ts';
import { resourcesExports } from './exports.ts';
import * as importing from './importCommands.ts';
import { referralPaper } from './papers.ts';
import * as partners from './partnerCommands.ts';
import { listPartners, readPartner } from './partnerViews.ts';
import { rankForRequest, rankingFor } from './rankingViews.ts';
import * as referrals from './referralCommands.ts';
import { listReferrals, readReferral } from './referralViews.ts';
import { listResources, readResource } from './views.ts';

// What the largest figure of a rule pack may allow; the figure itself is asked afterwards.
const HIGHEST_MEGABYTES = 20;

/** Policies, resources and partners; matching, linking and referring. */
export const resourcesRoutes = (app: FastifyInstance, services: Services): void => {
  resourcesExports(app, services);
  serve(app, services, endpoints.listResources, (ctx, { query }) => listResources(ctx, query));
  serve(app, services, endpoints.readResource, (ctx, { params }) => readResource(ctx, params.id));
  serve(app, services, endpoints.createResource, (ctx, { body }) => commands.createResource(ctx, body));
  serve(app, services, endpoints.updateResource, (ctx, { params, body }) => commands.updateResource(ctx, params.id, body));
  serve(app, services, endpoints.noteIntake, (ctx, { params, body }) => commands.noteIntake(ctx, params.id, body));
  serve(app, services, endpoints.reviewResource, (ctx, { params, body }) => commands.reviewResource(ctx, params.id, body));
  serve(app, services, endpoints.rankForHousehold, (ctx, { body }) => rankingFor(ctx, body));
  serve(app, services, endpoints.rankForRequest, (ctx, { params, body }) => rankForRequest(ctx, params.id, body));
  serve(app, services, endpoints.linkResource, (ctx, { params, body }) => referrals.linkResource(ctx, params.id, body));
  serve(app, services, endpoints.listPartners, (ctx, { query }) => listPartners(ctx, query));
  serve(app, services, endpoints.readPartner, (ctx, { params }) => readPartner(ctx, params.id));
  serve(app, services, endpoints.createPartner, (ctx, { body }) => partners.createPartner(ctx, body));
  serve(app, services, endpoints.updatePartner, (ctx, { params, body }) => partners.updatePartner(ctx, params.id, body));
  serve(app, services, endpoints.addLiaison, (ctx, { params, body }) => partners.addLiaison(ctx, params.id, body));
  serve(app, services, endpoints.updateLiaison, (ctx, { params, body }) => partners.updateLiaison(ctx, params, body));
  serve(app, services, endpoints.addAgreement, (ctx, { params, body }) => partners.addAgreement(ctx, params.id, body));
  serve(app, services, endpoints.updateAgreement, (ctx, { params, body }) => partners.updateAgreement(ctx, params, body));
  serve(app, services, endpoints.startReferral, (ctx, { params }) => referrals.startReferral(ctx, params.id));
  serve(app, services, endpoints.referToPartner, (ctx, { params, body }) => referrals.referToPartner(ctx, params.id, body));
  serve(app, services, endpoints.listReferrals, (ctx, { query }) => listReferrals(ctx, query));
  serve(app, services, endpoints.readReferral, (ctx, { params }) => readReferral(ctx, params.id));
  serve(app, services, endpoints.answerReferral, (ctx, { params, body }) => referrals.answerReferral(ctx, params.id, body));
  serve(app, services, endpoints.finishReferral, (ctx, { params, body }) => referrals.finishReferral(ctx, params.id, body));
  serve(app, services, endpoints.withdrawReferral, (ctx, { params, body }) => referrals.withdrawReferral(ctx, params.id, body));
  serve(app, services, endpoints.readReferralPaper, (ctx, { params, query }) => referralPaper(ctx, params.id, query.format));
  serve(app, services, endpoints.readImportTemplate, async (ctx) => importing.importTemplate(ctx));
  serve(app, services, endpoints.exportHsds, (ctx) => importing.exportHsds(ctx));

  // Only these routes take raw files; everywhere else the body stays small and JSON.
  app.register(async (files) => {
    servedBy.set(files, servedBy.get(app) ?? []);
    files.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: HIGHEST_MEGABYTES * 1024 * 1024 },
      (_request, body, done) => done(null, body),
    );
    // The body is read before the door asks who it is; strangers must not make the server hold it.
    files.addHook('preParsing', async (request) => {
      const token = (request.cookies as Record<string, string | undefined>)[SESSION_COOKIE];
      const session = token === undefined ? null : await services.sessions.authenticate(token, services.clock.now());
      if (session === null) throw new SignedOut();
    });
    files.setErrorHandler((error: Error & { statusCode?: number }) => {
      if (error.statusCode === 413) throw new Refused('resources.workbook-too-large', { maxMegabytes: HIGHEST_MEGABYTES });
      throw error;
    });
    serve(files, services, endpoints.checkResourceImport, (ctx) => importing.checkResourceImport(ctx, bodyOf(ctx.http.request)));
    serve(files, services, endpoints.failedResourceRows, (ctx) => importing.failedRows(ctx, bodyOf(ctx.http.request)));
    serve(files, services, endpoints.importResources, (ctx, { query }) =>
      importing.importResources(ctx, bodyOf(ctx.http.request), query.leaveBad === 'yes'),
    );
    serve(files, services, endpoints.importHsds, (ctx, { query }) => importing.importHsds(ctx, bodyOf(ctx.http.request), query));
  });
};

const bodyOf = (request: FastifyRequest): Buffer => (Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
