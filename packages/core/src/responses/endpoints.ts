import { z } from 'zod';
import { ById, endpoint, Id, PageQuery, pageOf, severalOf, Written } from '../shared/endpoint.ts';
import { exportOf } from '../shared/exporting.ts';
import { AnyDay } from '../shared/words.ts';
import * as policies from './policy.ts';
import { ResponseDraft, ResponseFile, ResponseKind, ResponseRow, ResponseStatus, ResponseStep } from './schema.ts';

const filters = {
  kind: ResponseKind.optional(),
  status: severalOf(ResponseStatus),
  turn: z.enum(['me']).optional(),
  number: z.string().max(40).optional(),
  from: AnyDay.optional(),
  to: AnyDay.optional(),
  sort: z.enum(['newest', 'day', 'updated']).default('newest'),
};

export const listResponses = endpoint({
  id: 'listResponses',
  method: 'GET',
  path: '/api/responses',
  says: '查看转介、督导、研讨、资源链接的登记（不含内容）',
  allow: policies.seesResponses,
  query: PageQuery.extend(filters),
  reply: pageOf(ResponseRow),
});

export const exportResponses = exportOf(listResponses, 'exportResponses', '转介、督导、研讨、资源链接的登记');

export const readResponse = endpoint({
  id: 'readResponse',
  method: 'GET',
  path: '/api/responses/{id}',
  says: '查看一条转介、督导、研讨或资源链接记录',
  allow: policies.seesResponses,
  params: ById,
  reply: ResponseFile,
  reads: 'content',
});

export const openResponse = endpoint({
  id: 'openResponse',
  method: 'POST',
  path: '/api/lines/{id}/records',
  says: '在支援线下写一条记录：发出转介、督导记录、安排研讨、提出资源链接',
  allow: policies.opensResponses,
  params: ById,
  body: ResponseDraft,
  reply: Written,
  refusals: [
    'support.line-over',
    'support.packet-unsafe',
    'support.consent-missing',
    'support.consent-too-narrow',
    'support.consent-other-receiver',
    'support.consent-receiver-unnamed',
    'workforce.person-unknown',
    'responses.other-kind',
    'responses.content-out-of-reach',
    'responses.receiver-is-sender',
    'responses.same-receiver',
    'responses.date-future',
    'responses.date-past',
    'responses.times-backwards',
    'responses.line-without-supervisor',
    'responses.own-supervisor',
    'responses.resource-unknown',
  ],
});

export const moveResponse = endpoint({
  id: 'moveResponse',
  method: 'POST',
  path: '/api/responses/{id}/steps',
  says: '办理一条记录的下一步：接收、退回、改送、签认、记录研讨、登记提供与反馈等',
  allow: policies.movesResponses,
  params: ById,
  body: ResponseStep,
  reply: Written,
  refusals: [
    'record.changed-meanwhile',
    'workforce.person-unknown',
    'responses.moved-on',
    'responses.not-your-turn',
    'responses.signed-already',
    'responses.receiver-is-sender',
    'responses.same-receiver',
    'responses.date-future',
    'responses.times-backwards',
    'responses.date-past',
    'responses.consent-ended',
    'support.consent-other-receiver',
    'support.consent-receiver-unnamed',
  ],
});

/** The record as an A4 paper. */
export const readResponsePaper = endpoint({
  id: 'readResponsePaper',
  method: 'GET',
  path: '/api/responses/{id}/paper',
  says: '打印转介单、督导记录、研讨纪要或资源链接单',
  allow: policies.seesResponses,
  params: ById,
  query: z.object({ format: z.enum(['html', 'pdf']).default('html') }),
  reply: z.any(),
  refusals: ['print.no-browser'],
  reads: 'content',
  streams: 'text/html',
  rate: 'heavy',
});

/** People who may receive a transfer are chosen from the district's staff; their place stands beside the name. */
export const readLineOpening = endpoint({
  id: 'readLineOpening',
  method: 'GET',
  path: '/api/lines/{id}/opening',
  says: '在支援线下写记录之前：要做的事、可选的人与同意',
  allow: policies.opensResponses,
  params: ById,
  /** People are looked up by name, pinyin or place: the first of them only. */
  query: z.object({ text: z.string().trim().max(40).optional() }),
  reply: z.object({
    people: z.array(z.object({ id: Id, name: z.string(), place: z.string(), roles: z.array(z.string()) })),
    consents: z.array(z.object({ id: Id, receiver: z.string(), expiresOn: AnyDay.nullable() })),
    supervisor: z.string().nullable(),
    kind: ResponseKind.nullable(),
    task: z.string(),
    number: z.string(),
    requestId: Id,
  }),
  reads: 'content',
});
