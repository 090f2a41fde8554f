import { z } from 'zod';
import { FormResult } from '../forms/schema.ts';
import { Id, line, passage, Version } from '../shared/endpoint.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';
import { SigningSheet } from '../signatures/schema.ts';
import { CaseStage, CaseStatus, NoteKind, Risk } from './words.ts';
import { WorkAsked, WorkChecked, WorkFound, WorkHolds, WorkNow, WorkOutcome, WorkPlace } from './work.ts';

export { CaseStage, NoteKind };

/** The six stages as the steps of a page (JX-05). */
export const CaseStep = z.enum(['intake', 'assessment', 'plan', 'intervention', 'evaluation', 'closing']);
export type CaseStep = z.infer<typeof CaseStep>;

export const PaperKind = z.enum(['intake', 'assessment', 'plan', 'evaluation', 'closing', 'follow-up', 'pause', 'reopening']);
export type PaperKind = z.infer<typeof PaperKind>;

/** `written` needs no signature. */
export const PaperStatus = z.enum(['written', 'draft', 'sent', 'returned', 'signed', 'taken-back']);
export type PaperStatus = z.infer<typeof PaperStatus>;

export const IntakeDecision = z.enum(['accept', 'decline', 'refer', 'crisis']);
export type IntakeDecision = z.infer<typeof IntakeDecision>;
export const IntakeSource = z.enum(['self', 'community', 'department', 'visit', 'hotline', 'appeal', 'letter', 'ticket', 'other']);
export const Urgency = z.enum(['ordinary', 'soon', 'at-once']);

export const ClosingKind = z.enum(['achieved', 'wished', 'referred', 'moved', 'died', 'lost', 'other']);
export type ClosingKind = z.infer<typeof ClosingKind>;

export const FollowUpWay = z.enum(['phone', 'visit', 'meeting', 'message', 'other']);
export const FollowUpResult = z.enum(['steady', 'better', 'worse', 'not-reached']);

/** Which way an indicator gets better. */
export const Direction = z.enum(['up', 'down']);
const Measure = z.number().min(-1_000_000).max(1_000_000);

/** 风险初筛 at intake (2.4 no. 1): what the worker saw or heard of. */
export const IntakeRisk = z.enum(['self-harm', 'harm-others', 'home-violence', 'child-harm', 'cut-off']);

/** 接案: whether and how the case goes on, and why. */
export const IntakeContent = z.object({
  source: IntakeSource,
  asker: line(60, 0),
  guardian: line(40, 2).nullable(),
  urgency: Urgency,
  /** Nothing ticked: nothing was seen. Papers from before the screening do not say. */
  risks: z.array(IntakeRisk).max(5).optional(),
  problem: passage(2000, 2),
  reason: passage(1000, 0),
  referredTo: line(80, 2).nullable(),
});

/** A score that a form under the case came to, with the form, its version and the day; where there is no score or band it says whom to ask. */
export const CaseScore = FormResult.omit({ tone: true, answered: true, extended: true }).extend({
  answerId: Id,
  /** The form; scores of one form and one scale are compared with each other. */
  code: z.string(),
  form: z.string(),
  edition: z.int(),
  on: AnyDay,
});
export type CaseScore = z.infer<typeof CaseScore>;

/** One scale of one form as a paper cites it. */
export const ScoreCited = z.object({ answerId: Id, scale: line(40) });
export type ScoreCited = z.infer<typeof ScoreCited>;
const cites = z.array(ScoreCited).max(20, { error: '最多引用 20 项' }).optional();

/** What a cited score comes to since its form was corrected: `by` is the correction, `on` the day on which it stood. */
export const ScoreCorrected = CaseScore.pick({
  answerId: true,
  scale: true,
  score: true,
  most: true,
  band: true,
  on: true,
}).extend({
  by: Id,
});
export type ScoreCorrected = z.infer<typeof ScoreCorrected>;

/** The same scale at the beginning and now; `last` is null where it was measured once. */
export const ScoreCourse = z.object({ first: CaseScore, last: CaseScore.nullable() });
export type ScoreCourse = z.infer<typeof ScoreCourse>;

/** 预估: person, family, surroundings and resources, needs and problems. Who lives alone has no second part. */
export const AssessmentContent = z.object({
  person: passage(4000, 2),
  family: passage(4000, 0),
  surroundings: passage(4000, 2),
  needs: passage(4000, 2),
  risk: Risk,
  riskSays: passage(1000, 0),
});

/** Said beside a target that is no better than the baseline. */
export const TARGET_NOT_BETTER = '目标值要比现在的值好；请看方向对不对';

/** One goal with the indicator by which it is measured. */
export const Goal = z
  .object({
    key: line(12),
    text: line(200, 2),
    indicator: line(60),
    unit: line(12),
    baseline: Measure,
    target: Measure,
    direction: Direction,
    /** The score from which the baseline is taken; null or left out where it was typed. */
    cites: ScoreCited.nullable().optional(),
    /** Marked where the goal is work (就业): the closing then says what came of it. */
    work: z.boolean().optional(),
  })
  .refine((g) => (g.direction === 'up' ? g.target > g.baseline : g.target < g.baseline), {
    error: TARGET_NOT_BETTER,
    path: ['target'],
  });
export type Goal = z.infer<typeof Goal>;

export const PlanContent = z
  .object({
    aim: passage(600, 2),
    goals: z.array(Goal).min(1, { error: '至少写一个目标' }).max(8),
    methods: passage(2000, 2),
    frequency: line(60, 2),
    startsOn: AnyDay,
    endsOn: AnyDay,
  })
  .refine((p) => p.endsOn >= p.startsOn, { error: '结束日期不能早于开始日期', path: ['endsOn'] })
  .refine((p) => new Set(p.goals.map((g) => g.key)).size === p.goals.length, { error: '两个目标不能同号', path: ['goals'] });
export type PlanContent = z.infer<typeof PlanContent>;

/** Who signs an agreement on the person's side. */
export const AgreementRole = z.enum(['person', 'guardian', 'authority']);

export const AgreementSigner = z.object({
  who: AgreementRole,
  name: line(40, 2),
  relation: line(20, 0),
  signedOn: AnyDay,
  /** The signature as a picture, where one was drawn on the screen; kept like an attachment of the case. */
  attachmentId: Id.nullable(),
});
export type AgreementSigner = z.infer<typeof AgreementSigner>;

/** 服务协议: what was explained, and who signed. */
export const Agreement = z.object({
  explained: z.literal(true, { error: '签字前要说明保密及其例外、随时可以退出' }),
  /** Signed on paper; signatures by hand on the screen are known already. */
  signers: z.array(AgreementSigner).max(3),
});
export type Agreement = z.infer<typeof Agreement>;

export const GoalMeasure = z.object({
  key: line(12),
  now: Measure.nullable(),
  says: line(200, 0),
  /** A later score of the scale from which the baseline was taken; null or left out where it was typed. */
  cites: ScoreCited.nullable().optional(),
});

/** 评估: what became of each goal, and what the person says of the service. */
export const EvaluationContent = z.object({
  measures: z.array(GoalMeasure).max(8),
  says: passage(2000, 2),
  satisfaction: z.int().min(1).max(5).nullable(),
  wishes: passage(600, 0),
});

export const ClosingContent = z
  .object({
    kind: ClosingKind,
    summary: passage(3000, 2),
    review: passage(2000, 0),
    referredTo: line(80, 2).nullable(),
    followUpOn: AnyDay.nullable(),
    work: WorkFound.nullable().optional(),
  })
  .refine((c) => c.kind !== 'referred' || c.referredTo !== null, { error: '请写明转介到哪里', path: ['referredTo'] });

export const FollowUpContent = z.object({
  happenedOn: AnyDay,
  way: FollowUpWay,
  result: FollowUpResult,
  says: passage(2000, 2),
  nextOn: AnyDay.nullable(),
  work: WorkChecked.nullable().optional(),
});

const version = Version;
const reason = passage(600, 2);

/** One act of the worker on a case, told by its move. */
export const StageAct = z.discriminatedUnion('move', [
  z
    .object({ move: z.literal('decide-intake'), version, decision: IntakeDecision, ...IntakeContent.shape })
    .refine((d) => d.decision === 'accept' || d.reason !== '', { error: '请写明理由', path: ['reason'] })
    .refine((d) => d.decision !== 'refer' || d.referredTo !== null, { error: '请写明转介到哪里', path: ['referredTo'] }),
  z.object({ move: z.literal('crisis'), version, reason }),
  z.object({ move: z.literal('assess'), version, ...AssessmentContent.shape, cites }),
  z.object({ move: z.literal('draft-plan'), version, plan: PlanContent }),
  z.object({ move: z.literal('send-plan'), version, agreement: Agreement, signerId: Id.nullable() }),
  z.object({ move: z.literal('take-back'), version }),
  z.object({ move: z.literal('replan'), version }),
  z.object({ move: z.literal('evaluate'), version, kind: z.enum(['stage', 'closing']), ...EvaluationContent.shape, cites }),
  z.object({ move: z.literal('work-on'), version }),
  z.object({ move: z.literal('propose-closing'), version, closing: ClosingContent, signerId: Id.nullable() }),
  z.object({ move: z.literal('follow-up'), version, ...FollowUpContent.shape }),
  z.object({ move: z.literal('pause'), version, reason, lookAgainOn: AnyDay }),
  z.object({ move: z.literal('resume'), version }),
  z.object({ move: z.literal('reopen'), version, reason }),
  z.object({ move: z.literal('archive'), version }),
]);
export type StageAct = z.infer<typeof StageAct>;

const Said = z.string();
const SaidOrNot = z.string().nullable();

/** What a closing or a follow-up said of work; `holds` and `since`, the day on which the work began that was known, are of a follow-up. */
const WorkKept = z
  .object({
    outcome: WorkOutcome,
    onDay: SaidOrNot,
    place: WorkPlace.nullable(),
    says: Said,
    holds: WorkHolds.nullable().optional(),
    since: SaidOrNot.optional(),
  })
  .nullable()
  .optional();

/** What was written at a stage, as it is shown: once kept, no length is asked of it. Which content it has, its kind tells. */
export const PaperContent = z.object({
  intake: z
    .object({
      decision: IntakeDecision,
      source: IntakeSource,
      asker: Said,
      guardian: SaidOrNot,
      risks: z.array(IntakeRisk).optional(),
      urgency: Urgency,
      problem: Said,
      reason: Said,
      referredTo: SaidOrNot,
    })
    .nullable(),
  assessment: z
    .object({
      person: Said,
      family: Said,
      surroundings: Said,
      needs: Said,
      risk: Risk,
      riskSays: Said,
      /** Scales that it leans on, as they were on the day; papers of earlier days have none. */
      scores: z.array(CaseScore).optional(),
    })
    .nullable(),
  plan: z
    .object({
      aim: Said,
      goals: z.array(
        z.object({
          key: Said,
          text: Said,
          indicator: Said,
          unit: Said,
          baseline: z.number(),
          target: z.number(),
          direction: Direction,
          /** The score from which the baseline was taken, as it was. */
          score: CaseScore.optional(),
          work: z.boolean().optional(),
        }),
      ),
      methods: Said,
      frequency: Said,
      startsOn: Said,
      endsOn: Said,
    })
    .nullable(),
  agreement: z
    .object({
      explained: z.boolean(),
      signers: z.array(
        z.object({
          who: AgreementRole,
          name: Said,
          relation: Said,
          signedOn: Said,
          attachmentId: SaidOrNot,
          /** The signature by hand; papers of earlier days have none. */
          signatureId: SaidOrNot.optional(),
        }),
      ),
    })
    .nullable(),
  evaluation: z
    .object({
      kind: z.enum(['stage', 'closing']),
      measures: z.array(z.object({ key: Said, now: z.number().nullable(), says: Said, score: CaseScore.optional() })),
      says: Said,
      satisfaction: z.int().nullable(),
      wishes: Said,
      /** Scales then and now. */
      courses: z.array(ScoreCourse).optional(),
    })
    .nullable(),
  closing: z
    .object({ kind: ClosingKind, summary: Said, review: Said, referredTo: SaidOrNot, followUpOn: SaidOrNot, work: WorkKept })
    .nullable(),
  followUp: z
    .object({ happenedOn: Said, way: FollowUpWay, result: FollowUpResult, says: Said, nextOn: SaidOrNot, work: WorkKept })
    .nullable(),
  reason: z.string().nullable(),
});
export type PaperContent = z.infer<typeof PaperContent>;

export const CasePaper = z.object({
  id: Id,
  kind: PaperKind,
  edition: z.int(),
  status: PaperStatus,
  authorName: z.string(),
  writtenAt: AnyMoment,
  sentAt: AnyMoment.nullable(),
  /** Who is to sign; null where the head of the station does. */
  signerName: z.string().nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: AnyMoment.nullable(),
  /** What the signer said when it was sent back. */
  answer: z.string(),
  version: z.int(),
  content: PaperContent,
  /** Scores that it cites and that were corrected since; what it says of them stays as it was written. */
  corrected: z.array(ScoreCorrected),
});
export type CasePaper = z.infer<typeof CasePaper>;

/** Classes of material that a handover names. Register and consents always go along. */
export const HandedClass = z.enum(['register', 'consents', 'papers', 'records', 'attachments']);
export type HandedClass = z.infer<typeof HandedClass>;
export const HandoverCause = z.enum(['leave', 'resignation', 'load', 'other']);
export const HandoverStatus = z.enum(['proposed', 'accepted', 'declined', 'withdrawn', 'ordered']);
export type HandoverStatus = z.infer<typeof HandoverStatus>;

export const HandoverRow = z.object({
  id: Id,
  caseId: Id,
  number: z.string(),
  fromName: z.string(),
  toName: z.string(),
  status: HandoverStatus,
  cause: HandoverCause,
  reason: z.string(),
  mayRead: z.array(HandedClass),
  proposedByName: z.string(),
  proposedAt: AnyMoment,
  answeredAt: AnyMoment.nullable(),
  answer: z.string(),
  can: z.array(z.string()),
  version: z.int(),
});

/** One case, or everything that somebody carries; `atOnce` is the head's, for a whole caseload. */
export const HandoverDraft = z
  .object({
    caseId: Id.nullable(),
    fromId: Id.nullable(),
    toId: Id,
    cause: HandoverCause,
    reason: line(120, 2),
    mayRead: z.array(HandedClass),
    atOnce: z.boolean(),
  })
  .refine((d) => (d.caseId === null) !== (d.fromId === null), { error: '请选一个个案，或一位社工的全部个案', path: ['fromId'] })
  .refine((d) => !d.atOnce || d.fromId !== null, { error: '只有移交全部个案时可以立即生效', path: ['atOnce'] });

export const HandoverAnswer = z.object({
  version,
  decision: z.enum(['accept', 'decline', 'withdraw']),
  reason: line(120, 0),
});

/** A record of a crisis or of violence at home that keeps its case from being closed. */
export const OpenAlarm = z.object({ id: Id, kind: z.enum(['crisis', 'violence']) });
export type OpenAlarm = z.infer<typeof OpenAlarm>;

/** Everything of the stages of one case. */
export const StageFile = z.object({
  id: Id,
  number: z.string(),
  status: CaseStatus,
  stage: CaseStage,
  stageSince: AnyMoment,
  /** Where the case goes back to after a pause or a closing that was sent back. */
  stageBefore: CaseStage.nullable(),
  lookAgainOn: AnyDay.nullable(),
  assessmentDueOn: AnyDay.nullable(),
  closingKind: ClosingKind.nullable(),
  closedOn: AnyDay.nullable(),
  nextFollowUpOn: AnyDay.nullable(),
  archivedOn: AnyDay.nullable(),
  retentionClass: z.enum(['adult', 'minor', 'judicial']).nullable(),
  keepUntil: AnyDay.nullable(),
  /** Classes of earlier material that a handover did not give to the one who works on the case now. */
  withheld: z.array(HandedClass),
  version: z.int(),
  papers: z.array(CasePaper),
  /** What scales of forms under the case came to, as far as the forms may be read, oldest first. */
  scores: z.array(CaseScore),
  /** Who signs the agreement, by age and guardian. */
  mustSign: z.array(AgreementRole),
  /** Signatures on the plan that is about to be sent. */
  signing: SigningSheet.extend({ paperId: Id }).nullable(),
  proposed: z.object({ followUpOn: AnyDay, latestLookAgain: AnyDay }),
  /** What is asked about work, and what is known. */
  work: z.object({ asked: WorkAsked, now: WorkNow.nullable() }),
  /** Moves that this person may make now. */
  can: z.array(z.string()),
  /** The paper that this person may sign now. */
  signs: Id.nullable(),
  openAlarms: z.array(OpenAlarm),
  handovers: z.array(HandoverRow),
});
export type StageFile = z.infer<typeof StageFile>;

export const SignerChoice = z.object({ id: Id.nullable(), name: z.string(), says: z.string() });
