import { type KnownIdentity, RedactionFailure, redact } from '@jieyou/core/casebank/redaction.ts';
import { applyFindings, PARTS, type Part, withPseudonym } from '@jieyou/core/casebank/rules.ts';
import type { Sections } from '@jieyou/core/casebank/schema.ts';
import { isConnectionTrouble } from '../platform/db/database.ts';
import type { Ctx } from '../platform/http/context.ts';
import * as store from './store.ts';

/** Texts of a draft by part; methods stand one a line, which no method can contain. */
export type Texts = Readonly<Record<Part, string>>;

/** The parts of a draft as texts. */
export const textsOf = (draft: { readonly title: string; readonly methods: readonly string[]; readonly sections: Sections }): Texts => ({
  title: draft.title,
  methods: draft.methods.join('\n'),
  ...draft.sections,
});

/** The draft as it would be published. */
export const publishedTexts = (texts: Texts, findings: readonly store.FindingRow[]): Texts =>
  Object.fromEntries(
    PARTS.map((part) => [
      part,
      applyFindings(
        texts[part],
        findings.filter((f) => f.part === part),
      ),
    ]),
  ) as Texts;

/** Methods from their text, one a line. */
export const methodsFrom = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

/**
 * Runs work that must not fail quietly: when redaction cannot vouch for a text, or the identities cannot be opened, the request is
 * refused and nothing of it remains. The failure's code goes along, never a word of the text.
 */
export const orRefuse = async <T>(ctx: Ctx<'casebank.redaction-failed'>, work: () => T | Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    // Inside the transaction an outage still has PostgreSQL's own words.
    if (isConnectionTrouble(error)) throw error;
    const why = error instanceof RedactionFailure ? error.code : 'unexpected';
    if (why === 'unexpected') ctx.services.log.error({ requestId: ctx.http.id, why }, 'redaction failed');
    return ctx.refuse('casebank.redaction-failed', { why });
  }
};

/** Everything that a publication of the request must not show. Throws when the identities cannot be opened. */
export const knownFor = async (ctx: Ctx<never>, requestId: string, pseudonym: string): Promise<KnownIdentity[]> => {
  const ciphertext = await store.identitiesOf(ctx.tx, ctx.actor.districtId, requestId);
  if (ciphertext === undefined) throw new RedactionFailure('unexpected');
  const opened: unknown = JSON.parse(ctx.crypto.decrypt(ciphertext, { table: 'support_content', row: requestId, field: 'identities' }));
  if (!Array.isArray(opened) || opened.length === 0) throw new RedactionFailure('unexpected');
  const own = withPseudonym(opened as KnownIdentity[], pseudonym);
  const around = await store.surroundings(ctx.tx, ctx.actor.districtId, requestId);
  // A worker who bears the recipient's name is the recipient here.
  return [...own, ...around.filter((one) => !own.some((o) => o.value === one.value))];
};

/** Findings of some parts, all open. */
export const findIn = (ctx: Ctx<never>, texts: Texts, parts: readonly Part[], known: readonly KnownIdentity[]): store.FindingRow[] =>
  parts.flatMap((part) =>
    redact(texts[part], known).findings.map(({ rule: _rule, ...finding }) => ({
      ...finding,
      id: ctx.id(),
      part,
      status: 'open' as const,
      reason: null,
      decidedBy: null,
    })),
  );

/**
 * Whether texts that are to be published still show something that the record knows. Words that redaction itself has put in
 * (林女士 for 王女士) are no such thing, even where an expert happens to be a Ms Lin.
 */
export const showsKnown = (texts: readonly string[], known: readonly KnownIdentity[], ownWords: ReadonlySet<string>): boolean =>
  texts.some((text) => redact(text, known).findings.some((f) => f.source === 'known' && !ownWords.has(f.original)));

/** The words that redaction puts into a text. */
export const wordsPutIn = (text: string, known: readonly KnownIdentity[]): string[] =>
  redact(text, known).findings.map((f) => f.replacement);
