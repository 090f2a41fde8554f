/** Words of a conference's time, of mail, and of hours given; loaded by the pages that show them. */
import type { MailTopic } from '../notices/mail.ts';
import type { SlotAnswer } from '../support/meeting.ts';
import type { PollStatus } from '../support/meetingSchema.ts';

/** Answers to a slot. */
export const slotAnswerLabels: Readonly<Record<SlotAnswer, string>> = { yes: '可以', 'if-need-be': '勉强可以', no: '不行' };

/** States of a question for a time. */
export const pollStatusLabels: Readonly<Record<PollStatus, string>> = {
  open: '征集中',
  closed: '已截止',
  chosen: '已选定',
  withdrawn: '已收回',
};

/** What a person may want by mail at once. */
export const mailTopicLabels: Readonly<Record<MailTopic, string>> = {
  crisis: '危机值班',
  invitation: '会诊邀请与撤销',
  conference: '会诊安排与改期（附日历文件）',
  cancellation: '会诊取消（附日历文件）',
  poll: '会诊时间征集',
};

/** How a mail stands. */
export const mailStatusLabels: Readonly<Record<'waiting' | 'sending' | 'sent' | 'skipped' | 'bounced' | 'failed', string>> = {
  waiting: '等待发送',
  sending: '正在发送',
  sent: '已发出',
  skipped: '没有发（未启用邮箱或不需要）',
  bounced: '被退回',
  failed: '没有发成',
};
