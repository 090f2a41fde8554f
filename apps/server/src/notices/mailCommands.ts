import { randomInt } from 'node:crypto';
import type { NoticeEvent } from '@jieyou/core/notices/events.ts';
import { defaultTopics, MailPack, type MailTopic, maskedAddress, topicOf } from '@jieyou/core/notices/mail.ts';
import { noticeSays } from '@jieyou/core/texts/labels.ts';
import { digest } from '../platform/crypto/crypto.ts';
import type { Tx } from '../platform/db/database.ts';
import type { Ctx, Services } from '../platform/http/context.ts';
import type { Appointment } from '../platform/mail/calendarFile.ts';
import { packInForce } from '../rulepacks/index.ts';

export const mailPack = async (tx: Tx, districtId: string, day: string): Promise<MailPack> =>
  MailPack.parse((await packInForce(tx, 'mail', districtId, day)).values);

export const addressPlace = (personId: string) => ({ table: 'mail_address', row: personId, field: 'address' });
export const bodyPlace = (mailId: string) => ({ table: 'mail', row: mailId, field: 'body' });

const FOOT = '这封邮件不含案情，请登录平台查看。不想再收，可在平台“邮件设置”里更改。';

/** What a mail says: the matter, the number, where it may be seen; of an appointment also time and place. */
export const bodyOf = (lines: readonly string[], link: string): string => [...lines, '', link, '', FOOT].join('\n');

/** Puts one mail for a person on its way; it leaves after the commit. */
export const insertMail = async (
  tx: Tx,
  crypto: Services['crypto'],
  mail: {
    districtId: string;
    id: string;
    personId: string;
    topic: MailTopic | null;
    kind: string;
    subject: string;
    body: string;
    calendar?: Appointment | undefined;
    now: string;
  },
): Promise<void> => {
  await tx
    .insertInto('mail')
    .values({
      districtId: mail.districtId,
      id: mail.id,
      personId: mail.personId,
      topic: mail.topic,
      kind: mail.kind,
      subject: mail.subject,
      bodyCt: crypto.encrypt(mail.body, bodyPlace(mail.id)),
      calendar: mail.calendar === undefined ? null : JSON.stringify(mail.calendar),
      status: 'waiting',
      nextTryAt: mail.now,
      createdAt: mail.now,
    })
    .execute();
};

/**
 * Sends people a mail with a calendar entry, where the platform sends mail; who has no address or does not want the topic is skipped when
 * it leaves, since whoever plans a conference does not see others' addresses.
 */
export const mailAppointment = async (
  ctx: Ctx,
  persons: readonly (string | null)[],
  of: { kind: string; number: string; lines: readonly string[]; path: string; calendar: Omit<Appointment, 'link'> },
): Promise<void> => {
  const { post } = ctx.services;
  const to = [...new Set(persons.filter((p): p is string => p !== null))];
  if (post === null || to.length === 0) return;
  const link = post.linkTo(of.path);
  for (const personId of to) {
    await insertMail(ctx.tx, ctx.crypto, {
      districtId: ctx.actor.districtId,
      id: ctx.id(),
      personId,
      topic: topicOf(of.kind) ?? null,
      kind: of.kind,
      subject: `${noticeSays(of.kind)} ${of.number}`,
      body: bodyOf([noticeSays(of.kind), `编号：${of.number}`, ...of.lines], link),
      calendar: { ...of.calendar, link },
      now: ctx.now,
    });
  }
  await ctx.enqueue('notices.mail', {});
};

const record = (ctx: Ctx, type: NoticeEvent) => ctx.record({ type, recordKind: 'mail-address', recordId: ctx.actor.personId });

// The code is short-lived and guarded by a count of tries; the hash only keeps it from being read off the table.
const codeHash = (personId: string, code: string): string => digest(`${personId}:${code}`);

const ownAddress = (ctx: Ctx) =>
  ctx.tx.selectFrom('mailAddress').selectAll().where('id', '=', ctx.actor.personId).forUpdate().executeTakeFirst();

/** Gives an address with consent; until the code from the mail comes back, nothing else is sent to it. */
export const setOwnAddress = async (ctx: Ctx<'notices.mail-off'>, address: string): Promise<{ ok: true }> => {
  const { post } = ctx.services;
  if (post === null) return ctx.refuse('notices.mail-off');
  const personId = ctx.actor.personId;
  const pack = await mailPack(ctx.tx, ctx.actor.districtId, ctx.today);
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const given = {
    addressCt: ctx.crypto.encrypt(address, addressPlace(personId)),
    addressMasked: maskedAddress(address),
    consentedAt: ctx.now,
    verifiedAt: null,
    codeHash: codeHash(personId, code),
    codeExpiresAt: new Date(Date.parse(ctx.now) + pack['code.minutes'] * 60_000).toISOString(),
    codeTries: 0,
    bouncedAt: null,
    bounceSays: null,
  };
  await ctx.tx
    .insertInto('mailAddress')
    .values({ ...given, districtId: ctx.actor.districtId, id: personId, atOnce: [...defaultTopics] })
    .onConflict((c) => c.columns(['districtId', 'id']).doUpdateSet((eb) => ({ ...given, version: eb('mailAddress.version', '+', 1) })))
    .execute();
  await insertMail(ctx.tx, ctx.crypto, {
    districtId: ctx.actor.districtId,
    id: ctx.id(),
    personId,
    topic: null,
    kind: 'mail.verify',
    subject: '邮箱验证码',
    body: bodyOf([`验证码：${code}`, `${pack['code.minutes']} 分钟内有效。不是您本人填写的，请不用理会。`], post.linkTo('/me/mail')),
    now: ctx.now,
  });
  await record(ctx, 'mail.address-given');
  await ctx.enqueue('notices.mail', {});
  return { ok: true };
};

/** Proves an address by its code. A wrong try is counted, also when it is refused. */
export const verifyOwnAddress = async (
  ctx: Ctx<'notices.no-address' | 'notices.code-wrong' | 'notices.code-over'>,
  code: string,
): Promise<{ ok: true } | { wrong: number }> => {
  const row = await ownAddress(ctx);
  if (row === undefined) return ctx.refuse('notices.no-address');
  const pack = await mailPack(ctx.tx, ctx.actor.districtId, ctx.today);
  if (row.codeHash === null || row.codeExpiresAt === null || row.codeExpiresAt <= ctx.now || row.codeTries >= pack['code.tries'])
    return ctx.refuse('notices.code-over');
  const right = row.codeHash === codeHash(ctx.actor.personId, code);
  await ctx.tx
    .updateTable('mailAddress')
    .set(right ? { verifiedAt: ctx.now, codeHash: null, codeExpiresAt: null, codeTries: 0 } : { codeTries: row.codeTries + 1 })
    .where('id', '=', ctx.actor.personId)
    .execute();
  if (!right) return { wrong: pack['code.tries'] - row.codeTries - 1 };
  await record(ctx, 'mail.address-verified');
  return { ok: true };
};

/** What goes at once and whether the day's digest is wanted. */
export const chooseOwnMail = async (
  ctx: Ctx<'notices.no-address'>,
  choices: { atOnce: MailTopic[]; digest: boolean },
): Promise<{ ok: true }> => {
  if ((await ownAddress(ctx)) === undefined) ctx.refuse('notices.no-address');
  await ctx.tx
    .updateTable('mailAddress')
    .set({ atOnce: [...new Set(choices.atOnce)], digest: choices.digest })
    .where('id', '=', ctx.actor.personId)
    .execute();
  await record(ctx, 'mail.choices-changed');
  return { ok: true };
};

/** Takes the address and the consent back; mails that still wait find nobody. */
export const removeOwnAddress = async (ctx: Ctx): Promise<{ ok: true }> => {
  const gone = await ctx.tx.deleteFrom('mailAddress').where('id', '=', ctx.actor.personId).returning('id').executeTakeFirst();
  if (gone !== undefined) await record(ctx, 'mail.address-removed');
  return { ok: true };
};
