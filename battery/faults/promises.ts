/** Which fault, what is promised, and the test that holds us to it; scripts/trust-docs.mjs makes docs/reliability.md of this and the other lists. */

import type { Promised } from '../battery.ts';

/** `number` is that of the fault in the list of sixteen, 0 for what holds after all of them. */
type Numbered = Promised & { readonly number: number };

const OUTAGE = 'battery/faults/outage.test.ts';
const DISK = 'battery/faults/disk.test.ts';
const CLOCK = 'battery/faults/clock.test.ts';
const STATEMENTS = 'battery/faults/nthQuery.test.ts';
const HISTORIES = 'battery/faults/histories.test.ts';

const row = (number: number, fault: string, says: string, file: string, name: string, inSample = true): Numbered => ({
  number,
  fault: number === 0 ? fault : `${number} ${fault}`,
  says: inSample ? says : `${says}（只在 \`npm run battery -- faults\` 里）`,
  test: { file, name },
});

/** All promises, in the order of the faults. */
export const promises: readonly Numbered[] = [
  row(
    1,
    '平台进程被强行杀掉（kill −9）',
    '已答复成功的一件不丢；用同一个键重试的一件不重；重启后 1 秒内恢复工作。',
    OUTAGE,
    '1 and 16 the server is killed while people write and in the middle of a job',
  ),
  row(
    2,
    '数据库立即停止或被杀',
    '其间答复 503 和 Retry-After，从不答 500；恢复后 1 秒内继续，不丢不重。',
    OUTAGE,
    '2 PostgreSQL stops at once',
  ),
  row(3, '数据库连接全部被切断', '平台不退出，下一个请求就用新连接。', OUTAGE, '3 all backends are terminated'),
  row(4, '数据库停住不动', '等待的请求在限时内得到答复；数据库一动就继续。', OUTAGE, '4 PostgreSQL stands still for %i ms'),
  row(
    5,
    '启动时数据库拒绝连接',
    '平台等它，连上就启动完毕，不退出。',
    OUTAGE,
    '16 SIGTERM under load: what was begun is answered; 5 the next start meets a database that refuses and waits for it',
  ),
  row(6, '一把锁占住所有连接', '其他请求照常或得到 503，不会一直等。', OUTAGE, '6 a lock holds every connection'),
  row(
    7,
    '任何一条数据库语句失败',
    '每个写接口的每一条语句逐一失败：要么全部做成，要么全无，任务与文件也是；同一个键重试只做一次。',
    STATEMENTS,
    '7 %s',
  ),
  row(
    8,
    '200 人同时改一条记录',
    '一人成功，199 人得知已被改动，谁的也不会被悄悄覆盖。',
    HISTORIES,
    '8 of 200 who edit one record at once one wins and 199 are told',
  ),
  row(
    8,
    '16 人随机读写的历史',
    '没有丢失的修改，没有无人承办的个案，审计与行历史完整。',
    HISTORIES,
    'histories of 16 writers: no lost update, no case without an owner, the trail is complete',
  ),
  row(9, '表空间写满', '答复 503，已成功的都在，腾出空间后不重启就继续。', DISK, '9 the disk of tables is full'),
  row(
    9,
    '整个数据库的磁盘写满',
    '数据库停下也不损坏；腾出空间重新启动后不丢不重。',
    DISK,
    '9 the disk of the whole database is full, its log too',
    false,
  ),
  row(
    10,
    '附件的磁盘写满',
    '答复 503，不留半个文件、没有无主的文件和没有文件的记录；其余工作照常。',
    DISK,
    '10 the disk for attachments is full',
  ),
  row(11, '连接中断、重置、半开', '不丢不重，1 秒内恢复。', OUTAGE, '11 connections are cut, reset and half open on either side'),
  row(11, '上传中断', '既不留记录也不留文件。', OUTAGE, '11 an upload is cut in the middle and leaves neither row nor file'),
  row(11, '500 个极慢的客户端', '别人照常使用；迟迟不来的请求头被切断。', OUTAGE, '11 500 slow clients hold nobody else up'),
  row(
    11,
    '数据库半开（无声消失）',
    '在限时内放弃旧连接并恢复。',
    OUTAGE,
    '11 the database is half open: nobody says that it is gone',
    false,
  ),
  row(12, '5 % 丢包、256 kbit/s', '手机端的请求都能完成，不丢不重。', OUTAGE, '12 a phone works over a bad line'),
  row(13, '时钟前跳再拨回一天', '照常写入；审计链不会因此报错。', CLOCK, '13 the clock jumps a day forward and back'),
  row(13, '闰日、月末、年末', '日期、编号、定时任务与封存都正确。', CLOCK, '13 %s'),
  row(
    14,
    '数据库结构更新到一半被杀',
    '再次启动即完成，结构与一次完成的完全相同。',
    'battery/faults/migration.test.ts',
    '14 a start is killed in the middle of a migration, and the next one finishes',
  ),
  row(
    16,
    '任务执行到一半被杀',
    '重新启动后任务做完。',
    OUTAGE,
    '1 and 16 the server is killed while people write and in the middle of a job',
  ),
  row(
    16,
    '负载中停止（SIGTERM）',
    '已开始的请求都得到答复，10 秒内正常退出。',
    OUTAGE,
    '16 SIGTERM under load: what was begun is answered; 5 the next start meets a database that refuses and waits for it',
  ),
  row(0, '所有故障之后', '审计的哈希链完整。', OUTAGE, 'the audit chain is whole over everything that happened'),
];
