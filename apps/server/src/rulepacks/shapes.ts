import { isDeepStrictEqual } from 'node:util';
import { ActivitiesPack } from '@jieyou/core/activities/pack.ts';
import { AlarmPack } from '@jieyou/core/alarms/pack.ts';
import { SignalsPack } from '@jieyou/core/alarms/signals.ts';
import { CallsPack } from '@jieyou/core/appeals/pack.ts';
import { ArchivePack } from '@jieyou/core/archive/pack.ts';
import { CasebankPack } from '@jieyou/core/casebank/similarity.ts';
import { NoticePack } from '@jieyou/core/cases/noticePack.ts';
import { CasesPack } from '@jieyou/core/cases/pack.ts';
import { ContactsPack } from '@jieyou/core/contacts/pack.ts';
import { FiguresPack } from '@jieyou/core/figures/pack.ts';
import { GroupsPack } from '@jieyou/core/groups/pack.ts';
import { ImportsPack } from '@jieyou/core/imports/pack.ts';
import { LearningPack } from '@jieyou/core/learning/pack.ts';
import { MailPack } from '@jieyou/core/notices/mail.ts';
import { PhotosPack } from '@jieyou/core/photos/pack.ts';
import { PocketPack } from '@jieyou/core/pocket/pack.ts';
import { PrivacyPack } from '@jieyou/core/privacy/pack.ts';
import { ReportPack } from '@jieyou/core/reports/pack.ts';
import { ResourcePack } from '@jieyou/core/resources/pack.ts';
import type { RuleInput } from '@jieyou/core/rulepacks/schema.ts';
import { SealingPack } from '@jieyou/core/sealing/pack.ts';
import { ExpertTimePack } from '@jieyou/core/support/meeting.ts';
import { SupportPack, supportPackTogether } from '@jieyou/core/support/pack.ts';
import { VisitPack } from '@jieyou/core/visits/pack.ts';
import { VolunteersPack } from '@jieyou/core/volunteers/pack.ts';
import { z } from 'zod';

type Shape = { readonly values: Readonly<Record<string, z.ZodType>>; readonly together?: z.ZodType };

/**
 * Which schema decides the figures of a pack, and which of them must fit together. These are the schemas by which the rooms read their
 * packs: a figure that a room could not read is never issued. What a room's schema does not know stays as it is; so do the facts of
 * `field`. A pack that no room knows keeps the types it has.
 */
const shapes: Readonly<Record<string, Shape>> = {
  support: { values: SupportPack.shape, together: supportPackTogether },
  reports: { values: ReportPack.shape },
  visits: { values: VisitPack.shape },
  pocket: { values: PocketPack.shape },
  alarms: { values: AlarmPack.shape },
  signals: { values: SignalsPack.shape },
  'expert-time': { values: ExpertTimePack.shape },
  calls: { values: CallsPack.shape },
  cases: { values: CasesPack.shape },
  notice: { values: NoticePack.shape },
  casebank: { values: CasebankPack.shape },
  learning: { values: LearningPack.shape },
  resources: { values: ResourcePack.shape },
  sealing: { values: SealingPack.shape },
  mail: { values: MailPack.shape },
  privacy: { values: PrivacyPack.shape },
  archive: { values: ArchivePack.shape },
  activities: { values: ActivitiesPack.shape },
  groups: { values: GroupsPack.shape },
  photos: { values: PhotosPack.shape },
  volunteers: { values: VolunteersPack.shape },
  contacts: { values: ContactsPack.shape },
  imports: { values: ImportsPack.shape },
  figures: { values: FiguresPack.shape },
  field: { values: {} },
};

type Input = z.infer<typeof RuleInput>;
type Json = { type?: string; pattern?: string; maxLength?: number; minimum?: number; maximum?: number; items?: Json };

const input = (kind: Input['kind'], min: number | null = null, max: number | null = null): Input => ({ kind, min, max });
const whole = (bound: number | undefined): number | null => (bound === undefined || Math.abs(bound) > 1_000_000_000 ? null : bound);

const isWeighed = (value: unknown): boolean =>
  Array.isArray(value) && value.every((v) => typeof v === 'object' && v !== null && Number.isInteger((v as { weight?: unknown }).weight));

/** How a figure is typed in. */
export const inputOf = (code: string, key: string, value: unknown): Input => {
  const schema = shapes[code]?.values[key];
  if (isWeighed(value)) return input('weights', 0, 100);
  if (shapes[code] === undefined)
    return Number.isInteger(value) ? input('integer', 0) : typeof value === 'string' ? input('text') : input('fixed');
  if (schema === undefined) return input('fixed');
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  if (json.type === 'integer') return input('integer', whole(json.minimum), whole(json.maximum));
  if (json.type === 'number') return input('decimal', whole(json.minimum), whole(json.maximum));
  if (json.type === 'array' && json.items?.type === 'integer') return input('list', whole(json.items.minimum), whole(json.items.maximum));
  if (json.type !== 'string') return input('fixed');
  return json.pattern === undefined ? input('text', null, json.maxLength ?? null) : input('time');
};

/** What is wrong with a new value, in a sentence; undefined when the pack's schema takes it. */
export const faultOf = (code: string, key: string, was: unknown, value: unknown): string | undefined => {
  const { kind } = inputOf(code, key, was);
  if (kind === 'fixed') return '这一项不能在页面上修改';
  // Weights may change, the items stay.
  const bare = (items: unknown) => (Array.isArray(items) ? items.map((i: object) => ({ ...i, weight: 0 })) : items);
  if (kind === 'weights' && (!isWeighed(value) || !isDeepStrictEqual(bare(was), bare(value)))) return '只能修改各条目的权重';
  const shape = shapes[code];
  const schema = shape === undefined ? (kind === 'integer' ? z.int().min(0) : z.string().min(1)) : shape.values[key];
  const parsed = schema?.safeParse(value);
  return parsed === undefined || parsed.success ? undefined : (parsed.error.issues[0]?.message ?? '数值不合要求');
};

/** What does not fit together among all values of a pack. */
export const misfitOf = (code: string, values: Readonly<Record<string, unknown>>): string | undefined => {
  const parsed = shapes[code]?.together?.safeParse(values);
  return parsed === undefined || parsed.success ? undefined : (parsed.error.issues[0]?.message ?? '几项数值互相矛盾');
};
