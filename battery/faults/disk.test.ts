/** The disk is full: for the files, for tables, for the whole database. Nothing half remains, everybody is told to come again, and it goes on when there is room. */
import { randomUUID } from 'node:crypto';
import { chownSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as cases from '@jieyou/core/cases/endpoints.ts';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openCase } from '../../apps/server/test/factories.ts';
import { startTestApp } from '../../apps/server/test/harness.ts';
import { brokenIn, filesOutOfStep } from './invariants.ts';
import { isBattery, rounds, tell } from './rounds.ts';
import { Stage, until } from './stage.ts';
import { mayMount, SmallDisk } from './tmpfs.ts';
import { PDF } from './writers.ts';

const mountable = mayMount();

if (!mountable)
  test('9 and 10 full disks cannot be struck here: mounting needs root on Linux', () => {
    console.warn('faults 9 and 10 were not struck: this machine lets us mount nothing');
    expect(mayMount()).toBe(false);
  });

if (mountable)
  test('10 the disk for attachments is full', async () => {
    const t = await startTestApp();
    const folder = join(t.services.env.dataDir, 'files');
    const disk = new SmallDisk(folder, 256);
    try {
      const id = await openCase(t);
      const worker = await t.as('worker');
      const upload = (key: string) =>
        worker.call(cases.addAttachment, {
          params: { kind: 'case', id },
          query: { name: '评估表.pdf' },
          file: Buffer.concat([PDF, Buffer.alloc(60_000, 10)]),
          key,
        });
      let turnedAway: string | undefined;
      for (let i = 0; i < 12; i += 1) {
        const key = randomUUID();
        const answer = await upload(key);
        expect([200, 503]).toContain(answer.status);
        if (answer.status === 503) {
          turnedAway = key;
          expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
        }
      }
      expect(turnedAway).toBeDefined();
      expect(await filesOutOfStep(t.owner, t.services.env.dataDir)).toEqual([]);
      // Everything else goes on.
      expect((await worker.call(cases.addNote, { params: { id }, body: { happenedOn: '2026-03-05', body: '照常' } })).status).toBe(200);
      disk.resize(4_096);
      expect((await upload(turnedAway as string)).status).toBe(200);
      expect((await upload(turnedAway as string)).status).toBe(200);
      expect(await filesOutOfStep(t.owner, t.services.env.dataDir)).toEqual([]);
      expect(await brokenIn(t.owner)).toEqual([]);
    } finally {
      disk.remove();
      await t.stop();
    }
  }, 60_000);

if (mountable)
  test('9 the disk of tables is full', async () => {
    const t = await startTestApp();
    const scratch = mkdtempSync(join(tmpdir(), 'jieyou-disk-'));
    const disk = new SmallDisk(join(scratch, 'small'), 1_024);
    const space = `small_${randomUUID().slice(0, 8)}`;
    try {
      const { rows } = await sql<{ dir: string }>`select setting as dir from pg_settings where name = 'data_directory'`.execute(t.owner);
      const { uid, gid } = statSync(rows[0]?.dir ?? '');
      chownSync(disk.folder, uid, gid);
      await sql`create tablespace ${sql.ref(space)} location ${sql.lit(disk.folder)}`.execute(t.owner);
      for (const table of ['case_note', 'event'])
        await sql`alter table ${sql.table(table)} set tablespace ${sql.ref(space)}`.execute(t.owner);
      const id = await openCase(t);
      const worker = await t.as('worker');
      const note = (key: string) =>
        worker.call(cases.addNote, {
          params: { id },
          body: { happenedOn: '2026-03-05', body: Array.from({ length: 400 }, () => randomUUID()).join('') },
          key,
        });
      const kept: string[] = [];
      let turnedAway: string | undefined;
      for (let i = 0; i < 400 && turnedAway === undefined; i += 1) {
        const key = randomUUID();
        const answer = await note(key);
        expect([200, 503]).toContain(answer.status);
        if (answer.status === 200) kept.push(key);
        else {
          turnedAway = key;
          expect(answer.headers['retry-after']).toBeDefined();
        }
      }
      expect(turnedAway).toBeDefined();
      expect((await worker.call(cases.readCase, { params: { id } })).status).toBe(200);
      disk.resize(16_384);
      expect((await note(randomUUID())).status).toBe(200);
      const { rows: counted } = await sql<{ n: number }>`select count(*)::int as n from case_note where case_id = ${id}`.execute(t.owner);
      expect(counted[0]?.n).toBe(kept.length + 1);
      expect(await brokenIn(t.owner)).toEqual([]);
    } finally {
      for (const table of ['case_note', 'event']) await sql`alter table ${sql.table(table)} set tablespace pg_default`.execute(t.owner);
      await sql`drop tablespace if exists ${sql.ref(space)}`.execute(t.owner);
      disk.remove();
      rmSync(scratch, { recursive: true, force: true });
      await t.stop();
    }
  }, 60_000);

// A cluster of its own takes its time: not for the sample.
if (mountable && isBattery)
  test('9 the disk of the whole database is full, its log too', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'jieyou-disk-'));
    const disk = new SmallDisk(join(scratch, 'small'), 300_000);
    const stage = await Stage.open({
      pgData: join(disk.folder, 'pg'),
      pgSettings: { min_wal_size: '32MB', max_wal_size: '48MB', shared_buffers: '32MB' },
    });
    try {
      for (let round = 1; round <= rounds(1, 3); round += 1) {
        const { backMs } = await stage.strikeUnderWriters(async () => {
          const before = stage.seen.unavailable;
          const free = disk.fill();
          let down = false;
          void stage.postgres.exited.then(() => {
            down = true;
          });
          await until('somebody to be told', () => stage.seen.unavailable > before || down, 120_000);
          await sleep(3_000);
          free();
          // A database that could not write its log has stopped; who looks after it starts it again.
          if (down) await stage.startPostgres();
          tell('database disk full', { round, stopped: down });
        });
        expect(backMs).toBeLessThan(10_000);
        expect(await stage.wrongs()).toEqual([]);
      }
      expect(await stage.chainHolds()).toBe(true);
    } finally {
      await stage.close();
      disk.remove();
      rmSync(scratch, { recursive: true, force: true });
    }
  }, 600_000);
