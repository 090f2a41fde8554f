/** What the case bank makes of a request that was closed. */
import { type KnownIdentity, redact } from '@jieyou/core/casebank/redaction.ts';
import { applyFindings, composeSections, NAMELESS, PARTS, type Part, searchTextOf, withPseudonym } from '@jieyou/core/casebank/rules.ts';
import type { Sections } from '@jieyou/core/casebank/schema.ts';
import { addMs, dayOf } from '@jieyou/core/shared/day.ts';
import { type Diary, MINUTE, notUndefined } from './loadDiary.ts';
import { idOf } from './loadRows.ts';
import { pseudonyms } from './names.ts';
import { tellPublication } from './telling.ts';

const composed = (diary: Diary): Sections => {
  const { told } = diary.plan;
  return composeSections({
    story: told.story,
    tried: told.tried,
    conferences: [{ minutes: told.minutes, consensus: told.decisions.map((d) => d.text).join('') }],
    actions: told.decisions.map((d) => ({ says: d.text, result: d.doneText })),
    lines: [],
    evaluation: `${told.closing.result}\n${told.closing.reflection}`,
  });
};

/** Pseudonyms for the recipient and the child, without a character of their names. */
const pseudonymsFor = (diary: Diary): readonly [string, string] => {
  const { random } = diary;
  const { person } = diary.plan.caseOf;
  const { persona, child } = diary.plan.story;
  const strange = (name: string) => ![...`${person.name}${person.child ?? ''}`].some((c) => name.includes(c));
  const own = persona?.pseudonym ?? random.pick(pseudonyms[person.gender].filter(strange));
  const small = pseudonyms[child?.gender ?? 'female'].filter((n) => n.startsWith('小') && n !== own && strange(n));
  return [own, random.pick(small)];
};

/** The publication: drafted with the record's names, every finding decided, released by a second person of the centre. */
export const publicationRows = (diary: Diary, identities: readonly KnownIdentity[]): void => {
  const { rows, district } = diary;
  const plan = diary.plan;
  const publication = notUndefined(plan.publication ?? undefined, 'publication');
  const { person } = plan.caseOf;
  const { draftedAt, releasedAt, drafter, releaser } = publication;
  const [pseudonym, childPseudonym] = pseudonymsFor(diary);
  const { title, ...written } = tellPublication(plan.story, plan.round, { name: person.name, child: person.child ?? '' });
  // A draft just begun stands as it was composed of the work, with everything to be decided.
  const sections = publication.decided ? written : composed(diary);
  const methods = [...plan.story.methods];
  const known: KnownIdentity[] = [
    ...withPseudonym(identities, pseudonym).map((one) =>
      one.value === person.child && one.kind === 'name' ? { ...one, replacement: childPseudonym } : one,
    ),
    { kind: 'name', value: plan.asker.name, replacement: '某社工' },
  ];
  if (known.some((one) => one.replacement === NAMELESS)) throw new RangeError('a name has no pseudonym');
  const raw: Readonly<Record<Part, string>> = { title, methods: methods.join('\n'), ...sections };
  const released = releasedAt !== null;
  const draftId = idOf(draftedAt);
  rows.add('publicationDraft', {
    districtId: district.id,
    id: draftId,
    requestId: plan.id,
    status: released ? 'released' : 'draft',
    title,
    pseudonym,
    methods,
    sections: JSON.stringify(sections),
    draftedBy: drafter.personId,
    createdAt: draftedAt,
    updatedAt: releasedAt ?? draftedAt,
    version: released ? 3 : 1,
  });
  let found = 0;
  const shown = Object.fromEntries(
    PARTS.map((part) => {
      const places = redact(raw[part], known).findings.map((f) => ({
        ...f,
        status: !publication.decided ? ('open' as const) : f.source === 'known' ? ('confirmed' as const) : ('kept' as const),
      }));
      found += places.length;
      for (const f of places) {
        rows.add('publicationFinding', {
          districtId: district.id,
          id: idOf(draftedAt),
          draftId,
          part,
          startAt: f.start,
          endAt: f.end,
          kind: f.kind,
          original: f.original,
          replacement: f.replacement,
          source: f.source,
          status: f.status,
          reason: f.status === 'kept' ? '普通词语，不指向具体的人。' : null,
          decidedBy: f.status === 'open' ? null : drafter.personId,
        });
      }
      return [part, applyFindings(raw[part], places)];
    }),
  ) as Record<Part, string>;
  const record = { kind: 'draft', id: draftId };
  diary.event('casebank.drafted', draftedAt, drafter, { ...record, facts: { findings: found } });
  if (publication.decided) {
    diary.event('casebank.findings-confirmed', addMs(draftedAt, 40 * MINUTE), drafter, { ...record, facts: { decided: found } });
  }
  if (releasedAt === null) {
    diary.tell([releaser], 'casebank.drafted', draftedAt, record);
    return;
  }
  const { title: shownTitle, methods: shownMethods, ...shownSections } = shown;
  const entryId = idOf(releasedAt);
  rows.add('casebankEntry', {
    id: entryId,
    districtId: district.id,
    number: publication.number,
    draftId,
    title: shownTitle,
    domain: plan.story.domain,
    helpFields: [...plan.story.helpFields],
    methods: shownMethods.split('\n'),
    year: Number(dayOf(notUndefined(plan.at.over, 'closing')).slice(0, 4)),
    sections: JSON.stringify(shownSections),
    searchText: searchTextOf(shownTitle, shownSections),
    draftedBy: drafter.personId,
    releasedBy: releaser.personId,
    releasedOn: dayOf(releasedAt),
  });
  diary.event('casebank.released', releasedAt, releaser, { ...record, facts: { entry: entryId, number: publication.number } });
  diary.tell([plan.asker], 'casebank.released', releasedAt, { kind: 'entry', id: entryId });
};
