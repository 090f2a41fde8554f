import { z } from 'zod';
import type { ServiceDomain } from '../contacts/schema.ts';
import { Id, line, passage } from '../shared/endpoint.ts';
import { HelpSeen, NamedVolunteer, SeenVolunteer } from '../shared/helping.ts';
import { phoneKind } from '../shared/identifiers.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';

/** Five kinds of community activities (LC-14). */
export const ActivityCategory = z.enum(['elder-care', 'disability-aid', 'relief', 'mutual-help', 'youth']);
export type ActivityCategory = z.infer<typeof ActivityCategory>;

/** Where an activity stands. */
export const ActivityStatus = z.enum(['planned', 'published', 'done', 'cancelled']);
export type ActivityStatus = z.infer<typeof ActivityStatus>;

/** Whether somebody has a place, waits for one, or gave it up. */
export const RegistrationStatus = z.enum(['in', 'waiting', 'cancelled']);
export type RegistrationStatus = z.infer<typeof RegistrationStatus>;

/** The field of service in which a kind of activity is counted. */
export const categoryDomain: Readonly<Record<ActivityCategory, ServiceDomain>> = {
  'elder-care': 'elder',
  'disability-aid': 'disability',
  relief: 'relief',
  'mutual-help': 'community',
  youth: 'youth',
};

/** The kind under which help of volunteers is counted in a field of service. */
export const classOfDomain = (domain: ServiceDomain): ActivityCategory =>
  ActivityCategory.options.find((c) => categoryDomain[c] === domain) ?? 'mutual-help';

/** Money in whole 分; ten million yuan is more than any activity costs. */
const Fen = z.int({ error: '请填金额' }).min(0, { error: '金额不能小于 0' }).max(1_000_000_000);

/** A line of the budget; spent is known at the end. */
export const BudgetLine = z.object({ title: line(40), planned: Fen, spent: Fen.nullable() });
export type BudgetLine = z.infer<typeof BudgetLine>;

const draft = {
  title: line(60, 2),
  category: ActivityCategory,
  campaignId: Id.nullable(),
  place: line(80, 2),
  startsAt: AnyMoment,
  endsAt: AnyMoment,
  /** How many people have room; null for no limit. */
  capacity: z.int().min(1, { error: '至少 1 人' }).max(100_000).nullable(),
  aims: passage(2000, 0),
  /** Who leads along; of the own station. */
  coLeadIds: z.array(Id).max(10),
  /** Volunteers under the lead worker (LC-13). */
  volunteers: z.array(NamedVolunteer).max(100),
  budget: z.array(BudgetLine).max(20),
};

/** A plan as it is typed. */
export const ActivityDraft = z.object(draft);
export type ActivityDraft = z.infer<typeof ActivityDraft>;

export const ActivityRow = z.object({
  id: Id,
  title: z.string(),
  category: ActivityCategory,
  status: ActivityStatus,
  place: z.string(),
  startsAt: AnyMoment,
  endsAt: AnyMoment,
  capacity: z.int().nullable(),
  /** People with a place, and people who wait. */
  registered: z.int(),
  waiting: z.int(),
  /** People who came (人次); null until it is done. */
  times: z.int().nullable(),
  leadName: z.string(),
  stationName: z.string(),
  campaignName: z.string().nullable(),
  version: z.int(),
});

/** Who registered: masked. */
export const Registration = z.object({
  id: Id,
  status: RegistrationStatus,
  source: z.enum(['public', 'worker']),
  name: z.string(),
  phone: z.string().nullable(),
  people: z.int(),
  /** How many of them came; null while nobody said. */
  came: z.int().nullable(),
  registeredAt: AnyMoment,
  /** People served who stand behind it, as far as they are in reach; masked. */
  linked: z.array(z.object({ recipientId: Id, name: z.string() })),
});
export type Registration = z.infer<typeof Registration>;

export const Activity = ActivityRow.extend({
  campaignId: Id.nullable(),
  aims: z.string(),
  coLeads: z.array(z.object({ personId: Id, name: z.string() })),
  volunteers: z.array(SeenVolunteer),
  help: HelpSeen,
  budget: z.array(BudgetLine),
  registrations: z.array(Registration),
  walkIns: z.int(),
  /** Different persons (人) of this activity; null until it is done. */
  persons: z.int().nullable(),
  summary: z.string().nullable(),
  cancelReason: z.string().nullable(),
  /** The page of residents; null while it is not published. */
  link: z.string().nullable(),
  can: z.array(z.string()),
  seenBy: z.array(z.string()),
});
export type Activity = z.infer<typeof Activity>;

/** A campaign week (宣传周): gathers activities of the whole district. */
export const CampaignDraft = z.object({ name: line(60, 2), fromDay: AnyDay, toDay: AnyDay });

/** Sums of activities; null where too few persons stand behind them to be told. */
export const CampaignSums = z.object({
  activities: z.int(),
  done: z.int(),
  cancelled: z.int(),
  times: z.int().nullable(),
  plannedFen: z.int(),
  spentFen: z.int(),
});

export const CampaignRow = CampaignDraft.extend({ id: Id, sums: CampaignSums });

export const Campaign = CampaignRow.extend({
  byCategory: z.array(z.object({ key: ActivityCategory, sums: CampaignSums })),
  byStation: z.array(z.object({ key: Id, label: z.string(), sums: CampaignSums })),
});

/** The code in a resident's link. */
export const ActivityCode = z.string().regex(/^[a-z0-9]{16}$/);

/** What residents see of an activity: nothing of anybody who registered. */
export const PublicActivity = z.object({
  title: z.string(),
  category: ActivityCategory,
  place: z.string(),
  startsAt: AnyMoment,
  endsAt: AnyMoment,
  stationName: z.string(),
  stationPhone: z.string().nullable(),
  state: z.enum(['open', 'waiting', 'closed', 'cancelled']),
  mostPeople: z.int(),
});
export type PublicActivity = z.infer<typeof PublicActivity>;

const Phone = line(20).refine((s) => !['none', undefined].includes(phoneKind(s)), { error: '电话号码的格式不对' });

/** What a resident gives: a name, a phone, and for how many. */
export const RegistrationDraft = z.object({
  name: line(20, 2),
  phone: Phone,
  people: z.int().min(1, { error: '至少 1 人' }).max(100),
  /** A field that people do not see; whatever fills it in is a machine. */
  leaveEmpty: z.string().max(0, { error: '请让这一栏空着' }),
});

/** What a worker writes down for somebody who has no phone, or asks at the door. */
export const WorkerRegistration = RegistrationDraft.omit({ leaveEmpty: true }).extend({ phone: Phone.nullable() });
