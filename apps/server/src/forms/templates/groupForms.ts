/**
 * Second editions of what is filled in for groups and activities: what the platform holds already stands in them, so that nothing is typed
 * twice; and a measure of each member of a group.
 */
import { type FormDocument, type FormField, type FormSource, MOST_ROWS } from '@jieyou/core/forms/document.ts';
import { otherForms } from './otherForms.ts';
import { cell, form, item, must, numberCell, one, oneCell, passage, section, table } from './parts.ts';

const first = (code: string): FormDocument => otherForms.find((f) => f.code === code) as FormDocument;

type Changes = Readonly<Record<string, Partial<FormField> & { from: FormSource }>>;

/** The same form with fields that begin filled in; a field may be written anew. */
const filledFrom = (code: string, changes: Changes, more: Partial<FormDocument> = {}): FormDocument => {
  const document = first(code);
  return {
    ...document,
    ...more,
    sections: document.sections.map((s) => ({
      ...s,
      fields: s.fields.map((f) => (changes[f.key] === undefined ? f : ({ ...f, ...changes[f.key] } as FormField))),
    })),
  };
};

const from = (source: FormSource, more: Partial<FormField> = {}) => ({ ...more, from: source });
const FILLED = '登记过的内容已带出，核对后再补。';

const AGREES = [
  ['no', '不是这样', 0],
  ['partly', '有一点', 1],
  ['mostly', '多半是', 2],
  ['yes', '正是这样', 3],
] as const;

/** Groups and activities, second edition. */
export const secondGroupForms: readonly FormDocument[] = [
  filledFrom(
    't11a-group-plan',
    {
      name: from('group-title'),
      idea: from('group-idea'),
      aims: from('group-goals'),
      whom: from('group-audience'),
      recruit: from('group-recruiting'),
      sessions: from('group-sessions', { maxRows: 40 } as Partial<FormField>),
      budget: from('group-budget', { maxRows: 20 } as Partial<FormField>),
      risks: from('group-risks', { maxRows: 20 } as Partial<FormField>),
      measure: from('group-indicators'),
    },
    { note: FILLED },
  ),
  filledFrom(
    't11b-group-session',
    {
      no: from('session-number'),
      on: from('session-day'),
      minutes: from('session-minutes'),
      present: table(
        'present',
        '出席',
        [cell('who', '成员（打码）', true), oneCell('came', '出席', { yes: '到', late: '迟到', excused: '请假', no: '缺席' })],
        { maxRows: 60, from: 'session-attendance' },
      ) as Partial<FormField> & { from: FormSource },
      done: from('session-process', { max: 4000 } as Partial<FormField>),
      dynamics: from('session-dynamics'),
      reached: one(
        'reached',
        '本节目标',
        { full: '达到', most: '大部分达到', part: '部分达到', none: '没有达到' },
        {
          ...must,
          from: 'session-reached',
        },
      ) as Partial<FormField> & { from: FormSource },
      'why-not': {
        ...passage('why-not', '原因与调整', { when: { field: 'reached', in: ['most', 'part', 'none'] }, ...must }),
        from: 'session-next',
      } as Partial<FormField> & { from: FormSource },
    },
    { each: 'session', note: FILLED },
  ),
  filledFrom(
    't11c-group-summary',
    {
      held: from('group-held'),
      stayed: from('group-stayed'),
      measures: from('group-measures', { maxRows: 10 } as Partial<FormField>),
      changes: from('group-changes', { max: 5000 } as Partial<FormField>),
      learned: from('group-lessons'),
      follow: from('group-follow-up'),
    },
    { note: FILLED },
  ),
  filledFrom(
    't12a-activity-plan',
    {
      name: from('activity-title'),
      on: from('activity-day'),
      place: from('activity-place'),
      aims: from('activity-aims'),
      people: from('activity-capacity', { max: 100_000 } as Partial<FormField>),
      budget: from('activity-budget', { maxRows: 20 } as Partial<FormField>),
    },
    { note: FILLED },
  ),
  filledFrom(
    't12b-activity-sign-in',
    {
      name: from('activity-title'),
      on: from('activity-day'),
      people: from('activity-people', { hint: '超过 60 个报名的，带出前 60 个；全部名单在活动页。' }),
    },
    { note: `${first('t12b-activity-sign-in').note}姓名打码。` },
  ),
  filledFrom(
    't12c-activity-summary',
    {
      persons: from('activity-persons'),
      times: from('activity-times'),
      done: from('activity-summary', { max: 4000 } as Partial<FormField>),
      spent: table('spent', '决算', [cell('what', '用途', true), numberCell('planned', '预算（元）'), numberCell('spent', '支出（元）')], {
        maxRows: 20,
        from: 'activity-budget',
      }) as Partial<FormField> & { from: FormSource },
    },
    { note: FILLED },
  ),
];

const second = (code: string): FormDocument => secondGroupForms.find((f) => f.code === code) as FormDocument;
/** The same form with a table as long as the list that stands in it. */
const withWholeList = (code: string, key: string, more: object = {}): FormDocument => {
  const document = second(code);
  const whole = (f: FormField): FormField => (f.key === key && f.kind === 'table' ? { ...f, maxRows: MOST_ROWS, ...more } : f);
  return { ...document, sections: document.sections.map((s) => ({ ...s, fields: s.fields.map(whole) })) };
};

/** Third editions: who came stands there whole, over as many pages as it takes. */
export const thirdGroupForms: readonly FormDocument[] = [
  withWholeList('t11b-group-session', 'present'),
  withWholeList('t12b-activity-sign-in', 'people', { hint: `超过 ${MOST_ROWS} 个报名的，带出前 ${MOST_ROWS} 个；全部名单在活动页。` }),
];

/** How much a member feels part of the group; measured early and late, member by member. */
export const memberForms: readonly FormDocument[] = [
  form({
    code: 's06-belonging',
    title: '组员归属感（短表）',
    standard: '本平台自拟，供前后比较，没有常模；不作诊断，不代替判断',
    subject: 'group',
    each: 'member',
    note: '每位组员一张，开头和结尾各量一次。可以跳过不想答的；缺两项以上就不计分。',
    sections: [
      section('items', '在这个小组里', [
        item('known', '有人叫得出我的名字', AGREES),
        item('said', '我想说的话说得出来', AGREES),
        item('heard', '我说的时候有人听', AGREES),
        item('help', '有难处时组里有人愿意帮', AGREES),
        item('gives', '我也帮得上别人', AGREES),
        item('outside', '觉得自己在这里是外人', AGREES, { reverse: true }),
      ]),
      section('remarks', '补充', [passage('remarks', '谈的时候还说了什么')]),
    ],
    scales: [
      {
        key: 'belonging',
        title: '归属感',
        items: ['known', 'said', 'heard', 'help', 'gives', 'outside'],
        missingAtMost: 1,
        more: 'better',
        bands: [
          { from: 0, to: 6, label: '少', says: '下一节前单独聊一聊，听听在组里哪里不自在。', tone: 'act' },
          { from: 7, to: 12, label: '一般', says: '给一件搭得上别人的小事做，下次再看。', tone: 'watch' },
          { from: 13, to: 18, label: '多', says: '可以请他带一带新来的人。', tone: 'calm' },
        ],
        refer: '答得太少，算不出来。换个时间再问，或请督导一起看。',
      },
    ],
  }),
];
