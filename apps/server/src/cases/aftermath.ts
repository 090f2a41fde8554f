import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DatabaseUnavailable } from '../platform/db/database.ts';
import type { Services } from '../platform/http/context.ts';

const ifItFails = new WeakMap<FastifyRequest, string>();
const ifItSucceeds = new WeakMap<FastifyRequest, string>();

/** Names a stored file that goes again when the request fails. */
export const dropIfItFails = (request: FastifyRequest, storedAs: string): void => void ifItFails.set(request, storedAs);

/** Names a stored file that goes when the request has succeeded. */
export const dropIfItSucceeds = (request: FastifyRequest, storedAs: string): void => void ifItSucceeds.set(request, storedAs);

/**
 * Keeps the folder in step with the transaction: a file is written before its row and removed after it. Where the outcome is unknown
 * (the connection was lost at the commit) the file stays, since one too many is better than one that is missing.
 */
export const keepFilesInStep = (app: FastifyInstance, services: Services): void => {
  app.addHook('onError', async (request, _reply, error) => {
    const storedAs = ifItFails.get(request);
    if (storedAs !== undefined && !(error instanceof DatabaseUnavailable)) await services.files.remove(storedAs);
  });
  app.addHook('onResponse', async (request, reply) => {
    const storedAs = ifItSucceeds.get(request);
    if (storedAs !== undefined && reply.statusCode === 200) await services.files.remove(storedAs);
  });
};
