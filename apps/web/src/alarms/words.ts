import type { AlarmRow, AlarmStatus } from '@jieyou/core/alarms/schema.ts';
import type { Tone } from '../house/StatusTag.tsx';

/** What each state means for the one who looks. */
export const alarmTones: Readonly<Record<AlarmStatus, Tone>> = { open: 'danger', settled: 'needs', reviewed: 'moving', closed: 'done' };

/** The name of the tab: it stands in the browser's history and says nothing. */
export const NEUTRAL_TITLE = '个案 · 解忧';

/** Whose record it is, as far as one may know. */
export const whose = (row: Pick<AlarmRow, 'recipientName' | 'caseNumber'>): string => row.recipientName ?? row.caseNumber;
