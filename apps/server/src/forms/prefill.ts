/** What the platform holds already stands in a new form, where its template asks for it: nothing is typed twice. */
import type { FormDocument, FormField, FormSource } from '@jieyou/core/forms/document.ts';
import { fieldsOf } from '@jieyou/core/forms/document.ts';
import type { FormAnswerValue, FormRow, FormValues } from '@jieyou/core/forms/filling.ts';
import type { FormUnder } from '@jieyou/core/forms/schema.ts';
import { dayOf, type Instant } from '@jieyou/core/shared/day.ts';
import { dynamicsLabels } from '@jieyou/core/texts/groupLabels.ts';
import { readActivity } from '../activities/index.ts';
import { readGroup, readSession } from '../groups/index.ts';
import type { Ctx } from '../platform/http/context.ts';

/** What the platform holds, by what a field may begin with. */
export type Held = Partial<Record<FormSource, FormAnswerValue>>;

const yuan = (fen: number | null): number | null => (fen === null ? null : fen / 100);
const budgetRows = (lines: readonly { readonly title: string; readonly planned: number; readonly spent: number | null }[]): FormRow[] =>
  lines.map((b) => ({ what: b.title, amount: yuan(b.planned), planned: yuan(b.planned), spent: yuan(b.spent) }));
const joined = (...parts: readonly string[]): string => parts.filter((p) => p !== '').join('\n');
const rounded = (mean: number | null): number | null => (mean === null ? null : Math.round(mean * 10) / 10);

const PRESENCES = { present: 'yes', late: 'late', excused: 'excused', absent: 'no' } as const;
const REACHED = { fully: 'full', mostly: 'most', partly: 'part', not: 'none' } as const;

const ofGroup = async (ctx: Ctx<never>, id: string): Promise<Held> => {
  const g = await readGroup(ctx, id);
  return {
    'group-title': g.title,
    'group-place': g.place,
    'group-starts': g.startsOn,
    'group-idea': g.idea,
    'group-goals': g.goals,
    'group-audience': joined(g.audience, `${g.minSize} 至 ${g.maxSize} 人`),
    'group-recruiting': g.recruiting,
    'group-sessions': (g.sessionRows.length > 0
      ? g.sessionRows.filter((s) => s.status !== 'cancelled').map((s) => ({ ...s, aim: '', on: s.heldOn ?? s.plannedOn }))
      : g.plan.map((s, i) => ({ ...s, number: i + 1, on: s.plannedOn }))
    ).map((s) => ({
      no: String(s.number),
      on: s.on,
      theme: s.title,
      aim: s.aim || (g.plan.find((p) => p.title === s.title)?.aim ?? ''),
      place: s.place,
    })),
    'group-budget': budgetRows(g.budget),
    'group-risks': g.risks.map((r) => ({ risk: r.what, answer: r.answer })),
    'group-indicators': g.indicators.map((i) => `${i.title}（${i.least}–${i.most}）`).join('、'),
    'group-held': g.held,
    'group-times': g.times,
    'group-persons': g.persons,
    'group-stayed': g.memberRows.filter((m) => m.leftOn === null).length,
    'group-measures': g.indicators.map((i) => {
      const sum = g.summaries.find((s) => s.indicatorId === i.id);
      return { what: i.title, before: rounded(sum?.before ?? null), after: rounded(sum?.after ?? null) };
    }),
    'group-changes': joined(g.closing?.goals ?? '', g.closing?.process ?? ''),
    'group-lessons': g.closing?.lessons ?? '',
    'group-follow-up': g.closing?.followUp ?? '',
  };
};

const ofSession = async (ctx: Ctx<never>, id: string, sessionId: string): Promise<Held> => {
  const s = await readSession(ctx, id, sessionId);
  return {
    'session-number': s.number,
    'session-title': s.title,
    'session-aim': s.aim,
    'session-day': s.heldOn,
    'session-minutes': s.minutes,
    'session-attendance': s.attendance.map((a) => ({ who: a.name, came: a.presence === null ? null : PRESENCES[a.presence] })),
    'session-process': s.process,
    'session-dynamics': joined(s.dynamics === null ? '' : `${dynamicsLabels[s.dynamics]}。`, s.dynamicsSays),
    'session-reached': s.reached === null ? null : REACHED[s.reached],
    'session-next': joined(s.reachedSays, s.next),
  };
};

const ofActivity = async (ctx: Ctx<never>, id: string): Promise<Held> => {
  const a = await readActivity(ctx, id);
  return {
    'activity-title': a.title,
    'activity-day': dayOf(a.startsAt as Instant),
    'activity-place': a.place,
    'activity-aims': a.aims,
    'activity-capacity': a.capacity,
    'activity-budget': budgetRows(a.budget),
    'activity-people': a.registrations
      .filter((r) => r.status === 'in')
      .map((r) => ({ who: r.name, count: r.came ?? (a.status === 'done' ? 0 : r.people) })),
    'activity-persons': a.persons,
    'activity-times': a.times,
    'activity-summary': a.summary ?? '',
  };
};

/** What is held, by the keys of the fields that ask for it. */
export const fitHeld = (document: FormDocument, held: Held): FormValues =>
  Object.fromEntries(
    fieldsOf(document).flatMap((field) => {
      const value = field.from === undefined ? undefined : held[field.from];
      return value === undefined || value === null || value === '' ? [] : [[field.key, fitted(field, value)]];
    }),
  );

const fitted = (field: FormField, value: FormAnswerValue): FormAnswerValue => {
  if (field.kind !== 'table' || !Array.isArray(value)) return value;
  const own = new Set(field.columns.map((c) => c.key));
  return (value as readonly FormRow[])
    .slice(0, field.maxRows)
    .map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => own.has(key))));
};

/** The answers with which a form begins; whether each fits its field, the caller's filling says. */
export const heldFor = async (ctx: Ctx<never>, document: FormDocument, under: FormUnder): Promise<FormValues> => {
  const asking = fieldsOf(document).flatMap((field) => field.from ?? []);
  if (asking.length === 0 || under.kind === 'case') return {};
  const held: Held =
    under.kind === 'activity'
      ? await ofActivity(ctx, under.id)
      : {
          ...(asking.some((from) => from.startsWith('group-')) ? await ofGroup(ctx, under.id) : {}),
          ...(under.sessionId === null ? {} : await ofSession(ctx, under.id, under.sessionId)),
        };
  return fitHeld(document, held);
};
