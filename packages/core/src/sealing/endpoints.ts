import { z } from 'zod';
import { ById, endpoint, Id, line, PageQuery, pageOf, passage, severalOf, Written } from '../shared/endpoint.ts';
import { decidesSealing, keepsSeals, proposesSealing, readsSealed, registersLetters } from './policy.ts';
import { LetterDraft, OpenedFile, SealedRow, Sealing, SealingDraft, SealStatus } from './schema.ts';

export const proposeSealing = endpoint({
  id: 'proposeSealing',
  method: 'POST',
  path: '/api/sealed-files',
  says: '提出封存一个个案（凭司法机关的决定或通知）',
  allow: proposesSealing,
  body: SealingDraft,
  reply: Written,
  refusals: ['sealing.no-such-case', 'sealing.in-future'],
});

export const listSealedFiles = endpoint({
  id: 'listSealedFiles',
  method: 'GET',
  path: '/api/sealed-files',
  says: '查看封存件清单（只有编号、状态和日期）',
  allow: keepsSeals,
  query: PageQuery.extend({ status: severalOf(SealStatus) }),
  reply: pageOf(SealedRow),
});

export const readSealing = endpoint({
  id: 'readSealing',
  method: 'GET',
  path: '/api/sealed-files/{id}',
  says: '查看一件封存的决定、查询函与查阅记录（没有内容）',
  allow: keepsSeals,
  params: ById,
  reply: Sealing,
});

export const decideSealing = endpoint({
  id: 'decideSealing',
  method: 'POST',
  path: '/api/sealed-files/{id}/decision',
  says: '由第二个人决定封存',
  allow: decidesSealing,
  params: ById,
  body: z.object({ decision: z.enum(['seal', 'refuse']) }),
  reply: Written,
  refusals: ['sealing.moved-on', 'sealing.same-person'],
  rate: 'heavy',
});

export const proposeUnsealing = endpoint({
  id: 'proposeUnsealing',
  method: 'POST',
  path: '/api/sealed-files/{id}/unsealing',
  says: '提出解除封存（凭司法机关的决定）',
  allow: registersLetters,
  params: ById,
  body: z.object({ authority: line(80, 2), decisionNo: line(60, 2), reason: passage(300, 2) }),
  reply: Written,
  refusals: ['sealing.moved-on'],
});

export const decideUnsealing = endpoint({
  id: 'decideUnsealing',
  method: 'POST',
  path: '/api/sealed-files/{id}/unsealing/decision',
  says: '由第二个人决定解除封存',
  allow: decidesSealing,
  params: ById,
  body: z.object({ decision: z.enum(['unseal', 'refuse']) }),
  reply: Written,
  refusals: ['sealing.moved-on', 'sealing.same-person'],
  rate: 'heavy',
});

export const registerQueryLetter = endpoint({
  id: 'registerQueryLetter',
  method: 'POST',
  path: '/api/sealed-files/{id}/letters',
  says: '登记查询函：单位、文号、依据、范围、期限、指定的人',
  allow: registersLetters,
  params: ById,
  body: LetterDraft,
  reply: Written,
  refusals: ['sealing.moved-on', 'sealing.in-future', 'sealing.letter-over', 'sealing.too-long', 'sealing.reader-unknown'],
});

export const addLetterScan = endpoint({
  id: 'addLetterScan',
  method: 'POST',
  path: '/api/query-letters/{id}/scan',
  says: '上传查询函的扫描件（PDF 或图片）',
  allow: registersLetters,
  params: ById,
  reply: Written,
  refusals: ['sealing.decided', 'files.empty', 'files.too-large', 'files.kind-not-allowed'],
  takesFile: true,
  rate: 'heavy',
});

export const readLetterScan = endpoint({
  id: 'readLetterScan',
  method: 'GET',
  path: '/api/query-letters/{id}/scan',
  says: '查看查询函的扫描件',
  allow: keepsSeals,
  params: ById,
  reply: z.any(),
  streams: 'application/octet-stream',
});

export const decideQueryLetter = endpoint({
  id: 'decideQueryLetter',
  method: 'POST',
  path: '/api/query-letters/{id}/decision',
  says: '批准或不批准查询函（支援中心另一人与安全管理员，各一次）',
  allow: keepsSeals,
  params: ById,
  body: z.object({ decision: z.enum(['approve', 'refuse']) }),
  reply: Written,
  refusals: ['sealing.decided', 'sealing.same-person', 'sealing.no-scan', 'sealing.letter-over'],
});

/** Reading is an act: each opening is written down before anything is shown. */
export const openSealedFile = endpoint({
  id: 'openSealedFile',
  repeatable: true,
  method: 'POST',
  path: '/api/query-letters/{id}/opening',
  says: '凭查询函查阅封存件，逐次留痕',
  allow: readsSealed,
  params: ById,
  reply: OpenedFile,
  reads: 'content',
  rate: 'heavy',
});

export const readSealedAttachment = endpoint({
  id: 'readSealedAttachment',
  repeatable: true,
  method: 'POST',
  path: '/api/query-letters/{id}/files/{fileId}',
  says: '凭查询函打开封存件里的一个附件，逐次留痕',
  allow: readsSealed,
  params: z.object({ id: Id, fileId: Id }),
  reply: z.any(),
  reads: 'content',
  streams: 'application/octet-stream',
  rate: 'heavy',
});
