import { no, type Verdict, yes } from '../shared/verdict.ts';
import type { KnownIdentity } from './redaction.ts';
import type { Section, Sections } from './schema.ts';

/** Texts of a draft that are redacted: the title, the methods (one a line) and the four sections. */
export type Part = 'title' | 'methods' | Section;

/** Every part in the order in which it is read. */
export const PARTS: readonly Part[] = ['title', 'methods', 'background', 'process', 'outcome', 'reflection'];

/** A finding as rules look at it. Positions count UTF-16 units of the part's text before redaction; `end` is exclusive. */
export type DraftPlace = {
  readonly part: string;
  readonly start: number;
  readonly end: number;
  readonly kind: string;
  readonly original: string;
  readonly replacement: string;
  readonly source: string;
  readonly status: 'open' | 'confirmed' | 'kept';
};

/** The text as it would be published: every finding replaced, save those that a person decided to keep. */
export const applyFindings = (raw: string, places: readonly Pick<DraftPlace, 'start' | 'end' | 'replacement' | 'status'>[]): string => {
  let text = '';
  let at = 0;
  for (const place of [...places].sort((a, b) => a.start - b.start)) {
    if (place.status === 'kept') continue;
    // Places of one redaction never overlap; should they ever, the later one loses nothing but its own words.
    text += raw.slice(at, Math.max(at, place.start)) + place.replacement;
    at = Math.max(at, place.end);
  }
  return text + raw.slice(at);
};

const NEIGHBOURS = 6;

const identityOf = (raw: string, place: Pick<DraftPlace, 'part' | 'start' | 'end' | 'kind' | 'original' | 'source'>): string =>
  [
    place.part,
    place.kind,
    place.source,
    raw.slice(Math.max(0, place.start - NEIGHBOURS), place.start),
    place.original,
    raw.slice(place.end, place.end + NEIGHBOURS),
  ].join('\u0000');

/**
 * Decisions that outlive an edit: a new finding takes over the decision of an old one when it is the same words of the same kind
 * between the same neighbours. Anything else starts open, since a person judged another sentence.
 */
export const carryDecisions = <Old extends DraftPlace, New extends Omit<DraftPlace, 'status'>>(
  before: { readonly raw: string; readonly places: readonly Old[] },
  after: { readonly raw: string; readonly places: readonly New[] },
): (New & { readonly from: Old | null })[] => {
  const waiting = new Map<string, Old[]>();
  for (const place of before.places) {
    const key = identityOf(before.raw, place);
    waiting.set(key, [...(waiting.get(key) ?? []), place]);
  }
  return after.places.map((place) => ({ ...place, from: waiting.get(identityOf(after.raw, place))?.shift() ?? null }));
};

/** Whether a person may decide so about a finding. What the record knows of a person is never kept. */
export const decisionVerdict = (
  finding: Pick<DraftPlace, 'source'>,
  decision: { readonly decision: 'confirm' | 'keep'; readonly reason?: string | undefined },
): Verdict<'casebank.known-cannot-stay' | 'casebank.keep-needs-reason'> => {
  if (decision.decision === 'confirm') return yes;
  if (finding.source === 'known') return no('casebank.known-cannot-stay');
  return decision.reason === undefined || decision.reason === '' ? no('casebank.keep-needs-reason') : yes;
};

/** Whether a draft may be changed. */
export const draftOpenVerdict = (status: string): Verdict<'casebank.draft-over'> => (status === 'draft' ? yes : no('casebank.draft-over'));

/** Whether a draft may be begun: the request is over, and the recipient's consent for publication lives (PIPL 25). */
export const draftingVerdict = (facts: {
  readonly requestStatus: string;
  readonly consentLives: boolean;
}): Verdict<'casebank.request-not-closed' | 'casebank.consent-missing'> => {
  if (facts.requestStatus !== 'closed') return no('casebank.request-not-closed', { status: facts.requestStatus });
  return facts.consentLives ? yes : no('casebank.consent-missing');
};

/** Whether a draft may be released: by another person than its drafter, with live consent, and with every finding decided. */
export const releaseVerdict = (facts: {
  readonly status: string;
  readonly drafterId: string;
  readonly releaserId: string;
  readonly consentLives: boolean;
  readonly openFindings: number;
}): Verdict<'casebank.draft-over' | 'casebank.same-person' | 'casebank.consent-missing' | 'casebank.findings-open'> => {
  if (facts.status !== 'draft') return no('casebank.draft-over');
  if (facts.drafterId === facts.releaserId) return no('casebank.same-person');
  if (!facts.consentLives) return no('casebank.consent-missing');
  return facts.openFindings === 0 ? yes : no('casebank.findings-open', { open: facts.openFindings });
};

/** What the work on a request left behind, as far as a draft is composed of it. */
export type Material = {
  readonly story: string;
  readonly tried: string;
  readonly conferences: readonly { readonly minutes: string; readonly consensus: string }[];
  readonly actions: readonly { readonly says: string; readonly result: string | null }[];
  readonly lines: readonly { readonly task: string; readonly result: string | null }[];
  readonly evaluation: string;
};

/** Longest text of each section in characters, as the form takes it. */
export const SECTION_MAX: Readonly<Record<Section, number>> = { background: 6000, process: 8000, outcome: 4000, reflection: 4000 };

/** A first text of each section, composed of what was written during the work; the drafter goes on from there. */
export const composeSections = (material: Material): Sections => {
  const done = (rows: readonly { text: string; result: string | null }[]) =>
    rows.filter((row) => row.result !== null && row.result !== '').map((row) => `${row.text}：${row.result}`);
  const process = [
    material.tried === '' ? '' : `此前做过的工作：\n${material.tried}`,
    ...material.conferences.map((c) => `会诊纪要：\n${c.minutes}\n会诊共识：\n${c.consensus}`),
  ];
  const outcome = [
    ...done(material.actions.map((a) => ({ text: a.says, result: a.result }))),
    ...done(material.lines.map((l) => ({ text: l.task, result: l.result }))),
    material.evaluation,
  ];
  const cut = (section: Section, lines: readonly string[]) =>
    [...lines.filter((l) => l !== '').join('\n')].slice(0, SECTION_MAX[section]).join('');
  return {
    background: cut('background', [material.story]),
    process: cut('process', process),
    outcome: cut('outcome', outcome),
    reflection: cut('reflection', [material.evaluation]),
  };
};

/** Words that stand for a person whose name must not appear. With the surname 某, a title after the old surname reads 某女士. */
export const NAMELESS = '某某';

/**
 * The identities of a record for publication: names of the recipient become the pseudonym. Values too short to search for make
 * the redaction fail, on purpose.
 */
export const withPseudonym = (known: readonly KnownIdentity[], pseudonym: string): KnownIdentity[] =>
  known.map((one) => (one.kind === 'name' && one.replacement === NAMELESS ? { ...one, replacement: pseudonym } : one));

/** The text in which a published case is searched. */
export const searchTextOf = (title: string, sections: Sections): string =>
  [title, sections.background, sections.process, sections.outcome, sections.reflection].join('\n');

/** Number of a published case, AL-2026-0001; longer from the ten thousandth of a year on. */
export const entryNumber = (year: number, sequence: number): string => `AL-${year}-${String(sequence).padStart(4, '0')}`;

/** What stands under every published case. */
export const ENTRY_NOTE = '本案例经服务对象同意发布；人物为化名，可能辨认个人的信息已替换。请勿尝试辨认其中的人。';

/** Whether a proposed recall may be dismissed: never while the person's consent is gone (PIPL 15). */
export const dismissalVerdict = (facts: {
  readonly status: string;
  readonly cause: string;
  readonly consentLives: boolean;
}): Verdict<'casebank.recall-decided' | 'casebank.consent-missing'> => {
  if (facts.status !== 'proposed') return no('casebank.recall-decided');
  return facts.cause === 'consent-withdrawn' && !facts.consentLives ? no('casebank.consent-missing') : yes;
};
