import type { Server, ServerResponse } from 'node:http';
import { Server as Listener, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

const STEP_MS = 25;
// Who sends one request after the other is told by the next answer that the connection ends; a request may be on its way.
const LAST_WORD_MS = 750;

/** The answer under way on a connection, kept by Node on the socket while it lasts. */
const busy = (socket: Socket): boolean => (socket as Socket & { _httpMessage?: ServerResponse | null })._httpMessage != null;

/**
 * Remembers the open connections, so that stopping can be gentle: readyz has said 503 for a while, then nobody new is let in, each
 * answer says that its connection ends, idle connections are closed, and those with an answer under way get their time. In this order:
 * clients that had to connect anew would stand before the door at the moment when it closes, and be cut.
 */
export const drainOf = (app: FastifyInstance) => {
  const server = app.server as Server;
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  const until = async (met: () => boolean, ms: number): Promise<void> => {
    for (const end = Date.now() + ms; !met() && Date.now() < end; ) await sleep(STEP_MS);
  };
  let doors: readonly Listener[] = [];
  const nobody = (): boolean => open.size === 0;
  return {
    /** Ends `politeMs` and at most `longestMs` later; then what is left is cut. */
    run: async ({ politeMs, longestMs }: { politeMs: number; longestMs: number }): Promise<void> => {
      await until(nobody, politeMs);
      if (server.listening) {
        // Right after the loop has taken in who stood before the door; the HTTP server's own way of closing cuts those who just came in.
        await new Promise<void>((done) =>
          setImmediate(() => {
            for (const door of [server, ...doors]) Listener.prototype.close.call(door);
            done();
          }),
        );
      }
      server.prependListener('request', (_, response: ServerResponse) => {
        response.shouldKeepAlive = false;
      });
      await until(nobody, Math.min(LAST_WORD_MS, longestMs));
      await until(() => {
        for (const socket of open) if (!busy(socket)) socket.destroySoon();
        return nobody();
      }, longestMs - LAST_WORD_MS);
      server.closeAllConnections();
      await app.close();
    },
    /** More sockets that listen for the same application. */
    alsoClose: (more: readonly Listener[]): void => {
      doors = more;
    },
    /** Connections that are open now. */
    connections: () => open.size,
  };
};
