/** Rows on their way into the database: collected in any order, written table by table in the order of their references. */
import type { Insertable } from 'kysely';
import type { Tx } from '../src/platform/db/database.ts';
import type { DB } from '../src/platform/db/types.ts';
import { idAt } from '../src/platform/ids.ts';

/** Tables that the demo fills, each after those that it refers to. */
const ORDER = [
  'organisation',
  'station',
  'person',
  'worker',
  'account',
  'roleAssignment',
  'absence',
  'rotaDay',
  'supervisionRelation',
  'expert',
  'expertAway',
  'expertRelation',
  'resource',
  'partner',
  'partnerLiaison',
  'partnerAgreement',
  'recipient',
  'recipientFormerName',
  'recipientDetail',
  'recipientCategory',
  'recipientGuardian',
  'recipientContact',
  'ledgerImport',
  'ledgerImportRow',
  'household',
  'householdMember',
  'householdTie',
  'caseFile',
  'caseCircle',
  'caseContent',
  'caseNote',
  'visit',
  'visitContent',
  'visitAction',
  'visitNeed',
  'alarm',
  'alarmContent',
  'alarmOrder',
  'alarmStep',
  'alarmEntry',
  'mandatoryReport',
  'reportReporter',
  'reportContent',
  'reportEntry',
  'casePaper',
  'casePaperContent',
  'consent',
  'supportRequest',
  'supportContent',
  'supportStatement',
  'supportProposal',
  'supportRound',
  'supportInvitation',
  'supportPacket',
  'supportOpinion',
  'supportConference',
  'conferencePoll',
  'pollVote',
  'expertEffort',
  'supportMinutes',
  'supportAction',
  'supportLine',
  'supportResponse',
  'supportResponseContent',
  'supportClosing',
  'partnerReferral',
  'partnerReferralContent',
  'publicationDraft',
  'publicationFinding',
  'casebankEntry',
  'competition',
  'competitionJudge',
  'competitionEntry',
  'competitionText',
  'competitionRecusal',
  'competitionScore',
  'seminarSeries',
  'seminar',
  'seminarMember',
  'seminarCase',
  'researchOutput',
  'researchOutputSource',
  'campaign',
  'activity',
  'activityContent',
  'activityRegistration',
  'volunteer',
  'volunteerContent',
  'volunteerTask',
  'volunteerTaskContent',
  'volunteerTurn',
  'serviceGroup',
  'serviceGroupContent',
  'groupReview',
  'groupLeadChange',
  'groupSession',
  'groupSessionContent',
  'groupMember',
  'formTemplate',
  'formAnswer',
  'formAnswerContent',
  'formDecision',
  'signature',
  'signatureContent',
  'groupAttendance',
  'groupMeasure',
  'reliefCase',
  'reliefContent',
  'reliefItem',
  'reliefJoint',
  'reliefJointMember',
  'reliefUndertaking',
  'serviceContact',
  'appeal',
  'appealContent',
  'appealStep',
  'hotlineCall',
  'hotlineCallContent',
  'hotlineHandOver',
  'ticket',
  'ticketContent',
  'privacyRequest',
  'privacyRequestContent',
  'impactAssessment',
  'yearReportText',
  'numberSeries',
  'event',
  'notice',
] as const satisfies readonly (keyof DB)[];

type Table = (typeof ORDER)[number];

// A statement holds 65,535 parameters; the widest table has fewer than 60 columns.
const BATCH = 1000;

/** Collects rows and writes them in few statements. */
export class Rows {
  readonly #rows = new Map<Table, object[]>();

  add<T extends Table>(table: T, row: Insertable<DB[T]>): void {
    const list = this.#rows.get(table);
    if (list === undefined) this.#rows.set(table, [row]);
    else list.push(row);
  }

  /** The rows collected for a table, as they will be written. */
  of<T extends Table>(table: T): readonly Insertable<DB[T]>[] {
    return (this.#rows.get(table) ?? []) as Insertable<DB[T]>[];
  }

  /** Number of rows collected for a table. */
  count(table: Table): number {
    return this.#rows.get(table)?.length ?? 0;
  }

  /** Writes all tables; `inOrder` of ids, which is kinder to the indexes of tables that are long already. */
  async write(tx: Tx, { inOrder = false }: { readonly inOrder?: boolean } = {}): Promise<void> {
    for (const table of ORDER) {
      const found = (this.#rows.get(table) ?? []) as { readonly id?: string }[];
      const rows = inOrder ? found.toSorted((a, b) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1)) : found;
      for (let at = 0; at < rows.length; at += BATCH) {
        await tx
          .insertInto(table)
          .values(rows.slice(at, at + BATCH) as never)
          .execute();
      }
    }
  }
}

const used = new Map<number, number>();

/** An id of a moment; ids of one moment follow each other in the order of their making, since lists sort by id. */
export const idOf = (at: string | number): string => {
  const millis = typeof at === 'number' ? at : Date.parse(at);
  const order = used.get(millis) ?? 0;
  used.set(millis, order + 1);
  return idAt(millis + (order >>> 12), order & 0xfff);
};

type SeriesKey = { readonly districtId: string; readonly kind: string; readonly scope: string };

/** Draws numbers for moments: within a kind, scope and year they follow time, from 1 and without gaps. */
export class Numbers {
  readonly #wishes: {
    readonly key: SeriesKey;
    readonly at: string;
    readonly year: number;
    readonly give: (sequence: number, year: number) => void;
  }[] = [];

  /** Asks for a number; `give` hears it when all wishes are known. `day` is the day in Shanghai that decides the year. */
  wish(key: SeriesKey, at: string, day: string, give: (sequence: number, year: number) => void): void {
    this.#wishes.push({ key, at, year: Number(day.slice(0, 4)), give });
  }

  /** Gives all numbers in the order of time, drawn from the platform's own series: `draw` answers the first of so many. */
  async drawFrom(draw: (key: SeriesKey, year: number, count: number) => Promise<number>): Promise<void> {
    const inOrder = this.#wishes.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
    for (const wishes of Map.groupBy(inOrder, ({ key, year }) => `${key.districtId} ${key.kind} ${key.scope} ${year}`).values()) {
      const [first] = wishes;
      if (first === undefined) continue;
      const from = await draw(first.key, first.year, wishes.length);
      for (const [n, wish] of wishes.entries()) wish.give(from + n, wish.year);
    }
  }

  /** Gives all numbers in the order of time and leaves each series where the platform goes on. */
  draw(rows: Rows): void {
    const last = new Map<string, { key: SeriesKey; year: number; last: number }>();
    const inOrder = this.#wishes.map((wish, order) => ({ wish, order }));
    inOrder.sort((a, b) => Date.parse(a.wish.at) - Date.parse(b.wish.at) || a.order - b.order);
    for (const { wish } of inOrder) {
      const name = `${wish.key.districtId} ${wish.key.kind} ${wish.key.scope} ${wish.year}`;
      const series = last.get(name) ?? { key: wish.key, year: wish.year, last: 0 };
      series.last += 1;
      last.set(name, series);
      wish.give(series.last, wish.year);
    }
    for (const { key, year, last: end } of last.values()) rows.add('numberSeries', { ...key, year, last: end });
  }
}
