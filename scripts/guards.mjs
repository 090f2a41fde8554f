// Shows that each guard of the main job has a test that fails when its branch is removed. Run by hand on a clean checkout:
// it works in a clone of its own, takes one branch away after the other, and prints the line with which the tests catch it.
// A word as argument chooses the guards whose promise contains it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const RULES = 'packages/core/src/support/rules.ts';
const COMMANDS = 'apps/server/src/support/commands.ts';
const ADVICE = 'apps/server/src/support/adviceCommands.ts';
const FOLLOW = 'apps/server/src/support/followCommands.ts';
const STORE = 'apps/server/src/support/store.ts';
const BANK = 'packages/core/src/casebank/rules.ts';
const RIGHTS = 'apps/server/migrations/0057_privacy_requests.sql';
const OPENED = 'apps/server/migrations/0025_opened.sql';
const SUPPORT_TEST = 'apps/server/src/support/support.test.ts';
const CASES = 'packages/core/src/cases/rules.ts';
const CASES_TEST = 'apps/server/src/cases';
const BANK_TEST = 'apps/server/src/casebank';
const ARCHIVE = 'apps/server/src/archive/commands.ts';
const ARCHIVE_TEST = 'apps/server/src/archive';
const TALLY = 'apps/server/migrations/0061_figures.sql';
const FIGURES_TEST = 'apps/server/src/figures';

/** Each guard: what it promises, the branch that keeps it, what stands in its place, and the tests that must notice. */
const guards = [
  ['回执号与钟', COMMANDS, "startedClock(rules, 'screening', ctx.now)", '{ ...stoppedClock, clockDueAt: ctx.now }', SUPPORT_TEST],
  ['每次变化都进时间线', COMMANDS, '    requestRef: request.id,\n    facts: { from', '    facts: { from', SUPPORT_TEST],
  ['补充时钟暂停', COMMANDS, '{ clockPausedAt: ctx.now, holderId', '{ holderId', SUPPORT_TEST],
  ['暂停顺延期限', COMMANDS, "'submitted', resumedClock(rules, request, ctx.now)", "'submitted', { clockPausedAt: null }", SUPPORT_TEST],
  ['筛选引用清单版本', COMMANDS, 'if (body.checklistVersion !== (request.packVersion ?? rules.version))', 'if (false)', SUPPORT_TEST],
  ['筛选人不是求助人', RULES, "actor.selves.includes(facts.askerId) ? no('support.screener-is-asker') : yes", 'yes', SUPPORT_TEST],
  [
    '危机十五分钟升级',
    'apps/server/src/support/jobs.ts',
    'and r.crisis_acknowledged_at is null and r.crisis_escalated_at is null',
    'and false',
    SUPPORT_TEST,
  ],
  ['重复件互相链接', COMMANDS, '{ duplicateOf: other.id }', '{}', SUPPORT_TEST],
  ['只邀请在库专家', ADVICE, 'if (expert === undefined) {', 'if (false) {', SUPPORT_TEST],
  ['任期、回避、负担', ADVICE, 'if (first !== undefined) ctx.refuse', 'if (false) ctx.refuse', SUPPORT_TEST],
  [
    '撤销后什么都看不到（两道防线）',
    [STORE, RIGHTS],
    ["\n          and i.status <> 'revoked'", " and status <> 'revoked'"],
    ['', ''],
    SUPPORT_TEST,
  ],
  [
    '资料包须有同意',
    ADVICE,
    "if (!verdict.ok)\n    ctx.refuse(verdict.code === 'cases.consent-too-narrow'",
    "if (false)\n    ctx.refuse('' === 'cases.consent-too-narrow'",
    SUPPORT_TEST,
  ],
  ['资料包脱敏', ADVICE, 'redact(raw[field], identities)', '{ text: raw[field], findings: [] as unknown[] }', SUPPORT_TEST],
  [
    '先承诺后开包',
    ADVICE,
    "if (invitation.pledgedAt === null || !['accepted', 'answered'].includes(invitation.status)) ctx.refuse",
    'if (false) ctx.refuse',
    SUPPORT_TEST,
  ],
  [
    '资料包七天后失效',
    ADVICE,
    "if (round.expiresAt <= ctx.now) ctx.refuse('support.packet-expired', { expiredAt: round.expiresAt });\n  const packet",
    'const packet',
    SUPPORT_TEST,
  ],
  ['每次开包留痕', ADVICE, "  ctx.saw('packet', round.id, { outcome: 'opened' });\n", '', SUPPORT_TEST],
  [
    '交出意见且满足人数才看他人',
    ADVICE,
    'if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);\n  const { rows } = await sql<{\n    invitationId',
    'const { rows } = await sql<{\n    invitationId',
    SUPPORT_TEST,
  ],
  ['主持人或中心记录会诊', FOLLOW, 'return mayRead ? conference : ctx.notFound();', 'return conference;', SUPPORT_TEST],
  ['会诊专家至少两个专业', FOLLOW, 'if (!fields.ok) ctx.refuse(fields.code, fields.facts);', '', SUPPORT_TEST],
  ['决定有负责人', FOLLOW, "if (!owners.has(decision.ownerId)) ctx.refuse('support.decision-owner-unknown');", '', SUPPORT_TEST],
  ['决定有期限', FOLLOW, 'if (!due.ok) ctx.refuse(due.code, due.facts);', '', SUPPORT_TEST],
  [
    '行动项未完不得结束',
    RULES,
    "if (facts.openActions > 0) return no('support.actions-open', { open: facts.openActions });",
    '',
    SUPPORT_TEST,
  ],
  ['须定回访日期', RULES, 'facts.followUpOn > facts.today ? yes', 'true ? yes', SUPPORT_TEST],
  ['承办人才能结束', FOLLOW, 'if (!holder.ok) ctx.refuse(holder.code, holder.facts);', '', SUPPORT_TEST],
  ['没有在岗承办人的上首页', OPENED, 'from absence b where b.person_id = h.person_id and', 'from absence b where false and', SUPPORT_TEST],
  ['请假由代理人接手', 'apps/server/src/identity/actors.ts', 'r.deputy_id = p.id and exists', 'false and exists', SUPPORT_TEST],
  [
    '只记下本来看得到的求助',
    STORE,
    'case when reads_content(r.station_id, r.asker_id, r.status) then',
    'case when true then',
    'apps/server/test/rls.test.ts',
  ],
  ['协办人须同站', CASES, "if (!facts.ofStation) return no('cases.circle-other-station');", '', CASES_TEST],
  ['不能自己加入协办', 'apps/server/migrations/0031_co_workers.sql', 'and keeps_circle(case_id));', ');', 'apps/server/test/rls.test.ts'],
  [
    '收回的案例不再列为相似（两道防线）',
    ['apps/server/src/casebank/similar.ts', 'apps/server/src/casebank/similar.ts'],
    ['where e.recalled_at is null and (e.id in', 'where recalled_at is null and domain'],
    ['where (e.id in', 'where domain'],
    BANK_TEST,
  ],
  ['发布须有同意', BANK, "if (!facts.consentLives) return no('casebank.consent-missing');\n  return", 'return', BANK_TEST],
  ['一处未确认不得发布', BANK, 'facts.openFindings === 0 ? yes', 'true ? yes', BANK_TEST],
  ['须由第二人发布', BANK, "if (facts.drafterId === facts.releaserId) return no('casebank.same-person');", '', BANK_TEST],
  [
    '脱敏出错即拒绝',
    'apps/server/src/casebank/redacting.ts',
    "return ctx.refuse('casebank.redaction-failed', { why });",
    'return undefined as T;',
    BANK_TEST,
  ],
  ['档案只给取档人', ARCHIVE, 'if (row.personId !== actor.personId) ctx.notFound();', '', ARCHIVE_TEST],
  [
    '档案下载时再核对范围',
    ARCHIVE,
    'if ((await store.requestToArchive(tx, actor.districtId, row.requestId)) === undefined) ctx.notFound();',
    '',
    ARCHIVE_TEST,
  ],
  ['档案过期不能下载', ARCHIVE, ' || (row.expiresAt !== null && row.expiresAt <= ctx.now)', '', ARCHIVE_TEST],
  [
    '封存时收走档案文件',
    'apps/server/src/sealing/commands.ts',
    'for (const storedAs of lentOf(taken)) dropIfItSucceeds(ctx.http.request, storedAs);',
    '',
    ARCHIVE_TEST,
  ],
  ['收回的案例不进档案', 'apps/server/src/archive/gather.ts', ' and c.recalled_at is null', '', ARCHIVE_TEST],
  ['撤回的记录不进档案', 'apps/server/src/responses/papers.ts', "status === 'withdrawn' ? [] : ", '', ARCHIVE_TEST],
  ['数字不计封存与销毁', TALLY, 'from added a where a.sealed_at is null and a.destroyed_at is null', 'from added a', FIGURES_TEST],
  ['数字里只存不用的只给站长', TALLY, " and (not kept or station_id = any ((select app_ids('head_stations'))::uuid[]))", '', FIGURES_TEST],
  ['太小的数字不显示', 'packages/core/src/figures/rules.ts', 'v > 0 && v < smallest ? [i] : []', 'false ? [i] : []', FIGURES_TEST],
];

const only = process.argv[2];
const chosen = guards.filter(([says]) => only === undefined || says.includes(only));
const work = mkdtempSync(join(tmpdir(), 'jieyou-guards-'));
const run = (command, args, cwd) =>
  spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' }, maxBuffer: 1e8 });
let uncaught = 0;
try {
  run('git', ['clone', '-q', root, work], root);
  // Packages of the registry are shared; our own workspaces must be those of the clone.
  mkdirSync(join(work, 'node_modules/@jieyou'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@jieyou') symlinkSync(join(root, 'node_modules', name), join(work, 'node_modules', name));
  }
  for (const [name, path] of Object.entries({ core: 'packages/core', server: 'apps/server', web: 'apps/web' })) {
    symlinkSync(join(work, path), join(work, 'node_modules/@jieyou', name));
  }
  for (const [says, file, find, put, tests] of chosen) {
    const files = [file].flat();
    const originals = files.map((f) => readFileSync(join(work, f), 'utf8'));
    const missing = files.filter((_, i) => !originals[i].includes([find].flat()[i]));
    if (missing.length > 0) {
      console.log(`✗ ${says}：找不到要去掉的分支（${missing.join('、')}）`);
      uncaught += 1;
      continue;
    }
    for (const [i, f] of files.entries()) {
      writeFileSync(
        join(work, f),
        readFileSync(join(work, f), 'utf8').replace([find].flat()[i], () => [put].flat()[i]),
      );
    }
    const out = run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--project', 'server', tests], work);
    const text = `${out.stdout}${out.stderr}`;
    const failed = text
      .split('\n')
      .find((line) => /^\s*FAIL |^ *×/.test(line) || line.includes(' FAIL '))
      ?.trim();
    const why = text
      .split('\n')
      .find((line) => /AssertionError|^Error:|TypeError/.test(line))
      ?.trim();
    if (out.status === 0 || failed === undefined) {
      uncaught += 1;
      console.log(`✗ ${says}：去掉分支后测试仍然通过`);
    } else console.log(`✓ ${says}\n    ${failed}\n    ${why ?? ''}`);
    for (const [i, f] of files.entries()) writeFileSync(join(work, f), originals[i]);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`${chosen.length - uncaught} 条有测试守护，${uncaught} 条没有`);
process.exit(uncaught === 0 ? 0 : 1);
