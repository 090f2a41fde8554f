import { answerInvitation, giveOpinion, openPacket } from '@jieyou/core/support/endpoints.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../house/client.ts';
import { useKept } from '../house/kept.ts';
import { afterMove, type OwnInvitationData, type PacketData, useInvitation, useOpinions } from './queries.ts';

/** An opinion as it is being written. */
export type OpinionDraft = { readonly judgement: string; readonly advice: string; readonly risk: string };

const emptyOpinion: OpinionDraft = { judgement: '', advice: '', risk: '' };

/** The three prompts of an opinion. */
export const opinionPrompts: readonly { readonly name: keyof OpinionDraft; readonly label: string; readonly hint: string }[] = [
  { name: 'judgement', label: '判断', hint: '您怎么看这个个案，关键在哪里' },
  { name: 'advice', label: '建议', hint: '接下来做什么，由谁做，先后怎样' },
  { name: 'risk', label: '风险', hint: '要当心什么，出现什么情况须立即处理' },
];

/** Where an expert stands with one invitation. */
export type InvitationStep = 'answer' | 'write' | 'sent' | 'over';

/** The step of an invitation: to answer, to read and write, sent, or over with nothing left to see. */
export const stepOf = (invitation: OwnInvitationData): InvitationStep => {
  if (invitation.status === 'answered') return 'sent';
  if (invitation.status === 'invited') return 'answer';
  if (invitation.status === 'accepted') return invitation.canRead ? 'write' : 'over';
  return 'over';
};

/** Why an invitation shows nothing any more. */
export const overWords = (invitation: OwnInvitationData): string => {
  switch (invitation.status) {
    case 'declined':
      return '您已谢绝这份邀请。谢谢您答复。';
    case 'revoked':
      return '支援中心已撤销这份邀请，资料不再可见。';
    default:
      return '这份邀请已过期，资料不再可见。如仍需要，请联系支援中心。';
  }
};

/** All that an expert does with one invitation, for desk and phone alike. What is being written is kept on this device. */
export const useInvitationWork = (id: string) => {
  const client = useQueryClient();
  const invitation = useInvitation(id);
  const draft = useKept<OpinionDraft>(`opinion.${id}`, emptyOpinion);
  const [packet, setPacket] = useState<PacketData | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [gaps, setGaps] = useState<Partial<Record<keyof OpinionDraft, string>>>({});
  const sent = invitation.data !== undefined && stepOf(invitation.data) === 'sent';
  const opinions = useOpinions(id, sent && invitation.data?.opinionsOpen === true);

  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setError(null);
    try {
      await work();
      return true;
    } catch (failed) {
      setError(failed);
      return false;
    } finally {
      setBusy(false);
    }
  };

  const open = () =>
    run(async () => {
      setPacket(await call(openPacket, { params: { id } }));
    });

  const accept = async () => {
    const done = await run(async () => {
      await call(answerInvitation, { params: { id }, body: { answer: 'accept', pledge: true } });
      await afterMove(client);
    });
    if (done) await open();
  };

  const decline = (reason: string) =>
    run(async () => {
      await call(answerInvitation, { params: { id }, body: { answer: 'decline', reason } });
      await afterMove(client);
    });

  const write = (name: keyof OpinionDraft, text: string) => {
    draft.set({ ...draft.value, [name]: text });
    setGaps((now) => ({ ...now, [name]: undefined }) as typeof now);
  };

  const send = async () => {
    const found = Object.fromEntries(
      opinionPrompts.filter((p) => draft.value[p.name].trim().length < 2).map((p) => [p.name, `请写下您的${p.label}`]),
    ) as typeof gaps;
    setGaps(found);
    if (Object.keys(found).length > 0) return false;
    const done = await run(async () => {
      await call(giveOpinion, { params: { id }, body: draft.value });
      await afterMove(client);
    });
    if (done) draft.clear();
    return done;
  };

  return { invitation, packet, open, accept, decline, draft, write, send, gaps, busy, error, opinions };
};
