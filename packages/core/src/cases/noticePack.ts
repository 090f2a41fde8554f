import { z } from 'zod';

const said = z.string().trim().min(10, { error: '至少写十个字' }).max(600, { error: '最多六百字' });

/** What a person is told before they agree (告知书), under the keys of the stored values: 个人信息保护法 14, 17, 23, 29 to 31, 44 to 50. */
export const NoticePack = z.object({
  handler: said,
  purpose: said,
  sensitive: said,
  sharing: said,
  keeping: said,
  rights: said,
  minors: said,
});
