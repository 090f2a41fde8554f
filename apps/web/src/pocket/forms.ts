/** A form that was begun without network, as it stands on this phone: made of what waits and of the template that is carried. */
import type { FormDocument } from '@jieyou/core/forms/document.ts';
import { beginFormAnswer, signFormAnswer, submitFormAnswer } from '@jieyou/core/forms/endpoints.ts';
import type { FormAnswer } from '@jieyou/core/forms/schema.ts';
import type { SessionReply } from '@jieyou/core/identity/schema.ts';
import type { Pocket } from '@jieyou/core/pocket/schema.ts';
import { formSigners, strokePath } from '@jieyou/core/signatures/rules.ts';
import type { SignatureDraft } from '@jieyou/core/signatures/schema.ts';
import { caseUnder } from './acts.ts';
import type { Op } from './op.ts';

const idOf = (given: unknown): string => String((given as { id?: unknown } | undefined)?.id ?? '');

/** What was signed here and is not with the platform yet. */
export const signedHere = (id: string, ops: readonly Op[], session: SessionReply, endpoint: string = signFormAnswer.id) =>
  ops
    .filter((op) => op.endpoint === endpoint && op.state === 'waiting' && idOf(op.params) === id)
    .map((op) => op.body as SignatureDraft)
    .map((draft) => ({
      ...draft,
      path: draft.strokes === null ? null : strokePath(draft.strokes),
      width: draft.strokes?.width ?? 0,
      height: draft.strokes?.height ?? 0,
      takenAt: draft.signedAt,
      takenByName: session.account.name,
    }));

/** A form that was begun with the network, with what was signed and handed in since. */
const goneOn = (read: FormAnswer, ops: readonly Op[], session: SessionReply): FormAnswer => {
  const sent = ops.some((op) => op.endpoint === submitFormAnswer.id && idOf(op.params) === read.id && op.state === 'waiting');
  const here = signedHere(read.id, ops, session).filter((s) => !read.signing?.signatures.some((known) => known.id === s.id));
  return {
    ...read,
    signing: read.signing === null ? null : { ...read.signing, signatures: [...read.signing.signatures, ...here], open: !sent },
    can: sent ? [] : read.can,
  };
};

/** Undefined where it was not begun here, or its template is not carried. */
export const carriedForm = (
  id: string,
  packet: Pocket,
  ops: readonly Op[],
  session: SessionReply | null,
  read?: FormAnswer,
): FormAnswer | undefined => {
  if (read !== undefined && session !== null) return goneOn(read, ops, session);
  const begun = ops.find((op) => op.endpoint === beginFormAnswer.id && op.record === id);
  const caseId = caseUnder(begun?.body) ?? '';
  const { templateId = '' } = (begun?.body ?? {}) as { templateId?: string };
  const template = packet.forms.find((f) => f.id === templateId);
  const row = packet.cases.find((c) => c.id === caseId);
  const facts = packet.facts.find((f) => f.caseId === caseId);
  if (begun === undefined || template === undefined || row === undefined || facts === undefined || session === null) return undefined;
  const document = template.document as FormDocument;
  const sent = ops.find((op) => op.endpoint === submitFormAnswer.id && idOf(op.params) === id && op.state === 'waiting');
  const at = new Date(begun.at).toISOString();
  const needs = formSigners(document.signers ?? [], facts.needs);
  const signatures = signedHere(id, ops, session);
  const age = row.recipientAge;
  return {
    id,
    under: { kind: 'case', id: caseId },
    number: row.number,
    whose: row.recipientName,
    code: template.code,
    title: template.title,
    edition: template.edition,
    status: sent === undefined ? 'draft' : template.signer === 'nobody' ? 'submitted' : 'waiting',
    revision: 1,
    authorId: session.account.personId,
    authorName: session.account.name,
    mine: true,
    madeAt: at,
    savedAt: at,
    submittedAt: sent === undefined ? null : new Date(sent.at).toISOString(),
    decidedByName: null,
    decidedAt: null,
    // As the platform will count it once it is begun there.
    version: 1,
    templateId,
    document,
    values: (sent?.body as { values?: Record<string, unknown> } | undefined)?.values ?? {},
    // The platform looks again when it is begun there.
    facts: { '@minor': age === null ? null : facts.minor, '@age': age },
    results: [],
    signing:
      document.signers === undefined
        ? null
        : {
            hash: '',
            needs,
            also: facts.also.filter((who) => !needs.some((n) => n.who === who)),
            signatures,
            open: sent === undefined,
          },
    alerts: [],
    course: [],
    decisions: [],
    editions: [],
    can: sent === undefined ? ['fill'] : [],
    // Who might sign besides the head is not carried.
    signers: [],
    signerName: null,
    seenBy: [],
  };
};
