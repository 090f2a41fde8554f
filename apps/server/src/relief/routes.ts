import * as endpoints from '@jieyou/core/relief/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { serve } from '../platform/http/serve.ts';
import { addReliefItem, moveRelief, screenRelief, voidReliefItem } from './commands.ts';
import { reliefExports } from './exports.ts';
import { handRelief } from './handCommands.ts';
import { addUndertaking, callReliefJoint, concludeReliefJoint, settleUndertaking, unseatJointMember } from './jointCommands.ts';
import { listJointChoices, listOwnUndertakings, listReliefJoints } from './jointViews.ts';
import { exportReliefLedger, listReliefActs, readReliefLedger } from './ledger.ts';
import { reliefPaper } from './papers.ts';
import { listRelief, readRelief } from './views.ts';

/** Relief cases: screened, linked, delivered on two lines, heard, closed. */
export const reliefRoutes = (app: FastifyInstance, services: Services): void => {
  reliefExports(app, services);
  serve(app, services, endpoints.listRelief, (ctx, { query }) => listRelief(ctx, query));
  serve(app, services, endpoints.readReliefLedger, (ctx, { query }) => readReliefLedger(ctx, query));
  serve(app, services, endpoints.listReliefActs, (ctx, { query }) => listReliefActs(ctx, query));
  serve(app, services, endpoints.exportReliefLedger, (ctx, { query }) => exportReliefLedger(ctx, query));
  serve(app, services, endpoints.readRelief, (ctx, { params }) => readRelief(ctx, params.id));
  serve(app, services, endpoints.printRelief, (ctx, { params, query }) => reliefPaper(ctx, params.id, query.format));
  serve(app, services, endpoints.screenRelief, (ctx, { body }) => screenRelief(ctx, body));
  serve(app, services, endpoints.moveRelief, (ctx, { params, body }) => moveRelief(ctx, params.id, body));
  serve(app, services, endpoints.handRelief, (ctx, { params, body }) => handRelief(ctx, params.id, body));
  serve(app, services, endpoints.addReliefItem, (ctx, { params, body }) => addReliefItem(ctx, params.id, body));
  serve(app, services, endpoints.listReliefJoints, (ctx, { query }) => listReliefJoints(ctx, query));
  serve(app, services, endpoints.listOwnUndertakings, (ctx, { query }) => listOwnUndertakings(ctx, query));
  serve(app, services, endpoints.unseatJointMember, (ctx, { params }) => unseatJointMember(ctx, params.id, params.memberId));
  serve(app, services, endpoints.listJointChoices, (ctx, { query }) => listJointChoices(ctx, query.text));
  serve(app, services, endpoints.callReliefJoint, (ctx, { params, body }) => callReliefJoint(ctx, params.id, body));
  serve(app, services, endpoints.concludeReliefJoint, (ctx, { params, body }) => concludeReliefJoint(ctx, params.id, body));
  serve(app, services, endpoints.addUndertaking, (ctx, { params, body }) => addUndertaking(ctx, params.id, body));
  serve(app, services, endpoints.settleUndertaking, (ctx, { params, body }) => settleUndertaking(ctx, params.id, body));
  serve(app, services, endpoints.voidReliefItem, (ctx, { params, body }) => voidReliefItem(ctx, params.id, params.itemId, body.says));
};
