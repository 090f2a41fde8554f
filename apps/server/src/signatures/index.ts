/** The door of the signatures: taken and shown for the rooms whose papers are signed. It knows no paper itself. */
import { createHash } from 'node:crypto';
import { type Day, dayOf, formatInstant, type Instant } from '@jieyou/core/shared/day.ts';
import { maskName } from '@jieyou/core/shared/identifiers.ts';
import { missingOf, type SigningFacts, strokePath } from '@jieyou/core/signatures/rules.ts';
import type { SignatureDraft, SignatureShown, SignerNeed, SignerRole, Strokes } from '@jieyou/core/signatures/schema.ts';
import { signatureWayLabels, signerRoleLabels } from '@jieyou/core/texts/signatureLabels.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import type { SignatureBox } from '../platform/print/index.ts';
import * as store from './store.ts';

/** SHA-256 of what is signed. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The paper on which somebody signs. */
export type Subject = {
  readonly kind: 'plan' | 'form';
  readonly id: string;
  /** Null for a form that stands under no case, and then nobody's guardian signs. */
  readonly caseId: string | null;
  readonly stationId: string;
  readonly recipientId: string | null;
};

/** What the rule table looks at; `told` says whether a guardian is known from elsewhere. */
export const signingFacts = async (ctx: Pick<Ctx, 'tx' | 'actor'>, recipientId: string, told: boolean): Promise<SigningFacts> => {
  const row = await store.guardiansOf(ctx.tx, ctx.actor.districtId, recipientId);
  return {
    birthOn: row.birthOn as Day | null,
    hasGuardian: told || row.count > 0,
    guardianKeptBack: row.count > 0 && row.count === row.keptBack,
  };
};

/** Whether somebody of this name does violence to the person: such a one signs nothing in their place. `index` is the blind index of the name. */
export const isKeptBack = async (ctx: Pick<Ctx, 'tx' | 'actor'>, recipientId: string, index: string): Promise<boolean> =>
  (
    await sql<{
      named: boolean;
    }>`select exists (select 1 from abusers_of(${recipientId}) a where a.name_index = ${index}) as named`.execute(ctx.tx)
  ).rows[0]?.named === true;

const place = (row: string, field: string) => ({ table: 'signature_content', row, field });

/** Why a signature is not kept; null where it is, or was already. */
export const keepSignature = async (
  ctx: Pick<Ctx, 'tx' | 'actor' | 'now' | 'crypto'>,
  of: Subject,
  draft: SignatureDraft,
  nameIndex: string,
): Promise<'signatures.guardian-kept-back' | 'signatures.id-taken' | null> => {
  const { tx, actor, crypto } = ctx;
  if (draft.who === 'guardian' && of.recipientId !== null && (await isKeptBack(ctx, of.recipientId, nameIndex)))
    return 'signatures.guardian-kept-back';
  const written = await store.insertSignature(
    tx,
    {
      districtId: actor.districtId,
      id: draft.id,
      caseId: of.caseId,
      stationId: of.stationId,
      subjectKind: of.kind,
      subjectId: of.id,
      who: draft.who,
      way: draft.way,
      hash: draft.hash,
      // A clock that runs ahead does not sign in the future.
      signedAt: draft.signedAt < ctx.now ? draft.signedAt : ctx.now,
      takenBy: actor.personId,
      takenAt: ctx.now,
    },
    {
      nameMasked: maskName(draft.name),
      relation: draft.relation,
      reason: draft.reason,
      nameCt: crypto.encrypt(draft.name, place(draft.id, 'name')),
      witnessMasked: draft.witness === '' ? '' : maskName(draft.witness),
      witnessCt: draft.witness === '' ? null : crypto.encrypt(draft.witness, place(draft.id, 'witness')),
      strokesCt: draft.strokes === null ? null : crypto.encrypt(JSON.stringify(draft.strokes), place(draft.id, 'strokes')),
    },
  );
  if (written) return null;
  // The same one sent again is there already.
  const known = await store.signatureById(tx, actor.districtId, draft.id);
  return known?.subjectId === of.id && known.takenBy === actor.personId && known.hash === draft.hash ? null : 'signatures.id-taken';
};

/** Signatures on a paper, oldest first; whoever signed again is shown with the last one. */
export const signaturesOn = async (
  ctx: Pick<Ctx, 'tx' | 'actor' | 'crypto'>,
  of: { readonly caseId: string | null; readonly kind: 'plan' | 'form'; readonly id?: string },
): Promise<SignatureShown[]> => {
  const rows = await store.signaturesOf(ctx.tx, ctx.actor.districtId, of);
  const last = new Map<string, SignatureShown>();
  for (const { strokesCt, ...row } of rows) {
    const strokes = strokesCt === null ? null : (JSON.parse(ctx.crypto.decrypt(strokesCt, place(row.id, 'strokes'))) as Strokes);
    const key = row.who === 'witness' ? row.id : `${row.who} ${row.hash}`;
    last.delete(key);
    last.set(key, {
      ...row,
      path: strokes === null ? null : strokePath(strokes),
      width: strokes?.width ?? 0,
      height: strokes?.height ?? 0,
    });
  }
  return [...last.values()];
};

/** Who has not signed this version. */
export const openHands = (needs: readonly SignerNeed[], signatures: readonly SignatureShown[], hash: string) =>
  missingOf(needs, signatures, hash);

const words = (s: SignatureShown): string =>
  [
    s.way === 'drawn' ? '' : signatureWayLabels[s.way],
    s.path === null ? s.name : '',
    s.relation,
    s.reason,
    s.witness === '' ? '' : `见证人 ${s.witness}`,
    formatInstant(s.signedAt as Instant),
  ]
    .filter((word) => word !== '')
    .join('　');

/** Boxes of a paper to sign in: drawn where somebody signed this version by hand, empty where not. */
export const signatureBoxes = (
  roles: readonly (readonly [role: SignerRole, label: string])[],
  signatures: readonly SignatureShown[],
  hash: string,
): SignatureBox[] => {
  const standing = signatures.filter((s) => s.hash === hash);
  const box = (label: string, s: SignatureShown): SignatureBox => ({
    label,
    ...(s.path === null ? {} : { path: s.path, width: s.width, height: s.height }),
    says: words(s),
  });
  return [
    ...roles.map(([role, label]): SignatureBox => {
      const found = standing.find((s) => s.who === role);
      return found === undefined ? { label } : box(label, found);
    }),
    // Who signed besides stands there as well.
    ...standing.filter((s) => !roles.some(([role]) => role === s.who)).map((s) => box(signerRoleLabels[s.who], s)),
  ];
};

/** The day on which somebody signed. */
export const signedOn = (s: SignatureShown): string => dayOf(s.signedAt as Instant);
