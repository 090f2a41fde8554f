/** The door of the cases: what other rooms may ask. */
import type { KnownIdentity } from '@jieyou/core/casebank/redaction.ts';
import { consentVerdict } from '@jieyou/core/cases/rules.ts';
import type { ConsentPurpose, PacketField, ReceiverKind } from '@jieyou/core/cases/schema.ts';
import type { Tx } from '../platform/db/database.ts';
import type { Ctx } from '../platform/http/context.ts';
import { caseFilesWithHash, filesWithHash, visitFiles } from './attachmentStore.ts';
import { ageToday, knownIdentities } from './recipient.ts';
import * as store from './store.ts';
import { attachmentsOf } from './views.ts';

export { dropIfItFails, dropIfItSucceeds } from './aftermath.ts';
export { type CarriedCase, carriedCases } from './carried.ts';
export { codeOfStation, openCase } from './commands.ts';
export { listCoWorkers } from './coWorkerViews.ts';
export { detailsOf } from './details.ts';
export { kindOf } from './fileKind.ts';
export { bodyOf, serveFiles } from './fileRoutes.ts';
export { openLookup } from './lookup.ts';
export { correctionsOf, type PaperSection, sectionsOf } from './paperText.ts';
export { correctPerson, formerNameMasked } from './person.ts';
export { ageToday, exactIndexes, openField, pinyinIndex, sealRecipient } from './recipient.ts';
export { casesRoutes } from './routes.ts';
export { casesPackOf, signersUnder } from './stageLoading.ts';
export { readCasePaper, readStages } from './stageViews.ts';
export {
  type CaseFacts,
  caseById,
  caseInHand,
  caseInReach,
  circleOf,
  closedBefore,
  fieldOn,
  handedOver,
  listedCase,
  nameProblem,
  raiseRisk,
  registerInHand,
  registerInReach,
  safeContactOf,
  soughtCase,
  touchCase,
} from './store.ts';
export { listNotes, namesOfCases, noteForPaper, readCase } from './views.ts';
export { attachmentsOf, visitFiles };

/** A consent as other rooms look at it. */
export type ConsentFacts = {
  readonly id: string;
  readonly receiver: string;
  readonly receiverKind: ReceiverKind | null;
  readonly receiverId: string | null;
  readonly purpose: ConsentPurpose;
  readonly fields: PacketField[];
  readonly signedBy: string;
  readonly grantedOn: string;
  readonly expiresOn: string | null;
  readonly withdrawnOn: string | null;
};

/** Consents of a case, newest first, dead ones too; judge them with `consentVerdict`. */
export const consentsOfCase = async (tx: Tx, districtId: string, caseId: string): Promise<ConsentFacts[]> =>
  (await store.consentsOf(tx, districtId, caseId)).map((row) => ({
    ...row,
    receiverKind: row.receiverKind as ReceiverKind | null,
    purpose: row.purpose as ConsentPurpose,
    fields: row.fields as PacketField[],
  }));

/** The consent that carries a purpose today: of several the one that ends last. Undefined when there is none. */
export const liveConsent = async (
  tx: Tx,
  of: { readonly districtId: string; readonly caseId: string },
  purpose: ConsentPurpose,
  today: string,
): Promise<ConsentFacts | undefined> => {
  const live = (await consentsOfCase(tx, of.districtId, of.caseId)).filter((c) => consentVerdict(c, { purpose, fields: [], today }).ok);
  const end = (c: ConsentFacts) => c.expiresOn ?? '9999-12-31';
  return live.sort((a, b) => end(b).localeCompare(end(a)))[0];
};

/** A case as a request for help begins with it: register, content, the masked recipient, and what redaction must know. */
export type CaseForRequest = store.CaseFacts & {
  readonly household: string;
  readonly summary: string;
  readonly recipient: { readonly name: string; readonly gender: string; readonly birthOn: string | null; readonly age: number | null };
  /** In plain text; keep it encrypted and show it to nobody. */
  readonly identities: KnownIdentity[];
};

/** The case that the asker works on; undefined when it is missing, out of reach, or only seen. */
export const caseForRequest = async (
  ctx: Pick<Ctx, 'tx' | 'actor' | 'crypto' | 'today'>,
  caseId: string,
): Promise<CaseForRequest | undefined> => {
  const { tx, actor } = ctx;
  const facts = await store.caseById(tx, actor, caseId);
  if (facts === undefined || !facts.inHand) return undefined;
  const recipient = await store.recipientById(tx, actor.districtId, facts.recipientId);
  const content = await store.contentById(tx, actor.districtId, caseId);
  return {
    ...facts,
    household: content.household,
    summary: content.summary,
    recipient: {
      name: recipient.nameMasked,
      gender: recipient.gender,
      birthOn: recipient.birthOn,
      age: ageToday(recipient.birthOn, ctx.today),
    },
    identities: knownIdentities(ctx.crypto, recipient.id, recipient, content),
  };
};

/** Files of a case that the reader of this transaction reaches, in the order in which they came. */
export const filesOfCase = async (ctx: Pick<Ctx, 'tx' | 'actor' | 'services'>, caseId: string): Promise<RequestFileKept[]> =>
  (await caseFilesWithHash(ctx.tx, ctx.actor, caseId)).map(({ storedAs, ...file }) => ({
    ...file,
    load: () => ctx.services.files.get(file.id, storedAs),
  }));

/** A file of a request with its hash, and a way to read it. */
export type RequestFileKept = {
  readonly id: string;
  readonly name: string;
  readonly mime: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly addedByName: string;
  readonly addedAt: string;
  readonly load: () => Promise<Buffer>;
};

/** Files of a request that the reader of this transaction reaches, in the order in which they came. */
export const filesOfRequest = async (ctx: Pick<Ctx, 'tx' | 'actor' | 'services'>, requestId: string): Promise<RequestFileKept[]> =>
  (await filesWithHash(ctx.tx, ctx.actor.districtId, requestId)).map(({ storedAs, ...file }) => ({
    ...file,
    load: () => ctx.services.files.get(file.id, storedAs),
  }));
