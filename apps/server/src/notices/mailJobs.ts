import { isWorkingDay } from '@jieyou/core/calendar/rules.ts';
import { calendarKinds, neverMailed, nextTry, topicOf } from '@jieyou/core/notices/mail.ts';
import { dayOf, instantOf, timeOfDay } from '@jieyou/core/shared/day.ts';
import { noticeSays } from '@jieyou/core/texts/labels.ts';
import { sql } from 'kysely';
import { holidayTable } from '../calendar/index.ts';
import type { Tx } from '../platform/db/database.ts';
import type { Services } from '../platform/http/context.ts';
import { platformSettings } from '../platform/http/scope.ts';
import { newId } from '../platform/ids.ts';
import { workLater } from '../platform/later.ts';
import { type Appointment, calendarFile } from '../platform/mail/calendarFile.ts';
import type { Post } from '../platform/mail/post.ts';
import type { Job } from '../platform/queue/queue.ts';
import { addressPlace, bodyOf, bodyPlace, insertMail, mailPack } from './mailCommands.ts';

/** The settings of the mail's own duty: messages and addresses of one district, and no register. */
const mailSettings = (districtId: string, now: Date) => ({ ...platformSettings(districtId, now), platform: '', mail: '1' });

/** Districts in which somebody has given an address; row-level security needs to know whose mail is looked at. */
const districtsWithMail = async (services: Services): Promise<string[]> =>
  (
    await services.db.query<{ id: string }>(`select id from division where tier = 'district'
      and exists (select 1 from role_assignment r where r.district_id = division.id)`)
  ).map((r) => r.id);

// A mail that was being sent when the process died is tried again after this time.
const LOST_AFTER_MS = 10 * 60_000;
const MOST_AT_ONCE = 20;

type Due = {
  id: string;
  personId: string;
  topic: string | null;
  subject: string;
  bodyCt: string;
  calendar: Appointment | null;
  attempts: number;
  /** Null where the mail is not to be sent to this person (any more). */
  addressCt: string | null;
};

/** Takes the mails that are due; each is taken by one process only, and not in the transaction in which it is sent. */
const claim = (tx: Tx, districtId: string, now: Date): Promise<Due[]> =>
  sql<Due>`
    with due as (
      select district_id, id from mail where district_id = ${districtId}
        and ((status = 'waiting' and next_try_at <= ${now.toISOString()})
          or (status = 'sending' and next_try_at <= ${new Date(now.getTime() - LOST_AFTER_MS).toISOString()}))
      order by next_try_at, id limit ${MOST_AT_ONCE} for update skip locked)
    update mail m set status = 'sending', attempts = m.attempts + 1, next_try_at = ${now.toISOString()}
    from due left join mail_address a on a.district_id = due.district_id
      and a.id = (select p.person_id from mail p where p.district_id = due.district_id and p.id = due.id)
    where m.district_id = due.district_id and m.id = due.id
    returning m.id, m.person_id, m.topic, m.subject, m.body_ct, m.calendar, m.attempts,
      case when m.topic is null and m.kind = 'mail.verify' then a.address_ct
           when a.verified_at is null or a.bounced_at is not null then null
           when m.topic is not null and m.topic <> all (a.at_once) then null
           else a.address_ct end as address_ct`
    .execute(tx)
    .then((done) => done.rows);

/** Sends what is due: taken, tried again later with growing pauses, or given up; an address that is refused for good gets nothing more. */
export const sendMail = async (services: Services): Promise<void> => {
  const { post } = services;
  if (post === null) return;
  for (const districtId of await districtsWithMail(services)) {
    for (;;) {
      const now = services.clock.now();
      const settings = mailSettings(districtId, now);
      const due = await workLater(services, settings, (tx) => claim(tx, districtId, now));
      for (const [i, mail] of due.entries()) {
        if (await sendOne(services, post, districtId, mail)) continue;
        // Nobody answers over there: the others wait, without this counting as an attempt of theirs.
        await giveBack(
          services,
          districtId,
          due.slice(i + 1).map((m) => m.id),
        );
        return;
      }
      if (due.length < MOST_AT_ONCE) break;
    }
  }
};

const giveBack = async (services: Services, districtId: string, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  const now = services.clock.now();
  await workLater(services, mailSettings(districtId, now), (tx) =>
    sql`update mail set status = 'waiting', attempts = attempts - 1, next_try_at = ${new Date(now.getTime() + 60_000).toISOString()}
      where district_id = ${districtId} and id = any(${[...ids]}::uuid[]) and status = 'sending'`.execute(tx),
  );
};

/** Sends one mail and notes what became of it; false when the server could not be spoken with. */
const sendOne = async (services: Services, post: Post, districtId: string, mail: Due): Promise<boolean> => {
  const now = services.clock.now();
  const address = mail.addressCt === null ? null : services.crypto.decrypt(mail.addressCt, addressPlace(mail.personId));
  const posted =
    address === null
      ? null
      : await post.send({
          to: address,
          subject: mail.subject,
          text: services.crypto.decrypt(mail.bodyCt, bodyPlace(mail.id)),
          messageId: `<${mail.id}@${post.sender.slice(post.sender.lastIndexOf('@') + 1)}>`,
          calendar:
            mail.calendar === null
              ? null
              : {
                  method: mail.calendar.state === 'cancelled' ? 'CANCEL' : 'REQUEST',
                  file: calendarFile(mail.calendar, now, { organizer: post.sender, attendee: address }),
                },
        });
  await workLater(services, mailSettings(districtId, now), async (tx) => {
    const set = (change: object) =>
      tx.updateTable('mail').set(change).where('districtId', '=', districtId).where('id', '=', mail.id).execute();
    // What was sent need not be kept: a code or a link that lies about helps nobody.
    const over = { bodyCt: '', calendar: null };
    if (posted === null) return set({ status: 'skipped', ...over });
    if (posted.is === 'sent') return set({ status: 'sent', sentAt: now.toISOString(), lastError: null, ...over });
    if (posted.is === 'bounced') {
      await tx
        .updateTable('mailAddress')
        .set({ bouncedAt: now.toISOString(), bounceSays: posted.says })
        .where('districtId', '=', districtId)
        .where('id', '=', mail.personId)
        .execute();
      return set({ status: 'bounced', lastError: posted.says, ...over });
    }
    const again = nextTry(mail.attempts, now, await mailPack(tx, districtId, dayOf(instantOf(now.getTime()))));
    services.log.warn({ mail: mail.id, attempts: mail.attempts, err: posted.says }, 'mail not sent');
    return again === null
      ? set({ status: 'failed', lastError: posted.says, ...over })
      : set({ status: 'waiting', lastError: posted.says, nextTryAt: again.toISOString() });
  });
  return posted?.is !== 'unreachable';
};

/** Pages on which a message is read, by the kind of its record; anything else is found in the message centre. */
const PAGES: Readonly<Record<string, string>> = { request: '/requests/', invitation: '/invitations/', conference: '/conferences/' };

/** Messages of a kind that their person wants at once become mails; each once. */
export const mailNotices = async (services: Services): Promise<void> => {
  const { post } = services;
  if (post === null) return;
  const now = services.clock.now();
  for (const districtId of await districtsWithMail(services)) {
    await workLater(services, mailSettings(districtId, now), async (tx) => {
      const { rows } = await sql<{
        personId: string;
        kind: string;
        recordKind: string;
        recordId: string;
        number: string;
        atOnce: string[];
      }>`
        update notice n set mailed_at = ${now.toISOString()} from mail_address a
        where n.district_id = ${districtId} and n.mailed_at is null and n.read_at is null
          and n.sent_at > ${new Date(now.getTime() - 86_400_000).toISOString()}
          and a.district_id = n.district_id and a.id = n.person_id and a.verified_at is not null and a.bounced_at is null
          and n.sent_at >= a.verified_at
        returning n.person_id, n.kind, n.record_kind, n.record_id, n.number, a.at_once`.execute(tx);
      for (const notice of rows) {
        const topic = topicOf(notice.kind);
        // Those with a calendar entry were sent by their room; the rest waits for the digest.
        if (
          topic === undefined ||
          neverMailed.includes(notice.recordKind) ||
          !notice.atOnce.includes(topic) ||
          calendarKinds.includes(notice.kind)
        )
          continue;
        const page = PAGES[notice.recordKind];
        await insertMail(tx, services.crypto, {
          districtId,
          id: newId(now.getTime()),
          personId: notice.personId,
          topic,
          kind: notice.kind,
          subject: `${noticeSays(notice.kind)} ${notice.number}`.trim(),
          body: bodyOf(
            [noticeSays(notice.kind), ...(notice.number === '' ? [] : [`编号：${notice.number}`])],
            post.linkTo(page === undefined ? '/notices' : `${page}${notice.recordId}`),
          ),
          now: now.toISOString(),
        });
      }
    });
  }
};

const NUMBERS_SHOWN = 5;

/** Once a working day, from the hour of the rule pack on: what came since the last digest and is still unread, as counts and numbers. */
export const sendDigests = async (services: Services): Promise<void> => {
  const { post } = services;
  if (post === null) return;
  const now = services.clock.now();
  const at = instantOf(now.getTime());
  const today = dayOf(at);
  for (const districtId of await districtsWithMail(services)) {
    await workLater(services, mailSettings(districtId, now), async (tx) => {
      const pack = await mailPack(tx, districtId, today);
      if (!isWorkingDay(today, await holidayTable(tx)) || timeOfDay(at) < pack['digest.at']) return;
      const { rows: persons } = await sql<{ id: string }>`
        update mail_address set digest_on = ${today} where district_id = ${districtId} and digest and verified_at is not null
          and bounced_at is null and (digest_on is null or digest_on < ${today}::date) returning id`.execute(tx);
      for (const { id: personId } of persons) {
        const { rows } = await sql<{ kind: string; count: number; numbers: string[] }>`
          select kind, count(*)::int as count, array_agg(distinct number) filter (where number <> '') as numbers
          from notice where district_id = ${districtId} and person_id = ${personId} and read_at is null
            and record_kind <> all(${[...neverMailed]}::text[])
            and sent_at > ${new Date(now.getTime() - 7 * 86_400_000).toISOString()}
          group by kind order by count(*) desc, kind`.execute(tx);
        if (rows.length === 0) continue;
        const total = rows.reduce((sum, r) => sum + r.count, 0);
        await insertMail(tx, services.crypto, {
          districtId,
          id: newId(now.getTime()),
          personId,
          topic: null,
          kind: 'mail.digest',
          subject: `今天有 ${total} 条消息未读`,
          body: bodyOf(
            rows.map((r) => {
              const numbers = r.numbers ?? [];
              const named = numbers.slice(0, NUMBERS_SHOWN).join('、') + (numbers.length > NUMBERS_SHOWN ? ` 等 ${numbers.length} 件` : '');
              return `${noticeSays(r.kind)}：${r.count} 条${named === '' ? '' : `（${named}）`}`;
            }),
            post.linkTo('/notices'),
          ),
          now: now.toISOString(),
        });
      }
    });
  }
};

/** Jobs of mail; without a way out they do nothing. */
export const noticesJobs = (services: Services): Job<object>[] => [
  {
    name: 'notices.mail',
    cron: '* * * * *',
    run: async () => {
      await mailNotices(services);
      await sendMail(services);
    },
  },
  { name: 'notices.digest', cron: '*/5 * * * *', run: () => sendDigests(services) },
];
