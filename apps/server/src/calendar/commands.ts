import type { CalendarEvent } from '@jieyou/core/calendar/events.ts';
import type { Ctx } from '../platform/http/context.ts';
import * as store from './store.ts';
import { forgetHolidayTable } from './table.ts';

const record = (ctx: Ctx<never>, type: CalendarEvent, id: string, facts: { day: string; kind?: string }) =>
  ctx.record({ type, recordKind: 'holiday', recordId: id, facts });

// Once now, for what follows in this request, and once the commit is behind us: a reader in between may have remembered the old table.
const forgetTwice = (ctx: Ctx<never>): void => {
  forgetHolidayTable();
  ctx.http.reply.raw.once('finish', forgetHolidayTable);
};

/** Enters or corrects what a day is: off or worked. */
export const saveHoliday = async (ctx: Ctx<never>, day: string, body: { kind: 'off' | 'work'; name: string; source: string }) => {
  const id = await store.saveHoliday(ctx.tx, { id: ctx.id(), day, ...body });
  await record(ctx, 'holiday.saved', id, { day, kind: body.kind });
  forgetTwice(ctx);
  return { id };
};

/** Makes a day an ordinary one again. */
export const removeHoliday = async (ctx: Ctx<never>, day: string): Promise<{ ok: true }> => {
  const id = (await store.removeHoliday(ctx.tx, day)) ?? ctx.notFound();
  await record(ctx, 'holiday.removed', id, { day });
  forgetTwice(ctx);
  return { ok: true };
};
