/**
 * Scored scales. Wordings, points and bands are our own, made for talking and for comparing a person with himself over time; none is a
 * translation of a protected instrument and none has norms. What a band asks for is a next step, never a decision.
 */
import type { FormDocument } from '@jieyou/core/forms/document.ts';
import { form, item, must, one, own, passage, section, yesno } from './parts.ts';

const OURS = '本平台自拟，供前后比较，没有常模；不作诊断，不代替判断';
const OFTEN = [
  ['never', '没有', 0],
  ['seldom', '偶尔', 1],
  ['sometimes', '有时', 2],
  ['often', '经常', 3],
  ['always', '总是', 4],
] as const;
const RARELY = [
  ['never', '没有', 1],
  ['seldom', '很少', 2],
  ['sometimes', '有时', 3],
  ['often', '经常', 4],
] as const;
const AGREES = [
  ['no', '不是这样', 0],
  ['partly', '有一点', 1],
  ['mostly', '多半是', 2],
  ['yes', '正是这样', 3],
] as const;
const ALONE = [
  ['with', '要人全帮', 0],
  ['half', '要人帮一半', 5],
  ['self', '自己能做', 10],
] as const;

const remarks = section('remarks', '补充', [passage('remarks', '谈的时候还说了什么')]);

/** What ships with a score. */
export const scaleForms: readonly FormDocument[] = [
  form({
    code: 's01-burden',
    title: '照顾者负担',
    standard: OURS,
    note: '问照顾家人的人，说最近一个月。可以跳过不想答的；缺三项以上就不计分。',
    sections: [
      section('items', '最近一个月', [
        item('tired', '照顾完家人，累得什么都不想做', OFTEN),
        item('sleep', '因为照顾家人睡不好', OFTEN),
        item('time', '没有一点自己的时间', OFTEN),
        item('work', '照顾和工作或家务顾不过来', OFTEN),
        item('money', '为照顾的开销发愁', OFTEN),
        item('friends', '不再和朋友来往', OFTEN),
        item('angry', '忍不住对被照顾的人发火', OFTEN),
        item('guilty', '觉得自己照顾得不好', OFTEN),
        item('leave', '想丢下一切走开', OFTEN),
        item('relief', '有人能替我一会儿', OFTEN, { reverse: true }),
      ]),
      remarks,
    ],
    scales: [
      {
        key: 'burden',
        title: '照顾负担',
        items: ['tired', 'sleep', 'time', 'work', 'money', 'friends', 'angry', 'guilty', 'leave', 'relief'],
        missingAtMost: 2,
        more: 'worse',
        bands: [
          { from: 0, to: 10, label: '轻', says: '照常联系，下次再量。', tone: 'calm' },
          { from: 11, to: 22, label: '中', says: '一起找能替手的人和喘息服务。', tone: 'watch' },
          { from: 23, to: 40, label: '重', says: '本周和站长商量分担的办法，也问问照顾者自己的身体。', tone: 'act' },
        ],
        refer: '答得太少，算不出来。换个时间再谈，或请督导一起看。',
      },
    ],
    alerts: [
      { when: { field: 'angry', in: ['often', 'always'] }, says: '常对被照顾的人发火：单独问一问，看双方是否安全。' },
      { when: { field: 'leave', in: ['often', 'always'] }, says: '常想丢下一切：问清楚是想休息，还是有不想活的念头。' },
    ],
  }),
  form({
    code: 's02-loneliness',
    title: '孤独感（短表）',
    standard: OURS,
    note: '六个问题，念给老人听也可以。一项不答仍可推算，两项以上不计分。',
    sections: [
      section('items', '平常日子里', [
        item('talk', '想说话的时候找得到人', RARELY, { reverse: true }),
        item('left', '觉得被别人忘了', RARELY),
        item('trust', '有可以托付事情的人', RARELY, { reverse: true }),
        item('around', '身边有人，心里还是空', RARELY),
        item('belong', '觉得自己是这里的一份子', RARELY, { reverse: true }),
        item('days', '一整天没有和人说过话', RARELY),
      ]),
      remarks,
    ],
    scales: [
      {
        key: 'lonely',
        title: '孤独感',
        items: ['talk', 'left', 'trust', 'around', 'belong', 'days'],
        missingAtMost: 1,
        more: 'worse',
        bands: [
          { from: 6, to: 10, label: '少', says: '照常往来。', tone: 'calm' },
          { from: 11, to: 16, label: '有些', says: '约一次活动或志愿者上门。', tone: 'watch' },
          { from: 17, to: 24, label: '明显', says: '定期探访，并问问睡眠、食欲和心情。', tone: 'act' },
        ],
        refer: '答得太少，算不出来。下次见面慢慢聊。',
      },
    ],
  }),
  form({
    code: 's03-daily-living',
    title: '日常生活能力',
    standard: OURS,
    note: '看着本人平常怎么做来选，不问“能不能”。缺一项就不计分：缺的那项可能正是要紧的。',
    sections: [
      section('items', '现在平常怎么做', [
        item('eat', '吃饭', ALONE),
        item('wash', '洗脸、刷牙、梳头', ALONE),
        item('bath', '洗澡', ALONE),
        item('dress', '穿衣', ALONE),
        item('toilet', '上厕所', ALONE),
        item('urine', '小便', [
          ['no', '常常控制不住', 0],
          ['half', '偶尔控制不住', 5],
          ['yes', '控制得住', 10],
        ]),
        item('stool', '大便', [
          ['no', '常常控制不住', 0],
          ['half', '偶尔控制不住', 5],
          ['yes', '控制得住', 10],
        ]),
        item('bed', '从床上到椅子', ALONE),
        item('walk', '在平地走动', ALONE),
        item('stairs', '上下楼梯', ALONE),
      ]),
      remarks,
    ],
    scales: [
      {
        key: 'living',
        title: '日常生活能力',
        items: ['eat', 'wash', 'bath', 'dress', 'toilet', 'urine', 'stool', 'bed', 'walk', 'stairs'],
        missingAtMost: 0,
        more: 'better',
        bands: [
          { from: 0, to: 40, label: '大多靠人', says: '和家人、医院、民政商量长期照护。', tone: 'act' },
          { from: 41, to: 60, label: '要人帮不少', says: '安排上门照料，看看家里的扶手和地面。', tone: 'act' },
          { from: 61, to: 95, label: '要人帮一点', says: '记下要帮的几项，下次再看。', tone: 'watch' },
          { from: 100, to: 100, label: '能自理', says: '照常联系。', tone: 'calm' },
        ],
        refer: '有没看到的项目，先不计分。下次上门看着做一遍，或请社区医生评。',
      },
    ],
  }),
  form({
    code: 's04-family-support',
    title: '家庭支持',
    standard: OURS,
    note: '说家里人平常怎样。分数高，说明支持多。',
    sections: [
      section('items', '我家里', [
        item('listen', '有难处时有人听我说', AGREES),
        item('help', '忙不过来时有人搭手', AGREES),
        item('decide', '大事一起商量', AGREES),
        item('blame', '出了事总怪到我头上', AGREES, { reverse: true }),
        item('money', '钱上能互相帮一把', AGREES),
        item('proud', '家里人看重我做的事', AGREES),
        item('afraid', '在家里说话要很小心', AGREES, { reverse: true }),
        item('count', '病了有人陪我去医院', AGREES),
      ]),
      remarks,
    ],
    scales: [
      {
        key: 'support',
        title: '家庭支持',
        items: ['listen', 'help', 'decide', 'blame', 'money', 'proud', 'afraid', 'count'],
        missingAtMost: 2,
        more: 'better',
        bands: [
          { from: 0, to: 8, label: '少', says: '找家庭以外的支持，单独问在家里是否安全。', tone: 'act' },
          { from: 9, to: 16, label: '一般', says: '看哪一项最弱，从那里开始。', tone: 'watch' },
          { from: 17, to: 24, label: '多', says: '把家里人请进计划。', tone: 'calm' },
        ],
        refer: '答得太少，算不出来。换个不在家的地方再谈。',
      },
    ],
    alerts: [{ when: { field: 'afraid', in: ['mostly', 'yes'] }, says: '在家说话要很小心：单独见面时问一问有没有人打骂、控制。' }],
  }),
  form({
    code: 's05-risk-screen',
    title: '自伤风险初筛',
    standard: '自杀与危机干预实务：想法、计划、手段、打算；题目本平台自拟',
    keptAs: 'papers',
    signer: 'head',
    note: '照着问，直接问不会让人更想死。一项都不能缺。分数只提醒，等级由社工和站长判断。极高的先拨 110、120，不离人。热线 12356。',
    sections: [
      section('items', '问本人', [
        item(
          'ideas',
          '最近两周，想过不想活了',
          [
            ['no', '没有', 0],
            ['once', '想过一两次', 2],
            ['often', '常常想', 4],
          ],
          must,
        ),
        item(
          'plan',
          '想过怎么做',
          [
            ['no', '没有', 0],
            ['vague', '模糊地想过', 3],
            ['clear', '想得很具体', 6],
          ],
          must,
        ),
        item(
          'means',
          '手边有能用的东西',
          [
            ['no', '没有', 0],
            ['could', '弄得到', 3],
            ['yes', '已经有了', 6],
          ],
          must,
        ),
        item(
          'intent',
          '打算什么时候',
          [
            ['no', '没有打算', 0],
            ['some', '说不准', 4],
            ['soon', '就这几天', 12],
          ],
          must,
        ),
        item(
          'before',
          '以前伤害过自己',
          [
            ['no', '没有', 0],
            ['old', '一年以前', 2],
            ['recent', '一年以内', 4],
          ],
          must,
        ),
      ]),
      section('judged', '人的判断', [
        one('level', '社工判断的等级', { low: '低', medium: '中', high: '高', extreme: '极高（即刻）' }, must),
        passage('why', '为什么这样判断；和分数不一致时写明', { ...must, ...own }),
        yesno('stayed', '现在有人陪着', { when: { field: 'level', in: ['high', 'extreme'] }, ...must }),
        passage('safety-plan', '安全计划', { when: { field: 'level', in: ['medium', 'high'] }, ...must }),
      ]),
    ],
    scales: [
      {
        key: 'risk',
        title: '分数提示',
        items: ['ideas', 'plan', 'means', 'intent', 'before'],
        missingAtMost: 0,
        more: 'worse',
        bands: [
          { from: 0, to: 1, label: '低', says: '照常联系，约定下次再问的日子。', tone: 'calm' },
          { from: 2, to: 7, label: '中', says: '写安全计划，约定复查的日子，告诉站长。', tone: 'watch' },
          { from: 8, to: 15, label: '高', says: '当天督导，写安全计划，拿走手段。', tone: 'act' },
          { from: 16, to: 32, label: '极高', says: '不离人，拨打 110 或 120，站长和督导马上知道。', tone: 'act' },
        ],
        refer: '有没问到的，不计分。当作有风险，今天和站长一起当面评估。',
      },
    ],
    alerts: [
      { when: { field: 'intent', is: 'soon' }, says: '说了“就这几天”：无论多少分，现在不离人，拨打 110 或 120。' },
      {
        when: {
          all: [
            { field: 'plan', is: 'clear' },
            { field: 'means', is: 'yes' },
          ],
        },
        says: '计划具体，手段已有：按极高处置。',
      },
    ],
  }),
];
