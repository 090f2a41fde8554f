/**
 * Chinese words for what Zod finds wrong. One place for the form beside the field and for the server's 400, so that both
 * say the same; words of a schema's own (`{ error: … }`) come first.
 */
import { z } from 'zod';

type RawIssue = z.core.$ZodRawIssue;

const formats: Readonly<Record<string, string>> = {
  date: '请填写日期，如 2026-03-05',
  datetime: '请填写日期和时间',
  time: '请填写时间，如 09:00',
  uuid: '请从清单中选择',
  email: '邮箱地址的格式不对',
  url: '网址的格式不对',
  regex: '格式不对，请按说明填写',
};

const tooSmall = (issue: RawIssue & { code: 'too_small' }): string => {
  const least = Number(issue.minimum);
  if (issue.origin === 'string') return least <= 1 ? '请填写' : `至少 ${least} 个字`;
  if (issue.origin === 'array' || issue.origin === 'set') return least <= 1 ? '请至少选一项' : `请至少选 ${least} 项`;
  return issue.inclusive === false ? `应大于 ${least}` : `不能小于 ${least}`;
};

const tooBig = (issue: RawIssue & { code: 'too_big' }): string => {
  const most = Number(issue.maximum);
  if (issue.origin === 'string') return `最多 ${most} 个字`;
  if (issue.origin === 'array' || issue.origin === 'set') return `最多选 ${most} 项`;
  return issue.inclusive === false ? `应小于 ${most}` : `不能大于 ${most}`;
};

const typeWords: Readonly<Record<string, string>> = {
  string: '请填写文字',
  number: '请填写数字',
  int: '请填写整数',
  boolean: '请选择是或否',
  array: '请至少选一项',
  date: '请填写日期',
};

/** What is wrong with one value, as a short Chinese sentence without a final stop; undefined leaves Zod's own words. */
export const wordsOfIssue = (issue: RawIssue): string | undefined => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null ? '请填写' : (typeWords[String(issue.expected)] ?? '填写的内容不对');
    case 'too_small':
      return tooSmall(issue as RawIssue & { code: 'too_small' });
    case 'too_big':
      return tooBig(issue as RawIssue & { code: 'too_big' });
    case 'invalid_format':
      return formats[String(issue.format)] ?? '格式不对';
    case 'invalid_value':
      return issue.input === undefined || issue.input === null ? '请选择' : '请从给出的选项中选择';
    case 'invalid_union':
      return '填写的内容不完整，请检查';
    case 'not_multiple_of':
      return '请填写整数';
    case 'unrecognized_keys':
      return '包含不认识的内容';
    case 'invalid_key':
    case 'invalid_element':
      return '其中有一项不对';
    default:
      return '填写的内容不对';
  }
};

/** Makes every Zod message Chinese from here on. Called once by each program at its start. */
export const speakChinese = (): void => {
  z.config({ customError: (issue) => wordsOfIssue(issue) });
};
