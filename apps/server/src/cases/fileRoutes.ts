import { LARGEST_FILE_MEGABYTES } from '@jieyou/core/cases/rules.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { Refused, SignedOut } from '../platform/http/errors.ts';
import { SESSION_COOKIE, servedBy } from '../platform/http/serve.ts';
import { keepFilesInStep } from './aftermath.ts';

/** Routes that take raw files or move files on disk; everywhere else the body stays small and JSON. */
export const serveFiles = (app: FastifyInstance, services: Services, routes: (files: FastifyInstance) => void): void => {
  app.register(async (files) => {
    servedBy.set(files, servedBy.get(app) ?? []);
    files.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: LARGEST_FILE_MEGABYTES * 1024 * 1024 },
      (_request, body, done) => done(null, body),
    );
    // The body is read before the door asks who it is; strangers must not make the server hold 20 MB each.
    files.addHook('preParsing', async (request) => {
      const token = (request.cookies as Record<string, string | undefined>)[SESSION_COOKIE];
      const session = token === undefined ? null : await services.sessions.authenticate(token, services.clock.now());
      if (session === null) throw new SignedOut();
    });
    files.setErrorHandler((error: Error & { statusCode?: number }, request) => {
      // Acts that only move files take JSON, whose bounds are the door's.
      if (error.statusCode === 413 && request.headers['content-type']?.startsWith('application/octet-stream') === true)
        throw new Refused('files.too-large', { maxMegabytes: LARGEST_FILE_MEGABYTES });
      throw error;
    });
    keepFilesInStep(files, services);
    routes(files);
  });
};

/** The raw file of a request. */
export const bodyOf = (request: FastifyRequest): Buffer => (Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
