/** What people read about a call that failed for a reason that no room states. Apart from the refusals, which a page loads when it meets one. */
/** Outcomes other than a refusal, in words. */
export const outcomeSentences = {
  invalid: '有几处填写得不对，请看标红的地方。您填写的内容都还在。',
  'signed-out': '登录已过期，请重新登录。本页已填写的内容会保留在这台设备上。',
  denied: '您的角色没有这项权限。如工作需要，请联系安全管理员。',
  'not-found': '没有找到，或不在您可以查看的范围内。',
  'too-many': '操作太频繁，请等一会儿再试。您填写的内容还在。',
  unavailable: '系统暂时繁忙，没有执行。您填写的内容还在，请稍后再试。',
  bug: '系统出了问题，没有执行。您填写的内容还在；请稍后再试，或把下面的编号告诉系统管理员。',
  offline: '网络没有接通，没有执行。您填写的内容还在，接通后再试。',
} as const satisfies Readonly<Record<string, string>>;

/** An outcome other than a refusal. */
export type Outcome = keyof typeof outcomeSentences;
