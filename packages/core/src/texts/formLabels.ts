/** Words of the forms room that only its own pages need. */
import type { z } from 'zod';
import type { FormEach, FormFieldKind, FormHand, FormSigner, FormSubject, FormTone } from '../forms/document.ts';
import type { FormMove } from '../forms/moves.ts';
import type { FormRoom } from '../forms/rooms.ts';
import type { FormReferred, FormStatus, FormUnderKind } from '../forms/schema.ts';

type Labels<T extends z.ZodType<string>> = Readonly<Record<z.infer<T>, string>>;

/** States of a filled form. */
export const formStatusLabels: Labels<typeof FormStatus> = {
  draft: '草稿',
  waiting: '待签',
  returned: '退回修改',
  submitted: '已提交',
  signed: '已签署',
  replaced: '已更正',
  discarded: '已作废',
};

/** What may happen to a filled form. */
export const formMoveLabels: Readonly<Record<FormMove, string>> = {
  save: '保存',
  submit: '提交',
  send: '送签',
  sign: '签署',
  return: '退回',
  replace: '更正',
  discard: '作废',
};

/** Whom a form is about. */
export const formSubjectLabels: Labels<typeof FormSubject> = { case: '个案', group: '小组', activity: '社区活动', work: '站点工作' };

/** Under what a form was filled in. */
export const formUnderLabels: Labels<typeof FormUnderKind> = { case: '个案', group: '小组', activity: '社区活动' };

/** Of a group: how often it is filled in. */
export const formEachLabels: Labels<typeof FormEach> = { session: '每节一张', member: '每位组员一张' };

/** Where what a form asks is written, when that is a room of its own. */
export const formRoomLabels: Labels<typeof FormRoom> = {
  note: '写在个案记录里，写好从那里打印',
  'follow-up': '结案后在办理阶段登记回访，从那里打印',
  visit: '写在探访里，写好从那里打印',
};

/** Who signs. */
export const formSignerLabels: Labels<typeof FormSigner> = {
  nobody: '不需签署',
  head: '站长签署',
  'head-or-supervisor': '站长或督导签署',
};

/** Who signs by hand. */
export const formHandLabels: Labels<typeof FormHand> = { person: '本人', guardian: '监护人', worker: '社工' };

/** What a band of a score asks for. */
export const formToneLabels: Labels<typeof FormTone> = { calm: '平稳', watch: '留意', act: '要处理' };

/** Why a score has no word. */
export const formReferredLabels: Labels<typeof FormReferred> = { 'too-many-missing': '缺答太多，不计分', 'no-band': '分数不在任何一段' };

/** Kinds of fields. */
export const formKindLabels: Readonly<Record<FormFieldKind, string>> = {
  line: '一行',
  passage: '多行',
  number: '数字',
  day: '日期',
  one: '单选',
  many: '多选',
  yesno: '是否',
  table: '表格',
  signature: '签名',
  item: '量表条目',
};
