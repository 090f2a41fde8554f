/** Acts of a case's worker as bodies, complete and valid; a test changes what it is about. */
import type { StageAct } from '@jieyou/core/cases/stageSchema.ts';

/** An act without the version of the case. */
export type Loose = { readonly move: StageAct['move'] } & Record<string, unknown>;

/** A decision at intake. */
export const intake = (more: object = {}): Loose => ({
  move: 'decide-intake',
  decision: 'accept',
  source: 'community',
  asker: '居委会',
  guardian: null,
  urgency: 'soon',
  problem: '拿不到赔偿，孩子停学。',
  reason: '',
  referredTo: null,
  ...more,
});
/** An assessment in four parts. */
export const assessment: Loose = {
  move: 'assess',
  person: '身体尚好，睡得少。',
  family: '与儿子同住，没有别的亲人。',
  surroundings: '居委会愿意帮忙，学校可以补课。',
  needs: '赔偿、复学、有人说话。',
  risk: 'high',
  riskSays: '夜里常哭。',
};
/** Goals of a plan. */
export const goals = [
  { key: 'g1', text: '孩子回到学校', indicator: '每周到校', unit: '天', baseline: 0, target: 5, direction: 'up' },
  { key: 'g2', text: '欠款减少', indicator: '欠款', unit: '元', baseline: 8000, target: 3000, direction: 'down' },
];
/** A plan with two goals. */
export const plan: Loose = {
  move: 'draft-plan',
  plan: {
    aim: '母子生活安定',
    goals,
    methods: '面谈、陪同、链接法律援助',
    frequency: '每周一次',
    startsOn: '2026-03-05',
    endsOn: '2026-09-05',
  },
};
/** Somebody who signs the agreement. */
export const signer = (who: 'person' | 'guardian', signedOn = '2026-03-05') => ({
  who,
  name: who === 'person' ? '王桦' : '王母',
  relation: who === 'person' ? '' : '母亲',
  signedOn,
  attachmentId: null,
});
/** A plan that is sent for signing, with its agreement. */
export const send = (more: object = {}): Loose => ({
  move: 'send-plan',
  agreement: { explained: true, signers: [signer('person')] },
  signerId: null,
  ...more,
});
/** An evaluation of both goals. */
export const evaluate = (kind: 'stage' | 'closing', more: object = {}): Loose => ({
  move: 'evaluate',
  kind,
  measures: [
    { key: 'g1', now: 5, says: '' },
    { key: 'g2', now: 4000, says: '还在还' },
  ],
  says: '孩子已经回校。',
  satisfaction: 5,
  wishes: '',
  ...more,
});
/** A closing of a kind. */
export const closing = (kind: string, more: object = {}): Loose => ({
  move: 'propose-closing',
  closing: {
    kind,
    summary: '服务告一段落。',
    review: '陪同要更早。',
    referredTo: kind === 'referred' ? '区救助站' : null,
    followUpOn: '2026-04-05',
    ...more,
  },
  signerId: null,
});
/** The questions of the form of burden, `s01-burden`. */
export const BURDEN = ['tired', 'sleep', 'time', 'work', 'money', 'friends', 'angry', 'guilty', 'leave', 'relief'];
