/** The words that the schemas of cases and of their stages share. */
import { z } from 'zod';

export const CaseStatus = z.enum(['open', 'closed']);
export const Risk = z.enum(['low', 'medium', 'high', 'extreme']);
export type Risk = z.infer<typeof Risk>;

/** Where a case stands: the six stages, the two signatures between them, and what lies beside them. */
export const CaseStage = z.enum([
  'intake',
  'assessment',
  'planning',
  'plan-signing',
  'intervention',
  'evaluation',
  'closing-signing',
  'closed',
  'archived',
  'declined',
  'paused',
]);
export type CaseStage = z.infer<typeof CaseStage>;

/** How the work of one process record was done. */
export const NoteKind = z.enum(['talk', 'phone', 'home-visit', 'outreach', 'stakeholders', 'written', 'other']);
export type NoteKind = z.infer<typeof NoteKind>;
