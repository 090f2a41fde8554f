import type { Standing } from './engine.ts';

/** Why nothing is sent now. */
export const stoppedWords: Readonly<Record<NonNullable<Standing['stopped']>, string>> = {
  offline: '现在没有网络，接通后自动送出。',
  'signed-out': '登录已过期。重新登录后自动送出，写好的都在。',
  'other-person': '这台手机上存着另一位同事的离线资料，不会替他送出。',
};

/** Why everything was forgotten. */
export const wipedWords = {
  tries: 'PIN 连续输错，这台手机上的离线资料已清除。',
  over: '太久没有连上平台，这台手机上的离线资料已清除。',
  revoked: '这台手机的登录已被撤销，离线资料已清除。',
} as const;
