/** The real application as a process that may be killed at any moment: all of it but its job runner, on a given database and port. */
import { assemble } from '../../src/assemble.ts';
import { Sm4Provider } from '../../src/platform/crypto/crypto.ts';
import { Settings } from '../../src/platform/env.ts';

const dataDir = process.env.DURABILITY_DATA as string;
const platform = await assemble({
  url: process.env.DURABILITY_URL as string,
  env: { ...Settings.parse({ JIEYOU_LOG: 'fatal', JIEYOU_RATE_PER_MINUTE: '10000000' }), dataDir },
  crypto: new Sm4Provider(new Map([['test', Buffer.alloc(32, 7)]]), 'test'),
  demo: false,
  queue: false,
});
await platform.app.listen({ host: '127.0.0.1', port: Number(process.env.DURABILITY_PORT) });
await platform.open();
process.send?.('listening');
process.on('disconnect', () => process.exit(0));
