import { appealMoves } from '@jieyou/core/appeals/moves.ts';
import { clueActs } from '@jieyou/core/appeals/rules.ts';
import type { ClueDraft } from '@jieyou/core/appeals/schema.ts';
import { moveVerdict } from '@jieyou/core/shared/moves.ts';
import type { Ctx } from '../platform/http/context.ts';
import { Invalid } from '../platform/http/errors.ts';
import { clueOf, communitiesOf } from './clueViews.ts';
import { openAppeal } from './publicCommands.ts';
import * as store from './store.ts';

type Moving = 'appeals.moved-on' | 'record.changed-meanwhile';

/** What stands beside the telephone of the household: how to come near without harm. */
const besides = (draft: ClueDraft): string =>
  [
    draft.knows ? '本人知道已经报给社工站' : '本人还不知道报给了社工站，上门前先和社区民政员商量',
    draft.whereabouts === null ? '' : `住处：${draft.whereabouts}`,
    draft.goesAlong ? '社区民政员可以陪同首次入户' : '',
  ]
    .filter((part) => part !== '')
    .join('；');

/** A community's officer tells the street's station about somebody; the clock of appeals runs from now. */
export const tellClue = async (ctx: Ctx<'appeals.place-unknown'>, draft: ClueDraft) => {
  const { actor } = ctx;
  const community = (await communitiesOf(ctx)).find((c) => c.id === draft.communityId);
  if (community === undefined) return ctx.refuse('appeals.place-unknown');
  const made = await openAppeal(
    ctx,
    actor.districtId,
    {
      streetId: community.streetId,
      danger: draft.danger,
      topic: draft.topic,
      says: draft.says,
      reach: draft.phone === null ? 'other' : 'phone',
      phone: draft.phone,
      name: draft.name,
      safeTimes: [],
      safeNote: besides(draft),
      mayMessage: false,
      unsafe: false,
    },
    { teller: { id: actor.personId, communityId: community.id } },
  );
  await ctx.record({ type: 'appeal.told', recordKind: 'appeal', recordId: made.id, facts: { number: made.number } });
  await ctx.changed('appeal', made.id);
  return { id: made.id, version: 1, number: made.number };
};

const change = async (
  ctx: Ctx<Moving>,
  clue: Awaited<ReturnType<typeof clueOf>>,
  version: number,
  to: { status?: 'withdrawn'; endedAt?: string; accompaniedOn?: string },
  kind: 'withdrawn' | 'accompanied' | 'added',
  says: string | null = null,
): Promise<{ id: string; version: number }> => {
  if (clue.version !== version) return ctx.refuse('record.changed-meanwhile', { version: clue.version });
  const now = await store.changeAppeal(ctx.tx, clue, to, ctx.now);
  if (now === undefined) return ctx.refuse('record.changed-meanwhile', { version: clue.version });
  const stepId = ctx.id();
  const step = {
    districtId: clue.districtId,
    id: stepId,
    appealId: clue.id,
    at: ctx.now,
    kind,
    byId: ctx.actor.personId,
    saysCt: says === null ? null : ctx.crypto.encrypt(says, store.stepPlace(stepId)),
    toResident: true,
  };
  await ctx.tx.insertInto('appealStep').values(step).execute();
  await ctx.record({ type: `appeal.${kind}`, recordKind: 'appeal', recordId: clue.id, facts: { number: clue.number } });
  await ctx.changed('appeal', clue.id);
  await ctx.notify(clue.takerId === null ? [] : [clue.takerId], {
    kind: `appeals.${kind}`,
    recordKind: 'appeal',
    recordId: clue.id,
    number: clue.number,
  });
  return { id: clue.id, version: now };
};

/** What the teller learned since: it stands beside what was told, which stays as it was; whoever has the clue in hand is told. */
export const addToClue = async (ctx: Ctx<Moving>, id: string, { says, version }: { says: string; version: number }) => {
  const clue = await clueOf(ctx, id);
  if (!clueActs(clue.status, clue.accompaniedOn).includes('add')) ctx.refuse('appeals.moved-on', { status: clue.status });
  return change(ctx, clue, version, {}, 'added', says);
};

/** The teller takes a clue back; whoever has it in hand is told. */
export const withdrawClue = async (ctx: Ctx<Moving>, id: string, version: number) => {
  const clue = await clueOf(ctx, id);
  if (!moveVerdict(appealMoves, clue.status, 'withdraw').ok) ctx.refuse('appeals.moved-on', { status: clue.status });
  return change(ctx, clue, version, { status: 'withdrawn', endedAt: ctx.now }, 'withdrawn');
};

/** The teller says on which day they went along on the first visit (ST-03). */
export const confirmAccompanied = async (ctx: Ctx<Moving>, id: string, { on, version }: { on: string; version: number }) => {
  const clue = await clueOf(ctx, id);
  if (!clueActs(clue.status, clue.accompaniedOn).includes('accompanied')) ctx.refuse('appeals.moved-on', { status: clue.status });
  if (on > ctx.today) throw new Invalid([{ path: 'on', message: '日期不能晚于今天' }]);
  return change(ctx, clue, version, { accompaniedOn: on }, 'accompanied');
};
