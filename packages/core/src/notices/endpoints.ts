import { z } from 'zod';
import { policy } from '../identity/policy.ts';
import { ById, endpoint, Id, PageQuery, pageOf } from '../shared/endpoint.ts';
import { AnyMoment } from '../shared/words.ts';
import { MailTopic } from './mail.ts';

export const ownNotices = policy('ownNotices', '本人的消息', 'signed-in');

/** A notice names a kind, a record and a number; never a fact of the case. */
export const NoticeRow = z.object({
  id: Id,
  kind: z.string(),
  recordKind: z.string(),
  recordId: Id,
  number: z.string(),
  sentAt: AnyMoment,
  readAt: AnyMoment.nullable(),
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

const done = z.object({ ok: z.literal(true) });

/** One's own address as one reads it: masked, and what it is used for. */
export const OwnMail = z.object({
  /** Whether the platform sends mail at all. */
  on: z.boolean(),
  address: z.string().nullable(),
  verified: z.boolean(),
  atOnce: z.array(MailTopic),
  digest: z.boolean(),
  digestAt: z.string(),
  /** Why mail to the address came back; null where it did not. */
  bounced: z.string().nullable(),
  recent: z.array(
    z.object({ kind: z.string(), status: z.enum(['waiting', 'sending', 'sent', 'skipped', 'bounced', 'failed']), at: AnyMoment }),
  ),
});

export const readOwnMail = endpoint({
  id: 'readOwnMail',
  method: 'GET',
  path: '/api/mail',
  says: '查看我的邮箱与邮件设置',
  allow: ownNotices,
  reply: OwnMail,
});

export const setOwnAddress = endpoint({
  id: 'setOwnAddress',
  method: 'PUT',
  path: '/api/mail/address',
  says: '填写我的邮箱并同意接收邮件，随即寄出验证码',
  allow: ownNotices,
  body: z.object({
    address: z.email({ error: '邮箱的格式不对' }).max(120),
    consent: z.literal(true, { error: '请先同意用这个邮箱接收提醒' }),
  }),
  reply: done,
  refusals: ['notices.mail-off'],
  rate: 'heavy',
});

export const verifyOwnAddress = endpoint({
  id: 'verifyOwnAddress',
  method: 'POST',
  path: '/api/mail/verification',
  says: '用邮件里的验证码启用我的邮箱',
  allow: ownNotices,
  body: z.object({
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/, { error: '验证码是六位数字' }),
  }),
  reply: done,
  refusals: ['notices.no-address', 'notices.code-wrong', 'notices.code-over'],
  rate: 'heavy',
});

export const chooseOwnMail = endpoint({
  id: 'chooseOwnMail',
  method: 'PUT',
  path: '/api/mail/choices',
  says: '选择哪些事立即发邮件、要不要每日摘要',
  allow: ownNotices,
  body: z.object({ atOnce: z.array(MailTopic).max(5), digest: z.boolean() }),
  reply: done,
  refusals: ['notices.no-address'],
});

export const removeOwnAddress = endpoint({
  id: 'removeOwnAddress',
  method: 'DELETE',
  path: '/api/mail/address',
  says: '删去我的邮箱，不再收邮件',
  allow: ownNotices,
  reply: done,
});
