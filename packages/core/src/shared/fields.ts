/**
 * The two classifications that many rooms share: what kind of expertise is needed (HelpField, 所需专业)
 * and what kind of problem a case is about (CaseDomain, 问题领域, LH-14).
 */
import { z } from 'zod';

/** Expertise that a line of support, an expert, a panel or a conference covers (所需专业). */
export const HelpField = z.enum(['education', 'family', 'psychology', 'law', 'economy', 'medical', 'employment']);
/** One expertise of {@link HelpField}. */
export type HelpField = z.infer<typeof HelpField>;

/** Every expertise in the order in which lists and forms show it. */
export const helpFields: readonly HelpField[] = HelpField.options;

/** Chinese name of each expertise, as users read it. */
export const helpFieldLabels: Readonly<Record<HelpField, string>> = {
  education: '教育',
  family: '家庭',
  psychology: '心理',
  law: '法律',
  economy: '经济',
  medical: '医疗康复',
  employment: '就业',
};

/** Main problem of a hard case (问题领域, the seven domains of LH-14): at most one, and one as soon as the centre is asked for help. */
export const CaseDomain = z.enum([
  'mental-recovery',
  'disability-inclusion',
  'youth-internet',
  'parent-child',
  'family-relations',
  'domestic-violence',
  'end-of-life',
]);
/** One domain of {@link CaseDomain}. */
export type CaseDomain = z.infer<typeof CaseDomain>;

/** Every domain in the order in which lists and forms show it. */
export const caseDomains: readonly CaseDomain[] = CaseDomain.options;

/** Chinese name of each domain, as users read it. */
export const caseDomainLabels: Readonly<Record<CaseDomain, string>> = {
  'mental-recovery': '精神障碍患者康复',
  'disability-inclusion': '残障人士社会融入',
  'youth-internet': '青少年网瘾',
  'parent-child': '亲子关系破裂',
  'family-relations': '家庭关系调适',
  'domestic-violence': '妇女家暴',
  'end-of-life': '临终关怀',
};

/** What is said where a value was not given. */
export const NOT_SAID = '未填写';

/** The name of a domain; an ordinary case has none until somebody asks for help with it. */
export const problemSays = (domain: CaseDomain | null): string => (domain === null ? NOT_SAID : caseDomainLabels[domain]);

/** A domain to look for in a list of cases, or those of which none was said. */
export const ProblemSought = z.enum([...CaseDomain.options, 'none']);

/** Chinese name of each {@link ProblemSought}. */
export const problemSoughtLabels: Readonly<Record<z.infer<typeof ProblemSought>, string>> = { ...caseDomainLabels, none: NOT_SAID };
