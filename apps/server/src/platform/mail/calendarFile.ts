import { dayOf, type Instant, timeOfDay } from '@jieyou/core/shared/day.ts';
import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';

/** An appointment as a calendar keeps it: no more than a title, a time, a place and a link. */
export type Appointment = {
  /** Stable for as long as the appointment lives; a calendar finds it again by this. */
  readonly uid: string;
  /** Rises with every change, so that a calendar takes the newer of two. */
  readonly sequence: number;
  readonly title: string;
  readonly startsAt: string;
  readonly minutes: number;
  readonly place: string;
  readonly link: string | null;
  readonly state: 'settled' | 'tentative' | 'cancelled';
};

const ZONE = 'Asia/Shanghai';

// One rule and no summer time since 1992; written here so that no calendar has to guess the zone.
const VTIMEZONE = [
  'BEGIN:VTIMEZONE',
  `TZID:${ZONE}`,
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0800',
  'TZOFFSETTO:+0800',
  'TZNAME:CST',
  'END:STANDARD',
  'END:VTIMEZONE',
].join('\r\n');

/**
 * A moment whose local parts, on whatever machine, read as the time in Shanghai: the library prints local parts beside the zone's name.
 */
const wallTime = (at: string): Date => {
  const [year = 0, month = 1, day = 1] = dayOf(at as Instant)
    .split('-')
    .map(Number);
  const [hour = 0, minute = 0] = timeOfDay(at as Instant)
    .split(':')
    .map(Number);
  return new Date(year, month - 1, day, hour, minute);
};

/**
 * The calendar file (RFC 5545) of an appointment: REQUEST or CANCEL to somebody who is invited (RFC 5546), PUBLISH where somebody takes
 * it along by oneself.
 */
export const calendarFile = (of: Appointment, stamp: Date, invited: { organizer: string; attendee: string } | null): string => {
  const cancelled = of.state === 'cancelled';
  const calendar = ical({
    prodId: { company: 'Jieyou', product: 'Jieyou', language: 'ZH' },
    method: cancelled ? ICalCalendarMethod.CANCEL : invited === null ? ICalCalendarMethod.PUBLISH : ICalCalendarMethod.REQUEST,
    timezone: { name: ZONE, generator: () => VTIMEZONE },
  });
  const startsAt = wallTime(of.startsAt);
  const event = calendar.createEvent({
    id: of.uid,
    sequence: of.sequence,
    stamp,
    start: startsAt,
    end: new Date(startsAt.getTime() + of.minutes * 60_000),
    timezone: ZONE,
    summary: of.title,
    location: of.place,
    status: cancelled ? ICalEventStatus.CANCELLED : of.state === 'tentative' ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
    ...(of.link === null ? {} : { url: of.link }),
  });
  if (invited !== null) {
    event.organizer({ name: '支援中心', email: invited.organizer });
    event.createAttendee({
      email: invited.attendee,
      role: ICalAttendeeRole.REQ,
      status: ICalAttendeeStatus.NEEDSACTION,
      rsvp: false,
    });
  }
  return calendar.toString();
};
