/** Which requests the demo holds, who asks them, and when each of them moved. */

import { entryNumber } from '@jieyou/core/casebank/rules.ts';
import { addDays, addMs, type Day, dayOf, daysBetween, type Instant, instantAt } from '@jieyou/core/shared/day.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { archiveNumber, receiptNumber } from '@jieyou/core/support/receipts.ts';
import type { ChecklistAnswers, RequestStatus } from '@jieyou/core/support/schema.ts';
import { type CasePlan, type People, wishCaseNumber } from './loadCases.ts';
import type { District, ExpertStaff, Staff } from './loadDistrict.ts';
import { idOf, type Numbers } from './loadRows.ts';
import { hardNotes } from './loadText.ts';
import type { DemoTime } from './loadTime.ts';
import { randomFor } from './random.ts';
import { planTellings, type ToldStory, tellStory } from './telling.ts';
import type { Story } from './types.ts';

const MINUTE = 60_000;

/** How an expert stands to an invitation. */
export type SeatState = 'invited' | 'accepted' | 'answered' | 'declined';
/** An expert of a panel with the needed fields that the expert covers. */
export type Seat = { readonly expert: ExpertStaff; readonly fields: readonly HelpField[]; readonly state: SeatState };

/** When a request moved; what did not happen is missing. */
export type Moments = {
  readonly created: Instant;
  readonly submitted?: Instant;
  readonly acknowledged?: Instant;
  readonly asked?: Instant;
  readonly supplied?: Instant;
  readonly accepted?: Instant;
  readonly invited?: Instant;
  readonly deadline?: Instant;
  readonly planned?: Instant;
  readonly held?: Instant;
  /** Closed, declined, advised, withdrawn, ended or marked as a duplicate. */
  readonly over?: Instant;
};

/** A publication of a request: released, or waiting for the second person. */
export type PublicationPlan = {
  /** Whether every finding has been decided. */
  readonly decided: boolean;
  readonly draftedAt: Instant;
  readonly releasedAt: Instant | null;
  readonly drafter: Staff;
  readonly releaser: Staff;
  number: string;
};

/** A request before it is written. */
export type RequestPlan = {
  readonly id: string;
  readonly end: RequestStatus;
  readonly story: Story;
  readonly round: number;
  readonly told: ToldStory;
  readonly asker: Staff;
  readonly holder: Staff | null;
  readonly lane: 'ordinary' | 'crisis';
  readonly checklist: ChecklistAnswers;
  readonly risk: string;
  readonly at: Moments;
  readonly seats: readonly Seat[];
  readonly solved: boolean | null;
  readonly caseOf: CasePlan;
  readonly duplicateOf: RequestPlan | null;
  readonly publication: PublicationPlan | null;
  /** Whether the recipient agreed to a publication although none was made. */
  readonly mayPublish: boolean;
  /** Days by which the second action is over its due date; only where support is still going on. */
  readonly lateBy: number;
  /** Followed up with a result for everything, so that the holder may close it. */
  readonly allDone: boolean;
  receiptNo: string | null;
  archiveNo: string | null;
};

type Wanted = {
  readonly end: RequestStatus;
  readonly asker: Staff;
  readonly holder: Staff | null;
  readonly at: Moments;
  readonly lane?: 'ordinary' | 'crisis';
  readonly seats?: readonly SeatState[];
  readonly force?: readonly ExpertStaff[];
  readonly solved?: boolean;
  readonly soft?: true;
  readonly lateBy?: number;
  readonly allDone?: boolean;
  readonly duplicateOf?: RequestPlan;
};

/** How many requests of each kind the demo holds (LH-20). */
export const SOLVED = 80;
/** How many of the solved ones are published. */
export const PUBLISHED = 30;

/** Answers to the checklist of a story. */
export const checklistOf = (story: Story, lane: 'ordinary' | 'crisis', soft: boolean): ChecklistAnswers =>
  soft
    ? {
        imminentRisk: false,
        problemsAtOnce: false,
        lackOfResources: false,
        beyondExperience: true,
        earlierAttemptsFailed: false,
        severalDepartments: false,
        riskRising: false,
      }
    : {
        ...story.checklist,
        imminentRisk: lane === 'crisis',
        problemsAtOnce: true,
        beyondExperience: story.checklist.beyondExperience || !story.checklist.lackOfResources,
      };

/** The risk that the answers tell. */
export const riskOf = (checklist: ChecklistAnswers): string =>
  checklist.imminentRisk === true ? 'extreme' : checklist.riskRising === true ? 'high' : 'medium';

/** Chooses panels as a coordinator would: every field covered by few, nobody in conflict, nobody overloaded. */
class Panels {
  readonly #district: District;
  readonly #time: DemoTime;
  readonly #load = new Map<string, number>();
  readonly #total = new Map<string, number>();

  constructor(district: District, time: DemoTime) {
    this.#district = district;
    this.#time = time;
  }

  /** Whether an expert may sit on a panel about somebody's request; the relations are those that `districtRows` declares. */
  #free(expert: ExpertStaff, asker: Staff, on: Day): boolean {
    const daysAgo = daysBetween(on, this.#time.today);
    const declared: Readonly<Record<string, readonly string[]>> = { 梁素云: ['chunni'], 罗宏达: ['qinghe'] };
    const named = this.#district.named;
    const people: Readonly<Record<string, readonly string[]>> = {
      聂国栋: this.#district.workers.filter((w) => w.stationId === named.worker.stationId).map((w) => w.personId),
      冯婉宁: [named.worker2.personId],
      苏慧琳: [named.worker.personId],
      邵文静: [named.worker2.personId],
    };
    return (
      expert.termFromDaysAgo >= daysAgo &&
      expert.agencyKey !== asker.agencyKey &&
      !(declared[expert.name] ?? []).includes(asker.agencyKey ?? '') &&
      !(people[expert.name] ?? []).includes(asker.personId) &&
      (this.#load.get(`${expert.expertId} ${on.slice(0, 7)}`) ?? 0) < this.#limit(expert)
    );
  }

  // Those who sign in as experts must be free for a panel that a visitor makes.
  #limit(expert: ExpertStaff): number {
    return expert.accountId === null ? 4 : 2;
  }

  choose(story: Story, asker: Staff, on: Day, force: readonly ExpertStaff[], states: readonly SeatState[]): Seat[] {
    const chosen: ExpertStaff[] = [...force];
    const open = () => story.helpFields.filter((f) => !chosen.some((e) => e.helpFields.includes(f)));
    const rank = (e: ExpertStaff): number =>
      open().filter((f) => e.helpFields.includes(f)).length * 100 +
      (story.wish === 'female-expert' && e.gender === 'female' ? 30 : 0) -
      (this.#total.get(e.expertId) ?? 0);
    const wanted = Math.max(2, states.length);
    while (open().length > 0 || chosen.length < wanted) {
      const useful = this.#district.experts.filter(
        (e) =>
          !chosen.includes(e) &&
          this.#free(e, asker, on) &&
          e.helpFields.some((f) => (open().length > 0 ? open() : story.helpFields).includes(f)),
      );
      const best = useful.toSorted((a, b) => rank(b) - rank(a))[0];
      if (best === undefined) break;
      chosen.push(best);
    }
    for (const e of chosen) {
      const month = `${e.expertId} ${on.slice(0, 7)}`;
      this.#load.set(month, (this.#load.get(month) ?? 0) + 1);
      this.#total.set(e.expertId, (this.#total.get(e.expertId) ?? 0) + 1);
    }
    return chosen.map((expert, i) => ({
      expert,
      fields: story.helpFields.filter((f) => expert.helpFields.includes(f)),
      state: states[i] ?? 'answered',
    }));
  }
}

/** Plans every request of the demo; a request comes with its case. */
export const planRequests = (district: District, time: DemoTime, people: People): RequestPlan[] => {
  const random = randomFor('requests');
  const { worker, worker2, centre, centre2, head } = district.named;
  const { expert, expert2 } = district.namedExperts;
  const panels = new Panels(district, time);
  const plans: RequestPlan[] = [];
  const tellings = planTellings(SOLVED + LIVE_TELLINGS);
  const old = district.workers.filter((w) => w.accountId === null && w.streetCode !== '');
  const ofHeads = old.filter((w) => w.stationId === head.stationId && w.joinedDaysAgo > 900);
  const since = (daysAgo: number): Staff => random.pick(old.filter((w) => w.joinedDaysAgo > daysAgo + 60));
  const staffSince = (daysAgo: number): Staff => random.pick(district.centre.filter((c) => c.joinedDaysAgo > daysAgo + 20));

  const plan = (telling: { story: Story; round: number }, wanted: Wanted, publication: PublicationPlan | null = null): RequestPlan => {
    const { story, round } = telling;
    const lane = wanted.lane ?? 'ordinary';
    const { asker, at } = wanted;
    const again = wanted.duplicateOf;
    const openedAt = time.before(at.created, again === undefined ? random.int(8, 30) : 2, random);
    const openedOn = dayOf(openedAt);
    const blank = { name: '', child: '', school: '', address: '', phone: '', worker: '' };
    const { details } = tellStory(story, round, blank);
    const person =
      again?.caseOf.person ??
      people.next(
        {
          gender: story.recipient.gender,
          age: details.age,
          on: dayOf(at.created),
          near: asker,
          name: story.persona?.name,
          childGender: story.child?.gender ?? null,
        },
        JSON.stringify([story, telling.round]),
      );
    const told = tellStory(story, round, {
      name: person.name,
      child: person.child ?? '',
      school: person.school ?? '',
      address: person.address,
      phone: person.phone,
      worker: asker.name,
    });
    const over = at.over !== undefined && wanted.end === 'closed' && daysBetween(dayOf(at.over), time.today) > 120;
    const noteDays = hardNotes.slice(0, random.int(3, hardNotes.length));
    const gap = Math.max(1, Math.floor(daysBetween(openedOn, dayOf(at.created)) / (noteDays.length + 1)));
    const notes = noteDays.map((body, n) => {
      const noteAt = time.notAfter(instantAt(addDays(openedOn, gap * n), (9 * 60 + 20 + random.int(10, 400)) * MINUTE), 90);
      return { at: noteAt > openedAt ? noteAt : addMs(openedAt, (n + 1) * 20 * MINUTE), body: n === 3 ? told.tried : body };
    });
    const checklist = checklistOf(story, lane, wanted.soft === true);
    const risk = riskOf(checklist);
    const caseOf: CasePlan = {
      person,
      worker: asker,
      domain: story.domain,
      helpFields: story.helpFields,
      risk,
      openedOn,
      openedAt,
      updatedAt:
        notes
          .map((n) => n.at)
          .sort()
          .at(-1) ?? openedAt,
      status: over && asker.accountId === null ? 'closed' : 'open',
      household: told.household,
      summary: told.story,
      notes: notes.map((n) => ({ ...n, on: dayOf(n.at) })),
      number: '',
    };
    const seats = at.invited === undefined ? [] : panels.choose(story, asker, dayOf(at.invited), wanted.force ?? [], wanted.seats ?? []);
    const made: RequestPlan = {
      id: idOf(at.created),
      end: wanted.end,
      story,
      round,
      told,
      asker,
      holder: wanted.holder,
      lane,
      checklist,
      risk,
      at,
      seats,
      solved: wanted.solved ?? null,
      caseOf,
      duplicateOf: again ?? null,
      publication,
      mayPublish: wanted.solved === true && random.chance(0.6),
      lateBy: wanted.lateBy ?? 0,
      allDone: wanted.allDone === true,
      receiptNo: null,
      archiveNo: null,
    };
    plans.push(made);
    return made;
  };

  const through = (submitted: Instant, lane: 'ordinary' | 'crisis', days: number): Moments => {
    const first = dayOf(submitted);
    const created = addMs(submitted, -random.int(25, 90) * MINUTE);
    const over = time.notAfter(time.after(addDays(first, days), 0, random), 24 * 60);
    if (lane === 'crisis') {
      const accepted = addMs(submitted, random.int(50, 110) * MINUTE);
      const invited = addMs(accepted, 40 * MINUTE);
      const planned = time.after(first, 1, random);
      return {
        created,
        submitted,
        acknowledged: addMs(submitted, random.int(3, 11) * MINUTE),
        accepted,
        invited,
        deadline: addMs(planned, -30 * MINUTE),
        planned,
        held: planned,
        over,
      };
    }
    const accepted = time.after(first, random.int(1, 2), random);
    const invited = time.after(dayOf(accepted), random.int(1, 2), random);
    const planned = instantAt(dayOf(time.after(dayOf(invited), random.int(4, 5), random)), '14:30');
    const deadline = instantAt(dayOf(time.after(dayOf(invited), 3, random)), '17:30');
    return { created, submitted, accepted, invited, deadline, planned, held: planned, over };
  };

  solvedPlans();
  livePlans();
  return plans;

  function solvedPlans(): void {
    const first = tellings.slice(0, SOLVED);
    const personas = first.filter((t) => t.story.persona !== null);
    const rest = random.shuffle(first.filter((t) => t.story.persona === null));
    // The persons of LH-24 and LH-25 stand where their support has time to end.
    rest.splice(48, 0, ...personas.filter((t) => t.story.persona?.requirement === 'LH-24'));
    rest.splice(66, 0, ...personas.filter((t) => t.story.persona?.requirement === 'LH-25'));
    const drafts: { telling: (typeof first)[number]; wanted: Wanted }[] = rest.map((telling, i) => {
      const daysAgo = Math.round(795 - (i * (795 - 46)) / (SOLVED - 1)) - (i === 0 ? 0 : random.int(0, 4));
      const persona = telling.story.persona;
      const lane = persona?.path === 'crisis' || (persona === null && telling.story.checklist.imminentRisk) ? 'crisis' : 'ordinary';
      const [low, high] = persona?.closesInDays ?? [24, 66];
      // Where the day is a day off, support ends a little later: the range is kept at its lower end.
      const days = Math.min(persona === null ? random.int(low, high) : low + 2, daysAgo - 6);
      const asker =
        persona?.requirement === 'LH-24' || [55, 70, 78].includes(i)
          ? worker
          : persona?.requirement === 'LH-25' || [60, 76].includes(i)
            ? worker2
            : i % 6 === 5
              ? random.pick(ofHeads)
              : since(daysAgo);
      const holder = persona !== null || asker.accountId !== null ? (i % 2 === 0 ? centre : centre2) : staffSince(daysAgo);
      const submitted = time.after(time.day(-daysAgo), 0, random);
      const force = persona?.requirement === 'LH-24' ? [expert] : persona?.requirement === 'LH-25' ? [expert2] : [];
      return { telling, wanted: { end: 'closed', asker, holder, at: through(submitted, lane, days), lane, solved: true, force } };
    });
    const ripe = (d: (typeof drafts)[number]) => d.telling.round === 0 && daysBetween(dayOf(d.wanted.at.over ?? time.now), time.today) > 45;
    const persona = (d: (typeof drafts)[number]) => d.telling.story.persona !== null;
    const chosen = new Set(
      [...drafts.filter((d) => persona(d)), ...random.shuffle(drafts.filter((d) => ripe(d) && !persona(d)))].slice(0, PUBLISHED),
    );
    // One more waits for the second person with every finding decided, and one is just begun.
    const left = drafts.filter((d) => !chosen.has(d) && d.wanted.asker.accountId === null && d.telling.story.child !== null);
    const [begun, waiting] = [left.at(-1), left.at(-2)];
    for (const draft of drafts) {
      const over = draft.wanted.at.over as Instant;
      const daysAgo = daysBetween(dayOf(over), time.today);
      const drafter = (draft.wanted.holder ?? centre) as Staff;
      if (chosen.has(draft)) {
        const draftedAt = time.after(addDays(dayOf(over), random.int(8, 20)), 0, random);
        const releasedAt = time.notAfter(time.after(dayOf(draftedAt), random.int(2, 8), random), 24 * 60);
        const releaser = drafter === centre ? centre2 : drafter === centre2 ? centre : random.pick([centre, centre2]);
        plan(draft.telling, draft.wanted, { decided: true, draftedAt, releasedAt, drafter, releaser, number: '' });
      } else if (draft === waiting || draft === begun) {
        plan(draft.telling, draft.wanted, {
          decided: draft === waiting,
          draftedAt: time.notAfter(time.after(addDays(dayOf(over), Math.max(1, Math.min(3, daysAgo - 1))), 0, random), 60),
          releasedAt: null,
          drafter: centre,
          releaser: centre2,
          number: '',
        });
      } else plan(draft.telling, draft.wanted);
    }
  }

  function livePlans(): void {
    const left = tellings.slice(SOLVED);
    const urgent = left.filter((t) => t.story.checklist.imminentRisk);
    const calm = left.filter((t) => !t.story.checklist.imminentRisk);
    const take = (lane: 'ordinary' | 'crisis' = 'ordinary') => {
      const next = (lane === 'crisis' ? urgent.shift() : undefined) ?? calm.shift() ?? urgent.shift();
      if (next === undefined) throw new RangeError('the stories are told');
      return next;
    };
    const one = (wanted: Wanted, telling = take(wanted.lane)) => plan(telling, wanted);
    const earlier = (at: Instant, workingDays: number) => time.before(at, workingDays, random);
    const written = (submitted: Instant) => addMs(submitted, -random.int(30, 80) * MINUTE);
    const other = () => since(200);

    // In the crisis lane: one that nobody has acknowledged yet, two in hand.
    const alarm = addMs(time.now, -4 * MINUTE);
    one({
      end: 'crisis',
      asker: random.pick(ofHeads),
      holder: null,
      lane: 'crisis',
      at: { created: addMs(alarm, -6 * MINUTE), submitted: alarm },
    });
    for (const hours of [3, 20]) {
      const submitted = addMs(time.now, -hours * 60 * MINUTE);
      one({
        end: 'crisis',
        asker: hours === 3 ? worker2 : other(),
        holder: hours === 3 ? centre : centre2,
        lane: 'crisis',
        at: { created: addMs(submitted, -9 * MINUTE), submitted, acknowledged: addMs(submitted, 7 * MINUTE) },
      });
    }

    // Drafts.
    for (const [i, asker] of [worker, worker, worker2].entries())
      one({ end: 'draft', asker, holder: null, at: { created: time.ago(i + 1, random) } });

    // On the screening board.
    for (const [i, state] of (['on-track', 'on-track', 'at-risk', 'at-risk', 'overdue', 'overdue'] as const).entries()) {
      const submitted = time.startFor('screening', state, (i % 2) * 3);
      one({
        end: 'submitted',
        asker: i === 0 ? worker : i === 3 ? worker2 : i === 1 ? random.pick(ofHeads) : other(),
        holder: null,
        at: { created: written(submitted), submitted },
      });
    }
    for (const [i, asker] of [worker, other()].entries()) {
      const submitted = time.ago(4 + i, random);
      one({
        end: 'needs-info',
        asker,
        holder: i === 0 ? centre : centre2,
        at: { created: written(submitted), submitted, asked: time.after(dayOf(submitted), 1, random) },
      });
    }

    // Waiting for a panel.
    for (const [i, state] of (['on-track', 'on-track', 'at-risk', 'overdue'] as const).entries()) {
      const accepted = time.startFor('panel', state, i % 2);
      const submitted = earlier(accepted, 1);
      const holder = i % 2 === 0 ? centre : centre2;
      one({
        end: 'matching',
        asker: i === 0 ? worker2 : i === 2 ? random.pick(ofHeads) : other(),
        holder,
        at: { created: written(submitted), submitted, accepted },
      });
    }

    // Panels at work. The deadline lies ahead except where the conference is overdue.
    const panelsAtWork: readonly {
      asker: Staff;
      state: 'on-track' | 'at-risk' | 'overdue';
      seats: readonly SeatState[];
      force: readonly ExpertStaff[];
    }[] = [
      { asker: worker, state: 'on-track', seats: ['invited', 'answered', 'accepted'], force: [expert, expert2] },
      { asker: other(), state: 'on-track', seats: ['accepted', 'answered'], force: [expert] },
      { asker: other(), state: 'at-risk', seats: ['invited', 'answered'], force: [expert2] },
      { asker: random.pick(ofHeads), state: 'at-risk', seats: ['answered', 'answered'], force: [] },
      { asker: other(), state: 'overdue', seats: ['answered', 'answered'], force: [] },
      { asker: other(), state: 'on-track', seats: ['invited', 'accepted', 'declined'], force: [] },
    ];
    for (const [i, { asker, state, seats, force }] of panelsAtWork.entries()) {
      const invited = time.startFor('conference', state, i);
      const accepted = earlier(invited, 1);
      const submitted = earlier(accepted, 1);
      const late = state === 'overdue';
      const planned = instantAt(
        late ? dayOf(time.ago(1, random)) : dayOf(time.after(time.day(state === 'at-risk' ? 1 : 3), 1, random)),
        '14:30',
      );
      const deadline = instantAt(late ? dayOf(time.before(planned, 1, random)) : addDays(dayOf(planned), -1), '17:30');
      one(
        {
          end: 'supporting',
          asker,
          holder: i % 2 === 0 ? centre : centre2,
          seats,
          force,
          at: { created: written(submitted), submitted, accepted, invited, deadline, planned },
        },
        withFields(force),
      );
    }

    // Followed up.
    for (const [i, asker] of [worker, worker, worker2, random.pick(ofHeads), other()].entries()) {
      const held = instantAt(dayOf(time.ago(5 + i * 3, random)), '14:30');
      const invited = earlier(held, 5);
      const accepted = earlier(invited, 1);
      const submitted = earlier(accepted, 1);
      one({
        end: 'following',
        asker,
        holder: i % 2 === 0 ? centre : centre2,
        lateBy: i === 1 ? 2 : 0,
        allDone: i === 4,
        at: {
          created: written(submitted),
          submitted,
          accepted,
          invited,
          deadline: instantAt(dayOf(earlier(held, 1)), '17:30'),
          planned: held,
          held,
        },
      });
    }

    // Ended otherwise.
    for (const daysAgo of [410, 230, 95]) {
      const submitted = time.after(time.day(-daysAgo), 0, random);
      one({ end: 'closed', asker: since(daysAgo), holder: staffSince(daysAgo), solved: false, at: through(submitted, 'ordinary', 50) });
    }
    const ended = (
      end: RequestStatus,
      daysAgo: number,
      asker: Staff,
      more: Partial<Wanted> = {},
      fromMatching = false,
      duplicateOf?: RequestPlan,
    ): void => {
      const submitted = time.after(time.day(-daysAgo), 0, random);
      const accepted = time.after(dayOf(submitted), 1, random);
      const over = time.after(dayOf(submitted), fromMatching ? 3 : 1, random);
      one(
        {
          end,
          asker,
          holder: fromMatching ? centre : null,
          at: { created: written(submitted), submitted, ...(fromMatching ? { accepted } : {}), over },
          ...more,
        },
        duplicateOf === undefined ? take() : { story: duplicateOf.story, round: duplicateOf.round },
      );
    };
    ended('declined', 62, other());
    ended('declined', 18, worker);
    ended('advised', 24, worker2, { soft: true });
    ended('advised', 12, worker, { soft: true });
    ended('advised', 70, other(), { soft: true });
    ended('withdrawn', 33, other());
    ended('withdrawn', 15, worker2);
    ended('ended-elsewhere', 48, other(), {}, true);
    ended('ended-elsewhere', 21, random.pick(ofHeads), {}, true);
    const followed = plans.filter((p) => p.end === 'following' && p.asker.accountId === null);
    for (const [i, of] of followed.entries()) {
      const daysAfter = Math.max(3, daysBetween(dayOf(of.at.submitted ?? time.now), time.today) - 3);
      ended('duplicate', daysAfter - i, since(300), { duplicateOf: of }, false, of);
    }

    function withFields(force: readonly ExpertStaff[]) {
      if (force.length === 0) return take();
      // Experts are asked for what they know.
      const fits = calm.findIndex((t) => force.every((e) => t.story.helpFields.some((f) => e.helpFields.includes(f))));
      return fits < 0 ? take() : (calm.splice(fits, 1)[0] as (typeof calm)[number]);
    }
  }
};

/** Tellings that requests in other states than solved need; duplicates tell a story again. */
const LIVE_TELLINGS = 41;

/** Asks for the numbers of a request, its case and its publication. */
export const wishNumbers = (numbers: Numbers, district: District, plan: RequestPlan): void => {
  wishCaseNumber(numbers, district, plan.caseOf);
  const { submitted, accepted } = plan.at;
  if (submitted !== undefined) {
    numbers.wish({ districtId: district.id, kind: 'QZ', scope: '' }, submitted, dayOf(submitted), (n, year) => {
      plan.receiptNo = receiptNumber(year, n);
    });
  }
  if (accepted !== undefined) {
    const scope = plan.asker.streetCode;
    numbers.wish({ districtId: district.id, kind: 'YN', scope }, accepted, dayOf(accepted), (n, year) => {
      plan.archiveNo = archiveNumber(scope, year, n);
    });
  }
  const publication = plan.publication;
  if (publication !== null && publication.releasedAt !== null) {
    numbers.wish(
      { districtId: district.rootId, kind: 'AL', scope: '' },
      publication.releasedAt,
      dayOf(publication.releasedAt),
      (n, year) => {
        publication.number = entryNumber(year, n);
      },
    );
  }
};
