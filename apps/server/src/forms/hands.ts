/** Signatures by hand on a form: who is asked by its template, by age and by capacity, and who has signed these very answers. */
import type { FormDocument } from '@jieyou/core/forms/document.ts';
import { formSigners, formText } from '@jieyou/core/signatures/rules.ts';
import type { SigningSheet } from '@jieyou/core/signatures/schema.ts';
import { signersUnder } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { hashOf, signaturesOn } from '../signatures/index.ts';
import type { AnswerFacts } from './store.ts';
import type { Under } from './under.ts';

/** Null where the template asks nobody to sign by hand. */
export const sheetOf = async (
  ctx: Pick<Ctx, 'tx' | 'actor' | 'today' | 'crypto'>,
  of: { readonly answer: AnswerFacts; readonly under: Under | null; readonly document: FormDocument; readonly values: unknown },
): Promise<SigningSheet | null> => {
  const { answer, under, document } = of;
  if (document.signers === undefined) return null;
  // A supervisor before whom it lies sees who signed, not who would have to; everybody had, when it was handed in.
  if (under === null) {
    const signatures = await signaturesOn(ctx, {
      caseId: answer.under.kind === 'case' ? answer.under.id : null,
      kind: 'form',
      id: answer.id,
    });
    return { hash: hashOf(formText(answer, of.values)), needs: [], also: [], signatures, open: false };
  }
  // A group and an activity are no person: the worker signs, nobody else.
  const people = under.file === null ? { needs: [], also: [] } : await signersUnder(ctx, under.file);
  const needs = formSigners(document.signers, people.needs);
  return {
    hash: hashOf(formText(answer, of.values)),
    needs,
    also: people.also.filter((who) => !needs.some((n) => n.who === who)),
    signatures: await signaturesOn(ctx, { caseId: under.file?.id ?? null, kind: 'form', id: answer.id }),
    open: (answer.status === 'draft' || answer.status === 'returned') && ctx.actor.selves.includes(answer.authorId) && under.inHand,
  };
};
