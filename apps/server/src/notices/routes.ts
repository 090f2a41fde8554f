import * as endpoints from '@jieyou/core/notices/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { AfterCommit, Refused } from '../platform/http/errors.ts';
import { serve } from '../platform/http/serve.ts';
import { markAllNoticesRead, markNoticeRead } from './commands.ts';
import { followLive } from './live.ts';
import * as mail from './mailCommands.ts';
import { listNotices, ownMail } from './views.ts';

/** The message centre and live news. */
export const noticesRoutes = (app: FastifyInstance, services: Services): void => {
  serve(app, services, endpoints.listNotices, (ctx, { query }) => listNotices(ctx, query));
  serve(app, services, endpoints.markNoticeRead, (ctx, { params }) => markNoticeRead(ctx, params.id));
  serve(app, services, endpoints.markAllNoticesRead, (ctx) => markAllNoticesRead(ctx));
  serve(app, services, endpoints.followLive, async (ctx, { query }) => followLive(ctx, query));
  serve(app, services, endpoints.readOwnMail, (ctx) => ownMail(ctx));
  serve(app, services, endpoints.setOwnAddress, (ctx, { body }) => mail.setOwnAddress(ctx, body.address));
  serve(app, services, endpoints.verifyOwnAddress, async (ctx, { body }) => {
    const answer = await mail.verifyOwnAddress(ctx, body.code);
    // The count of tries must outlive the refusal.
    if ('wrong' in answer) throw new AfterCommit(new Refused('notices.code-wrong', { left: answer.wrong }));
    return answer;
  });
  serve(app, services, endpoints.chooseOwnMail, (ctx, { body }) => mail.chooseOwnMail(ctx, body));
  serve(app, services, endpoints.removeOwnAddress, (ctx) => mail.removeOwnAddress(ctx));
};
