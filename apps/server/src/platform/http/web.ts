import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Content policy of our pages: nothing from elsewhere, styles by nonce; Ant Design sets element styles, hence `style-src-attr`. */
export const pagePolicy = (nonce: string): string =>
  [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

const NONCE_MARK = /__CSP_NONCE__/g;

/**
 * Serves the built pages: three entries, each answering every path below it, assets for a year under their hashed names. `secure`: the
 * platform is reached by HTTPS alone, and browsers are told to remember it (ASVS 3.4.1).
 */
export const serveWeb = async (app: FastifyInstance, dist: string | undefined, { secure = false } = {}): Promise<void> => {
  app.addHook('onSend', async (request, reply) => {
    if (secure || request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000');
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'no-referrer');
    reply.header('x-frame-options', 'DENY');
    reply.header('cross-origin-opener-policy', 'same-origin');
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
  const unknown = (request: FastifyRequest, reply: FastifyReply) => reply.code(404).send({ error: 'not-found', requestId: request.id });
  if (dist === undefined || !existsSync(join(dist, 'index.html'))) {
    app.setNotFoundHandler(unknown);
    return;
  }
  const entry = (path: string): string => readFileSync(join(dist, path), 'utf8');
  const entries = { desk: entry('index.html'), phone: entry('m/index.html'), public: entry('p/index.html') };
  await app.register(fastifyStatic, {
    root: join(dist, 'assets'),
    prefix: '/assets/',
    index: false,
    immutable: true,
    maxAge: '365d',
    preCompressed: true,
    setHeaders: (reply) => void reply.header('cache-control', 'public, max-age=31536000, immutable'),
  });
  const page = (name: keyof typeof entries) => (_request: FastifyRequest, reply: FastifyReply) => {
    const nonce = randomBytes(16).toString('base64url');
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', pagePolicy(nonce))
      .send(entries[name].replace(NONCE_MARK, nonce));
  };
  // What makes the phone's entry an app of its own: its worker keeps the shell, whose files carry their own names, and asks anew each time.
  const kept = (path: string, type: string, headers: Record<string, string> = {}): void => {
    if (!existsSync(join(dist, path))) return;
    const content = readFileSync(join(dist, path));
    app.get(`/${path}`, { config: { rateLimit: false as const } }, (_request, reply) =>
      reply
        .type(type)
        .headers({ 'cache-control': 'no-cache', ...headers })
        .send(content),
    );
  };
  // A worker fetches under the policy of its own script.
  kept('m/sw.js', 'text/javascript; charset=utf-8', { 'content-security-policy': "default-src 'self'" });
  kept('m/manifest.webmanifest', 'application/manifest+json; charset=utf-8');
  for (const size of [192, 512]) kept(`m/icon-${size}.png`, 'image/png');
  const unlimited = { config: { rateLimit: false as const } };
  app.get('/', unlimited, page('desk'));
  app.get('/m', unlimited, page('phone'));
  app.get('/m/*', unlimited, page('phone'));
  app.get('/p', unlimited, page('public'));
  app.get('/p/*', unlimited, page('public'));
  app.setNotFoundHandler((request, reply) => {
    const wantsPage =
      request.method === 'GET' &&
      !request.url.startsWith('/api/') &&
      !request.url.startsWith('/assets/') &&
      String(request.headers.accept ?? '').includes('text/html');
    return wantsPage ? page('desk')(request, reply) : unknown(request, reply);
  });
};
