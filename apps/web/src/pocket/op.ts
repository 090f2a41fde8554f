import type { RequestDraft } from '@jieyou/core/support/schema.ts';

/** An act that waits. */
export type Op = {
  /** In the order of making; also the key under which the platform does it once. */
  readonly id: string;
  readonly at: number;
  readonly endpoint: string;
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly file: boolean;
  readonly says: string;
  readonly about: string;
  readonly record: string;
  readonly state: 'waiting' | 'refused' | 'clash';
  /** Why it was not taken, in the platform's words, and of which kind that is. */
  readonly reason: string;
  readonly kind?: string;
  readonly code?: string;
  readonly caseId?: string | null;
  /** The words that stood there when they were signed. */
  readonly was?: readonly WrittenLine[];
  /** Where somebody else changed the same: what goes on without doubt, and both sides of what does not. */
  readonly clash: Clashed | null;
  /** The form as it was, to go on with it where it was not taken. */
  readonly draft: Draft | null;
};

/** A passage under its heading. */
export type WrittenLine = { readonly heading: string; readonly text: string };

/** Both sides of what two changed. */
export type Clashed = {
  readonly id: string;
  readonly version: number;
  readonly goesOn: RequestDraft;
  readonly sides: readonly { readonly field: string; readonly mine: unknown; readonly theirs: unknown }[];
};

/** A form as it was. */
export type Draft = { readonly name: string; readonly value: unknown };
