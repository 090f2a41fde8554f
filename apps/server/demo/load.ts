/** Loads the demo district, or only the ground, into an empty database: whole or not at all. */
import { randomBytes } from 'node:crypto';
import { supportPackOf } from '@jieyou/core/support/pack.ts';
import { indexEntries } from '../src/casebank/index.ts';
import { createAdministrators, type DivisionSeed, installDivisions, installLaterPacks, installRules, isEmpty, sayOneTime } from '../src/ground.ts';
import { DEMO_PASSWORD, hashPassword } from '../src/identity/index.ts';
import type { CryptoProvider } from '../src/platform/crypto/crypto.ts';
import { ownerDatabase, type Tx } from '../src/platform/db/database.ts';
import { packInForce, packVersionOn } from '../src/rulepacks/index.ts';
import { askForBulk } from './bulk/load.ts';
import { demoDistrictCode, divisions } from './divisions.ts';
import { experts } from './experts.ts';
import { activityRows } from './loadActivities.ts';
import { alarmRows } from './loadAlarms.ts';
import { callRows, wishCallNumbers } from './loadCalls.ts';
import { caseRows, People, planOrdinaryCases, wishCaseNumber } from './loadCases.ts';
import { contactRows } from './loadContacts.ts';
import { districtRows } from './loadDistrict.ts';
import { formRows } from './loadForms.ts';
import { groupRows } from './loadGroups.ts';
import { importRows } from './loadImports.ts';
import { learningRows } from './loadLearning.ts';
import { mandatoryRows, wishMandatoryNumbers } from './loadMandatory.ts';
import { planRequests, wishNumbers } from './loadPlans.ts';
import { planSecondFile, recipientRows } from './loadRecipients.ts';
import { reliefRows } from './loadRelief.ts';
import { reportRows } from './loadReport.ts';
import { requestRows } from './loadRequests.ts';
import { planOldCases, rightRows, wishRightNumbers } from './loadRights.ts';
import { Numbers, Rows } from './loadRows.ts';
import { ruleDraftRows } from './loadRules.ts';
import { signatureRows } from './loadSignatures.ts';
import { stageRows } from './loadStages.ts';
import { DemoTime, demoHolidays } from './loadTime.ts';
import { visitRows } from './loadVisits.ts';
import { volunteerRows } from './loadVolunteers.ts';
import { authority, centre, partners } from './organisations.ts';
import { stories } from './stories.ts';
import { buildWorkers } from './workers.ts';

/** How an empty database is to be filled. */
export type LoadOptions = {
  /** Whether the demo is wanted; without it only divisions, holidays, rules and three administrators are installed. */
  readonly want: boolean;
  /** Whether thousands of recipients and a second scope follow once the platform is open. */
  readonly bulk?: boolean;
  readonly dataDir: string;
  readonly say: (line: string) => void;
  /** The first start; tests give another moment. */
  readonly now?: Date;
};

const seedsOf = (within: (code: string) => boolean): DivisionSeed[] =>
  divisions.filter((d) => within(d.code)).map((d) => ({ key: d.code, parentKey: d.parentCode, tier: d.tier, name: d.name, code: d.code }));

/** The divisions above and below one district of the demo's data. */
export const treeOf = (districtCode: string): DivisionSeed[] => {
  const wanted = new Set<string>();
  for (let code: string | null = districtCode; code !== null; ) {
    wanted.add(code);
    const current: string = code;
    code = divisions.find((d) => d.code === current)?.parentCode ?? null;
  }
  for (const d of divisions)
    if (d.parentCode !== null && wanted.has(d.parentCode) && (d.parentCode === districtCode || d.tier === 'community')) wanted.add(d.code);
  return seedsOf((code) => wanted.has(code));
};

/** Names of authority and centre where a district has not given its own (AMB-15). */
export const customaryNames = (district: DivisionSeed, cityName: string): { authorityName: string; centreName: string } => ({
  authorityName: district.code === demoDistrictCode ? authority.name : `${cityName}${district.name}民政局`,
  centreName: district.code === demoDistrictCode ? centre.name : `${district.name}社会工作疑难个案支援中心`,
});

const loadGround = async (tx: Tx, now: Date, say: (line: string) => void): Promise<void> => {
  const made = await installDivisions(tx, treeOf(demoDistrictCode), now, customaryNames);
  const root = made.get(divisions[0]?.code ?? '');
  const district = made.get(demoDistrictCode);
  if (root === undefined || district === undefined) throw new RangeError('the division data lacks the district');
  await installRules(tx, root.id, now);
  sayOneTime(await createAdministrators(tx, district.id, now), say);
};

/** Writes the demo district into a database without any work in it; `disabled` leaves every account shut, with a password nobody knows. */
export const loadDemo = async (tx: Tx, crypto: CryptoProvider, now: Date, disabled: boolean): Promise<void> => {
  const ground = await installDivisions(
    tx,
    seedsOf(() => true),
    now,
    customaryNames,
  );
  const root = ground.get(divisions[0]?.code ?? '');
  const home = ground.get(demoDistrictCode);
  if (root === undefined || home === undefined) throw new RangeError('the division data lacks the district');
  await installRules(tx, root.id, now);
  const today = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const pack = await packInForce(tx, 'support', home.id, today);
  const time = new DemoTime(now, { pack: supportPackOf(pack.values), version: pack.version, holidays: demoHolidays });

  const rows = new Rows();
  const passwordHash = await hashPassword(disabled ? randomBytes(24).toString('base64url') : DEMO_PASSWORD);
  const usernames = new Set((await tx.selectFrom('account').select('username').execute()).map((row) => row.username));
  const district = districtRows(rows, ground, time, crypto, { passwordHash, disabled, taken: usernames });
  const taken = [
    ...buildWorkers().map((w) => w.name),
    ...experts.map((e) => e.name),
    ...partners.map((p) => p.liaisonName),
    ...stories.flatMap((s) => (s.persona === null ? [] : [s.persona.name])),
  ];
  const people = new People(taken);
  const requests = planRequests(district, time, people);
  const planned = planOrdinaryCases(district, time, people);
  const ordinary = [...planned, ...planOldCases(district, time, people), ...planSecondFile(planned, district, time)];
  const numbers = new Numbers();
  for (const plan of ordinary) wishCaseNumber(numbers, district, plan);
  for (const plan of requests) wishNumbers(numbers, district, plan);
  const rightNumbers = wishRightNumbers(numbers, district, time);
  const callNumbers = wishCallNumbers(numbers, district, time);
  const mandatoryNumbers = wishMandatoryNumbers(numbers, district, time);
  numbers.draw(rows);
  const written = ordinary.map((plan) => ({ plan, ...caseRows(rows, district, crypto, time, plan) }));
  recipientRows(rows, district, crypto, time, written);
  requestRows(rows, district, time, crypto, requests);
  callRows(rows, district, crypto, time, callNumbers);
  const ownPeople = written.filter(({ plan }) => plan.worker === district.named.worker && plan.status === 'open');
  rightRows(
    rows,
    district,
    crypto,
    time,
    rightNumbers,
    ownPeople.slice(4).map(({ plan, recipientId }) => ({ recipientId, name: plan.person.name, phone: plan.person.phone })),
  );
  visitRows(rows, district, time);
  importRows(rows, district, crypto, time);
  reportRows(rows, district, time);
  learningRows(rows, district, time, requests);
  const volunteers = volunteerRows(rows, district, time, crypto);
  activityRows(rows, district, time, crypto, volunteers);
  const known = written.map(({ plan, recipientId }) => ({ recipientId, workerId: plan.worker.personId, openedOn: plan.openedOn }));
  groupRows(rows, district, time, crypto, known, volunteers);
  reliefRows(rows, district, time, crypto, known);
  stageRows(rows, time, district.named.worker.personId);
  await formRows(tx, rows, district, time);
  await signatureRows(tx, rows, district, time, crypto);
  alarmRows(rows, district, time, crypto);
  mandatoryRows(rows, district, time, mandatoryNumbers);
  const notice = await packVersionOn(tx, 'notice', home.id, today);
  // Of every fifth consent nobody recorded what was told, as of those of earlier days.
  for (const [i, row] of rows.of('consent').entries())
    if (notice !== undefined) Object.assign(row, i % 5 === 4 ? { noticeId: null, noticeVersion: null } : { noticeId: notice.id, noticeVersion: notice.version });
  await rows.write(tx);
  await contactRows(tx);
  await ruleDraftRows(tx, district, time);
  await indexEntries(tx, 1_000);
};

/**
 * Fills an empty database, in one transaction: a crash leaves nothing, and the next start loads again. Answers whether the database
 * holds the demo with its known passwords.
 */
export const loadDemoIfEmpty = async (superuserUrl: string, crypto: CryptoProvider, options: LoadOptions): Promise<boolean> => {
  const owner = ownerDatabase(superuserUrl);
  try {
    await owner.transaction().execute(async (tx) => {
      if (!(await isEmpty(tx))) return installLaterPacks(tx);
      const now = options.now ?? new Date();
      const startedAt = performance.now();
      if (!options.want) {
        await loadGround(tx, now, options.say);
        return;
      }
      options.say('首次启动，正在载入演示区数据（均为虚构）…');
      await loadDemo(tx, crypto, now, false);
      if (options.bulk === true) await askForBulk(tx);
      options.say(`演示区数据已载入，用时 ${((performance.now() - startedAt) / 1000).toFixed(1)} 秒`);
    });
    return (await owner.selectFrom('account').select('id').where('isDemo', '=', true).limit(1).executeTakeFirst()) !== undefined;
  } finally {
    await owner.destroy();
  }
};
