import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DatabaseUnavailable } from '../platform/db/database.ts';
import type { Services } from '../platform/http/context.ts';
import { answeredBefore } from '../platform/http/serve.ts';

const ifItFails = new WeakMap<FastifyRequest, string[]>();
const ifItSucceeds = new WeakMap<FastifyRequest, string[]>();

const note = (what: WeakMap<FastifyRequest, string[]>, request: FastifyRequest, storedAs: string): void => {
  what.set(request, [...(what.get(request) ?? []), storedAs]);
};

/** Names a stored file (of several, each) that goes again when the request fails. */
export const dropIfItFails = (request: FastifyRequest, storedAs: string): void => note(ifItFails, request, storedAs);

/** Names a stored file that goes when the request has succeeded. */
export const dropIfItSucceeds = (request: FastifyRequest, storedAs: string): void => note(ifItSucceeds, request, storedAs);

/**
 * Keeps the folder in step with the transaction: a file is written before its row and removed after it. Where the outcome is unknown
 * (the connection was lost at the commit) the file stays, since one too many is better than one that is missing; the next start sets it
 * aside where no row names it.
 */
export const keepFilesInStep = (app: FastifyInstance, services: Services): void => {
  app.addHook('onError', async (request, _reply, error) => {
    if (error instanceof DatabaseUnavailable && !error.undone) return;
    for (const storedAs of ifItFails.get(request) ?? []) await services.files.remove(storedAs);
  });
  app.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode !== 200) return;
    // Of a request that was answered before, what it wrote is undone and what it would have replaced still stands.
    const gone = answeredBefore(request) ? ifItFails : ifItSucceeds;
    for (const storedAs of gone.get(request) ?? []) await services.files.remove(storedAs);
  });
};
