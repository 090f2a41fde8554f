/** Signatures by hand on a form: who is asked by its template, by age and by capacity, and who has signed these very answers. */
import type { FormDocument } from '@jieyou/core/forms/document.ts';
import { formSigners, formText } from '@jieyou/core/signatures/rules.ts';
import type { SigningSheet } from '@jieyou/core/signatures/schema.ts';
import { type CaseFacts, signersUnder } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { hashOf, signaturesOn } from '../signatures/index.ts';
import type { AnswerFacts } from './store.ts';

/** Null where the template asks nobody to sign by hand. */
export const sheetOf = async (
  ctx: Pick<Ctx, 'tx' | 'actor' | 'today' | 'crypto'>,
  of: { readonly answer: AnswerFacts; readonly file: CaseFacts; readonly document: FormDocument; readonly values: unknown },
): Promise<SigningSheet | null> => {
  const { answer, file, document } = of;
  if (document.signers === undefined) return null;
  const under = await signersUnder(ctx, file);
  const needs = formSigners(document.signers, under.needs);
  return {
    hash: hashOf(formText(answer, of.values)),
    needs,
    also: under.also.filter((who) => !needs.some((n) => n.who === who)),
    signatures: await signaturesOn(ctx, { caseId: file.id, kind: 'form', id: answer.id }),
    open: (answer.status === 'draft' || answer.status === 'returned') && ctx.actor.selves.includes(answer.authorId) && file.inHand,
  };
};
