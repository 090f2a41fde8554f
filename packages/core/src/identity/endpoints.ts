import { z } from 'zod';
import { ById, endpoint, Id } from '../shared/endpoint.ts';
import { anyone, signedIn } from './policy.ts';
import { NewPassword, OwnSession, SessionReply, SignInBody } from './schema.ts';

export const signIn = endpoint({
  id: 'signIn',
  method: 'POST',
  path: '/api/session',
  says: '登录',
  allow: anyone,
  body: SignInBody,
  reply: SessionReply,
  refusals: ['identity.wrong-credentials', 'identity.code-needed', 'identity.wrong-code', 'identity.locked', 'identity.disabled'],
  rate: 'sign-in',
});

export const readSession = endpoint({
  id: 'readSession',
  urgent: true,
  method: 'GET',
  path: '/api/session',
  says: '查看当前登录',
  allow: signedIn,
  reply: SessionReply,
  atSetUp: true,
});

export const signOut = endpoint({
  id: 'signOut',
  method: 'DELETE',
  path: '/api/session',
  says: '退出登录',
  allow: signedIn,
  reply: z.object({ ok: z.literal(true) }),
  atSetUp: true,
});

export const listOwnSessions = endpoint({
  id: 'listOwnSessions',
  method: 'GET',
  path: '/api/sessions',
  says: '查看自己在哪些设备登录',
  allow: signedIn,
  reply: z.object({ rows: z.array(OwnSession) }),
});

export const revokeSession = endpoint({
  id: 'revokeSession',
  method: 'DELETE',
  path: '/api/sessions/{id}',
  says: '让自己的某台设备退出',
  allow: signedIn,
  params: ById,
  reply: z.object({ ok: z.literal(true) }),
});

export const changePassword = endpoint({
  id: 'changePassword',
  repeatable: true,
  method: 'POST',
  path: '/api/password',
  says: '修改自己的密码',
  allow: signedIn,
  body: z.object({ current: z.string().min(1).max(200), next: NewPassword }),
  reply: SessionReply,
  refusals: [
    'identity.wrong-credentials',
    'identity.locked',
    'identity.password-unchanged',
    'identity.password-common',
    'identity.password-demo',
  ],
  rate: 'sign-in',
  atSetUp: true,
});

export const startSecondFactor = endpoint({
  id: 'startSecondFactor',
  repeatable: true,
  method: 'POST',
  path: '/api/second-factor',
  says: '开始绑定动态口令',
  allow: signedIn,
  body: z.object({ password: z.string().min(1).max(200) }),
  reply: z.object({ uri: z.string(), secret: z.string() }),
  refusals: ['identity.wrong-credentials', 'identity.locked'],
  rate: 'sign-in',
  atSetUp: true,
});

export const confirmSecondFactor = endpoint({
  id: 'confirmSecondFactor',
  repeatable: true,
  method: 'POST',
  path: '/api/second-factor/confirmation',
  says: '用第一个动态口令完成绑定',
  allow: signedIn,
  body: z.object({ code: z.string().min(6).max(12) }),
  reply: SessionReply,
  refusals: ['identity.wrong-code', 'identity.second-factor-not-started'],
  rate: 'sign-in',
  atSetUp: true,
});

export const readDemoAccounts = endpoint({
  id: 'readDemoAccounts',
  method: 'GET',
  path: '/api/demo/accounts',
  says: '演示账号与当前动态口令（只在演示数据中存在）',
  allow: anyone,
  reply: z.object({
    password: z.string(),
    rows: z.array(
      z.object({
        username: z.string(),
        name: z.string(),
        title: z.string(),
        /** City and district whose work the account sees. */
        district: z.string(),
        code: z.string().nullable(),
        accountId: Id,
      }),
    ),
  }),
});
