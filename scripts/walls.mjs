// A small house in which every wall of .dependency-cruiser.cjs is broken once, and some doors are used as they should be.

/** Rule → files that break it, by path; the first one is the offender that must be reported. */
const broken = {
  'no-cycles': {
    'packages/core/src/cycle/one.ts': "import { two } from './two.ts';\nexport const one = (): unknown => two;",
    'packages/core/src/cycle/two.ts': "import { one } from './one.ts';\nexport const two = (): unknown => one;",
  },
  'everything-resolves': { 'packages/core/src/lost/rules.ts': "export * from './nowhere.ts';" },
  'core-imports-core-and-zod': { 'packages/core/src/alpha/driver.ts': "import pg from 'pg';\nexport { pg };" },
  'core-has-no-node': { 'packages/core/src/alpha/disk.ts': "import { readFileSync } from 'node:fs';\nexport { readFileSync };" },
  'core-room-by-schema': { 'packages/core/src/alpha/peek.ts': "export type { R } from '../beta/rules.ts';" },
  'core-room-not-root': { 'packages/core/src/alpha/up.ts': "export * from '../catalogue.ts';" },
  'web-not-server': { 'apps/web/src/alpha/rows.ts': "export * from '../../../server/src/beta/index.ts';" },
  'server-not-web': { 'apps/server/src/alpha/print.ts': "export * from '../../../web/src/house/table.tsx';" },
  'server-room-by-door': { 'apps/server/src/alpha/peek.ts': "export * from '../beta/store.ts';" },
  'server-room-not-root': { 'apps/server/src/alpha/up.ts': "export * from '../app.ts';" },
  'platform-knows-no-room': { 'apps/server/src/platform/queue/jobs.ts': "export * from '../../beta/index.ts';" },
  'store-not-back': {
    'apps/server/src/gamma/store.ts': "export * from './commands.ts';",
    'apps/server/src/gamma/commands.ts': 'export {};',
  },
  'commands-not-back': {
    'apps/server/src/delta/commands.ts': "export * from './routes.ts';",
    'apps/server/src/delta/routes.ts': 'export {};',
  },
  'views-only-read': {
    'apps/server/src/epsilon/views.ts': "export * from './commands.ts';",
    'apps/server/src/epsilon/commands.ts': 'export {};',
  },
  'driver-in-platform-db': { 'apps/server/src/alpha/sql.ts': "import pg from 'pg';\nexport { pg };" },
  'web-rooms-share-house-and-texts': { 'apps/web/src/alpha/Shell.tsx': "export * from '../beta/queries.ts';" },
  'shells-stand-apart': { 'apps/web/src/phone/router.tsx': "export * from '../desk/router.tsx';" },
};

/** Lawful neighbours: a wall that reports these is too high. */
const lawful = {
  'packages/core/src/catalogue.ts': "export * from './alpha/schema.ts';",
  'packages/core/src/alpha/schema.ts': "import { z } from 'zod';\nimport { b } from '../beta/schema.ts';\nexport const a = [z, b];",
  'packages/core/src/alpha/policy.ts': "export * from '../identity/roles.ts';\nexport * from '../shared/day.ts';",
  'packages/core/src/beta/schema.ts': 'export const b = 1;',
  'packages/core/src/beta/rules.ts': 'export type R = 1;',
  'packages/core/src/identity/roles.ts': 'export const roles = 1;',
  'packages/core/src/shared/day.ts': 'export const day = 1;',
  'apps/server/src/app.ts': "export * from './beta/routes.ts';\nexport * from './platform/db/pool.ts';",
  'apps/server/src/platform/db/pool.ts': "import pg from 'pg';\nexport { pg };",
  'apps/server/src/beta/index.ts': "export * from './store.ts';",
  'apps/server/src/beta/store.ts': "export * from '../platform/db/pool.ts';\nexport * from '@jieyou/core/beta/schema.ts';",
  'apps/server/src/beta/commands.ts': "export * from './store.ts';\nexport * from '../zeta/index.ts';",
  'apps/server/src/beta/routes.ts': "export * from './commands.ts';",
  'apps/server/src/zeta/index.ts': 'export {};',
  'apps/web/src/house/table.tsx': 'export const table = 1;',
  'apps/web/src/beta/queries.ts': "export * from '../house/table.tsx';\nexport * from '../texts/beta.ts';",
  'apps/web/src/texts/beta.ts': "export * from '@jieyou/core/beta/schema.ts';",
  'apps/web/src/desk/router.tsx': "export * from '../beta/queries.ts';\nexport * from '../house/table.tsx';",
};

const packages = {
  'node_modules/pg/package.json': '{"name":"pg","version":"1.0.0","main":"index.js"}',
  'node_modules/pg/index.js': 'module.exports = {};',
  'node_modules/zod/package.json': '{"name":"zod","version":"1.0.0","main":"index.js"}',
  'node_modules/zod/index.js': 'module.exports = {};',
  'packages/core/package.json': '{"name":"@jieyou/core","exports":{"./*":"./src/*"},"dependencies":{"zod":"1.0.0"}}',
  'package.json': '{"name":"planted","type":"module","workspaces":["packages/*"],"dependencies":{"pg":"1.0.0","zod":"1.0.0"}}',
};

export const plantedFiles = { ...packages, ...lawful, ...Object.assign({}, ...Object.values(broken)) };
/** Rule → the file that must be reported for it. */
export const offenders = Object.fromEntries(Object.entries(broken).map(([rule, files]) => [rule, Object.keys(files)[0]]));
export const lawfulPaths = new Set(Object.keys(lawful));
