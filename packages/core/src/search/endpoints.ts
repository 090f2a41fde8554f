import { z } from 'zod';
import { endpoint, Id, line } from '../shared/endpoint.ts';
import { AnyDay } from '../shared/words.ts';
import { searches } from './policy.ts';
import { SearchKind, SearchReply } from './schema.ts';
import { TYPED_MAX } from './words.ts';

/** What is typed may be somebody's name: it goes into a body, is kept nowhere and stands in no address. */
export const search = endpoint({
  id: 'search',
  repeatable: true,
  fewAtOnce: true,
  method: 'POST',
  path: '/api/searches',
  says: '在看得到的范围内查找：人员、机构、站点、地点、服务对象、专业记录、附件名称、志愿者、居民求助、来电、转介、联动单位、政策与资源',
  allow: searches,
  body: z.object({
    typed: line(TYPED_MAX),
    /** One kind, page by page; left out, the first few of every kind. */
    kind: SearchKind.optional(),
    caseId: Id.optional(),
    from: AnyDay.optional(),
    to: AnyDay.optional(),
    after: z.string().max(200).optional(),
    limit: z.int().min(1).max(50).optional(),
  }),
  reply: SearchReply,
  reads: 'content',
  refusals: ['search.too-short'],
});
