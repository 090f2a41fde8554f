/** Cases with their recipients, as the cases room writes them; ordinary cases without any request. */

import type { KnownIdentity } from '@jieyou/core/casebank/redaction.ts';
import { serviceDomainOf } from '@jieyou/core/contacts/rules.ts';
import { addDays, ageOn, type Day, dayOf, type Instant } from '@jieyou/core/shared/day.ts';
import { type CaseDomain, caseDomains, type HelpField } from '@jieyou/core/shared/fields.ts';
import { splitName } from '@jieyou/core/shared/identifiers.ts';
import { caseNumber } from '@jieyou/core/support/receipts.ts';
import { sealRecipient } from '../src/cases/index.ts';
import { knownIdentities } from '../src/cases/recipient.ts';
import type { CryptoProvider } from '../src/platform/crypto/crypto.ts';
import type { District, Staff } from './loadDistrict.ts';
import { idOf, type Numbers, type Rows } from './loadRows.ts';
import { ordinaryNotes, ordinarySituations, rareNames } from './loadText.ts';
import type { DemoTime } from './loadTime.ts';
import { fictitiousIdNumber, fictitiousMobile, type Gender, givenCharacters, type NameBook, openNameBook, surnames } from './names.ts';
import { type Random, randomFor } from './random.ts';
import { inventedAddress, inventedSchools } from './telling.ts';

/** What is known of a recipient before anything is written. */
export type Person = {
  readonly name: string;
  readonly gender: Gender;
  readonly birthOn: Day;
  readonly idNumber: string;
  readonly phone: string;
  readonly address: string;
  readonly child: string | null;
  readonly school: string | null;
};

/** A case before it is written; its number is known once all numbers are drawn. */
export type CasePlan = {
  readonly person: Person;
  readonly worker: Staff;
  readonly domain: CaseDomain;
  readonly helpFields: readonly HelpField[];
  readonly risk: string;
  readonly openedOn: Day;
  readonly openedAt: string;
  readonly updatedAt: string;
  readonly status: 'open' | 'closed';
  readonly household: string;
  readonly summary: string;
  readonly notes: readonly { readonly at: string; readonly on: Day; readonly body: string }[];
  number: string;
};

/** A case as its request needs it. */
export type WrittenCase = {
  readonly id: string;
  readonly recipientId: string;
  readonly masked: string;
  readonly identities: readonly KnownIdentity[];
};

/** Invents recipients that never share a name with anybody else of the demo. */
export class People {
  readonly #names: NameBook;
  readonly #random: Random;
  #sequence = 0;

  constructor(taken: readonly string[]) {
    this.#random = randomFor('recipients');
    this.#names = openNameBook(this.#random);
    for (const name of taken) this.#names.reserve(name);
  }

  /** A recipient of the given age on `on`, living near the worker. `avoid` is a text in which no part of the names may stand. */
  next(
    of: {
      readonly gender: Gender;
      readonly age: number;
      readonly on: Day;
      readonly near: Staff;
      readonly name?: string | undefined;
      readonly childGender: Gender | null;
    },
    avoid = '',
  ): Person {
    const random = this.#random;
    const sequence = this.#sequence++;
    const birthOn = this.#birth(of.age, of.on);
    return {
      name: of.name ?? this.#nameNotIn(of.gender, avoid),
      gender: of.gender,
      birthOn,
      idNumber: fictitiousIdNumber(birthOn, of.gender, sequence),
      phone: fictitiousMobile('recipient', sequence),
      address: inventedAddress(of.near.streetName, of.near.communityName, sequence),
      child: of.childGender === null ? null : this.#childNotIn(of.childGender, avoid),
      school: of.childGender === null ? null : random.pick(inventedSchools),
    };
  }

  #birth(age: number, on: Day): Day {
    const year = Number(on.slice(0, 4)) - age;
    const birth = addDays(`${year}-${on.slice(5) === '02-29' ? '02-28' : on.slice(5)}` as Day, -this.#random.int(5, 350));
    // Leap days may cost a year: the age must stay the one that is told.
    return ageOn(birth, on) === age ? birth : addDays(birth, 5);
  }

  #nameNotIn(gender: Gender, avoid: string): string {
    for (;;) {
      const name = this.#names.next(gender);
      if (stands(name, avoid)) continue;
      return name;
    }
  }

  #childNotIn(gender: Gender, avoid: string): string {
    const characters = givenCharacters[gender];
    for (;;) {
      const name = `${this.#random.weighted(surnames)}${this.#random.pick(characters)}${this.#random.pick(characters)}`;
      if (!stands(name, avoid)) return name;
    }
  }
}

/** Given names of two characters are words by themselves (安宁, 家齐): a text that uses the word must not have such a person in it. */
export const stands = (name: string, text: string): boolean => {
  const given = splitName(name)?.given ?? name;
  return text.includes(name) || ([...given].length >= 2 && text.includes(given));
};

/** Asks for the numbers of a case. */
export const wishCaseNumber = (numbers: Numbers, district: District, plan: CasePlan): void =>
  numbers.wish({ districtId: district.id, kind: 'GA', scope: plan.worker.streetCode }, plan.openedAt, plan.openedOn, (sequence, year) => {
    plan.number = caseNumber(plan.worker.streetCode, year, sequence);
  });

// How the work was done, read from what was written about it.
const WAYS = [
  [/电话/, 'phone', 15],
  [/上门|家访/, 'home-visit', 60],
  [/陪同|小组/, 'outreach', 90],
  [/老师|民警|医生|律师/, 'stakeholders', 40],
  [/整理|书面|材料/, 'written', 30],
] as const;
const servedBy = (body: string): { kind: string; minutes: number } => {
  const [, kind, minutes] = WAYS.find(([words]) => words.test(body)) ?? [null, 'talk', 50];
  return { kind, minutes };
};

/** Writes a case with recipient, content, notes and events. */
export const caseRows = (rows: Rows, district: District, crypto: CryptoProvider, time: DemoTime, plan: CasePlan): WrittenCase => {
  const { person, worker } = plan;
  const districtId = district.id;
  const recipientId = idOf(plan.openedAt);
  const sealed = sealRecipient(
    crypto,
    recipientId,
    {
      name: person.name,
      gender: person.gender,
      birthOn: person.birthOn,
      idNumber: person.idNumber,
      phone: person.phone,
      address: person.address,
    },
    time.today,
  );
  rows.add('recipient', { districtId, id: recipientId, stationId: worker.stationId as string, workerId: worker.personId, ...sealed });
  const id = idOf(plan.openedAt);
  rows.add('caseFile', {
    districtId,
    id,
    number: plan.number,
    status: plan.status,
    recipientId,
    workerId: worker.personId,
    stationId: worker.stationId as string,
    organisationId: worker.organisationId,
    divisionPath: worker.divisionPath,
    domain: plan.domain,
    serviceDomain: serviceDomainOf(plan.domain),
    helpFields: [...plan.helpFields],
    risk: plan.risk,
    openedOn: plan.openedOn,
    updatedAt: plan.updatedAt,
  });
  const content = { aliases: person.child === null ? [] : [person.child], school: person.school };
  rows.add('caseContent', { districtId, id, household: plan.household, ...content, summary: plan.summary });
  const event = (type: string, at: string, facts: object) =>
    rows.add('event', {
      districtId,
      id: idOf(at),
      at,
      type,
      actorId: worker.personId,
      deputyFor: null,
      accountId: worker.accountId,
      recordKind: 'case',
      recordId: id,
      requestRef: null,
      helpField: null,
      facts: JSON.stringify(facts),
      httpRequest: null,
      ip: null,
    });
  event('case.opened', plan.openedAt, { number: plan.number, domain: plan.domain, risk: plan.risk });
  for (const note of plan.notes) {
    const noteId = idOf(note.at);
    rows.add('caseNote', {
      districtId,
      id: noteId,
      caseId: id,
      authorId: worker.personId,
      happenedOn: note.on,
      writtenAt: note.at,
      body: note.body,
      ...servedBy(note.body),
    });
    event('case.note-added', note.at, { note: noteId, happenedOn: note.on });
  }
  return { id, recipientId, masked: sealed.nameMasked, identities: knownIdentities(crypto, recipientId, sealed, content) };
};

const ORDINARY = 210;
const OF_WORKER = 34;
const OF_WORKER2 = 22;

/** Plans the ordinary cases of the district; the worker of the demo has more than a page of them. */
export const planOrdinaryCases = (district: District, time: DemoTime, people: People): CasePlan[] => {
  const random = randomFor('ordinary cases');
  const { worker, worker2 } = district.named;
  const colleagues = district.workers.filter(
    (w) => w.stationId === worker.stationId && w.personId !== worker.personId && w.joinedDaysAgo > 400,
  );
  const elders = district.workers.filter((w) => w.joinedDaysAgo > 500 && w.personId !== worker.personId && w.personId !== worker2.personId);
  return Array.from({ length: ORDINARY }, (_, index): CasePlan => {
    const of =
      index < OF_WORKER
        ? worker
        : index < OF_WORKER + OF_WORKER2
          ? worker2
          : index % 3 === 0
            ? random.pick(colleagues)
            : random.pick(elders);
    const domain = caseDomains[index % caseDomains.length] as CaseDomain;
    const [household, summary] = random.pick(ordinarySituations[domain]);
    const daysAgo = index < 4 ? 3 + index * 4 : random.int(8, 460);
    const openedAt = time.notAfter(time.after(time.day(-daysAgo), 0, random), 60);
    const openedOn = dayOf(openedAt);
    const young = domain === 'youth-internet';
    const gender: Gender = random.chance(domain === 'domestic-violence' ? 0.95 : 0.62) ? 'female' : 'male';
    const person = people.next({
      gender,
      age: domain === 'end-of-life' ? random.int(58, 84) : young ? random.int(12, 17) : random.int(26, 66),
      on: time.today,
      near: of,
      name: index % 7 === 3 ? rareNames[(index - 3) / 7] : undefined,
      childGender: null,
    });
    const notes = Array.from({ length: random.int(1, 4) }, (_unused, n) => {
      const at = time.notAfter(time.after(time.day(-daysAgo), 2 + n * random.int(3, 9), random), 30 - n);
      return { at, on: dayOf(at), body: random.pick(ordinaryNotes) };
    });
    const lastAt: Instant = notes.at(-1)?.at ?? openedAt;
    return {
      person: young ? { ...person, school: random.pick(inventedSchools) } : person,
      worker: of,
      domain,
      helpFields: fieldsOf(domain),
      risk: random.weighted([
        ['low', 6],
        ['medium', 4],
        ['high', 1],
      ]),
      openedOn,
      openedAt,
      updatedAt: lastAt,
      status: daysAgo > 300 && random.chance(0.6) && of !== worker ? 'closed' : 'open',
      household,
      summary,
      notes: notes.toSorted((a, b) => a.at.localeCompare(b.at)),
      number: '',
    };
  });
};

const fieldsOf = (domain: CaseDomain): HelpField[] =>
  (
    ({
      'mental-recovery': ['psychology', 'medical'],
      'disability-inclusion': ['medical', 'employment'],
      'youth-internet': ['education', 'psychology'],
      'parent-child': ['family', 'education'],
      'family-relations': ['family', 'psychology'],
      'domestic-violence': ['law', 'family'],
      'end-of-life': ['medical', 'psychology'],
    }) as const satisfies Record<CaseDomain, readonly HelpField[]>
  )[domain].slice() as HelpField[];
