import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

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

/** Serves the built pages: two entries, each answering every path below it, assets for a year under their hashed names. */
export const serveWeb = async (app: FastifyInstance, dist: string): Promise<void> => {
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'no-referrer');
    reply.header('x-frame-options', 'DENY');
    reply.header('cross-origin-opener-policy', 'same-origin');
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
  if (!existsSync(join(dist, 'index.html'))) return;
  const entries = { desk: readFileSync(join(dist, 'index.html'), 'utf8'), phone: readFileSync(join(dist, 'm/index.html'), 'utf8') };
  await app.register(fastifyStatic, {
    root: join(dist, 'assets'),
    prefix: '/assets/',
    index: false,
    immutable: true,
    maxAge: '365d',
    preCompressed: true,
    setHeaders: (reply) => void reply.header('cache-control', 'public, max-age=31536000, immutable'),
  });
  const page = (entry: keyof typeof entries) => ({
    config: { rateLimit: false },
    handler: async (
      _request: unknown,
      reply: { type: (t: string) => typeof reply; header: (k: string, v: string) => typeof reply; send: (b: string) => unknown },
    ) => {
      const nonce = randomBytes(16).toString('base64url');
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', pagePolicy(nonce))
        .header('cache-control', 'no-store')
        .send(entries[entry].replace(NONCE_MARK, nonce));
    },
  });
  app.get('/m', page('phone') as never);
  app.get('/m/*', page('phone') as never);
  app.get('/', page('desk') as never);
  app.setNotFoundHandler((request, reply) => {
    const wantsPage =
      request.method === 'GET' &&
      !request.url.startsWith('/api/') &&
      !request.url.startsWith('/assets/') &&
      String(request.headers.accept ?? '').includes('text/html');
    if (wantsPage) return page('desk').handler(request, reply as never) as never;
    return reply.code(404).send({ error: 'not-found', requestId: request.id });
  });
};
