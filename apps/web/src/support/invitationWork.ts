import { answerInvitation, giveOpinion, openPacket } from '@jieyou/core/support/endpoints.ts';
import { keepOpinionDraft, readOpinionDraft } from '@jieyou/core/support/meetingEndpoints.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiError, call } from '../house/client.ts';
import { clockTime, shortInstant } from '../house/format.ts';
import { useKept } from '../house/kept.ts';
import { afterMove, keys, type OwnInvitationData, type PacketData, useInvitation, useOpinions } from './queries.ts';

/** An opinion as it is being written, with the minutes that the expert says it took. */
export type OpinionDraft = { readonly judgement: string; readonly advice: string; readonly risk: string; readonly minutes: number | null };

const emptyOpinion: OpinionDraft = { judgement: '', advice: '', risk: '', minutes: null };

/** The parts of an opinion that are written in words. */
export type OpinionPart = 'judgement' | 'advice' | 'risk';

/** How long after the last word the draft goes to the server. */
const KEEP_AFTER_MS = 1_500;

/** The three prompts of an opinion. */
export const opinionPrompts: readonly { readonly name: OpinionPart; readonly label: string; readonly hint: string }[] = [
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

/** An invitation that was taken back is as if it never was: whoever follows an old message is told so, and whom to ask. */
export const isGone = (error: unknown): boolean => error instanceof ApiError && error.kind === 'not-found';
export const goneWords = '这份邀请已撤销，或不是给您的，资料不再可见。如有疑问，请联系支援中心。';

/** When and where the conference is, or that it is not. */
export const conferenceWords = (invitation: OwnInvitationData): string => {
  if (invitation.conferenceStatus === null) return '会诊时间另行通知。';
  if (invitation.conferenceStatus === 'cancelled') return '会诊已取消；书面意见仍请提交。';
  return `会诊：${shortInstant(invitation.plannedAt)}，${invitation.place ?? '地点待定'}，主持：${invitation.chairName}`;
};

/** All that an expert does with one invitation, for desk and phone alike. What is being written is kept on this device. */
export const useInvitationWork = (id: string) => {
  const client = useQueryClient();
  const invitation = useInvitation(id);
  const draft = useKept<OpinionDraft>(`opinion.${id}`, emptyOpinion);
  const [packet, setPacket] = useState<PacketData | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [gaps, setGaps] = useState<Partial<Record<OpinionPart, string>>>({});
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

  // What was written on another device comes along, where nothing was begun on this one; later words go to the server by themselves.
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const writing = invitation.data !== undefined && stepOf(invitation.data) === 'write';
  const server = useQuery({
    queryKey: [...keys.invitation(id), 'draft'],
    queryFn: () => call(readOpinionDraft, { params: { id } }),
    enabled: writing,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  const timer = useRef<number | undefined>(undefined);
  const adopted = useRef(false);
  useEffect(() => {
    const there = server.data?.draft;
    if (adopted.current || there === undefined || there === null) return;
    adopted.current = true;
    if (opinionPrompts.every((p) => draft.value[p.name] === '')) draft.set(there);
  }, [server.data, draft]);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const change = (next: OpinionDraft) => {
    draft.set(next);
    setSavedAt(null);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      // A lost connection loses nothing: the words stay on this device and go with the next change.
      call(keepOpinionDraft, { params: { id }, body: next }).then(
        (kept) => setSavedAt(kept.savedAt),
        () => setSavedAt(null),
      );
    }, KEEP_AFTER_MS);
  };

  const write = (name: OpinionPart, text: string) => {
    change({ ...draft.value, [name]: text });
    setGaps((now) => ({ ...now, [name]: undefined }) as typeof now);
  };

  const send = async () => {
    const found = Object.fromEntries(
      opinionPrompts.filter((p) => draft.value[p.name].trim().length < 2).map((p) => [p.name, `请写下您的${p.label}`]),
    ) as typeof gaps;
    setGaps(found);
    if (Object.keys(found).length > 0) return false;
    const done = await run(async () => {
      window.clearTimeout(timer.current);
      const { minutes, ...words } = draft.value;
      await call(giveOpinion, { params: { id }, body: { ...words, ...(minutes === null || minutes === undefined ? {} : { minutes }) } });
      await afterMove(client);
    });
    if (done) draft.clear();
    return done;
  };

  const takes = (minutes: number | null) => change({ ...draft.value, minutes });
  const done = opinionPrompts.filter((p) => draft.value[p.name].trim().length >= 2).length;
  const saved = savedAt === null ? draft.says || '写的内容会自动保存' : `已保存 ${clockTime(savedAt)}，换设备也能接着写`;

  return { invitation, packet, open, accept, decline, draft, write, takes, done, saved, send, gaps, busy, error, opinions };
};
