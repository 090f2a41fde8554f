import type { FigureEvent } from '@jieyou/core/figures/events.ts';
import type { Ctx } from '../platform/http/context.ts';
import { lockYear, newestText } from './store.ts';

/** Saves the words of a year's report as a new version; who wrote on an older one is told. */
export const saveReportText = async (
  ctx: Ctx<'record.changed-meanwhile'>,
  year: number,
  body: { version: number; opening: string; outlook: string },
) => {
  const { tx, actor } = ctx;
  await lockYear(tx, actor.districtId, year);
  const newest = await newestText(tx, actor.districtId, year);
  if ((newest?.version ?? 0) !== body.version) ctx.refuse('record.changed-meanwhile', { byName: newest?.savedByName ?? null });
  const id = ctx.id();
  const version = body.version + 1;
  await tx
    .insertInto('yearReportText')
    .values({
      districtId: actor.districtId,
      id,
      year,
      version,
      opening: body.opening,
      outlook: body.outlook,
      savedBy: actor.personId,
      savedAt: ctx.now,
    })
    .execute();
  const type: FigureEvent = 'figures.report-saved';
  await ctx.record({ type, recordKind: 'year-report', recordId: id, facts: { year, version } });
  return { version };
};
