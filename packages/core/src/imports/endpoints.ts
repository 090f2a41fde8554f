import { z } from 'zod';
import { ById, endpoint, line, PageQuery, pageOf, severalOf, Version, Written } from '../shared/endpoint.ts';
import { bringsLedgers } from './policy.ts';
import { Import, ImportKind, ImportLayout, ImportListRow, ImportRow, ImportStatus, ImportUpload, ShownRowState } from './schema.ts';

export const listImports = endpoint({
  id: 'listImports',
  method: 'GET',
  path: '/api/imports',
  says: '查看台账导入：谁在何时导入了什么，各有多少行',
  allow: bringsLedgers,
  query: PageQuery.extend({ kind: severalOf(ImportKind), status: severalOf(ImportStatus) }),
  reply: pageOf(ImportListRow),
});

export const uploadImport = endpoint({
  id: 'uploadImport',
  method: 'POST',
  path: '/api/imports',
  says: '上传一份台账（Excel 或 CSV）；先检查，确认后才写入',
  allow: bringsLedgers,
  query: ImportUpload,
  reply: Written,
  refusals: [
    'files.too-large',
    'imports.no-station',
    'imports.no-head',
    'imports.too-large',
    'imports.not-a-table',
    'imports.other-ending',
    'imports.old-excel',
    'imports.encrypted',
    'imports.macros',
    'imports.unsafe-parts',
    'imports.unpacks-too-large',
    'imports.too-many-running',
  ],
  takesFile: true,
  rate: 'heavy',
});

export const readImport = endpoint({
  id: 'readImport',
  method: 'GET',
  path: '/api/imports/{id}',
  says: '查看一次导入：进度、列的含义、前几行（已打码）和各有多少行',
  allow: bringsLedgers,
  params: ById,
  reply: Import,
  reads: 'content',
});

export const listImportRows = endpoint({
  id: 'listImportRows',
  method: 'GET',
  path: '/api/imports/{id}/rows',
  says: '查看没有写入的行：行号、列和原因，不含内容',
  allow: bringsLedgers,
  params: ById,
  query: PageQuery.extend({ state: severalOf(ShownRowState) }),
  reply: pageOf(ImportRow),
});

export const arrangeImport = endpoint({
  id: 'arrangeImport',
  method: 'POST',
  path: '/api/imports/{id}/layout',
  says: '换一张工作表，或改正各列的含义，然后重新检查',
  allow: bringsLedgers,
  params: ById,
  body: ImportLayout,
  reply: Written,
  refusals: ['record.changed-meanwhile', 'imports.not-now', 'imports.file-gone', 'imports.sheet-missing', 'imports.column-twice'],
});

export const confirmImport = endpoint({
  id: 'confirmImport',
  method: 'POST',
  path: '/api/imports/{id}/confirm',
  says: '确认导入；可能重复的行写入还是留下，由确认的人决定',
  allow: bringsLedgers,
  params: ById,
  body: z.object({ doubles: z.enum(['add', 'leave']), version: Version }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'imports.not-now', 'imports.file-gone', 'imports.nothing-to-add'],
});

export const dropImport = endpoint({
  id: 'dropImport',
  method: 'POST',
  path: '/api/imports/{id}/drop',
  says: '放弃一次没有确认的导入，文件立即删除',
  allow: bringsLedgers,
  params: ById,
  body: z.object({ version: Version }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'imports.not-now'],
});

export const undoImport = endpoint({
  id: 'undoImport',
  method: 'POST',
  path: '/api/imports/{id}/undo',
  says: '撤销整次导入；已有别的记录用到其中的行时说明是什么',
  allow: bringsLedgers,
  params: ById,
  body: z.object({ reason: line(120, 2), version: Version }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'imports.not-now', 'imports.in-use'],
});

export const failedImportRows = endpoint({
  id: 'failedImportRows',
  method: 'GET',
  path: '/api/imports/{id}/failed-rows',
  says: '下载没有写入的行：原来的列加上原因，改好后可以再次导入；只限上传文件的人',
  allow: bringsLedgers,
  params: ById,
  reply: z.any(),
  refusals: ['imports.not-now', 'imports.file-gone'],
  streams: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  reads: 'content',
  rate: 'heavy',
});

export const readLedgerTemplate = endpoint({
  id: 'readLedgerTemplate',
  method: 'GET',
  path: '/api/import-template',
  says: '下载台账导入模板：证件号码和电话按文本填写',
  allow: bringsLedgers,
  query: z.object({ kind: ImportKind.default('recipients') }),
  reply: z.any(),
  streams: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
});
