import { z } from 'zod';
import { Id, line } from '../shared/endpoint.ts';
import { AnyMoment } from '../shared/words.ts';

/** As whom somebody signs. `authority` stands in where the guardian may not: the civil affairs office or the village or neighbourhood committee. */
export const SignerRole = z.enum(['person', 'guardian', 'authority', 'witness', 'worker']);
export type SignerRole = z.infer<typeof SignerRole>;

/** Written by hand; a mark or fingerprint before a witness; or a name that was typed, with the reason. */
export const SignatureWay = z.enum(['drawn', 'mark', 'typed']);
export type SignatureWay = z.infer<typeof SignatureWay>;

/** Why somebody has to sign: the line of the rule table. */
export const SignSource = z.enum(['below-guardian-age', 'minor', 'adult', 'adult-guardian', 'guardian-kept-back', 'form']);
export type SignSource = z.infer<typeof SignSource>;

/** A box on the person's side of a printed paper: who signs in it, and why it stands there. */
export type SignerBox = {
  readonly who: 'person' | 'guardian' | 'authority';
  /** `beside`: may sign as well; `age-unknown`: signs if the person is a minor. */
  readonly why: Exclude<SignSource, 'form'> | 'beside' | 'age-unknown';
};

/** How it stands with one who has to sign. `changed`: signed, and the paper was written anew since. */
export const SignState = z.enum(['missing', 'changed', 'signed']);
export type SignState = z.infer<typeof SignState>;

const SIDE = { least: 60, most: 4000 };
const MOST_LINES = 160;
const MOST_NUMBERS = 12_000;
/** Fewer points than this are a slip of the finger. */
const LEAST_POINTS = 8;

/** What was drawn: x and y by turns, line by line, on a surface of a size. Numbers only; the picture is made of them by us. */
export const Strokes = z
  .strictObject({
    width: z.int().min(SIDE.least).max(SIDE.most),
    height: z.int().min(SIDE.least).max(SIDE.most),
    lines: z
      .array(z.array(z.int().min(0).max(SIDE.most)).min(2).max(MOST_NUMBERS))
      .min(1)
      .max(MOST_LINES),
  })
  .refine((s) => s.lines.every((l) => l.length % 2 === 0), { error: '笔画不完整，请重新签', path: ['lines'] })
  .refine((s) => s.lines.reduce((sum, l) => sum + l.length, 0) <= MOST_NUMBERS, { error: '笔画太多，请重新签', path: ['lines'] })
  .refine((s) => s.lines.every((l) => l.every((n, i) => n <= (i % 2 === 0 ? s.width : s.height))), {
    error: '笔画超出签名框，请重新签',
    path: ['lines'],
  });
export type Strokes = z.infer<typeof Strokes>;

/** SHA-256 of what was signed, as hexadecimal digits. */
export const PaperHash = z.string().regex(/^[0-9a-f]{64}$/, { error: '文书的校验值不对，请刷新后再签' });

/** A signature as it is taken. */
export const SignatureDraft = z
  .object({
    id: Id,
    who: SignerRole,
    way: SignatureWay,
    name: line(40, 2),
    /** Relation to the person; of an authority its name. */
    relation: line(40, 0),
    reason: line(120, 0),
    witness: line(40, 0),
    strokes: Strokes.nullable(),
    /** Of the paper that was shown. */
    hash: PaperHash,
    /** By the clock of the device. */
    signedAt: AnyMoment,
  })
  .refine((d) => d.way !== 'drawn' || d.strokes !== null, { error: '请在框里签名', path: ['strokes'] })
  .refine((d) => d.way !== 'drawn' || d.strokes === null || d.strokes.lines.reduce((sum, l) => sum + l.length / 2, 0) >= LEAST_POINTS, {
    error: '签得太短，请写全名',
    path: ['strokes'],
  })
  .refine((d) => d.way === 'drawn' || d.reason.length >= 2, { error: '请写明为什么不能手写', path: ['reason'] })
  .refine((d) => d.way !== 'typed' || d.strokes === null, { error: '打字代签不带笔画', path: ['strokes'] })
  .refine((d) => d.way !== 'mark' || d.witness.length >= 2, { error: '按手印、画押要有一位见证人', path: ['witness'] })
  .refine((d) => (d.who !== 'guardian' && d.who !== 'authority') || d.relation.length >= 1, {
    error: '请写与服务对象的关系，或单位名称',
    path: ['relation'],
  });
export type SignatureDraft = z.infer<typeof SignatureDraft>;

/** A signature as it is shown: the name masked, the drawing as a path made here. */
export const SignatureShown = z.object({
  id: Id,
  who: SignerRole,
  way: SignatureWay,
  name: z.string(),
  relation: z.string(),
  reason: z.string(),
  witness: z.string(),
  path: z.string().nullable(),
  width: z.int(),
  height: z.int(),
  hash: z.string(),
  signedAt: AnyMoment,
  /** When the platform got it: later than it was signed, where there was no network. */
  takenAt: AnyMoment,
  /** Who held the device. */
  takenByName: z.string(),
});
export type SignatureShown = z.infer<typeof SignatureShown>;

/** One who has to sign, and why. */
export const SignerNeed = z.object({ who: SignerRole, source: SignSource });
export type SignerNeed = z.infer<typeof SignerNeed>;

/** Who signs a paper, and who has. */
export const SigningSheet = z.object({
  /** Of the paper as it stands now. */
  hash: z.string(),
  needs: z.array(SignerNeed),
  /** Who may sign besides. */
  also: z.array(SignerRole),
  signatures: z.array(SignatureShown),
  /** Whether signatures are taken now. */
  open: z.boolean(),
});
export type SigningSheet = z.infer<typeof SigningSheet>;
