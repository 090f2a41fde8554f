import { z } from 'zod';
import { policy } from '../identity/policy.ts';
import { endpoint, Id, line, wholeBetween } from '../shared/endpoint.ts';
import { AnyDay } from '../shared/words.ts';

export const seesHolidays = policy('seesHolidays', '所有登录的人', 'signed-in');
export const keepsHolidays = policy('keepsHolidays', '系统管理员', ['system']);

export const HolidayRow = z.object({ id: Id, day: AnyDay, kind: z.enum(['off', 'work']), name: z.string(), source: z.string() });

export const listHolidays = endpoint({
  id: 'listHolidays',
  method: 'GET',
  path: '/api/holidays',
  says: '查看节假日与调休上班日',
  allow: seesHolidays,
  query: z.object({ year: wholeBetween(2000, 2100).optional() }),
  reply: z.object({ rows: z.array(HolidayRow), coveredYears: z.array(z.int()), warning: z.string().nullable() }),
});

export const saveHoliday = endpoint({
  id: 'saveHoliday',
  method: 'PUT',
  path: '/api/holidays/{day}',
  says: '设定某天为放假或调休上班',
  allow: keepsHolidays,
  params: z.object({ day: AnyDay }),
  body: z.object({ kind: z.enum(['off', 'work']), name: line(40), source: line(80) }),
  reply: z.object({ id: Id }),
});

export const removeHoliday = endpoint({
  id: 'removeHoliday',
  method: 'DELETE',
  path: '/api/holidays/{day}',
  says: '取消某天的特殊安排',
  allow: keepsHolidays,
  params: z.object({ day: AnyDay }),
  reply: z.object({ ok: z.literal(true) }),
});
