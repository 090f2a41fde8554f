import { z } from 'zod';
import { policy } from '../identity/policy.ts';
import { ById, endpoint, Id, PageQuery, pageOf } from '../shared/endpoint.ts';

export const ownNotices = policy('ownNotices', '本人的消息', 'signed-in');

/** A notice names a kind, a record and a number; never a fact of the case. */
export const NoticeRow = z.object({
  id: Id,
  kind: z.string(),
  recordKind: z.string(),
  recordId: Id,
  number: z.string(),
  sentAt: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
});

export const listNotices = endpoint({
  id: 'listNotices',
  method: 'GET',
  path: '/api/notices',
  says: '查看我的消息',
  allow: ownNotices,
  query: PageQuery.extend({ state: z.enum(['unread', 'all']).default('all') }),
  reply: pageOf(NoticeRow),
});

export const markNoticeRead = endpoint({
  id: 'markNoticeRead',
  method: 'POST',
  path: '/api/notices/{id}/read',
  says: '把一条消息标为已读',
  allow: ownNotices,
  params: ById,
  reply: z.object({ ok: z.literal(true) }),
});

export const markAllNoticesRead = endpoint({
  id: 'markAllNoticesRead',
  method: 'POST',
  path: '/api/notices/read',
  says: '全部标为已读',
  allow: ownNotices,
  reply: z.object({ marked: z.int() }),
});

export const followLive = endpoint({
  id: 'followLive',
  method: 'GET',
  path: '/api/live',
  says: '实时接收消息与所看记录的变化（SSE）',
  allow: ownNotices,
  query: z.object({ requestId: Id.optional() }),
  reply: z.any(),
  streams: 'text/event-stream',
});
