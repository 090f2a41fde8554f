/**
 * Volunteers: 455 of 鲤城 (LC-07), some of every street of Longhua and of 石亭. Their register is a room of its own (`0083_volunteers.sql`), whose head tells which rows make a volunteer; on a
 * database that does not have it nothing is written.
 */
import { addDays, type Day } from '@jieyou/core/shared/day.ts';
import { maskName, maskPhone, normalisePhone } from '@jieyou/core/shared/identifiers.ts';
import { sql } from 'kysely';
import type { Tx } from '../../src/platform/db/database.ts';
import { idOf } from '../loadRows.ts';
import { fictitiousMobile, type Gender, openNameBook } from '../names.ts';
import { randomFor } from '../random.ts';
import type { Desk, Server } from './people.ts';

const skills = ['talk', 'talk', 'care', 'tutoring', 'repair', 'transport', 'haircut', 'cooking', 'computer', 'arts', 'organising', 'medical', 'handcraft'];
const slots = ['weekday-morning', 'weekday-afternoon', 'weekday-evening', 'weekend-morning', 'weekend-afternoon'];
const teams = ['', '', '社区志愿服务队', '银龄互助队', '楼长志愿队', '大学生志愿队', '党员先锋队'];

/** A volunteer as tasks need one. */
export type Helper = { readonly id: string; readonly stationId: string; readonly since: Day };

/** Writes the volunteers of a street's stations and answers them; `from` is the number of the first among all of the bulk. */
export const volunteerRows = async (desk: Desk, tx: Tx, servers: readonly Server[], streetId: string, from: number, count: number): Promise<Helper[]> => {
  const { rows: there } = await sql<{ there: boolean }>`select to_regclass('public.volunteer') is not null as there`.execute(tx);
  if (there[0]?.there !== true) return [];
  const { crypto, time } = desk;
  // A stream of its own: whether there are volunteers changes nothing for the people beside them.
  const random = randomFor(`volunteers ${from}`);
  const names = openNameBook(random);
  const register: object[] = [];
  const content: object[] = [];
  const helpers: Helper[] = [];
  for (let n = from; n < from + count; n += 1) {
    const server = random.pick(servers);
    const gender: Gender = random.chance(0.66) ? 'female' : 'male';
    const name = names.next(gender);
    const phone = fictitiousMobile('partner', 1_000 + n);
    const since = addDays(time.today, -random.int(20, 780));
    const at = `${since}T02:00:00.000Z`;
    const id = idOf(at);
    const sealed = (field: string, value: string) => crypto.encrypt(value, { table: 'volunteer_content', row: id, field });
    register.push({
      district_id: server.districtId,
      id,
      station_id: server.stationId,
      organisation_id: server.organisationId,
      division_path: server.divisionPath,
      status: 'active',
      name_masked: maskName(name),
      team: random.pick(teams),
      skills: [...new Set(random.sample(skills, random.int(1, 3)))],
      areas: random.chance(0.7) ? [streetId] : [],
      slots: random.sample(slots, random.int(1, 3)),
      since,
      insured_until: random.chance(0.6) ? addDays(time.today, random.int(-40, 300)) : null,
      made_by: server.personId,
      updated_at: at,
      version: 1,
    });
    helpers.push({ id, stationId: server.stationId, since });
    content.push({
      district_id: server.districtId,
      id,
      gender,
      birth_on: addDays(time.today, -random.int(19 * 366, 74 * 365)),
      name_ct: sealed('name', name),
      name_index: crypto.blindIndex(name, 'volunteer.name'),
      phone_ct: sealed('phone', phone),
      phone_masked: maskPhone(phone),
      phone_index: crypto.blindIndex(normalisePhone(phone), 'volunteer.phone'),
      expertise: '',
      notes: '',
    });
  }
  await sql`insert into volunteer select * from jsonb_populate_recordset(null::volunteer, ${JSON.stringify(register)}::jsonb)`.execute(tx);
  await sql`insert into volunteer_content select * from jsonb_populate_recordset(null::volunteer_content, ${JSON.stringify(content)}::jsonb)`.execute(tx);
  return helpers;
};
