/** Signatures by hand of the demo: strokes drawn by a fixed seed under an agreement and a plan; invented throughout. */
import { type FormValues, fill, toldOf } from '@jieyou/core/forms/filling.ts';
import { addDays, ageOn, type Day, type Instant, instantAt } from '@jieyou/core/shared/day.ts';
import { formText } from '@jieyou/core/signatures/rules.ts';
import type { SignerRole, Strokes } from '@jieyou/core/signatures/schema.ts';
import { sql } from 'kysely';
import { planHash } from '../src/cases/stageLoading.ts';
import { newEditions } from '../src/forms/templates/caseForms.ts';
import type { CryptoProvider } from '../src/platform/crypto/crypto.ts';
import type { Tx } from '../src/platform/db/database.ts';
import { hashOf } from '../src/signatures/index.ts';
import type { District } from './loadDistrict.ts';
import { idOf, type Rows } from './loadRows.ts';
import type { DemoTime } from './loadTime.ts';
import { type Random, randomFor } from './random.ts';

const WIDTH = 360;
const HEIGHT = 140;

/** Two or three signs as a hand writes them: each a few strokes, most from the left to the right or downwards, none quite straight. */
const strokesBy = (random: Random): Strokes => {
  const signs = random.int(2, 3);
  const cell = Math.floor(WIDTH / signs);
  const within = (n: number, most: number) => Math.min(most, Math.max(0, Math.round(n)));
  const lines = Array.from({ length: signs }, (_, sign) =>
    Array.from({ length: random.int(4, 6) }, () => {
      const down = random.chance(0.45);
      const x = sign * cell + random.int(14, Math.floor(cell * 0.45));
      const y = random.int(18, Math.floor(HEIGHT * 0.5));
      const long = random.int(30, 62);
      const bend = random.int(-9, 9);
      return Array.from({ length: 12 }, (_step, i) => {
        const way = (i / 11) * long;
        const off = Math.sin((i / 11) * Math.PI) * bend;
        return [within(x + (down ? off : way), WIDTH), within(y + (down ? way : off - way * 0.12), HEIGHT)];
      }).flat();
    }),
  ).flat();
  return { width: WIDTH, height: HEIGHT, lines };
};

const VALUES = (today: Day): FormValues => ({
  goals: '夜里有人照应；每周出门一次。',
  from: addDays(today, -40),
  to: addDays(today, 140),
  often: 'weekly',
  'worker-duty': '按约定上门，先听本人说，再一起想办法。',
  'person-duty': '有变化及时告诉社工；不想谈的可以不谈。',
  'told-secret': true,
  'told-limits': true,
  shared: [{ who: '街道居家养老服务中心', what: '上门照料需要的身体情况', until: addDays(today, 140) }],
  recording: false,
  'told-withdraw': true,
  'withdraw-way': '当面或电话告诉社工。',
});

/** Adds an agreement that person and worker signed on the screen, one that still waits for the person, and a plan that is signed and about to be sent. */
export const signatureRows = async (tx: Tx, rows: Rows, district: District, time: DemoTime, crypto: CryptoProvider): Promise<void> => {
  const random = randomFor('signatures');
  const agreement = newEditions.find((e) => e.document.code === 't03-agreement');
  const { rows: found } = await sql<{ id: string }>`select id from form_template where code = 't03-agreement' and edition = 2`.execute(tx);
  const templateId = found[0]?.id;
  if (agreement === undefined || templateId === undefined) return;
  const { worker } = district.named;
  const birth = new Map(rows.of('recipient').map((r) => [r.id, r.birthOn ?? null]));
  const own = rows.of('caseFile').filter((f) => f.workerId === worker.personId && f.status === 'open');
  const adults = own.filter((f) => (ageOn((birth.get(f.recipientId) ?? '1950-01-01') as Day, time.today) ?? 0) >= 18);

  type File = (typeof own)[number];
  const sign = (file: File, subjectKind: 'form' | 'plan', subjectId: string, who: SignerRole, hash: string, at: Instant): void => {
    const id = idOf(at);
    const place = (field: string) => ({ table: 'signature_content', row: id, field });
    rows.add('signature', {
      districtId: file.districtId,
      id,
      caseId: file.id,
      stationId: file.stationId,
      subjectKind,
      subjectId,
      who,
      way: 'drawn',
      hash,
      signedAt: at,
      takenBy: worker.personId,
      takenAt: at,
    });
    rows.add('signatureContent', {
      districtId: file.districtId,
      id,
      nameMasked: who === 'worker' ? '承办社工' : '服务对象',
      relation: '',
      reason: '',
      nameCt: crypto.encrypt(who === 'worker' ? '承办社工' : '服务对象本人', place('name')),
      witnessMasked: '',
      witnessCt: null,
      strokesCt: crypto.encrypt(JSON.stringify(strokesBy(random)), place('strokes')),
    });
  };

  const SIGNED_AGO = 39;
  const long = adults.find((f) => f.openedOn < addDays(time.today, -SIGNED_AGO) && f.stage === 'intervention');
  const fresh = adults.find((f) => f !== long && f.openedOn < time.today);
  for (const file of [long, fresh]) {
    if (file === undefined) continue;
    const whole = file === long;
    const madeAt = time.notAfter(instantAt(addDays(time.today, whole ? -SIGNED_AGO : -1), 15 * 3_600_000), 40) as Instant;
    const age = ageOn((birth.get(file.recipientId) ?? '1950-01-01') as Day, time.today) ?? null;
    const facts = { '@minor': false, '@age': age };
    const { kept } = fill(agreement.document, VALUES(time.today), facts, time.today);
    const id = idOf(madeAt);
    rows.add('formAnswer', {
      districtId: district.id,
      id,
      subjectKind: 'case',
      caseId: file.id,
      stationId: file.stationId,
      templateId,
      code: agreement.document.code,
      keptAs: agreement.document.keptAs,
      status: whole ? 'submitted' : 'draft',
      rootId: id,
      authorId: worker.personId,
      madeAt,
      savedAt: madeAt,
      submittedAt: whole ? madeAt : null,
    });
    rows.add('formAnswerContent', {
      districtId: district.id,
      id,
      answers: JSON.stringify(kept),
      facts: JSON.stringify(facts),
      results: '[]',
      told: whole ? toldOf(agreement.document, kept) : null,
    });
    const hash = hashOf(formText({ id, templateId }, kept));
    if (whole) sign(file, 'form', id, 'person', hash, madeAt);
    sign(file, 'form', id, 'worker', hash, madeAt);
  }

  const drafts = rows.of('casePaper').filter((p) => p.kind === 'plan' && p.status === 'draft');
  const planned = adults.find((f) => f.stage === 'planning' && drafts.some((p) => p.caseId === f.id));
  const paper = drafts.find((p) => p.caseId === planned?.id);
  const content = rows.of('casePaperContent').find((c) => c.id === paper?.id)?.content;
  if (planned === undefined || paper === undefined || content === undefined) return;
  const { plan } = JSON.parse(String(content)) as { plan: unknown };
  sign(planned, 'plan', paper.id, 'person', planHash(planned.id, plan), time.notAfter(paper.writtenAt as Instant, 30) as Instant);
};
