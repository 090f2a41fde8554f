/** The sets of fields for work with one person or family: 1 to 10 of CONVENTIONS 2.4, in sentences of our own. */
import type { FormDocument, FormSource } from '@jieyou/core/forms/document.ts';
import {
  cell,
  day,
  dayCell,
  form,
  line,
  many,
  must,
  number,
  one,
  oneCell,
  own,
  passage,
  section,
  signature,
  table,
  yesno,
} from './parts.ts';

const NATIONAL = 'MZ/T 094—2017《社会工作方法 个案工作》；乡镇（街道）社工站工作规范';
const CLOSENESS = { weekly: '每周', 'two-weekly': '每两周', monthly: '每月', needed: '按需要' } as const;
const LEVEL = { good: '良好', fair: '一般', poor: '较差', unknown: '不清楚' } as const;

/** 1 to 10. */
export const caseForms: readonly FormDocument[] = [
  form({
    code: 't01-intake',
    title: '接案登记表',
    standard: NATIONAL,
    keptAs: 'papers',
    signer: 'head',
    note: '一人一表。姓名、证件和住址由平台带出，不在表里重写。危险正在发生的，先保护人、先报警，再填表。',
    sections: [
      section('coming', '一、怎么来的', [
        day('received', '接案日期', { ...must, notFuture: true }),
        one(
          'source',
          '来源',
          {
            self: '主动求助',
            community: '社区转介',
            department: '部门转介',
            outreach: '走访发现',
            hotline: '热线',
            app: '小程序',
            letter: '信箱',
            'line-12345': '12345 转办',
          },
          must,
        ),
        line('source-name', '转介单位', {
          requiredWhen: { field: 'source', in: ['community', 'department'] },
          when: { field: 'source', in: ['community', 'department', 'line-12345'] },
        }),
        yesno('self-asked', '求助人就是服务对象本人', must),
        line('asker', '求助人与服务对象的关系', {
          when: { field: 'self-asked', is: false },
          ...must,
          hint: '写关系，不写姓名，例如：女儿、邻居',
        }),
      ]),
      section('person', '二、服务对象', [
        line('guardian', '监护人与联系方式', { requiredWhen: { field: '@minor', is: true }, hint: '未成年人必填' }),
        many(
          'status',
          '身份类别',
          {
            minimum: '低保',
            destitute: '特困',
            marginal: '低保边缘',
            disabled: '残疾',
            'left-behind': '留守或困境儿童',
            alone: '独居老人',
            none: '以上都不是',
          },
          must,
        ),
        passage('earlier', '以前接受过的服务', { hint: '哪里做的，做了什么，效果怎样' }),
      ]),
      section('problem', '三、求助的问题', [
        passage('asks', '本人怎么说', { ...must, hint: '尽量用本人的话' }),
        one('urgency', '紧急程度', { now: '立即', 'three-days': '三日内', week: '一周内', usual: '一般' }, must),
      ]),
      section(
        'risk',
        '四、风险初筛',
        [
          many(
            'risks',
            '有没有以下情况',
            { self: '伤害自己', others: '伤害他人', violence: '家庭暴力', child: '儿童受侵害', supply: '断粮断药断电断水', none: '都没有' },
            must,
          ),
          passage('risk-says', '看到、听到的具体情况', {
            when: { not: { field: 'risks', has: 'none' } },
            requiredWhen: { field: 'risks', filled: true },
          }),
          yesno('risk-told', '已当面告诉站长', {
            when: { not: { field: 'risks', has: 'none' } },
            requiredWhen: { field: 'risks', filled: true },
          }),
        ],
        { hint: '只是初筛。有一项以上的，当天由站长和社工一起判断，不由表格决定。' },
      ),
      section('decision', '五、是否接案', [
        one('accepted', '意见', { yes: '接案', refer: '转介', no: '不接案' }, must),
        passage('reason', '理由', { requiredWhen: { field: 'accepted', in: ['refer', 'no'] } }),
        signature('worker', '社工'),
      ]),
    ],
    alerts: [
      { when: { field: 'risks', has: 'child' }, says: '孩子可能受到侵害：现在就做强制报告，不等站长同意。' },
      {
        when: {
          any: [
            { field: 'risks', has: 'self' },
            { field: 'risks', has: 'others' },
          ],
        },
        says: '有伤人或伤己的可能：今天由站长和督导一起评估，不要让本人独处。',
      },
    ],
  }),
  form({
    code: 't02-assessment',
    title: '预估表',
    standard: '乡镇（街道）社工站工作规范 表B.1',
    keptAs: 'papers',
    signer: 'head',
    note: '分四部分。单人户可以不填第二部分。每一部分先写看到的事实，再写自己的判断。',
    sections: [
      section('self', '第一部分　服务对象', [
        number('household-size', '同住人数（含本人）', { ...must, min: 1, max: 30, whole: true, unit: '人' }),
        yesno('fill-family', '单人户，仍要填第二部分', { when: { field: 'household-size', atMost: 1 }, hint: '有常来往的亲人时可以填' }),
        passage('body', '生理：身体、疾病、用药、行动', must),
        passage('mind', '心理：情绪、想法、怎么看自己的处境', must),
        passage('social', '社会：工作、学习、交往、角色', must),
        passage('strengths', '本人的长处', { hint: '能做到的、做成过的、在意的' }),
      ]),
      section(
        'family',
        '第二部分　家庭系统',
        [
          table(
            'members',
            '家庭成员',
            [
              cell('who', '关系', true),
              cell('age', '年龄'),
              cell('health', '健康'),
              cell('work', '工作或就学'),
              oneCell('near', '来往', { close: '亲近', usual: '一般', distant: '疏远', conflict: '冲突' }),
            ],
            { maxRows: 12 },
          ),
          passage('daily', '衣、食、行、照料、医疗、教育', must),
          passage('stress', '家庭的压力', must),
          passage('assets', '家庭的优势和资源'),
          line('tree', '家系图', { hint: '写明图放在哪里，例如：附件“家系图”' }),
        ],
        {
          when: {
            any: [
              { field: 'household-size', atLeast: 2 },
              { field: 'fill-family', is: true },
            ],
          },
        },
      ),
      section('community', '第三部分　社区系统', [
        passage('local', '社区里有的资源', must),
        passage('obstacles', '社区里的问题和阻力'),
        passage('outside', '社区以外可用的资源'),
      ]),
      section('needs', '第四部分　问题总结与需求分析', [
        table(
          'problems',
          '问题与需求',
          [
            cell('what', '问题', true),
            cell('need', '需求', true),
            oneCell('first', '先后', { now: '马上', soon: '一个月内', later: '以后' }),
          ],
          { ...must, minRows: 1, maxRows: 10 },
        ),
        passage('analysis', '社工的分析', { ...must, ...own }),
        signature('worker', '社工'),
      ]),
    ],
  }),
  form({
    code: 't03-agreement',
    title: '服务协议与知情同意书',
    standard: NATIONAL,
    keptAs: 'papers',
    note: '先念给服务对象听，再请本人签。未成年人由监护人一起签，孩子自己也要听懂。',
    sections: [
      section('service', '一、服务', [
        passage('goals', '一起商量的目标', must),
        day('from', '开始日期', must),
        day('to', '预计结束', { ...must, notBefore: 'from' }),
        one('often', '见面的频率', CLOSENESS, must),
        passage('worker-duty', '社工要做到的', must),
        passage('person-duty', '服务对象要做到的', must),
      ]),
      section('secret', '二、保密与例外', [
        yesno('told-secret', '已讲明：谈话内容保密，只有承办社工、协办社工和站长能看', must),
        yesno('told-limits', '已讲明例外：有人会受伤、孩子受侵害、法律要求提供时，可以不经同意告诉有关部门', must),
        table('shared', '同意告诉谁', [cell('who', '接收的人或单位', true), cell('what', '哪些内容', true), dayCell('until', '到哪天')], {
          maxRows: 8,
        }),
        yesno('recording', '同意录音或录像', must),
        line('recording-use', '录音录像的用途', { when: { field: 'recording', is: true }, ...must }),
      ]),
      section('end', '三、怎样撤回', [
        yesno('told-withdraw', '已讲明：随时可以撤回同意或结束服务，不影响别的待遇', must),
        line('withdraw-way', '撤回的方式', must),
      ]),
      section('sign', '四、签名', [
        signature('person', '服务对象', must),
        signature('guardian', '监护人', { when: { field: '@minor', is: true }, ...must }),
        signature('worker', '社工', must),
      ]),
    ],
  }),
  form({
    code: 't04-plan',
    title: '服务计划表',
    standard: NATIONAL,
    keptAs: 'papers',
    signer: 'head',
    note: '每个分目标要有一个能量的指标：现在是多少，做到多少算达到。',
    sections: [
      section('aim', '一、目标', [
        passage('aim', '总目标', must),
        table(
          'goals',
          '分目标',
          [
            cell('goal', '分目标', true),
            cell('measure', '指标', true),
            cell('now', '现在', true),
            cell('target', '做到', true),
            dayCell('by', '到哪天'),
          ],
          { ...must, minRows: 1, maxRows: 8 },
        ),
        passage('method', '用什么策略或理论，为什么', { ...must, ...own }),
      ]),
      section('steps', '二、行动', [
        table(
          'actions',
          '行动',
          [
            cell('what', '做什么', true),
            cell('who', '谁负责', true),
            dayCell('from', '开始'),
            dayCell('to', '结束'),
            cell('with', '用到的资源'),
          ],
          { ...must, minRows: 1, maxRows: 20 },
        ),
        passage('risks', '可能遇到的困难和准备'),
        signature('worker', '社工'),
      ]),
    ],
  }),
  form({
    code: 't05-process',
    title: '过程记录',
    standard: '通行实务：服务后 24 小时内记录',
    note: '一次服务一张。先写发生了什么，再写自己怎么看。',
    sections: [
      section('when', '一、这次服务', [
        number('number', '第几次', { min: 1, max: 999, whole: true, unit: '次' }),
        day('on', '日期', { ...must, notFuture: true }),
        number('minutes', '时长', { ...must, min: 1, max: 600, whole: true, unit: '分钟' }),
        one(
          'place',
          '地点或形式',
          { station: '社工站', home: '家里', school: '学校', hospital: '医院', phone: '电话', online: '线上', other: '其他' },
          must,
        ),
        line('present', '在场的人', { hint: '写关系，不写姓名' }),
      ]),
      section('what', '二、过程', [
        passage('goal', '这次的目标', must),
        passage('summary', '过程摘要', { ...must, max: 5000 }),
        passage('state', '服务对象的状态', must),
      ]),
      section('thoughts', '三、社工的想法', [
        passage('reflection', '评估与反思', own),
        passage('next', '下次的计划', must),
        passage('supervision', '督导意见', own),
      ]),
    ],
  }),
  form({
    code: 't06-referral',
    title: '转介表',
    standard: NATIONAL,
    keptAs: 'papers',
    sections: [
      section('why', '一、为什么转介', [
        passage('reason', '原因', must),
        line('to', '接收机构', must),
        line('contact', '对方经办的岗位和电话'),
        passage('asks', '希望对方做什么', must),
      ]),
      section('consent', '二、同意与资料', [
        yesno('agreed', '服务对象同意转介', must),
        passage('not-agreed', '没有同意而必须转介的依据', { when: { field: 'agreed', is: false }, ...must }),
        table(
          'papers',
          '提供的资料',
          [cell('what', '资料', true), oneCell('form', '形式', { copy: '复印件', summary: '摘要', spoken: '口头说明' })],
          { maxRows: 10 },
        ),
        signature('person', '服务对象', { when: { field: 'agreed', is: true } }),
      ]),
      section('answer', '三、回执与结果', [
        one('receipt', '对方的回复', { waiting: '还没有回复', yes: '已接收', no: '不接收' }, must),
        day('answered', '回复日期', { when: { field: 'receipt', in: ['yes', 'no'] }, ...must, notFuture: true }),
        passage('result', '结果', { when: { field: 'receipt', in: ['yes', 'no'] } }),
      ]),
    ],
  }),
  form({
    code: 't07-evaluation',
    title: '阶段与结案评估表',
    standard: NATIONAL,
    keptAs: 'papers',
    signer: 'head',
    sections: [
      section('kind', '一、评估', [
        one('kind', '哪一种', { stage: '阶段评估', closing: '结案评估' }, must),
        table(
          'goals',
          '目标达成',
          [
            cell('goal', '分目标', true),
            cell('before', '服务前', true),
            cell('after', '现在', true),
            oneCell('reached', '达成', { full: '达到', part: '部分达到', none: '没有达到' }),
          ],
          {
            ...must,
            minRows: 1,
            maxRows: 8,
          },
        ),
        number('satisfaction', '服务对象的满意程度', { min: 1, max: 10, whole: true, unit: '分（1—10）' }),
        passage('person-says', '服务对象怎么说'),
        passage('worker-says', '社工的自我评估', { ...must, ...own }),
      ]),
      section(
        'closing',
        '二、结案',
        [
          one(
            'closing-kind',
            '结案类型',
            {
              reached: '目标达成',
              'by-person': '服务对象要求结束',
              moved: '搬离或失去联系',
              referred: '转介',
              died: '离世',
              other: '其他',
            },
            must,
          ),
          passage('other', '说明', { requiredWhen: { field: 'closing-kind', is: 'other' } }),
          passage('changes', '服务前后的变化', must),
          table('follow', '跟进计划', [dayCell('on', '哪天'), cell('how', '方式', true), cell('what', '看什么')], { maxRows: 6 }),
          signature('person', '服务对象'),
        ],
        { when: { field: 'kind', is: 'closing' } },
      ),
      section('next', '二、下一阶段', [passage('change', '计划要改什么', must)], { when: { field: 'kind', is: 'stage' } }),
    ],
  }),
  form({
    code: 't08-follow-up',
    title: '回访记录',
    standard: NATIONAL,
    sections: [
      section('call', '回访', [
        one('round', '期次', { month: '满一个月', quarter: '满三个月', half: '满六个月', other: '另约' }, must),
        day('on', '日期', { ...must, notFuture: true }),
        one('way', '方式', { visit: '上门', phone: '电话', online: '线上', family: '经家人了解' }, must),
        yesno('reached', '联系上了', must),
        passage('state', '现在的状况', { when: { field: 'reached', is: true }, ...must }),
        passage('tries', '怎么找过，接下来怎么办', { when: { field: 'reached', is: false }, ...must }),
        yesno('again', '需要重开个案', { when: { field: 'reached', is: true }, ...must }),
        passage('why-again', '重开的理由', { when: { field: 'again', is: true }, ...must }),
      ]),
    ],
  }),
  form({
    code: 't09-visit',
    title: '探访记录表',
    standard: '社工站探访服务要求（首访陪同、三项情况）',
    note: '探访在“探访”里登记，这里是纸面记录。不定位、不打卡，照片可以不拍。',
    sections: [
      section('visit', '一、这次探访', [
        day('on', '日期', { ...must, notFuture: true }),
        yesno('first', '首次入户', must),
        line('companion', '陪同人（身份）', { when: { field: 'first', is: true } }),
        passage('alone', '没有陪同的原因', {
          when: {
            all: [
              { field: 'first', is: true },
              { field: 'companion', filled: false },
            ],
          },
          ...must,
        }),
      ]),
      section('seen', '二、三项情况', [
        one('health', '身体健康', LEVEL, must),
        passage('health-says', '具体情况', { requiredWhen: { field: 'health', is: 'poor' } }),
        one('safety', '居家安全', LEVEL, must),
        passage('safety-says', '具体情况', { requiredWhen: { field: 'safety', is: 'poor' } }),
        one('life', '日常生活', LEVEL, must),
        passage('life-says', '具体情况', { requiredWhen: { field: 'life', is: 'poor' } }),
      ]),
      section(
        'now',
        '三、即时处置',
        [
          table('actions', '要马上做的事', [cell('what', '做什么', true), cell('who', '谁', true), dayCell('by', '到哪天')], {
            ...must,
            minRows: 1,
            maxRows: 6,
          }),
        ],
        {
          when: {
            any: [
              { field: 'health', is: 'poor' },
              { field: 'safety', is: 'poor' },
              { field: 'life', is: 'poor' },
            ],
          },
        },
      ),
    ],
  }),
  form({
    code: 't10-conference',
    title: '会诊记录表',
    standard: '疑难个案支援办法（会诊）',
    keptAs: 'papers',
    signer: 'head',
    note: '会诊在“求助”里办理，这里是纸面记录。专家意见逐人写，不合并。',
    sections: [
      section('ask', '一、申请', [
        passage('why', '为什么需要会诊', must),
        many(
          'fields',
          '问题领域',
          { law: '法律', family: '亲子家庭', psychology: '心理', economy: '经济', health: '健康', school: '就学', other: '其他' },
          must,
        ),
        table('papers', '材料清单', [cell('what', '材料', true), cell('from', '来自')], { maxRows: 12 }),
      ]),
      section('said', '二、会诊', [
        day('on', '日期', { ...must, notFuture: true }),
        table('opinions', '专家意见', [cell('who', '专家（专业）', true), cell('says', '意见', true)], {
          ...must,
          minRows: 1,
          maxRows: 10,
        }),
        passage('agreed', '形成的共识', must),
        passage('open', '没有一致的地方'),
      ]),
      section('actions', '三、行动项', [
        table('actions', '行动项', [cell('what', '做什么', true), cell('who', '谁负责', true), dayCell('by', '到哪天')], {
          ...must,
          minRows: 1,
          maxRows: 15,
        }),
      ]),
    ],
  }),
];

const FIRST_AGREEMENT = caseForms.find((f) => f.code === 't03-agreement') as FormDocument;

/** Editions that took the place of the first ones: the agreement is signed by hand, on the phone or at the desk. */
export const newEditions: readonly { readonly edition: number; readonly document: FormDocument }[] = [
  {
    edition: 2,
    document: {
      ...FIRST_AGREEMENT,
      note: '先念给服务对象听，再请本人在屏幕上手写签名。未成年人由监护人签或一起签，孩子自己也要听懂。',
      signers: ['person', 'guardian', 'worker'],
      sections: FIRST_AGREEMENT.sections.filter((s) => s.key !== 'sign'),
    },
  },
  // Plans and evaluations are signed by the head or by the worker's supervisor, as on the case itself.
  ...['t04-plan', 't07-evaluation'].map((code) => ({
    edition: 2,
    document: { ...(caseForms.find((f) => f.code === code) as FormDocument), signer: 'head-or-supervisor' as const },
  })),
];

const KEPT = '从登记的内容生成，不在这张表上填写。';
const from = (source: FormSource) => ({ from: source });
const SEEN = { good: '好', fair: '一般', watch: '需关注', urgent: '紧急' };
const edition = (code: string, more: Pick<FormDocument, 'note' | 'sections'>): { edition: number; document: FormDocument } => ({
  edition: 2,
  document: { ...(caseForms.find((f) => f.code === code) as FormDocument), ...more },
});

/** Papers of a room: what is written there stands on them, and nothing is filled in on the form itself. */
export const roomForms: readonly { readonly edition: number; readonly document: FormDocument }[] = [
  edition('t05-process', {
    note: `一次服务一张，写在个案的“个案记录”里；${KEPT}`,
    sections: [
      section('when', '一、这次服务', [
        number('number', '第几次', { min: 1, whole: true, unit: '次', ...from('note-number') }),
        day('on', '日期', from('note-on')),
        number('minutes', '时长', { min: 1, whole: true, unit: '分钟', ...from('note-minutes') }),
        line('way', '形式', from('note-kind')),
        line('place', '地点', from('note-place')),
        line('present', '在场的人', from('note-present')),
      ]),
      section('what', '二、过程', [
        passage('goal', '本次目标', from('note-goal')),
        passage('summary', '过程摘要', { max: 5000, ...from('note-summary') }),
        passage('state', '服务对象状态', from('note-state')),
      ]),
      section('thoughts', '三、社工的想法', [
        passage('reflection', '评估与反思', { ...own, max: 5000, ...from('note-reflection') }),
        passage('next', '下次计划', from('note-next')),
        passage('supervision', '督导意见', { ...own, hint: '督导在纸上写' }),
        signature('worker', '社工'),
        signature('supervisor', '督导'),
      ]),
    ],
  }),
  edition('t08-follow-up', {
    note: `结案以后一次一张，登记在个案的办理阶段里；${KEPT}`,
    sections: [
      section('call', '一、这次回访', [
        number('number', '第几次回访', { min: 1, whole: true, unit: '次', ...from('follow-number') }),
        day('closed', '结案日期', from('follow-closed')),
        day('on', '回访日期', from('follow-on')),
        line('way', '方式', from('follow-way')),
        line('result', '结果', from('follow-result')),
        passage('state', '现在的状况', { max: 5000, ...from('follow-state') }),
      ]),
      section('next', '二、接下来', [
        day('next-on', '下一次回访', from('follow-next')),
        yesno('again', '是否重开个案', from('follow-again')),
        passage('why-again', '重开的理由', { when: { field: 'again', is: true }, ...from('follow-again-why') }),
        signature('worker', '社工'),
      ]),
    ],
  }),
  edition('t09-visit', {
    note: `一次探访一张，写在“探访”里；${KEPT}不定位、不打卡，照片可以不拍。`,
    sections: [
      section('visit', '一、这次探访', [
        day('on', '日期', from('visit-on')),
        line('reason', '事由', from('visit-reason')),
        yesno('met', '见到了', from('visit-met')),
        passage('not-met', '没有见到的原因', { when: { field: 'met', is: false }, ...from('visit-not-met') }),
        number('minutes', '时长', { min: 1, whole: true, unit: '分钟', when: { field: 'met', is: true }, ...from('visit-minutes') }),
        yesno('first', '首次入户', { when: { field: 'met', is: true }, ...from('visit-first') }),
        line('companion', '陪同人', { when: { field: 'first', is: true }, ...from('visit-companion') }),
        line('alone', '没有陪同的原因', {
          when: {
            all: [
              { field: 'first', is: true },
              { field: 'companion', filled: false },
            ],
          },
          ...from('visit-alone'),
        }),
      ]),
      section(
        'seen',
        '二、三项情况',
        [
          one('health', '身体健康', SEEN, from('visit-health')),
          one('safety', '居家安全', SEEN, from('visit-safety')),
          one('life', '日常生活', SEEN, from('visit-life')),
          passage('health-says', '身体健康：具体情况', from('visit-health-says')),
          passage('safety-says', '居家安全：具体情况', from('visit-safety-says')),
          passage('life-says', '日常生活：具体情况', from('visit-life-says')),
        ],
        { when: { field: 'met', is: true } },
      ),
      section('now', '三、即时处置与下次', [
        table('actions', '即时处置', [cell('what', '做什么'), cell('who', '谁'), dayCell('by', '到哪天'), cell('done', '结果')], {
          maxRows: 20,
          ...from('visit-actions'),
        }),
        day('next-on', '下次探访', from('visit-next')),
        signature('worker', '社工'),
      ]),
    ],
  }),
];
