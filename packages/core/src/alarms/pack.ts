import { z } from 'zod';
import { StepCode } from './schema.ts';

const codes = z.array(StepCode).max(12);

/** Figures of the rule pack `alarms`: what each rating asks for, and how long everything may take. */
export const AlarmPack = z.object({
  'actions.extreme': codes,
  'actions.high': codes,
  'actions.medium': codes,
  'actions.low': codes,
  'immediate.minutes': z.int().min(1).max(1440),
  'followUp.hours': z.int().min(1).max(168),
  'plan.days': z.int().min(1).max(60),
  'lookAgain.medium.days': z.int().min(1).max(366),
  'lookAgain.low.days': z.int().min(1).max(366),
  'head.minutes': z.int().min(1).max(10_080),
  'danger.hours': z.int().min(1).max(168),
  'police.hours': z.int().min(1).max(72),
  'warning.firstDays': z.int().min(1).max(60),
  'warning.everyDays': z.int().min(1).max(366),
  'warning.forDays': z.int().min(1).max(731),
  'court.hours': z.int().min(1).max(720),
  'court.urgentHours': z.int().min(1).max(720),
  'order.months': z.int().min(1).max(24),
  'order.alarmDays': z.int().min(1).max(60),
  'reconsider.days': z.int().min(1).max(60),
  'aid.decideDays': z.int().min(1).max(60),
  'aid.assignDays': z.int().min(1).max(60),
});
export type AlarmPack = z.infer<typeof AlarmPack>;

/** Reads stored values; a missing figure throws. */
export const alarmPackOf = (values: Readonly<Record<string, unknown>>): AlarmPack => AlarmPack.parse(values);
