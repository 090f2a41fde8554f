import pg from 'pg';
import { expect, test } from 'vitest';
import { cloneDatabase } from './database.ts';

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

test('each clone is migrated and alone, and goes away when dropped', async () => {
  const [one, two] = [await cloneDatabase(), await cloneDatabase()];
  const tables = "select count(*)::int as n from information_schema.tables where table_schema = 'public'";
  expect((await query(one.superuserUrl, tables))[0]?.n).toBeGreaterThan(0);
  await query(one.superuserUrl, 'create table only_here (id int)');
  await expect(query(two.superuserUrl, 'select * from only_here')).rejects.toThrow('does not exist');
  await one.drop();
  await expect(query(one.superuserUrl, 'select 1')).rejects.toThrow('does not exist');
  await two.drop();
});
