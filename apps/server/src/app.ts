/** The composition root: every room's routes and jobs on one screen. */
import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import { speakChinese } from '@jieyou/core/shared/messages.ts';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { activitiesRoutes } from './activities/index.ts';
import { alarmsJobs, alarmsRoutes } from './alarms/index.ts';
import { appealJobs, appealsRoutes } from './appeals/index.ts';
import { archiveJobs, archiveRoutes } from './archive/index.ts';
import { auditJobs, auditRoutes } from './audit/index.ts';
import { calendarRoutes } from './calendar/index.ts';
import { callsJobs, callsRoutes } from './calls/index.ts';
import { casebankJobs, casebankRoutes } from './casebank/index.ts';
import { casesRoutes } from './cases/index.ts';
import { contactsJobs, contactsRoutes } from './contacts/index.ts';
import { divisionsRoutes } from './divisions/index.ts';
import { expertsRoutes } from './experts/index.ts';
import { figuresJobs, figuresRoutes } from './figures/index.ts';
import { formsRoutes } from './forms/index.ts';
import { groupsRoutes } from './groups/index.ts';
import { homeRoutes } from './home/index.ts';
import { identityRoutes } from './identity/index.ts';
import { importsJobs, importsRoutes } from './imports/index.ts';
import { learningJobs, learningRoutes } from './learning/index.ts';
import { listsRoutes } from './lists/index.ts';
import { noticesJobs, noticesRoutes } from './notices/index.ts';
import { openApiDocument } from './openapi.ts';
import { photosRoutes } from './photos/index.ts';
import type { Services } from './platform/http/context.ts';
import { TooMany } from './platform/http/errors.ts';
import { answerErrors, SESSION_COOKIE } from './platform/http/serve.ts';
import { serveWeb } from './platform/http/web.ts';
import { platformJobs } from './platform/queue/housekeeping.ts';
import type { Job } from './platform/queue/queue.ts';
import { pocketRoutes } from './pocket/index.ts';
import { privacyJobs, privacyRoutes } from './privacy/index.ts';
import { recipientsJobs, recipientsRoutes } from './recipients/index.ts';
import { reliefRoutes } from './relief/index.ts';
import { reportsJobs, reportsRoutes } from './reports/index.ts';
import { resourcesJobs, resourcesRoutes } from './resources/index.ts';
import { responsesRoutes } from './responses/index.ts';
import { rulepacksRoutes } from './rulepacks/index.ts';
import { sealingRoutes } from './sealing/index.ts';
import { searchRoutes } from './search/index.ts';
import { stationsRoutes } from './stations/index.ts';
import { supportJobs, supportRoutes } from './support/index.ts';
import { visitsRoutes } from './visits/index.ts';
import { volunteersRoutes } from './volunteers/index.ts';
import { workforceRoutes } from './workforce/index.ts';

/** Builds the application on its services; it does not listen yet. */
export const buildApp = async (services: Services, options: { dist?: string } = {}): Promise<FastifyInstance> => {
  speakChinese();
  const app = Fastify({
    loggerInstance: services.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // One proxy, and its word alone: what a caller wrote into the header before it counts for nothing.
    trustProxy: services.env.JIEYOU_TRUST_PROXY === '1' && ((_, hop) => hop === 0),
    bodyLimit: 1_000_000,
    // A stop lets requests end that were let in; `drainOf` sees to connections.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    // Sockets are cheap and bodies come over slow lines; a head that does not come, or a line that has fallen silent, is cut.
    requestTimeout: 300_000,
    connectionTimeout: 90_000,
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false } },
  });
  await app.register(cookie);
  await app.register(rateLimit, {
    global: true,
    max: services.env.JIEYOU_RATE_PER_MINUTE,
    timeWindow: 60_000,
    keyGenerator: (request) => {
      const token = request.cookies[SESSION_COOKIE];
      return token === undefined || (services.guesses.isGuessing(request.ip) && !services.sessions.remembers(token)) ? request.ip : token;
    },
    errorResponseBuilder: (_request, context) => new TooMany(Math.ceil(context.ttl / 1000)),
  });
  // Broken UTF-8 would be read as other characters than were sent, and a text is no body of ours.
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (isUtf8(body)) parse(request, body.toString('utf8'), done);
    else done(Object.assign(new Error('not UTF-8'), { statusCode: 400 }));
  });
  answerErrors(app, services);
  await serveWeb(app, options.dist, { secure: services.env.JIEYOU_SECURE_COOKIES === '1' });

  app.get('/healthz', { config: { rateLimit: false } }, async () => ({ ok: true }));
  app.get('/readyz', { config: { rateLimit: false } }, async (_request, reply) => {
    if (!services.isReady()) return reply.code(503).header('retry-after', 1).send({ ok: false });
    await services.db.query('select 1');
    return { ok: true };
  });
  const document = JSON.stringify(openApiDocument());
  app.get('/api/openapi.json', async (_request, reply) => reply.type('application/json').send(document));

  identityRoutes(app, services);
  homeRoutes(app, services);
  listsRoutes(app, services);
  noticesRoutes(app, services);
  casesRoutes(app, services);
  visitsRoutes(app, services);
  formsRoutes(app, services);
  pocketRoutes(app, services);
  alarmsRoutes(app, services);
  appealsRoutes(app, services);
  callsRoutes(app, services);
  supportRoutes(app, services);
  recipientsRoutes(app, services);
  reportsRoutes(app, services);
  sealingRoutes(app, services);
  responsesRoutes(app, services);
  casebankRoutes(app, services);
  learningRoutes(app, services);
  expertsRoutes(app, services);
  resourcesRoutes(app, services);
  workforceRoutes(app, services);
  stationsRoutes(app, services);
  divisionsRoutes(app, services);
  searchRoutes(app, services);
  calendarRoutes(app, services);
  rulepacksRoutes(app, services);
  privacyRoutes(app, services);
  auditRoutes(app, services);
  archiveRoutes(app, services);
  activitiesRoutes(app, services);
  groupsRoutes(app, services);
  photosRoutes(app, services);
  volunteersRoutes(app, services);
  reliefRoutes(app, services);
  contactsRoutes(app, services);
  importsRoutes(app, services);
  figuresRoutes(app, services);
  return app;
};

/** Everything that happens by the clock or after an act. */
export const allJobs = (services: Services): Job<object>[] => [
  ...supportJobs(services),
  ...reportsJobs(services),
  ...alarmsJobs(services),
  ...appealJobs(services),
  ...casebankJobs(services),
  ...learningJobs(services),
  ...resourcesJobs(services),
  ...callsJobs(services),
  ...privacyJobs(services),
  ...noticesJobs(services),
  ...auditJobs(services),
  ...archiveJobs(services),
  ...contactsJobs(services),
  ...importsJobs(services),
  ...figuresJobs(services),
  ...recipientsJobs(services),
  ...platformJobs(services),
];
