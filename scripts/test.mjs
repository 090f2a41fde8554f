// Everything that must hold, in one run. The last line is read by machines: `tests: N passed, N failed, N skipped`.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { dataRoot, isStopping, runNode } from './run.mjs';

const args = process.argv.slice(2);
const startedAt = Date.now();
const say = (message) => console.log(`[解忧 +${((Date.now() - startedAt) / 1000).toFixed(1)}s] ${message}`);
const total = { passed: 0, failed: 0, skipped: 0 };
/** What failed, said once more before the last line: whoever keeps only the end of the output must still learn it. */
const failures = [];
/** Journeys that broke off once and came through the second time: passed, and never silent (decision 0052). */
const unsteady = [];

function add(counts) {
  for (const key of Object.keys(total)) total[key] += counts[key];
}

function takeReport(path) {
  if (!existsSync(path)) return undefined;
  const report = JSON.parse(readFileSync(path, 'utf8'));
  rmSync(path);
  return report;
}

async function runChecks() {
  say('检查类型与法则…');
  const path = join(dataRoot, `check-${process.pid}.json`);
  const { code } = await runNode('scripts/check.mjs', ['--report', path]);
  const report = takeReport(path);
  // A check that broke down has told nothing: that is a failure of its own.
  add(report ?? { passed: 0, failed: 1, skipped: 0 });
  if (report && code !== 0 && report.failed === 0) total.failed += 1;
  if (code !== 0) failures.push(`scripts/check.mjs, exit code ${code}`);
}

async function runVitest(browser) {
  say('运行测试…');
  const path = join(dataRoot, `vitest-${process.pid}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${path}`];
  const env = { ...process.env, ...(browser ? { CHROMIUM_PATH: browser } : {}) };
  const { code } = await runNode('node_modules/vitest/vitest.mjs', ['run', ...reporters, ...args], { env });
  const report = takeReport(path);
  if (!report) {
    total.failed += 1;
    failures.push(`vitest: no report, exit code ${code}`);
    return;
  }
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  // A file that cannot be loaded, or an error outside any test, fails the run without a failed test.
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  );
  counts.failed += unloaded.length;
  for (const file of report.testResults) {
    for (const test of file.assertionResults) {
      const what = `${relative(process.cwd(), file.name)} › ${test.fullName}\n${test.failureMessages.join('\n')}`;
      if (test.status === 'failed') failures.push(what);
      else if (test.status === 'passed' && test.failureMessages.length > 0) unsteady.push(what);
    }
  }
  for (const file of unloaded) failures.push(`${relative(process.cwd(), file.name)}\n${file.message}`);
  if (code !== 0 && counts.failed === 0) {
    counts.failed = 1;
    failures.push(`vitest: exit code ${code}, an error outside any test`);
  }
  add(counts);
}

/** With arguments only what they name is run: no checks, and a browser only for journeys. */
function namesOnlyOthersThanJourneys() {
  const projects = args.flatMap((arg, i) => {
    if (arg === '--project') return [args[i + 1]];
    return arg.startsWith('--project=') ? [arg.slice('--project='.length)] : [];
  });
  return projects.length > 0 && !projects.includes('e2e');
}

async function main() {
  let browser;
  if (!namesOnlyOthersThanJourneys()) {
    browser = await ensureBrowser(say);
    if (!browser) {
      say('找不到可用的 Chromium：请运行 apt-get install chromium fonts-noto-cjk，或以 CHROMIUM_PATH 指定浏览器。');
      total.failed += 1;
      return;
    }
  }
  if (args.length === 0 && !isStopping()) await runChecks();
  if (!isStopping()) await runVitest(browser);
}

try {
  await main();
} catch (error) {
  console.error(error);
  total.failed += 1;
}
if (isStopping()) total.failed += 1;
if (total.failed > 0 || total.skipped > 0 || total.passed === 0) process.exitCode ||= 1;
for (const again of unsteady) console.log(`AGAIN ${again.slice(0, 2000)}`);
for (const failure of failures) console.log(`FAILED ${failure.slice(0, 2000)}`);
process.stdout.write(`tests: ${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
