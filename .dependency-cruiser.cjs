// The walls of the house, by rule name; scripts/check.mjs plants a violation of each one and must see it reported.
const TEST = '\\.test\\.ts$';

const law = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    law('no-cycles', '模块之间没有循环', {}, { circular: true }),
    // Vite gives some modules by a suffix (`?url`) or from nowhere (`virtual:`); no resolver can find these on disk.
    law('everything-resolves', '每个导入都能找到', {}, { couldNotResolve: true, pathNot: ['\\?', '^virtual:'] }),

    law(
      'core-imports-core-and-zod',
      'core 只导入 core 与 zod',
      { path: '^packages/core/src/', pathNot: TEST },
      { pathNot: ['^packages/core/src/', '(^|/)node_modules/zod/'] },
    ),
    law('core-has-no-node', 'core 不使用 Node 内置模块', { path: '^packages/core/src/', pathNot: TEST }, { dependencyTypes: ['core'] }),
    law(
      'core-room-by-schema',
      'core 的房间只导入其他房间的 schema.ts 或 texts.ts（shared 与 identity 除外）',
      // texts/ says in Chinese what every room can answer, so it reads them all; no room may read it.
      { path: '^packages/core/src/(?!texts/)([^/]+)/', pathNot: TEST },
      {
        path: '^packages/core/src/[^/]+/',
        pathNot: ['^packages/core/src/$1/', '^packages/core/src/(shared|identity)/', '^packages/core/src/[^/]+/(schema|texts)\\.ts$'],
      },
    ),
    law(
      'core-room-not-root',
      'core 的房间不导入根上的总目录',
      { path: '^packages/core/src/(?!texts/)[^/]+/', pathNot: TEST },
      { path: '^packages/core/src/[^/]+\\.ts$' },
    ),

    law('web-not-server', 'web 不导入 server', { path: '^apps/web/' }, { path: '^apps/server/' }),
    law('server-not-web', 'server 不导入 web', { path: '^apps/server/' }, { path: '^apps/web/' }),

    law(
      'server-room-by-door',
      'server 的房间只导入其他房间的 index.ts',
      { path: '^apps/server/src/(?!platform/)([^/]+)/', pathNot: TEST },
      {
        path: '^apps/server/src/[^/]+/',
        pathNot: ['^apps/server/src/$1/', '^apps/server/src/platform/', '^apps/server/src/[^/]+/index\\.ts$'],
      },
    ),
    law(
      'server-room-not-root',
      'server 的房间不导入组合根',
      { path: '^apps/server/src/[^/]+/', pathNot: TEST },
      { path: '^apps/server/src/[^/]+\\.ts$' },
    ),
    law(
      'platform-knows-no-room',
      'platform 不认识任何房间',
      { path: '^apps/server/src/platform/', pathNot: TEST },
      { path: '^apps/server/src/(?!platform/)' },
    ),
    law(
      'store-not-back',
      'store 不导入 commands、routes、views、jobs',
      { path: '^apps/server/src/(?!platform/)[^/]+/.*[sS]tore\\.ts$' },
      { path: '^apps/server/src/(?!platform/)[^/]+/.*([cC]ommands|[rR]outes|[vV]iews|[jJ]obs)\\.ts$' },
    ),
    law(
      'commands-not-back',
      'commands 不导入 routes',
      { path: '^apps/server/src/(?!platform/)[^/]+/.*[cC]ommands\\.ts$' },
      { path: '^apps/server/src/(?!platform/)[^/]+/.*[rR]outes\\.ts$' },
    ),
    law(
      'views-only-read',
      'views 不导入 commands 与 routes',
      { path: '^apps/server/src/(?!platform/)[^/]+/.*[vV]iews\\.ts$' },
      { path: '^apps/server/src/(?!platform/)[^/]+/.*([cC]ommands|[rR]outes)\\.ts$' },
    ),
    law(
      'driver-in-platform-db',
      '只有 platform/db 导入 pg',
      { path: '^(packages|apps)/', pathNot: ['^apps/server/src/platform/db/', '^apps/server/test/', TEST] },
      { path: '(^|/)node_modules/(@types/)?pg/' },
    ),

    law(
      'web-rooms-share-house-and-texts',
      'web 的房间之间只共用 house 与 texts',
      { path: '^apps/web/src/(?!(?:desk|phone|public)/)([^/]+)/' },
      { path: '^apps/web/src/[^/]+/', pathNot: ['^apps/web/src/$1/', '^apps/web/src/(house|texts)/'] },
    ),
    law(
      'shells-stand-apart',
      'desk、phone、public 三个入口互不导入',
      { path: '^apps/web/src/(desk|phone|public)/' },
      { path: '^apps/web/src/(desk|phone|public)/', pathNot: ['^apps/web/src/$1/'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.data)/' },
    // Types count: a wall that a type may pass is soon a door.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
    },
  },
};
