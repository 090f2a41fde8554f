import { moveVerdict } from '../shared/moves.ts';
import { no, type Verdict, yes } from '../shared/verdict.ts';
import type { FormEach, FormSigner } from './document.ts';
import { formMoves } from './moves.ts';
import { roomOfForm } from './rooms.ts';
import type { FormAct, FormStatus } from './schema.ts';

export type FormRefusal =
  | 'forms.case-closed'
  | 'forms.cancelled'
  | 'forms.person-still'
  | 'forms.not-current'
  | 'forms.not-open-here'
  | 'forms.kept-in-room'
  | 'forms.not-yet-recorded'
  | 'forms.not-author'
  | 'forms.over'
  | 'forms.signature-missing'
  | 'forms.signer-unknown'
  | 'forms.own'
  | 'forms.not-waiting'
  | 'forms.reason-missing'
  | 'forms.not-correctable'
  | 'forms.corrected-already';

/** What a form stands under, as the rule looks at it. */
export type UnderFacts = {
  readonly kind: 'case' | 'group' | 'activity';
  /** Of a group: one session, one member, or the whole. */
  readonly each: FormEach | null;
  readonly status: string;
  /** Whether the member's data rest by their wish. */
  readonly still: boolean;
};

/** Whether it takes a form: a case while it is open; a group and an activity also when they are over, for their summary, but not when called off. */
export const openVerdict = (under: UnderFacts): Verdict<FormRefusal> => {
  if (under.kind === 'case') return under.status === 'open' ? yes : no('forms.case-closed');
  if (under.status === 'cancelled') return no('forms.cancelled', { kind: under.kind });
  return under.still ? no('forms.person-still') : yes;
};

/** Whether a form may be begun: on the version in force, under what it is made for, and not where a room keeps the same. A correction keeps the version of what it corrects. */
export const beginVerdict = (
  under: UnderFacts,
  template: { readonly code: string; readonly subject: string; readonly each?: FormEach | undefined; readonly current: boolean } | null,
): Verdict<FormRefusal> => {
  const open = openVerdict(under);
  if (!open.ok || template === null) return open;
  // What a room keeps is written there and nowhere else: filled in here it would stand twice, or count nowhere.
  const room = roomOfForm(template.code);
  if (room !== null) return no('forms.kept-in-room', { room });
  if (template.subject !== under.kind || (template.each ?? null) !== under.each) return no('forms.not-open-here');
  return template.current ? yes : no('forms.not-current');
};

/** Whether somebody may go on writing: the own draft, or what came back. */
export const writeVerdict = (answer: { readonly status: FormStatus; readonly own: boolean }): Verdict<FormRefusal> => {
  if (!moveVerdict(formMoves, answer.status, 'save').ok) return no('forms.over', { status: answer.status });
  return answer.own ? yes : no('forms.not-author');
};

/** Whether everybody has signed by hand what is submitted; whoever signed another version signs again. */
export const handsVerdict = (open: { readonly missing: readonly string[]; readonly changed: readonly string[] }): Verdict<FormRefusal> =>
  open.missing.length === 0 ? yes : no('forms.signature-missing', { missing: [...open.missing], changed: [...open.changed] });

/** Before whom a form is laid: the head of the station, or one of those who may sign it where the template leaves the choice. */
export const signerVerdict = (signer: FormSigner, signerId: string | null, known: readonly string[]): Verdict<FormRefusal> =>
  signerId === null || (signer === 'head-or-supervisor' && known.includes(signerId)) ? yes : no('forms.signer-unknown');

/** Whether somebody may sign or send back: never the author, and nothing is sent back without a word. */
export const decideVerdict = (
  answer: { readonly status: FormStatus; readonly own: boolean },
  signs: boolean,
  says: string,
): Verdict<FormRefusal> => {
  if (answer.own) return no('forms.own');
  if (!moveVerdict(formMoves, answer.status, signs ? 'sign' : 'return').ok) return no('forms.not-waiting', { status: answer.status });
  return signs || says.trim().length >= 2 ? yes : no('forms.reason-missing');
};

/** Whether a correction may be begun: of what stands, once at a time. */
export const correctVerdict = (answer: { readonly status: FormStatus; readonly correctedBy: boolean }): Verdict<FormRefusal> => {
  if (!moveVerdict(formMoves, answer.status, 'replace').ok) return no('forms.not-correctable', { status: answer.status });
  return answer.correctedBy ? no('forms.corrected-already') : yes;
};

/** What somebody may do with a filled form. */
export const formActs = (of: {
  readonly status: FormStatus;
  readonly own: boolean;
  readonly writes: boolean;
  readonly signs: boolean;
  /** Whether what it stands under takes forms. */
  readonly open: boolean;
  readonly correctedBy: boolean;
}): FormAct[] => {
  const acts: FormAct[] = ['print'];
  if (of.writes && of.open && writeVerdict(of).ok) acts.push('fill');
  // Whoever carries the case now puts away a draft that a former worker left.
  if (of.writes && moveVerdict(formMoves, of.status, 'discard').ok) acts.push('discard');
  if (of.signs && decideVerdict(of, true, '').ok) acts.push('sign');
  if (of.writes && of.open && correctVerdict(of).ok) acts.push('correct');
  return acts;
};
