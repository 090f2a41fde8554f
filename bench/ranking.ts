/**
 * How long the rules take for a household: ranking over 1,000 policies, each with seven conditions in groups, without the database (the
 * story test in the room asks through the whole application). Prints p50 and p95. `--policies=1000 --asks=300`.
 */
import { performance } from 'node:perf_hooks';
import { type Eligibility, evaluate, type HouseholdFacts } from '@jieyou/core/resources/eligibility.ts';
import { rankResources } from '@jieyou/core/resources/ranking.ts';
import type { Day } from '@jieyou/core/shared/day.ts';

const flag = (name: string, fallback: number): number =>
  Number(process.argv.find((a) => a.startsWith(`--${name}=`))?.split('=')[1] ?? fallback);
const POLICIES = flag('policies', 1000);
const ASKS = flag('asks', 300);
const TODAY = '2026-03-05' as Day;

const rulesOf = (i: number): Eligibility => ({
  kind: 'all',
  of: [
    { kind: 'age', min: i % 90, max: null },
    { kind: 'income', atMost: (i % 50) * 10_000, source: '标准' },
    {
      kind: 'any',
      of: [
        { kind: 'status', anyOf: ['minimum-living', 'marginal'], classes: [], grade: null },
        { kind: 'status', anyOf: ['disabled'], classes: ['mind'], grade: (i % 4) + 1 },
        { kind: 'circumstance', anyOf: ['serious-illness', 'caring'] },
      ],
    },
    { kind: 'not', of: [{ kind: 'status', anyOf: ['destitute'], classes: [], grade: null }] },
    { kind: 'residence', places: [{ code: '440309000000', name: '甲区' }] },
  ],
});
const bank = Array.from({ length: POLICIES }, (_, i) => ({
  id: String(i),
  name: `政策${i}`,
  helpFields: [(['economy', 'medical', 'education'] as const)[i % 3] ?? 'economy'],
  issuingTier: 'district' as const,
  eligibility: rulesOf(i),
  intake: 'open' as const,
  intakeUntil: null,
  places: i % 5,
}));
const household = (i: number): HouseholdFacts => ({
  age: 20 + (i % 70),
  incomePerHead: (i % 40) * 10_000,
  statuses: i % 2 === 0 ? { 'minimum-living': true, disabled: false } : {},
  ...(i % 3 === 0 ? { residence: { code: '440309001000', name: '一街道' } } : {}),
});

const at = (sorted: readonly number[], share: number): string =>
  `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2)} ms`;
const times: number[] = [];
const cpu: number[] = [];
// Of this process alone, so that a busy machine does not count.
const processorMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
for (let i = 0; i < ASKS + 20; i += 1) {
  const begun = performance.now();
  const busy = processorMs();
  rankResources(bank, { facts: household(i), helpFields: [], today: TODAY });
  if (i < 20) continue;
  times.push(performance.now() - begun);
  cpu.push(processorMs() - busy);
}
times.sort((a, b) => a - b);
cpu.sort((a, b) => a - b);
const first = bank[0]?.eligibility;
process.stdout.write(
  `${POLICIES} 条政策，${ASKS} 户：p50 ${at(times, 0.5)}，p95 ${at(times, 0.95)}，最慢 ${at(times, 1)}；处理器 p50 ${at(cpu, 0.5)}，p95 ${at(cpu, 0.95)}；第一条的答案 ${first === undefined ? '' : evaluate(first, household(0), TODAY).answer}\n`,
);
