import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Connections that the system keeps until the loop comes round. When it is full, clients try again after 1, 3, 7 seconds. */
const BACKLOG = 4_096;

// Node takes one new connection of a listening socket for each turn of its loop. In a rush the turns are long, and who has just come
// waits for seconds before the gate learns of it: with several sockets on one port as many come in each turn.
const DOORS = 8;

/** Opens the port and answers the address and the doors beside the first one, which whoever stops the server has to close. */
export const listen = async (app: FastifyInstance, at: { host: string; port: number }): Promise<{ address: string; doors: Server[] }> => {
  if (process.platform !== 'linux') {
    const address: string = await app.listen({ ...at, backlog: BACKLOG });
    return { address, doors: [] };
  }
  if (at.port !== 0) {
    // Sockets that share a port would share it with a second platform as well: first make sure that the port is nobody's.
    const probe = createServer().listen({ ...at, exclusive: true });
    await once(probe, 'listening');
    await new Promise((done) => probe.close(done));
  }
  // Fastify hands on what it does not name.
  const shared: object = { reusePort: true };
  const address: string = await app.listen({ ...at, backlog: BACKLOG, ...shared });
  const port = Number(new URL(address).port);
  const doors = Array.from({ length: DOORS - 1 }, () =>
    createServer({ allowHalfOpen: true, noDelay: true }, (socket) => app.server.emit('connection', socket)).listen({
      host: at.host,
      port,
      backlog: BACKLOG,
      reusePort: true,
    }),
  );
  await Promise.all(doors.map((door) => once(door, 'listening')));
  return { address, doors };
};
