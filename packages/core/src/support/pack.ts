import { z } from 'zod';
import { TimeOfDay } from '../shared/day.ts';
import { ChecklistPack } from './checklist.ts';

/** Figures of the rule pack `support`, under the keys of the stored values. What no source gives is marked as ours in the pack. */
export const SupportPack = z.object({
  'checklist.items': ChecklistPack.shape.items,
  'checklist.hardAt': ChecklistPack.shape.hardAt,
  /** Working days. */
  'clock.screening': z.int().min(1),
  'clock.panel': z.int().min(1),
  'clock.conference': z.int().min(1),
  'workday.opensAt': TimeOfDay,
  'workday.closesAt': TimeOfDay,
  'crisis.acknowledgeMinutes': z.int().min(1),
  'crisis.phone': z.string(),
  'panel.maxPerMonth': z.int().min(1),
  /** Months. */
  'panel.supervisedMonths': z.int().min(0),
  'packet.expiryDays': z.int().min(0),
  'conference.minFields': z.int().min(1),
  'stale.days': z.int().min(1),
  'action.remindDays': z.int().min(0),
});
export type SupportPack = z.infer<typeof SupportPack>;

/** Reads stored values; a missing or malformed figure throws, since a rule without its figure must not guess. */
export const supportPackOf = (values: Readonly<Record<string, unknown>>): SupportPack => SupportPack.parse(values);

/** What must fit together: a case can reach the points from which it is hard, and the working day ends after it begins. */
export const supportPackTogether = SupportPack.refine(
  (pack) => pack['checklist.items'].reduce((sum, item) => sum + item.weight, 0) >= pack['checklist.hardAt'],
  { error: '全部条目的权重相加仍达不到界定分值' },
).refine((pack) => pack['workday.opensAt'] < pack['workday.closesAt'], { error: '工作日结束须晚于开始' });
