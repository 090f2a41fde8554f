/** A new version of a rule pack that waits for the second person in the demo. */
import { addMs, type Instant } from '@jieyou/core/shared/day.ts';
import type { Tx } from '../src/platform/db/database.ts';
import type { District } from './loadDistrict.ts';
import { idOf } from './loadRows.ts';
import type { DemoTime } from './loadTime.ts';

const HOUR = 3_600_000;

/** The centre proposes to answer residents sooner; the authority is asked to approve. */
export const ruleDraftRows = async (tx: Tx, district: District, time: DemoTime): Promise<void> => {
  const base = await tx
    .selectFrom('rulePack')
    .select(['id', 'title', 'version'])
    .where('code', '=', 'calls')
    .where('effectiveTo', 'is', null)
    .executeTakeFirstOrThrow();
  const { centre2 } = district.named;
  const officers = await tx
    .selectFrom('roleAssignment')
    .select('personId')
    .where('districtId', '=', district.id)
    .where('role', '=', 'officer')
    .execute();
  const madeAt = addMs(time.now, -26 * HOUR);
  const submittedAt = addMs(time.now, -25 * HOUR);
  const id = idOf(madeAt);
  await tx
    .insertInto('ruleDraft')
    .values({
      id,
      districtId: district.id,
      divisionId: district.id,
      code: 'calls',
      title: base.title,
      baseId: base.id,
      status: 'submitted',
      effectiveFrom: time.day(21),
      reason: '半年来居民求助多在两个工作日内答复，时限可以收紧；提前三周告知各站。',
      authorId: centre2.personId,
      madeAt,
      updatedAt: submittedAt,
      version: 3,
    })
    .execute();
  await tx
    .insertInto('ruleDraftChange')
    .values({
      draftId: id,
      districtId: district.id,
      key: 'appeal.answerDays',
      value: JSON.stringify(2),
      source: '区民政局社会工作科工作会纪要（演示）第三条',
    })
    .execute();
  const event = (type: string, at: Instant, facts: object) => ({
    districtId: district.id,
    id: idOf(at),
    at,
    type,
    actorId: centre2.personId,
    accountId: centre2.accountId,
    recordKind: 'rule-draft',
    recordId: id,
    facts: JSON.stringify(facts),
  });
  await tx
    .insertInto('event')
    .values([
      event('rulepacks.drafted', madeAt, { code: 'calls', base: base.version }),
      event('rulepacks.changed', addMs(madeAt, HOUR / 2), { changes: 1, from: time.day(21) }),
      event('rulepacks.submit', submittedAt, { code: 'calls' }),
    ])
    .execute();
  for (const { personId } of officers)
    await tx
      .insertInto('notice')
      .values({
        districtId: district.id,
        id: idOf(submittedAt),
        personId,
        kind: 'rulepacks.to-approve',
        recordKind: 'rule-draft',
        recordId: id,
        number: '',
        sentAt: submittedAt,
      })
      .execute();
};
