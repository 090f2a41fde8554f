/** What the archive of a case holds (个案卷宗), in the order of the national method and then of what stands beside it. */

import type { PaperKind, PlanContent } from '@jieyou/core/cases/stageSchema.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { type Day, dayOf, formatDay, formatInstant, type Instant } from '@jieyou/core/shared/day.ts';
import { ordinal } from '@jieyou/core/shared/words.ts';
import {
  caseStageLabels,
  closingKindLabels,
  handedClassLabels,
  handoverCauseLabels,
  handoverStatusLabels,
  noteKindLabels,
  notePartsSaid,
  paperKindLabels,
  paperStatusLabels,
} from '@jieyou/core/texts/caseStageLabels.ts';
import { contactKindLabels, fieldChangeSays, serviceDomainLabels } from '@jieyou/core/texts/contactsLabels.ts';
import {
  consentPurposeLabels,
  genderLabels,
  helpFieldLabels,
  packetFieldLabels,
  problemSays,
  requestStatusLabels,
  riskLabels,
} from '@jieyou/core/texts/labels.ts';
import {
  companionRoleLabels,
  visitReasonLabels,
  visitScaleLabels,
  visitSectionLabels,
  visitStatusLabels,
} from '@jieyou/core/texts/visitLabels.ts';
import { recordParts } from '../alarms/index.ts';
import { correctionsOf, sectionsOf } from '../cases/index.ts';
import { answerParts } from '../forms/index.ts';
import type { Book, Chapter, PaperPart, PrintedBook } from '../platform/print/index.ts';
import type { GatheredCase } from './caseGather.ts';
import { fileRows } from './fileRows.ts';
import type { ArchiveRow } from './store.ts';

const moment = (at: string | null): string => (at === null ? '—' : formatInstant(at as Instant));
const on = (d: string | null): string => (d === null ? '—' : formatDay(d as Day));
const words = (text: string | null | undefined): PaperPart => ({
  kind: 'text',
  text: text == null || text.trim() === '' ? '（没有填写）' : text,
});
const sub = (text: string): PaperPart => ({ kind: 'subheading', text });
const table = (head: readonly string[], rows: readonly (readonly string[])[]): PaperPart => ({ kind: 'table', head, rows });
const none = (text: string): PaperPart[] => [{ kind: 'text', text }];
const facts = (rows: readonly (readonly [string, string])[]): PaperPart => table(['项目', '内容'], rows);
/** Parts of a paper of its own stand one step lower in the book. */
const lower = (parts: readonly PaperPart[]): PaperPart[] => parts.map((p) => (p.kind === 'heading' ? sub(p.text) : p));

const about = ({ file, stages }: GatheredCase): PaperPart[] => [
  facts([
    ['个案编号', file.number],
    [
      '服务对象',
      `${file.recipient.name}，${genderLabels[file.recipientGender]}${file.recipientAge === null ? '' : `，${file.recipientAge} 岁`}`,
    ],
    ['证件号码', file.recipient.idNumber ?? '—'],
    ['电话', file.recipient.phone ?? '—'],
    ['住址', file.recipient.address ?? '—'],
    ['问题领域', problemSays(file.domain)],
    [
      '服务领域',
      [serviceDomainLabels[file.serviceDomain], ...file.fieldChanges.map((c) => `${fieldChangeSays(c)}（${c.changedByName}改）`)].join(
        '；',
      ),
    ],
    ['所需专业', file.helpFields.map((f) => helpFieldLabels[f]).join('、') || '—'],
    ['风险', riskLabels[file.risk]],
    ['承办社工', `${file.workerName}（${file.stationName}）`],
    ['建立', on(file.openedOn)],
    ['阶段', `${caseStageLabels[stages.stage]}，自 ${moment(stages.stageSince)}`],
    ...(stages.closedOn === null
      ? []
      : ([['结案', `${on(stages.closedOn)}${stages.closingKind === null ? '' : `，${closingKindLabels[stages.closingKind]}`}`]] as const)),
    ...(stages.archivedOn === null ? [] : ([['归档', `${on(stages.archivedOn)}；保管至 ${on(stages.keepUntil)}`]] as const)),
  ]),
  sub('家庭情况'),
  words(file.household),
  sub('摘要'),
  words(file.summary),
  ...(stages.withheld.length === 0
    ? []
    : none(`移交时没有开放、不在本卷内：${stages.withheld.map((c) => handedClassLabels[c]).join('、')}。`)),
];

type Paper = GatheredCase['stages']['papers'][number];

/** What was written at a stage, oldest first; drafts are nobody's paper yet. */
const papersOf = ({ stages }: GatheredCase, ...kinds: PaperKind[]): Paper[] =>
  stages.papers.filter((p) => kinds.includes(p.kind) && p.status !== 'draft' && p.status !== 'taken-back').toReversed();

const signed = (p: Paper): string =>
  p.decidedAt === null
    ? ''
    : `${p.status === 'signed' ? '签署' : '退回'}：${p.decidedByName ?? ''} ${moment(p.decidedAt)}${p.answer === '' ? '' : `，${p.answer}`}。`;

const written = (p: Paper, plan: PlanContent | null, without: readonly string[] = []): PaperPart[] => [
  sub(`${paperKindLabels[p.kind]}${p.edition > 1 ? `（第 ${p.edition} 次）` : ''} · ${paperStatusLabels[p.status]}`),
  facts([
    ['撰写', `${p.authorName}，${moment(p.writtenAt)}`],
    ...sectionsOf(p.content, plan).filter(([heading]) => !without.includes(heading)),
    ...correctionsOf(p),
    ...(signed(p) === '' ? [] : ([['意见', signed(p)]] as const)),
  ]),
];

const planAt = (g: GatheredCase, at: string): PlanContent | null =>
  papersOf(g, 'plan').findLast((p) => p.status === 'signed' && p.writtenAt <= at)?.content.plan ?? null;

const stage = (g: GatheredCase, nothing: string, kinds: PaperKind[], without: readonly string[] = []): PaperPart[] => {
  const papers = papersOf(g, ...kinds);
  return papers.length === 0 ? none(nothing) : papers.flatMap((p) => written(p, planAt(g, p.writtenAt), without));
};

/** Boxes to sign in stand under what there is to sign. */
const boxes = (there: boolean, ...who: string[]): PaperPart[] => (there ? [{ kind: 'signatures', who }] : []);

const notes = ({ notes: all }: GatheredCase): PaperPart[] =>
  all.length === 0
    ? none('没有过程记录。')
    : all.flatMap((n, i) => [
        sub(`${i + 1}　${on(n.happenedOn)} · ${noteKindLabels[n.kind]}${n.minutes === null ? '' : ` · ${n.minutes} 分钟`}`),
        words(n.body),
        ...notePartsSaid(n.parts).map(([says, said]) => words(`${says}：${said}`)),
        {
          kind: 'text',
          text: `${n.tookPart === '' ? '' : `在场：${n.tookPart}。`}记录：${n.authorName}，${moment(n.writtenAt)}。`,
        } as const,
      ]);

const agreements = (g: GatheredCase): PaperPart[] => {
  const papers = papersOf(g, 'plan').filter((p) => p.content.agreement != null);
  return [
    sub('服务协议'),
    ...(papers.length === 0
      ? none('没有签过服务协议。')
      : papers.flatMap((p) => sectionsOf({ agreement: p.content.agreement ?? null }).map(([, text]) => words(text)))),
    sub('同意'),
    ...(g.file.consents.length === 0
      ? none('没有登记同意。')
      : [
          table(
            ['接收方', '用途', '内容', '签署人', '签署', '到期', '撤回'],
            g.file.consents.map((c) => [
              c.receiver,
              consentPurposeLabels[c.purpose],
              c.fields.map((f) => packetFieldLabels[f]).join('、'),
              c.signedBy,
              on(c.grantedOn),
              c.expiresOn === null ? '长期' : on(c.expiresOn),
              on(c.withdrawnOn),
            ]),
          ),
        ]),
  ];
};

const forms = ({ answers, today }: GatheredCase): PaperPart[] =>
  answers.length === 0
    ? none('没有填过表单。')
    : answers.flatMap((a) => [sub(`${a.document.title}（第 ${a.edition} 版）`), ...lower(answerParts(a, today))]);

const visits = ({ visits: all }: GatheredCase): PaperPart[] =>
  all.length === 0
    ? none('没有探访。')
    : all.flatMap((v) => [
        sub(`${on(v.day)} · ${visitReasonLabels[v.reason]} · ${visitStatusLabels[v.status]}`),
        facts([
          ['社工', v.workerName],
          ...(v.why === '' ? [] : ([['说明', v.why]] as const)),
          ...(v.companion === null ? [] : ([['同行', `${companionRoleLabels[v.companion.role]} ${v.companion.name}`]] as const)),
          ...(v.aloneReason === null ? [] : ([['独自探访', v.aloneReason]] as const)),
          ...v.sections.map((s) => [visitSectionLabels[s.section], `${visitScaleLabels[s.scale]}。${s.says}`] as const),
          ...(v.says === null || v.says === '' ? [] : ([['记录', v.says]] as const)),
          ...v.actions.map(
            (a) =>
              [
                '马上办',
                `${a.what}（${a.byWhom}，${on(a.until)}前）：${a.doneAt === null ? '还没有办' : `${moment(a.doneAt)} 办好${a.doneSays === null ? '' : `，${a.doneSays}`}`}`,
              ] as const,
          ),
          ...(v.recordedAt === null ? [] : ([['登记', `${v.recordedByName ?? ''}，${moment(v.recordedAt)}`]] as const)),
        ]),
      ]);

const contacts = ({ contacts: all }: GatheredCase): PaperPart[] =>
  all.length === 0
    ? none('没有您看得到的服务记录。')
    : [
        table(
          ['日期', '服务', '人次', '分钟', '社工'],
          all.map((c) => [
            on(c.happenedOn),
            contactKindLabels[c.kind],
            String(c.people),
            c.minutes === null ? '—' : String(c.minutes),
            c.workerName,
          ]),
        ),
        ...none(`共 ${all.length} 次，${all.reduce((n, c) => n + (c.minutes ?? 0), 0)} 分钟。只列取档人在台账里看得到的。`),
      ];

const alarms = ({ alarms: all }: GatheredCase): PaperPart[] =>
  all.length === 0
    ? none('没有您看得到的记录。')
    : all.flatMap((a) => [
        sub(a.kind === 'crisis' ? '危机处置记录' : '家庭暴力个案记录'),
        // Where somebody is sheltered stays on the screen: paper lies about.
        ...lower(recordParts({ ...a, entries: a.entries.map((e) => ({ ...e, body: { ...e.body, place: null } })) })),
      ]);

const hands = ({ stages, coWorkers, file }: GatheredCase): PaperPart[] => [
  sub('承办与协办'),
  table(
    ['社工', '身份', '自', '至'],
    [[file.workerName, '承办', '—', '—'], ...coWorkers.map((c) => [c.name, '协办', on(c.fromDay), on(c.toDay)])],
  ),
  sub('移交'),
  ...(stages.handovers.length === 0
    ? none('没有移交。')
    : [
        table(
          ['时间', '移出', '接收', '原因', '开放的材料', '结果'],
          stages.handovers
            .toReversed()
            .map((h) => [
              moment(h.proposedAt),
              h.fromName,
              h.toName,
              `${handoverCauseLabels[h.cause]}：${h.reason}`,
              h.mayRead.map((c) => handedClassLabels[c]).join('、') || '—',
              `${handoverStatusLabels[h.status]}${h.answer === '' ? '' : `：${h.answer}`}`,
            ]),
        ),
      ]),
  ...(file.requests.length === 0
    ? []
    : [
        sub('疑难个案求助'),
        table(
          ['回执号', '状态'],
          file.requests.map((r) => [r.receiptNo ?? '草稿', requestStatusLabels[r.status as keyof typeof requestStatusLabels]]),
        ),
      ]),
];

/** The book of a case. */
export const caseBookOf = (
  gathered: GatheredCase,
  row: ArchiveRow,
  actor: Actor,
  now: Instant,
): Omit<Book, 'most' | 'chapters'> & { chapters: (plans: PrintedBook['enclosures']) => readonly Chapter[] } => {
  const { file, stages } = gathered;
  return {
    title: '社会工作个案卷宗',
    number: file.number,
    issuer: file.stationName,
    date: formatDay(dayOf(now)),
    secrecy: '内部资料　注意保密',
    cover: [
      ['服务对象', file.recipient.name],
      ['问题领域', problemSays(file.domain)],
      ['服务领域', serviceDomainLabels[file.serviceDomain]],
      ['承办社工', file.workerName],
      ['立卷日期', on(file.openedOn)],
      ['结案日期', on(stages.closedOn)],
      ['保管期限', stages.keepUntil === null ? '归档时确定' : `至 ${on(stages.keepUntil)}`],
      ['截至', `${moment(now)}${row.final ? '' : '（办理中，非终稿）'}`],
      ['取档人', actor.name],
      ['用途', row.reason],
    ],
    watermark: `${actor.name} ${moment(now)}`,
    enclosures: gathered.files.map((f, i) => ({ title: `附件 ${i + 1}　${f.name}`, mime: f.mime, bytes: f.bytes, load: f.load })),
    chapters: (plans) =>
      (
        [
          ['基本情况', about(gathered)],
          ['接案', stage(gathered, '没有接案记录。', ['intake'])],
          ['预估', stage(gathered, '没有预估。', ['assessment'])],
          [
            '计划',
            [
              ...stage(gathered, '没有计划。', ['plan'], ['服务协议']),
              ...boxes(papersOf(gathered, 'plan').length > 0, '服务对象', '承办社工', '站长或督导'),
            ],
          ],
          ['介入', [...stage(gathered, '', ['pause', 'reopening']), ...notes(gathered)].filter((p) => p.kind !== 'text' || p.text !== '')],
          ['评估', stage(gathered, '没有评估。', ['evaluation'])],
          [
            '结案',
            [
              ...stage(gathered, `没有结案。目前阶段：${caseStageLabels[stages.stage]}。`, ['closing']),
              ...boxes(papersOf(gathered, 'closing').length > 0, '承办社工', '站长或督导'),
            ],
          ],
          ['回访', stage(gathered, '没有回访。', ['follow-up'])],
          ['协议与同意', agreements(gathered)],
          ['表单', forms(gathered)],
          ['探访', visits(gathered)],
          ['服务记录', contacts(gathered)],
          ['危机与家暴', alarms(gathered)],
          ['承办、移交与求助', hands(gathered)],
          ['附件清单', [...fileRows(plans, gathered.files), ...boxes(true, '立卷人', '审核人', '档案保管人')]],
        ] as const
      ).map(([title, parts], i) => ({ title: `${ordinal(i + 1)}、${title}`, parts })),
  };
};
