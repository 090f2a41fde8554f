import { type AlikeCount, bornFor, decadeOf, meterOf, shownIn } from '@jieyou/core/casebank/alike.ts';
import type { Meter } from '@jieyou/core/casebank/schema.ts';
import { casebankPackOf } from '@jieyou/core/casebank/similarity.ts';
import { ageOn, type Day } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { packInForce } from '../rulepacks/index.ts';

type SubjectRow = { birthOn: string | null; gender: 'female' | 'male' | 'unknown'; streetName: string | null };

/** How many people of the district the texts may be about; the database counts, and nobody sees whom. */
export const measure = async (ctx: Ctx<never>, requestId: string, texts: readonly string[]): Promise<Meter> => {
  const { tx, actor, today } = ctx;
  const { rows } = await sql<SubjectRow>`
    select c.recipient_birth_on as birth_on, c.recipient_gender as gender,
      (select d.name from division d where d.tier = 'street' and starts_with(r.division_path, d.path)) as street_name
    from support_request r join support_content c on c.district_id = r.district_id and c.id = r.id
    where r.district_id = ${actor.districtId} and r.id = ${requestId}`.execute(tx);
  const row = rows[0] ?? ctx.notFound();
  const age = row.birthOn === null ? null : (ageOn(row.birthOn as Day, today) ?? null);
  const short = row.streetName?.replace(/(街道|镇|乡)$/u, '') ?? '';
  const shown = shownIn(texts, { age, gender: row.gender, streetNames: [row.streetName ?? '', short].filter((n) => n.length >= 2) });
  const years = shown.years ?? 0;
  const exact = bornFor(years, years, today);
  const band = bornFor(decadeOf(years), decadeOf(years) + 9, today);
  const counted = await sql<AlikeCount>`
    select street, age, gender, people from people_alike(${requestId}, ${exact.from}::date, ${exact.to}::date, ${band.from}::date, ${band.to}::date)`.execute(
    tx,
  );
  const { values } = await packInForce(tx, 'casebank', actor.districtId, today);
  const least = casebankPackOf(values)['release.leastAlike'];
  return meterOf(shown, counted.rows, least);
};
