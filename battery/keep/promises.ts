/** What is promised when something has to come back; scripts/trust-docs.mjs makes docs/reliability.md of this and the other lists. */
import type { Promised } from '../battery.ts';

const keep = (file: string, name: string) => ({ file: `battery/keep/${file}.test.ts`, name });
const embedded = (name: string) => ({ file: 'apps/server/test/embedded.test.ts', name });

export const promises: readonly Promised[] = [
  {
    fault: '15 整台机器没了',
    says: '备份在使用中进行，做完立即试恢复：行数、审计链、每处密文和每个附件都核对过才算完成',
    test: keep('backup', 'a backup is taken while people write, proven by restoring it, and holds no key'),
  },
  {
    fault: '15 在另一台机器、另一个用户下恢复',
    says: '行数与审计链和备份时相同，用时写明',
    test: keep('backup', 'it is restored into an empty place under another user, with the same counts and the same chain'),
  },
  {
    fault: '15 自备数据库的机器没了（Debian 的 PostgreSQL 15）',
    says: 'pg_dump 的备份在另一个属主的库里恢复：行数、审计链、密文与附件都在',
    test: { file: 'apps/server/test/dump.test.ts', name: 'pg_dump gives back every row, the chain and every ciphertext' },
  },
  {
    fault: '恢复后权限变松',
    says: '策略、授权、触发器和以属主身份运行的函数逐条相同',
    test: {
      file: 'apps/server/test/dump.test.ts',
      name: 'pg_dump keeps what protects the rows: policies, grants, triggers and functions of the owner',
    },
  },
  {
    fault: '恢复时密钥不对',
    says: '说出缺哪一把，不留下半成品',
    test: keep('backup', 'a missing key is named, and nothing is left of the attempt'),
  },
  {
    fault: '备份放久了坏了一个字节，或少了一个文件',
    says: '说出是哪个文件，拒绝恢复',
    test: keep('backup', 'a backup of which one byte was changed, or a file is gone, is refused by name'),
  },
  {
    fault: '数据还在、密钥文件没了就启动',
    says: '拒绝启动，绝不另造一把新密钥',
    test: keep('backup', 'the platform makes no fresh key beside a database that is there'),
  },
  {
    fault: '更换密钥时进程被杀',
    says: '再运行一次就接着做完；其间照常读写',
    test: keep('keys', 'a change of keys that is killed in the middle goes on at the next run, while people work'),
  },
  {
    fault: '精确检索改用新密钥时进程被杀',
    says: '再运行一次就接着做完；之前、其间、之后都按姓名、号码和电话找得到人，旧密钥随后可以移除',
    test: keep(
      'keys',
      'the blind index comes under another key while people work, goes on after a kill, finds everybody at every moment, and lets the old key go',
    ),
  },
  {
    fault: '有人要移除还在用的密钥',
    says: '拒绝，说出还有多少处在用',
    test: keep('keys', 'a key goes only when nothing stands under it, and never the current one or that of the search'),
  },
  {
    fault: '以后新增的加密字段没有人记得',
    says: '加密的列由数据库目录找出，备份核对与更换密钥都不会漏掉',
    test: keep('keys', 'every place in which ciphertext stands is found in the catalogue, and all of it opens'),
  },
  {
    fault: '2 内置数据库被杀',
    says: '在原端口重新启动，已答复的写入都在',
    test: embedded('a server killed under a living owner starts again on the same port with every acknowledged row'),
  },
  { fault: '平台被杀', says: '内置数据库随之停止', test: embedded('when the owner is killed, the server stops by itself') },
  {
    fault: '两个平台用同一个数据目录',
    says: '第二个被拒绝，第一个不受影响',
    test: embedded('while one process owns the folder, another start is refused and disturbs nothing'),
  },
  {
    fault: '数据库口令文件不见了',
    says: '报错，绝不从空库重新开始',
    test: embedded('a missing password file is an error and never a reason to begin with an empty database'),
  },
];
