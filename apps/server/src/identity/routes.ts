import * as endpoints from '@jieyou/core/identity/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { NotFound } from '../platform/http/errors.ts';
import { serve } from '../platform/http/serve.ts';
import * as commands from './commands.ts';
import { demoAccounts } from './demoAccounts.ts';
import { ownSessions } from './views.ts';

/** Sign-in, one's own sessions, password and second factor. */
export const identityRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.signIn, (ctx, { body }) => commands.signIn(ctx, body));
  serve(app, services, endpoints.readSession, (ctx) => commands.currentSession(ctx));
  serve(app, services, endpoints.signOut, (ctx) => commands.signOut(ctx));
  serve(app, services, endpoints.listOwnSessions, (ctx) => ownSessions(ctx));
  serve(app, services, endpoints.revokeSession, (ctx, { params }) => commands.revokeSession(ctx, params.id));
  serve(app, services, endpoints.changePassword, (ctx, { body }) => commands.changePassword(ctx, body));
  serve(app, services, endpoints.startSecondFactor, (ctx, { body }) => commands.startSecondFactor(ctx, body));
  serve(app, services, endpoints.confirmSecondFactor, (ctx, { body }) => commands.confirmSecondFactor(ctx, body));
  serve(app, services, endpoints.readDemoAccounts, (ctx) => {
    if (!services.demo) throw new NotFound();
    return demoAccounts(ctx);
  });
};
