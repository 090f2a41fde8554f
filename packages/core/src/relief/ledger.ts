/** How the ledger of relief (救助台账, ST-06) counts: 户, 人, 人次 and 金额 differ, and are never added to each other. */

/** One thing or one service as it counts; keys are opaque. */
export type ReliefAct = {
  readonly line: 'material' | 'service';
  readonly onDay: string;
  readonly recipientId: string;
  /** The household to which the person belonged on that day, or was registered in afterwards; null where there is none. */
  readonly householdId: string | null;
  readonly valueFen: number | null;
  readonly minutes: number | null;
};

/** The measures of one line of the ledger; money in fen. */
export type ReliefSums = {
  readonly households: number;
  readonly persons: number;
  /** Persons without a registered household: they are counted as persons, and in no household. */
  readonly unhoused: number;
  readonly times: number;
  readonly things: number;
  readonly valueFen: number;
  readonly minutes: number;
};

/**
 * Households and persons are counted once in the period, however often help came. Times: each service is one; things that one person was
 * given on one day are one time together. A person who was in a household on one day of the period is not without one.
 */
export const sumRelief = (acts: readonly ReliefAct[]): ReliefSums => {
  const persons = new Set(acts.map((a) => a.recipientId));
  const households = new Set(acts.flatMap((a) => (a.householdId === null ? [] : [a.householdId])));
  const housed = new Set(acts.flatMap((a) => (a.householdId === null ? [] : [a.recipientId])));
  const given = new Set(acts.flatMap((a) => (a.line === 'material' ? [`${a.recipientId} ${a.onDay}`] : [])));
  return {
    households: households.size,
    persons: persons.size,
    unhoused: persons.size - housed.size,
    times: given.size + acts.filter((a) => a.line === 'service').length,
    things: acts.filter((a) => a.line === 'material').length,
    valueFen: acts.reduce((sum, a) => sum + (a.valueFen ?? 0), 0),
    minutes: acts.reduce((sum, a) => sum + (a.minutes ?? 0), 0),
  };
};

/** How the numbers are made, for the page and the papers. */
export const RELIEF_LEDGER_HOW =
  '按送达物资、提供服务的日期（北京时间）计入当月、当年。户：按当天所在的家庭（后来才登记家庭的，按后来登记的），同一户在一个期间只计一次，没有登记家庭的人不计入户，另列人数；人：同一个人在一个期间只计一次；人次：服务每次计一次，同一天给同一个人的物资合计一次；笔：每笔物资；金额：登记的物资价值。作废的不计。按人员类别、按社工分别数时，一户、一人可能在几行里各计一次，各行相加会大于合计';
