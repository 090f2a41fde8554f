import type { ImportStatus } from '@jieyou/core/imports/schema.ts';
import type { Tone } from '../house/StatusTag.tsx';

/** What each state of an import means for the one who looks. */
export const importTones: Readonly<Record<ImportStatus, Tone>> = {
  waiting: 'moving',
  checking: 'moving',
  checked: 'needs',
  applying: 'moving',
  done: 'done',
  undoing: 'moving',
  undone: 'rest',
  failed: 'danger',
  dropped: 'rest',
};

/** Whether the platform is at work on it. */
export const isRunning = (status: ImportStatus): boolean => importTones[status] === 'moving';
