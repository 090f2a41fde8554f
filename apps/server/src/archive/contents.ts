/** What an archive holds, in the order in which it happened. */

import type { Actor } from '@jieyou/core/identity/schema.ts';
import { type Day, dayOf, formatDay, formatInstant, type Instant } from '@jieyou/core/shared/day.ts';
import { type HelpField, helpFieldLabels, problemSays } from '@jieyou/core/shared/fields.ts';
import type { RequestFile } from '@jieyou/core/support/schema.ts';
import { appealChannelLabels, appealStepLabels, appealTopicLabels } from '@jieyou/core/texts/appealsLabels.ts';
import { callerRelationLabels, callKindLabels, handOverOutcomeLabels } from '@jieyou/core/texts/callsLabels.ts';
import { eventSays } from '@jieyou/core/texts/eventLabels.ts';
import {
  actionStatusLabels,
  channelLabels,
  checklistLabels,
  conferenceStatusLabels,
  consentPurposeLabels,
  genderLabels,
  invitationStatusLabels,
  lineKindLabels,
  lineStatusLabels,
  packetFieldLabels,
  requestStatusLabels,
  riskLabels,
} from '@jieyou/core/texts/labels.ts';
import { slotAnswerLabels } from '@jieyou/core/texts/meetingLabels.ts';
import { referralStatusLabels } from '@jieyou/core/texts/resourceLabels.ts';
import { responseStatusLabels } from '@jieyou/core/texts/responsesLabels.ts';
import type { RequestFileKept } from '../cases/index.ts';
import type { Book, Chapter, PaperPart, PrintedBook } from '../platform/print/index.ts';
import { fileRows } from './fileRows.ts';
import type { Gathered } from './gather.ts';
import type { ArchiveRow } from './store.ts';

const fields = (all: readonly HelpField[]): string => all.map((f) => helpFieldLabels[f]).join('、') || '—';
const moment = (at: string | null): string => (at === null ? '—' : formatInstant(at as Instant));
const on = (d: string | null): string => (d === null ? '—' : formatDay(d as Day));
const text = (words: string | null | undefined): PaperPart => ({
  kind: 'text',
  text: words == null || words.trim() === '' ? '（没有填写）' : words,
});
const sub = (words: string): PaperPart => ({ kind: 'subheading', text: words });
const table = (head: readonly string[], rows: readonly (readonly string[])[]): PaperPart => ({ kind: 'table', head, rows });
const none = (words: string): readonly PaperPart[] => [{ kind: 'text', text: words }];
const titled = (title: string, words: string | null | undefined): PaperPart[] => [sub(title), text(words)];

const ANSWERS = new Map<boolean | null, string>([
  [true, '是'],
  [false, '否'],
  [null, '未答'],
]);

/** Where it came from: the resident's own appeal and the call behind it, without who called. */
const origin = ({ appeal, call }: Gathered): PaperPart[] => [
  ...(call === null
    ? []
    : [
        sub(`来电 ${call.number}`),
        table(
          ['项目', '内容'],
          [
            ['时间', moment(call.startedAt)],
            ['接线', call.takerName],
            ['类别', `${callKindLabels[call.kind]}，来电人是${callerRelationLabels[call.relation]}`],
            ['所说', call.says],
            ...(call.result === null ? [] : [['处理', call.result]]),
            ...call.handOvers.map((h) => [
              '转其他热线',
              `${moment(h.at)}，${h.number} ${h.name}：${handOverOutcomeLabels[h.outcome]}。${h.says}`,
            ]),
          ],
        ),
      ]),
  ...(appeal === null
    ? []
    : [
        sub(`居民求助 ${appeal.number}`),
        table(
          ['项目', '内容'],
          [
            ['时间', moment(appeal.askedAt)],
            ['渠道', appealChannelLabels[appeal.channel as keyof typeof appealChannelLabels]],
            ['事由', appealTopicLabels[appeal.topic]],
            ['站点', appeal.stationName ?? '—'],
            ...(appeal.content === null ? [] : [['居民所说', appeal.content.says]]),
          ],
        ),
        table(
          ['时间', '经办', '经过'],
          appeal.steps
            .toReversed()
            .map((s) => [
              moment(s.at),
              s.byName ?? '居民',
              s.says == null || s.says === '' ? appealStepLabels[s.kind] : `${appealStepLabels[s.kind]}：${s.says}`,
            ]),
        ),
      ]),
];

const askedFor = (gathered: Gathered): Chapter => {
  const { file, register } = gathered;
  const content = file.content as NonNullable<RequestFile['content']>;
  const result = content.checklistResult;
  return {
    title: '一、求助',
    parts: [
      table(
        ['项目', '内容'],
        [
          ['档案号', file.archiveNo ?? '—'],
          ['回执号', file.receiptNo ?? '—'],
          [
            '服务对象',
            `${content.recipientName}，${genderLabels[content.recipientGender]}${content.recipientAge === null ? '' : `，${content.recipientAge} 岁`}`,
          ],
          ['个案编号', content.caseNumber],
          ['问题领域', problemSays(file.domain)],
          ['所需专业', fields(file.helpFields)],
          ['风险', riskLabels[file.risk]],
          ['求助社工', `${file.askerName}（${[file.stationName, file.organisationName].filter((s) => s !== '').join('，')}）`],
          ['来源', channelLabels[register.channel]],
          ['提交', moment(file.submittedAt)],
          ...(file.duplicateOf === null ? [] : [['重复的求助', file.duplicateOf.receiptNo]]),
        ],
      ),
      ...origin(gathered),
      ...titled('家庭情况', content.household),
      ...titled('情况', content.story),
      ...titled('已经做过什么', content.tried),
      ...titled('希望得到什么', content.asks),
      sub('界定'),
      table(
        ['条目', '回答'],
        (Object.keys(checklistLabels) as (keyof typeof checklistLabels)[]).map((key) => [
          checklistLabels[key],
          ANSWERS.get(content.checklist[key] ?? null) ?? '',
        ]),
      ),
      ...(result === null
        ? []
        : none(
            `得分 ${result.score}，达到 ${result.hardAt} 分为疑难个案。规则版本 ${result.packVersion}。\n${result.reasons.map((r) => (Object.hasOwn(checklistLabels, r) ? checklistLabels[r as keyof typeof checklistLabels] : r)).join('；')}`,
          )),
    ],
  };
};

const screened = ({ file, said }: Gathered): Chapter => {
  const steps = said.filter((s) => s.kind !== null && ['screening', 'answer', 'crisis-action', 'duplicate'].includes(s.kind));
  return {
    title: '二、筛选',
    parts:
      steps.length === 0 && file.screening === null
        ? none('还没有筛选。')
        : [
            table(
              ['时间', '经办', '结果', '意见'],
              steps.map((s) => [moment(s.at), s.byName ?? '—', eventSays(s.type), s.says ?? '']),
            ),
            ...(file.screening === null ? [] : none(`界定清单版本：${file.screening.checklistVersion || '—'}。`)),
            ...(file.crisis === null
              ? []
              : none(
                  `危机值班：${file.crisis.dutyName}。${
                    file.crisis.acknowledgedAt === null
                      ? '没有确认接手。'
                      : `${file.crisis.acknowledgedBy ?? ''}于 ${moment(file.crisis.acknowledgedAt)} 确认接手。`
                  }`,
                )),
          ],
  };
};

const panel = ({ file }: Gathered): Chapter => ({
  title: '三、专家组推荐与理由',
  parts:
    file.proposal === null
      ? none('没有推荐专家组。')
      : [
          ...none(`${moment(file.proposal.at)}，规则版本 ${file.proposal.packVersion}。需要：${fields(file.proposal.fields)}。`),
          table(
            ['专家', '覆盖专业', '理由', '可以替换'],
            file.proposal.seats.map((s) => [
              `${s.name}（${s.title}）`,
              fields(s.covers),
              s.reasons.join('；'),
              s.alternatives.map((a) => `${a.name}：${a.lost.join('；')}`).join('\n') || '—',
            ]),
          ),
          ...(file.proposal.uncovered.length === 0 ? [] : none(`没有专家覆盖：${fields(file.proposal.uncovered)}。`)),
          sub('没有选的专家'),
          file.proposal.leftOut.length === 0
            ? text('没有。')
            : table(
                ['专家', '专业', '原因'],
                file.proposal.leftOut.map((l) => [l.name, fields(l.helpFields), l.says]),
              ),
        ],
});

const packets = ({ file, packets: given }: Gathered): Chapter => ({
  title: '四、给专家的资料包',
  parts:
    given.length === 0
      ? none('没有给出资料包。')
      : given.flatMap((p) => {
          const round = file.rounds.find((r) => r.id === p.roundId);
          return [
            sub(`第 ${round?.number ?? '—'} 轮`),
            ...none(`冻结于 ${moment(p.frozenAt)}。依据：${round?.basis ?? '—'}。摘要值：${p.hash}`),
            ...p.parts.flatMap((part) => [sub(part.title), text(part.text)]),
            ...(p.files.length === 0
              ? []
              : [
                  table(
                    ['附件', 'SHA-256'],
                    p.files.map((f) => [f.name, f.sha256]),
                  ),
                ]),
          ];
        }),
});

const opinions = ({ file }: Gathered): Chapter => ({
  title: '五、邀请与专家意见',
  parts:
    file.rounds.length === 0
      ? none('没有邀请专家。')
      : file.rounds.toReversed().flatMap((round) => [
          sub(
            `第 ${round.number} 轮：请 ${round.asked} 位，收到 ${round.given} 份，法定 ${round.quorum} 份，截止 ${moment(round.deadline)}`,
          ),
          table(
            ['专家', '专业', '状态', '答复', '交意见'],
            round.invitations.map((i) => [
              i.replaces === null ? i.expertName : `${i.expertName}（接替${i.replaces}）`,
              fields(i.helpFields),
              `${invitationStatusLabels[i.status]}${i.declineReason === null ? '' : `：${i.declineReason}`}`,
              moment(i.answeredAt),
              moment(i.opinionAt),
            ]),
          ),
          ...round.opinions.flatMap((o) => [
            sub(`${o.expertName}（${fields(o.helpFields)}），${moment(o.givenAt)}`),
            text(`判断：${o.judgement}\n建议：${o.advice}\n风险：${o.risk}`),
          ]),
        ]),
});

const timeAsked = (asked: Gathered['times'][number]): PaperPart[] => [
  sub('征集时间'),
  table(
    ['时间', '答复', '选定'],
    asked.slots.map((slot, i) => [
      moment(new Date(slot).toISOString()),
      asked.votes
        .map((v) => {
          const answer = v.answers?.[i];
          return `${v.name}${v.required ? '（必到）' : ''} ${answer === undefined ? '未答' : slotAnswerLabels[answer]}`;
        })
        .join('；'),
      asked.chosen !== null && Date.parse(slot) === Date.parse(asked.chosen) ? '选定' : '',
    ]),
  ),
];

const clientAgenda = (agenda: Gathered['agendas'][number]): PaperPart[] => [
  sub('给案主的议程'),
  text([agenda.welcome, ...agenda.items.map((item, i) => `${i + 1}. ${item}`)].join('\n')),
  ...none(
    `${agenda.guardian ? '由监护人同意。' : ''}${agenda.companion === '' ? '' : `陪同：${agenda.companion}。`}${
      agenda.attended === null ? '是否到场没有登记。' : agenda.attended ? '案主到场。' : '案主没有到场。'
    }`,
  ),
];

const conferences = ({ file, times, agendas }: Gathered): Chapter => ({
  title: '六、会诊与纪要',
  parts:
    file.conferences.length === 0
      ? none('没有会诊。')
      : file.conferences.toReversed().flatMap((c, i) => {
          const agenda = agendas.find((g) => g.id === c.id);
          return [
            sub(`第 ${i + 1} 次会诊（${conferenceStatusLabels[c.status]}）`),
            table(
              ['项目', '内容'],
              [
                ['时间', moment(c.heldAt ?? c.plannedAt)],
                ['地点', c.place],
                ['主持人', c.chairName],
                ...(c.cancelReason === null ? [] : [['取消原因', c.cancelReason]]),
                ['到会专家', c.attendees.map((a) => `${a.name}（${fields(a.helpFields)}）`).join('、') || '—'],
              ],
            ),
            ...times.filter((t) => t.conferenceId === c.id).flatMap(timeAsked),
            ...(agenda === undefined ? [] : clientAgenda(agenda)),
            ...(c.minutes === null ? [] : titled('纪要', c.minutes)),
            ...(c.consensus === null ? [] : titled('共识', c.consensus)),
          ];
        }),
});

const followed = ({ file }: Gathered): Chapter => ({
  title: '七、行动与结果',
  parts:
    file.actions.length === 0
      ? none('没有行动项。')
      : [
          table(
            ['行动', '负责人', '期限', '状态', '结果'],
            file.actions.map((a) => [a.text, a.ownerName, on(a.dueOn), actionStatusLabels[a.status], a.result ?? '—']),
          ),
        ],
});

const lines = ({ file, records }: Gathered): Chapter => ({
  title: '八、支援线与记录',
  parts:
    file.lines.length === 0
      ? none('没有支援线。')
      : file.lines.flatMap((l) => [
          sub(`${helpFieldLabels[l.helpField]} · ${lineKindLabels[l.kind]} · ${lineStatusLabels[l.status]}`),
          table(
            ['项目', '内容'],
            [
              ['承接', l.holderName ?? l.providerName ?? '—'],
              ['任务', l.task],
              ['开始', moment(l.openedAt)],
              ['结束', moment(l.closedAt)],
              ['结果', l.result ?? '—'],
            ],
          ),
          ...records
            .filter((r) => r.lineId === l.id)
            .flatMap((r) => [
              sub(`${r.title}（${r.on === null ? '' : `${on(r.on)}，`}${responseStatusLabels[r.status]}）`),
              // What was withdrawn is named, not repeated.
              r.sections.length === 0 ? text('已撤回，内容不收入档案。') : table(['项目', '内容'], r.sections),
            ]),
        ]),
});

const referred = ({ referrals }: Gathered): Chapter => ({
  title: '九、转介给联动单位',
  parts:
    referrals.length === 0
      ? none('没有转介给联动单位。')
      : referrals.flatMap((r) => [
          sub(`${r.number} · ${r.partnerName} · ${referralStatusLabels[r.status]}`),
          r.status === 'withdrawn'
            ? text('已撤回，内容不收入档案。')
            : table(
                ['项目', '内容'],
                [
                  ['专业', helpFieldLabels[r.helpField]],
                  ['资源', r.resourceName ?? '—'],
                  ['事由', r.reason],
                  ['送出', `${r.sentByName}，${on(r.sentOn)}；请在 ${on(r.until)} 前答复`],
                  ['依据', r.consent],
                  ...r.parts.map((p) => [`提供：${p.title}`, p.text]),
                  [
                    '答复',
                    r.answeredOn === null
                      ? '—'
                      : `${on(r.answeredOn)}，${r.answeredBy ?? ''}${r.answer === null ? '' : `：${r.answer}`}${
                          r.enteredByName === null ? '' : `（${r.enteredByName}登记）`
                        }`,
                  ],
                  ['结果', r.result ?? '—'],
                ],
              ),
        ]),
});

const given = ({ efforts }: Gathered): Chapter => ({
  title: '十、专家用时',
  parts:
    efforts.length === 0
      ? none('没有登记专家用时。')
      : [
          table(
            ['日期', '专家', '事项', '分钟', '登记'],
            efforts.map((e) => [on(e.onDay), e.expertName, e.source === 'opinion' ? '书面意见' : '会诊', String(e.minutes), e.enteredBy]),
          ),
          ...none(`合计 ${efforts.reduce((n, e) => n + e.minutes, 0)} 分钟。由本人或主持人填写，不是计时。`),
        ],
});

const closed = ({ file, published }: Gathered): Chapter => ({
  title: '十一、结束',
  parts:
    file.closing === null
      ? none(`没有结束评估。当前状态：${requestStatusLabels[file.status]}。`)
      : [
          table(
            ['项目', '内容'],
            [
              ['结果', file.closing.solved ? '已解决' : '没有解决'],
              ['满意度', file.closing.satisfaction === null ? '—' : `${file.closing.satisfaction} / 5`],
              ['回访日期', on(file.closing.followUpOn)],
              ['结束', moment(file.closedAt)],
              ...(published === null ? [] : [['案例库', published]]),
            ],
          ),
          ...titled('评估', file.closing.evaluation),
        ],
});

const consented = ({ consents }: Gathered): Chapter => ({
  title: '十二、用到的同意',
  parts:
    consents.length === 0
      ? none('没有以同意为依据给出资料；依据见“给专家的资料包”。')
      : [
          table(
            ['用于', '接收方', '用途', '内容', '签署人', '签署', '到期', '撤回'],
            consents.map((c) => [
              c.usedFor.join('、'),
              c.receiver,
              consentPurposeLabels[c.purpose],
              c.fields.map((f) => packetFieldLabels[f]).join('、'),
              c.signedBy,
              on(c.grantedOn),
              c.expiresOn === null ? '长期' : on(c.expiresOn),
              on(c.withdrawnOn),
            ]),
          ),
        ],
});

const timeline = ({ said }: Gathered): Chapter => ({
  title: '十三、时间线',
  parts: [
    table(
      ['时间', '经办', '事项'],
      said.map((s) => [
        moment(s.at),
        s.byName ?? '平台',
        s.says == null || s.says === '' ? eventSays(s.type) : `${eventSays(s.type)}：${s.says}`,
      ]),
    ),
  ],
});

const files = (plans: PrintedBook['enclosures'], kept: readonly RequestFileKept[]): Chapter => ({
  title: '十四、附件清单',
  parts: fileRows(plans, kept),
});

/** The book of what was gathered. */
export const bookOf = (
  gathered: Gathered,
  row: ArchiveRow,
  actor: Actor,
  now: Instant,
): Omit<Book, 'most' | 'chapters'> & { chapters: (plans: PrintedBook['enclosures']) => readonly Chapter[] } => {
  const { file, register } = gathered;
  return {
    title: '疑难个案求助档案',
    number: row.number,
    issuer: register.centreName ?? '社会工作疑难个案支援中心',
    date: formatDay(dayOf(now)),
    secrecy: '内部资料　注意保密',
    cover: [
      ['问题领域', problemSays(file.domain)],
      ['当前状态', requestStatusLabels[file.status]],
      ['截至', `${moment(now)}${row.final ? '' : '（办理中，非终稿）'}`],
      ['提交', moment(file.submittedAt)],
      ['受理', moment(register.acceptedAt)],
      ['结束', moment(file.closedAt)],
      ['承办', file.holderName ?? '—'],
      ['取档人', actor.name],
      ['用途', row.reason],
    ],
    watermark: `${actor.name} ${moment(now)}`,
    enclosures: gathered.files.map((f, i) => ({ title: `附件 ${i + 1}　${f.name}`, mime: f.mime, bytes: f.bytes, load: f.load })),
    chapters: (plans) => [
      askedFor(gathered),
      screened(gathered),
      panel(gathered),
      packets(gathered),
      opinions(gathered),
      conferences(gathered),
      followed(gathered),
      lines(gathered),
      referred(gathered),
      given(gathered),
      closed(gathered),
      consented(gathered),
      timeline(gathered),
      files(plans, gathered.files),
    ],
  };
};
