/** The few calls of the public page, without the machinery of those who sign in. */
import type { readPublicActivity, registerAsResident } from '@jieyou/core/activities/endpoints.ts';
import type { askAsResident, readOwnAppeal, readPublicStart } from '@jieyou/core/appeals/endpoints.ts';
import type { AppealDraft } from '@jieyou/core/appeals/schema.ts';
import type { z } from 'zod';

export type Start = z.output<(typeof readPublicStart)['reply']>;
export type District = Start['districts'][number];
export type Draft = z.input<typeof AppealDraft>;
export type Receipt = z.output<(typeof askAsResident)['reply']>;
export type OwnAppeal = z.output<(typeof readOwnAppeal)['reply']>;

/** Why a call failed, in a sentence. */
export class CallFailed extends Error {
  readonly status: number;
  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}

const SENTENCES: Readonly<Record<number, string>> = {
  0: '现在连不上网络，没有送出。您写的还在这里，请稍后再试，或直接打电话。',
  403: '这个页面不是从本平台打开的，没有送出。请从社工站给您的网址重新进入。',
  404: '没有找到这个回执码。请核对 16 位数字；办结 90 天后不能再查看。',
  409: '情况已经有了变化，没有执行。请重新查看。',
  429: '试得太多次了。请等一分钟再试，或直接打电话。',
};

const call = async (path: string, body?: object): Promise<unknown> => {
  let response: Response;
  try {
    response = await fetch(path, {
      method: body === undefined ? 'GET' : 'POST',
      credentials: 'omit',
      cache: 'no-store',
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch {
    throw new CallFailed(0, SENTENCES[0] ?? '');
  }
  const answer = (await response.json().catch(() => ({}))) as { fields?: { message: string }[] };
  if (response.ok) return answer;
  const said = response.status === 400 ? answer.fields?.[0]?.message : undefined;
  throw new CallFailed(response.status, said ?? SENTENCES[response.status] ?? '现在出了点问题，没有送出。请稍后再试，或直接打电话。');
};

export const start = (): Promise<Start> => call('/api/public/start') as Promise<Start>;
export const send = (draft: Draft): Promise<Receipt> => call('/api/public/appeals', draft) as Promise<Receipt>;
export const look = (code: string): Promise<OwnAppeal> => call('/api/public/appeals/state', { code }) as Promise<OwnAppeal>;
export const takeBack = (code: string): Promise<OwnAppeal> => call('/api/public/appeals/withdrawal', { code }) as Promise<OwnAppeal>;

export type PublicActivity = z.output<(typeof readPublicActivity)['reply']>;
type Joining = z.input<(typeof registerAsResident)['body']>;
type Joined = z.output<(typeof registerAsResident)['reply']>;

/** What this page says of an activity where the codes of an appeal are not meant. */
const ofActivity = async <T>(asked: Promise<unknown>): Promise<T> => {
  try {
    return (await asked) as T;
  } catch (e) {
    if (e instanceof CallFailed && e.status === 404) throw new CallFailed(404, '没有找到这次活动。链接可能已经撤下，请问社工站。');
    if (e instanceof CallFailed && e.status === 409)
      throw new CallFailed(409, '报名或候补已经满了，或报名已结束，没有登记。请打电话问社工站。');
    throw e;
  }
};
export const activity = (code: string): Promise<PublicActivity> => ofActivity(call(`/api/public/activities/${code}`));
export const join = (code: string, body: Joining): Promise<Joined> =>
  ofActivity(call(`/api/public/activities/${code}/registrations`, body));

/** Sentence of a failure. */
export const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : '现在出了点问题，请稍后再试。');
