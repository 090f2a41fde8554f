import { describe, expect, it, test } from 'vitest';
import {
  carriesTo,
  caseActs,
  cleanFileName,
  consentDatesVerdict,
  consentVerdict,
  coWorkerVerdict,
  fieldHeldOn,
  fieldVerdict,
  fileVerdict,
  MOST_ATTACHMENTS,
  noteVerdict,
  packetFileName,
  TAKEN_ENDINGS,
} from './rules.ts';
import { ConsentDraft } from './schema.ts';

const today = '2026-03-10';
const given = {
  purpose: 'publication' as const,
  fields: ['story', 'tried'] as ('story' | 'tried')[],
  grantedOn: '2026-01-10',
  expiresOn: null as string | null,
  withdrawnOn: null as string | null,
  receiver: '公众',
  receiverKind: null,
  receiverId: null,
};

test.each([
  ['without end', {}, 'yes'],
  ['signed today', { grantedOn: '2026-03-10' }, 'yes'],
  ['signed tomorrow', { grantedOn: '2026-03-11' }, 'cases.consent-not-begun'],
  ['expired yesterday', { expiresOn: '2026-03-09' }, 'cases.consent-expired'],
  ['last day today', { expiresOn: '2026-03-10' }, 'yes'],
  ['withdrawn today', { withdrawnOn: '2026-03-10' }, 'cases.consent-withdrawn'],
  ['withdrawn yesterday', { withdrawnOn: '2026-03-09' }, 'cases.consent-withdrawn'],
  ['withdrawn and expired', { withdrawnOn: '2026-02-01', expiresOn: '2026-02-02' }, 'cases.consent-withdrawn'],
  ['a field missing', { fields: ['story'] as 'story'[] }, 'cases.consent-too-narrow'],
  ['other purpose', { purpose: 'referral' as const }, 'cases.consent-other-purpose'],
])('a consent %s: %s → %s', (_says, change, outcome) => {
  const verdict = consentVerdict({ ...given, ...change }, { purpose: 'publication', fields: ['story', 'tried'], today });
  expect(verdict.ok ? 'yes' : verdict.code).toBe(outcome);
});

const A = '11111111-1111-4111-8111-111111111111';
const B = '22222222-2222-4222-8222-222222222222';
const O = '33333333-3333-4333-8333-333333333333';
const partnerB = { kind: 'partner', id: B, organisationId: null, names: ['清河慈善会'] } as const;
const expertB = { kind: 'expert', id: B, organisationId: O, names: ['乔律师'] } as const;
const agency = { kind: 'organisation', id: O, organisationId: O, names: ['青禾社工服务中心'] } as const;
type Named = Parameters<typeof carriesTo>[0];
test.each<[string, Named, Parameters<typeof carriesTo>[1], boolean]>([
  ['old words, no partner', { receiver: '清河慈善会', receiverKind: null, receiverId: null }, partnerB, false],
  ['old words, no expert', { receiver: '支援中心', receiverKind: null, receiverId: null }, expertB, false],
  ['partner A, not partner B', { receiver: '清河慈善会', receiverKind: 'partner', receiverId: A }, partnerB, false],
  ['partner B', { receiver: '旧名', receiverKind: 'partner', receiverId: B }, partnerB, true],
  ['partner by words', { receiver: '清河慈善会（本部）', receiverKind: 'partner', receiverId: null }, partnerB, true],
  ['partner by other words', { receiver: '石桥救助站', receiverKind: 'partner', receiverId: null }, partnerB, false],
  ['expert A, not expert B', { receiver: '乔律师', receiverKind: 'expert', receiverId: A }, expertB, false],
  ['expert B, not the partner with B’s number', { receiver: '清河慈善会', receiverKind: 'expert', receiverId: B }, partnerB, false],
  ['an organisation, for who belongs to it', { receiver: '青禾', receiverKind: 'organisation', receiverId: O }, expertB, true],
  ['an organisation, itself', { receiver: '青禾', receiverKind: 'organisation', receiverId: O }, agency, true],
  ['another organisation', { receiver: '青禾社工服务中心', receiverKind: 'organisation', receiverId: A }, agency, false],
  ['an organisation by words', { receiver: '青禾社工服务中心', receiverKind: 'organisation', receiverId: null }, agency, true],
  ['an organisation, not a partner', { receiver: '青禾', receiverKind: 'organisation', receiverId: O }, partnerB, false],
  ['the public', { receiver: '公众', receiverKind: 'public', receiverId: null }, partnerB, true],
])('a consent to %s carries: %#', (_says, consent, to, outcome) => {
  expect(carriesTo(consent, to)).toBe(outcome);
});

test.each([
  ['one of two', [partnerB, { ...partnerB, id: A }], 'cases.consent-other-receiver'],
  ['the one', [partnerB], 'yes'],
  ['nobody known yet', [], 'yes'],
])('a consent to one receiver, used for %s → %s', (_says, receivers, outcome) => {
  const verdict = consentVerdict(
    { ...given, receiver: '清河慈善会', receiverKind: 'partner', receiverId: B },
    { purpose: 'publication', fields: [], today, receivers },
  );
  expect(verdict.ok ? 'yes' : verdict.code).toBe(outcome);
});

test.each([
  ['for somebody', [partnerB], 'cases.consent-receiver-unnamed'],
  ['while nobody is known yet', [], 'yes'],
])('a consent that names nobody, used %s → %s', (_says, receivers, outcome) => {
  const named = { ...given, receiver: '某处', receiverKind: null, receiverId: null };
  const verdict = consentVerdict(named, { purpose: 'publication', fields: [], today, receivers });
  expect(verdict.ok ? 'yes' : verdict.code).toBe(outcome);
});

test.each([
  ['referral', 'partner', true],
  ['referral', 'public', false],
  ['publication', 'public', true],
  ['publication', 'expert', false],
  ['conference', 'expert', true],
  ['conference', 'partner', false],
] as const)('consent for %s to the kind %s may be recorded: %s', (purpose, receiverKind, may) => {
  const draft = { receiver: '某处', purpose, fields: ['story'], signedBy: '本人', grantedOn: today, expiresOn: null, receiverKind };
  expect(ConsentDraft.safeParse(draft).success).toBe(may);
  expect(ConsentDraft.safeParse({ ...draft, receiverKind: null, receiverId: A }).success).toBe(false);
});

test('a consent that is too narrow names what is missing', () => {
  expect(consentVerdict({ ...given, fields: ['story'] }, { purpose: 'publication', fields: ['story', 'risk'], today })).toMatchObject({
    facts: { missing: ['risk'] },
  });
});

test.each([
  ['2026-03-10', null, true],
  ['2026-03-10', '2026-03-10', true],
  ['2026-03-10', '2026-03-09', false],
])('a consent from %s to %s can be recorded: %s', (grantedOn, expiresOn, ok) => {
  expect(consentDatesVerdict({ grantedOn, expiresOn }).ok).toBe(ok);
});

test.each([
  ['open', '2026-03-10', 'yes'],
  ['open', '2026-03-11', 'cases.note-in-future'],
  ['closed', '2026-03-10', 'cases.closed'],
])('a note on a case that is %s about %s → %s', (status, happenedOn, outcome) => {
  const verdict = noteVerdict(status, happenedOn, today);
  expect(verdict.ok ? 'yes' : verdict.code).toBe(outcome);
});

const megabyte = 1024 * 1024;
test.each([
  ['报告.pdf', 10, 'application/pdf', 0, 'yes'],
  ['照片.JPEG', 10, 'image/jpeg', 0, 'yes'],
  ['说明.txt', 10, 'text/plain', 0, 'yes'],
  ['说明.txt', 10, null, 0, 'files.content-differs-from-name'],
  ['报告.pdf', 10, 'application/x-msdownload', 0, 'files.content-differs-from-name'],
  ['报告.pdf', 10, null, 0, 'files.content-differs-from-name'],
  ['a.svg', 10, 'image/svg+xml', 0, 'files.kind-not-allowed'],
  ['a.html', 10, 'text/plain', 0, 'files.kind-not-allowed'],
  ['a.exe', 10, 'application/x-msdownload', 0, 'files.kind-not-allowed'],
  ['a.constructor', 10, null, 0, 'files.kind-not-allowed'],
  ['无结尾', 10, 'application/pdf', 0, 'files.kind-not-allowed'],
  ['报告.pdf', 0, null, 0, 'files.empty'],
  ['报告.pdf', 20 * megabyte, 'application/pdf', 0, 'yes'],
  ['报告.pdf', 20 * megabyte + 1, 'application/pdf', 0, 'files.too-large'],
  ['报告.pdf', 10, 'application/pdf', MOST_ATTACHMENTS - 1, 'yes'],
  ['报告.pdf', 10, 'application/pdf', MOST_ATTACHMENTS, 'files.too-many'],
])('file %s of %i bytes, content %s, beside %i others → %s', (name, bytes, found, already, outcome) => {
  const verdict = fileVerdict({ name, bytes, found, already });
  expect(verdict.ok ? 'yes' : verdict.code).toBe(outcome);
});

test.each([
  ['../../etc/报告.pdf', '报告.pdf'],
  ['C:\\我的文档\\报告.PDF', '报告.pdf'],
  ['fdp\u202efdp.exe', 'fdpfdp.exe'],
  ['报\u200b告\u0000\n.pdf', '报告.pdf'],
  ['  .隐藏.txt ', '隐藏.txt'],
  ['a<b>c.png', 'a_b_c.png'],
  ['....', '附件'],
  [`${'长'.repeat(200)}.pdf`, `${'长'.repeat(96)}.pdf`],
])('the name %j is kept as %j', (name, kept) => {
  expect(cleanFileName(name)).toBe(kept);
});

const colleague = { status: 'open', isWorker: false, ofStation: true, already: false, toDay: null, today };
test.each([
  ['a colleague of the station', {}, 'yes'],
  ['until today', { toDay: today }, 'yes'],
  ['until yesterday', { toDay: '2026-03-09' }, 'cases.circle-past'],
  ['the case’s own worker', { isWorker: true }, 'cases.circle-is-worker'],
  ['somebody of another station', { ofStation: false }, 'cases.circle-other-station'],
  ['somebody who works along already', { already: true }, 'cases.circle-already'],
  ['a colleague, on a closed case', { status: 'closed' }, 'cases.closed'],
])('naming %s → %j %s', (_who, change, outcome) => {
  const verdict = coWorkerVerdict({ ...colleague, ...change });
  expect(verdict.ok ? 'yes' : verdict.code).toBe(outcome);
});

test.each([
  [
    { status: 'open', writes: true, own: true, names: true, openRequests: 0 },
    ['edit', 'note', 'consent', 'attach', 'unmask', 'name-co-worker', 'end-co-work', 'ask-for-help'],
  ],
  [
    { status: 'open', writes: true, own: true, names: true, openRequests: 1 },
    ['edit', 'note', 'consent', 'attach', 'unmask', 'name-co-worker', 'end-co-work'],
  ],
  [{ status: 'open', writes: true, own: false, names: false, openRequests: 0 }, ['edit', 'note', 'consent', 'attach', 'unmask']],
  [{ status: 'open', writes: false, own: false, names: true, openRequests: 0 }, ['unmask', 'name-co-worker', 'end-co-work']],
  [{ status: 'closed', writes: true, own: true, names: true, openRequests: 0 }, ['consent', 'attach', 'unmask', 'end-co-work']],
])('%o may %j', (facts, acts) => {
  expect(caseActs(facts)).toEqual(acts);
});

test('in a packet a file has a number and its kind, never the name that it was given', () => {
  expect([packetFileName(1, '王小桦的判决书.PDF'), packetFileName(2, '无结尾')]).toEqual(['附件1.pdf', '附件2']);
});

test('a dialog for files offers what is taken, and nothing else', () => {
  expect(TAKEN_ENDINGS).toContain('.docx');
  expect(TAKEN_ENDINGS.filter((ending) => ['.doc', '.xls', '.exe', '.svg', '.html'].includes(ending))).toEqual([]);
});

describe('a field of service holds from a day on', () => {
  const file = { status: 'open', field: 'family', openedOn: '2026-03-02', fieldFrom: null };
  const changed = { ...file, fieldFrom: '2026-03-10' };
  it.each<[string, object, object, string | null]>([
    ['on the day of the opening', {}, { fromDay: '2026-03-02' }, null],
    ['today', {}, { fromDay: '2026-03-20' }, null],
    ['tomorrow', {}, { fromDay: '2026-03-21' }, 'cases.field-ahead'],
    ['the day before the opening', {}, { fromDay: '2026-03-01' }, 'cases.field-before-opening'],
    ['the field that holds', {}, { field: 'family' }, 'cases.field-same'],
    ['a closed case', { status: 'closed' }, {}, 'cases.closed'],
    ['before the change that holds', changed, { fromDay: '2026-03-09' }, 'cases.field-before-last'],
    ['on the day of that change, to mend it', changed, { fromDay: '2026-03-10' }, null],
  ])('%s', (_, of, to, code) => {
    const verdict = fieldVerdict({ field: 'relief', fromDay: '2026-03-15', ...to }, { ...file, ...of }, '2026-03-20');
    expect(verdict.ok ? null : verdict.code).toBe(code);
  });

  const changes = [
    { fromDay: '2026-03-10', was: 'family', field: 'relief' },
    { fromDay: '2026-03-10', was: 'relief', field: 'elder' },
    { fromDay: '2026-03-15', was: 'elder', field: 'drug' },
  ];
  it.each<[string, string]>([
    ['2026-03-09', 'family'],
    ['2026-03-10', 'elder'],
    ['2026-03-14', 'elder'],
    ['2026-03-15', 'drug'],
    ['2030-01-01', 'drug'],
  ])('on %s it is %s', (on, field) => expect(fieldHeldOn('drug', changes, on)).toBe(field));
  it('never changed, it is what it is', () => expect(fieldHeldOn('family', [], '2020-01-01')).toBe('family'));
});
