/** Rows of the rooms whose papers are forms: a note, a follow-up, a visit. What stands on the paper is read from them and kept nowhere else. */
import type { FormFacts } from '@jieyou/core/forms/filling.ts';
import type { FormRoom } from '@jieyou/core/forms/rooms.ts';
import { type Day, dayOf, formatDay, type Instant, isMinorOn } from '@jieyou/core/shared/day.ts';
import { followUpResultLabels, followUpWayLabels, noteKindLabels, workWords } from '@jieyou/core/texts/caseStageLabels.ts';
import { companionRoleLabels, notMetLabels, visitReasonLabels } from '@jieyou/core/texts/visitLabels.ts';
import { sql } from 'kysely';
import { ageToday, noteForPaper, readCasePaper, readStages } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { readVisit } from '../visits/index.ts';
import type { Held } from './prefill.ts';

type Written = {
  readonly caseId: string;
  readonly on: string;
  readonly authorName: string;
  readonly writtenAt: string;
  readonly held: Held;
};

const ofNote = async (ctx: Ctx<never>, id: string): Promise<Written> => {
  const { note, file } = await noteForPaper(ctx, id);
  return {
    caseId: file.id,
    on: note.happenedOn,
    authorName: note.authorName,
    writtenAt: note.writtenAt,
    held: {
      'note-number': note.number,
      'note-on': note.happenedOn,
      'note-minutes': note.minutes,
      'note-kind': noteKindLabels[note.kind],
      'note-place': note.parts?.place ?? '',
      'note-present': note.tookPart,
      'note-goal': note.parts?.goal ?? '',
      'note-summary': note.body,
      'note-state': note.parts?.state ?? '',
      'note-reflection': note.parts?.reflection ?? '',
      'note-next': note.parts?.next ?? '',
    },
  };
};

const ofFollowUp = async (ctx: Ctx<never>, id: string): Promise<Written> => {
  const { paper, caseId } = await readCasePaper(ctx, id);
  const told = paper.content.followUp ?? null;
  if (paper.kind !== 'follow-up' || told === null) return ctx.notFound();
  const { papers } = await readStages(ctx, caseId);
  // Oldest first: the closing that was looked back on, and whether the case was opened again before the next one.
  const course = [...papers].sort((a, b) => a.writtenAt.localeCompare(b.writtenAt));
  const at = course.findIndex((p) => p.id === id);
  const closing = course.slice(0, at).findLast((p) => p.kind === 'closing' && p.status === 'signed');
  const next = course.slice(at + 1).find((p) => p.kind === 'follow-up' || p.kind === 'closing' || p.kind === 'reopening');
  const again = next?.kind === 'reopening';
  return {
    caseId,
    on: told.happenedOn,
    authorName: paper.authorName,
    writtenAt: paper.writtenAt,
    held: {
      'follow-number': paper.edition,
      'follow-closed': closing === undefined ? null : dayOf((closing.decidedAt ?? closing.writtenAt) as Instant),
      'follow-on': told.happenedOn,
      'follow-way': followUpWayLabels[told.way],
      'follow-result': followUpResultLabels[told.result],
      'follow-state': told.work == null ? told.says : `${told.says}\n就业：${workWords(told.work, told.happenedOn)}`,
      'follow-next': told.nextOn,
      'follow-again': again,
      'follow-again-why': again ? (next.content.reason ?? '') : '',
    },
  };
};

const ofVisit = async (ctx: Ctx<'forms.not-yet-recorded'>, id: string): Promise<Written> => {
  const v = await readVisit(ctx as Ctx<never>, id);
  const { visitedOn } = v;
  if (visitedOn === null || v.recordedAt === null) return ctx.refuse('forms.not-yet-recorded');
  const seen = (section: 'health' | 'safety' | 'life') => v.sections.find((s) => s.section === section);
  const met = v.status === 'done';
  return {
    caseId: v.caseId,
    on: visitedOn,
    authorName: v.recordedByName ?? v.workerName,
    writtenAt: v.recordedAt,
    held: {
      'visit-on': visitedOn,
      'visit-minutes': v.minutes,
      'visit-reason': visitReasonLabels[v.reason],
      'visit-met': met,
      'visit-not-met': met ? '' : `${v.notMet === null ? '' : `${notMetLabels[v.notMet]}。`}${v.says ?? ''}`,
      'visit-first': v.first,
      'visit-companion': v.companion === null ? '' : `${companionRoleLabels[v.companion.role]}　${v.companion.name}`,
      'visit-alone': v.aloneReason,
      'visit-health': seen('health')?.scale ?? null,
      'visit-health-says': seen('health')?.says ?? '',
      'visit-safety': seen('safety')?.scale ?? null,
      'visit-safety-says': seen('safety')?.says ?? '',
      'visit-life': seen('life')?.scale ?? null,
      'visit-life-says': seen('life')?.says ?? '',
      'visit-actions': v.actions.map((a) => ({
        what: a.what,
        who: a.byWhom,
        by: a.until,
        done:
          a.doneAt === null ? '还没有完成' : `${formatDay(dayOf(a.doneAt as Instant))}完成${a.doneSays === null ? '' : `：${a.doneSays}`}`,
      })),
      'visit-next': v.nextOn,
    },
  };
};

/** What a row of a room gives to its paper, under the reach of the room itself. */
export const rowOfRoom = async (ctx: Ctx<'print.no-browser' | 'forms.not-yet-recorded'>, room: FormRoom, id: string) => {
  const read = { note: ofNote, 'follow-up': ofFollowUp, visit: ofVisit } as const;
  const row = await read[room](ctx as never, id);
  const { rows } = await sql<{ number: string; whose: string; birthOn: string | null; stationName: string }>`
    select f.number, r.name_masked as whose, r.birth_on, s.name as station_name
    from case_file f join recipient r on r.district_id = f.district_id and r.id = f.recipient_id join station s on s.id = f.station_id
    where f.district_id = ${ctx.actor.districtId} and f.id = ${row.caseId}`.execute(ctx.tx);
  const { birthOn, ...of } = rows[0] ?? ctx.notFound();
  // As old as the person was on that day.
  const facts: FormFacts = {
    '@minor': birthOn === null ? null : isMinorOn(birthOn as Day, row.on as Day),
    '@age': ageToday(birthOn, row.on as Day),
  };
  return { ...row, ...of, facts };
};
