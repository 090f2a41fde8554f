import { z } from 'zod';
import { ById, endpoint, Id, line } from '../shared/endpoint.ts';
import * as policies from './policy.ts';
import { Archive } from './schema.ts';

const Archives = z.object({
  rows: z.array(Archive),
  /** Whether this machine can make a PDF. */
  printer: z.boolean(),
});
const Taking = z.object({ reason: line(120, 2) });

export const listArchives = endpoint({
  id: 'listArchives',
  method: 'GET',
  path: '/api/support-requests/{id}/archives',
  says: '查看一份求助的档案：谁在何时为何取走，校验码',
  allow: policies.takesArchives,
  params: ById,
  reply: Archives,
});

export const startArchive = endpoint({
  id: 'startArchive',
  method: 'POST',
  path: '/api/support-requests/{id}/archives',
  says: '把一份求助的全部材料生成一份 PDF 档案，须写用途',
  allow: policies.takesArchives,
  params: ById,
  body: Taking,
  reply: z.object({ id: Id }),
  refusals: ['archive.no-browser', 'archive.making'],
  reads: 'content',
  rate: 'heavy',
});

export const listCaseArchives = endpoint({
  id: 'listCaseArchives',
  method: 'GET',
  path: '/api/cases/{id}/archives',
  says: '查看个案卷宗：谁在何时为何取走，校验码',
  allow: policies.takesCaseArchives,
  params: ById,
  reply: Archives,
});

export const startCaseArchive = endpoint({
  id: 'startCaseArchive',
  method: 'POST',
  path: '/api/cases/{id}/archives',
  says: '把一个个案的全部材料生成一份 PDF 卷宗，须写用途；移交时未开放的材料不在内',
  allow: policies.takesCaseArchives,
  params: ById,
  body: Taking,
  reply: z.object({ id: Id }),
  refusals: ['archive.no-browser', 'archive.making', 'archive.case-still'],
  reads: 'content',
  rate: 'heavy',
});

export const downloadArchive = endpoint({
  id: 'downloadArchive',
  method: 'GET',
  path: '/api/archives/{id}/file',
  says: '下载自己取的档案；再次核对权限，过期后不能下载',
  allow: policies.holdsArchives,
  params: ById,
  reply: z.any(),
  refusals: ['archive.not-ready', 'archive.expired'],
  streams: 'application/pdf',
  reads: 'content',
  rate: 'heavy',
});

export const checkArchive = endpoint({
  id: 'checkArchive',
  method: 'POST',
  path: '/api/archives/check',
  says: '按校验码（SHA-256）核对一份档案是否由本平台生成、是否被改动',
  allow: policies.holdsArchives,
  body: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/, { error: '校验码是 64 位十六进制数' }) }),
  reply: z.object({ archive: Archive.nullable() }),
  repeatable: true,
});
