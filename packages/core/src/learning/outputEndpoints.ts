import { z } from 'zod';
import { ById, endpoint, line, PageQuery, pageOf, severalOf, Version, Written, wholeBetween } from '../shared/endpoint.ts';
import { exportOf } from '../shared/exporting.ts';
import { keepsOutputs, readsCaseBook, seesOutputs } from './policy.ts';
import { Output, OutputDraft, OutputKind, OutputRow, OutputStatus } from './schema.ts';

const filters = {
  kind: severalOf(OutputKind),
  status: severalOf(OutputStatus),
  year: wholeBetween(1990, 2100).optional(),
  text: z.string().trim().max(40).optional(),
};

export const listOutputs = endpoint({
  id: 'listOutputs',
  method: 'GET',
  path: '/api/research-outputs',
  says: '查看研究成果',
  allow: seesOutputs,
  query: PageQuery.extend(filters),
  reply: pageOf(OutputRow),
});

export const exportOutputs = exportOf(listOutputs, 'exportOutputs', '研究成果清单');

export const readOutput = endpoint({
  id: 'readOutput',
  method: 'GET',
  path: '/api/research-outputs/{id}',
  says: '查看一项研究成果',
  allow: seesOutputs,
  params: ById,
  reply: Output,
});

export const createOutput = endpoint({
  id: 'createOutput',
  method: 'POST',
  path: '/api/research-outputs',
  says: '登记研究成果',
  allow: keepsOutputs,
  body: OutputDraft,
  reply: Written,
  refusals: ['learning.case-unknown', 'learning.seminar-unknown'],
});

export const updateOutput = endpoint({
  id: 'updateOutput',
  method: 'PATCH',
  path: '/api/research-outputs/{id}',
  says: '修改研究成果',
  allow: keepsOutputs,
  params: ById,
  body: OutputDraft.extend({ version: Version }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'learning.case-unknown', 'learning.seminar-unknown'],
});

export const putOutputFile = endpoint({
  id: 'putOutputFile',
  method: 'PUT',
  path: '/api/research-outputs/{id}/file',
  says: '放上研究成果的文件；原来的文件被替换',
  allow: keepsOutputs,
  params: ById,
  query: z.object({ name: line(200), version: wholeBetween(1, 1_000_000) }),
  reply: Written,
  refusals: [
    'record.changed-meanwhile',
    'files.empty',
    'files.too-large',
    'files.kind-not-allowed',
    'files.content-differs-from-name',
    'files.too-many',
  ],
  takesFile: true,
});

export const readOutputFile = endpoint({
  id: 'readOutputFile',
  method: 'GET',
  path: '/api/research-outputs/{id}/file',
  says: '下载研究成果的文件',
  allow: seesOutputs,
  params: ById,
  reply: z.unknown(),
  streams: 'application/octet-stream',
});

export const readCaseBook = endpoint({
  id: 'readCaseBook',
  method: 'GET',
  path: '/api/case-book',
  says: '打印优秀案例汇编：只有已获奖、未收回的案例',
  allow: readsCaseBook,
  query: z.object({ format: z.enum(['html', 'pdf']).default('html'), competitionId: z.uuid().optional() }),
  reply: z.unknown(),
  refusals: ['print.no-browser'],
  reads: 'content',
  streams: 'text/html',
  rate: 'heavy',
});
