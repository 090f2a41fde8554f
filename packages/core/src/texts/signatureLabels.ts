/** Words of signatures, which only pages and papers with signatures need. */
import type { SignatureWay, SignerBox, SignerRole, SignSource, SignState } from '../signatures/schema.ts';

/** As whom somebody signs. */
export const signerRoleLabels: Readonly<Record<SignerRole, string>> = {
  person: '本人',
  guardian: '监护人',
  authority: '有关单位',
  witness: '见证人',
  worker: '社工',
};

const guardianBoxes: Readonly<Partial<Record<SignerBox['why'], string>>> = {
  'adult-guardian': '监护人（无或限制民事行为能力）',
  'age-unknown': '监护人（不满十八周岁时）',
};

/** What stands over a box to sign in. */
export const signerBoxTitle = ({ who, why }: SignerBox): string => {
  if (who === 'authority') return '村（居）委会或民政部门';
  if (who === 'guardian') return guardianBoxes[why] ?? '监护人（不满十八周岁）';
  return why === 'beside' ? '服务对象（能表达意愿时）' : '服务对象';
};

/** How somebody signed. */
export const signatureWayLabels: Readonly<Record<SignatureWay, string>> = {
  drawn: '手写',
  mark: '按手印或画押',
  typed: '打字代签',
};

/** How it stands with one who has to sign. */
export const signStateLabels: Readonly<Record<SignState, string>> = {
  missing: '还没有签',
  changed: '签字后内容改过，要重新签',
  signed: '已签',
};

/** Why somebody has to sign, with the rule. */
export const signSourceWords: Readonly<Record<SignSource, string>> = {
  'below-guardian-age': '不满十四周岁，由监护人签（个人信息保护法第三十一条；民法典第十九、二十条）。',
  minor: '十四至十七周岁，本人和监护人一起签（民法典第十九条）。',
  adult: '成年人由本人签（民法典第十八条）。',
  'adult-guardian': '有监护人的成年人，由监护人代为签（民法典第二十一、二十二条）。',
  'guardian-kept-back': '现有的监护人不宜签字，由村（居）委会或民政部门代为签（民法典第三十一、三十六条）。',
  form: '这种表单要求签名。',
};

/** What is said to everybody before a service agreement is signed; part of what is signed. */
export const AGREEMENT_TERMS = '为您保密；涉及生命安全、未成年人受侵害等法律规定的情形除外；您随时可以退出服务。';
