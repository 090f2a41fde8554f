/** What the identity room remembers, with the words of the audit list. */
export const identityEvents = {
  'identity.password-changed': '修改密码',
  'identity.second-factor-enrolled': '绑定动态口令',
} as const;
