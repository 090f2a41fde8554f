import { periodDays, periodSays } from '@jieyou/core/contacts/rules.ts';
import { addMonths, type Day, formatDay, formatInstant } from '@jieyou/core/shared/day.ts';
import { activityCategoryLabels } from '@jieyou/core/texts/activitiesLabels.ts';
import { genderLabels } from '@jieyou/core/texts/labels.ts';
import { volunteerSkillLabels, volunteerSlotLabels, volunteerStatusLabels } from '@jieyou/core/texts/volunteerLabels.ts';
import { opensVolunteerTasks } from '@jieyou/core/volunteers/policy.ts';
import { hoursSay } from '@jieyou/core/volunteers/rules.ts';
import type { VolunteerSkill, VolunteerSlot } from '@jieyou/core/volunteers/schema.ts';
import type { LedgerValue } from '../platform/excel.ts';
import type { Ctx } from '../platform/http/context.ts';
import { type LedgerPart, ledgerColumn, type PaperPart, sendLedger, sendPaper } from '../platform/print/index.ts';
import { keptBy } from './commands.ts';
import { packOf } from './pack.ts';
import * as store from './store.ts';
import { type HoursFilter, hoursPeriod, hoursRows, readVolunteer, readVolunteerLedger } from './views.ts';

const MOST_LINES = 400;

type Asked = { kind: 'certificate' | 'copy'; from?: string | undefined; to?: string | undefined; format: 'pdf' | 'html'; reason: string };

/** The certificate of service hours (志愿服务条例 19, 慈善法 66), or all that is kept of the volunteer, on A4. */
export const volunteerPaper = async (
  ctx: Ctx<'print.no-browser' | 'volunteers.no-hours' | 'volunteers.erased'>,
  id: string,
  ask: Asked,
) => {
  const facts = await keptBy(ctx as Ctx<never>, id);
  if (facts.erasedAt !== null) return ctx.refuse('volunteers.erased');
  const kept = (await store.contentById(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();
  const shown = await readVolunteer(ctx as Ctx<never>, id);
  const open = (ciphertext: string | null, field: Parameters<typeof store.sealedAt>[1]) =>
    ciphertext === null ? '' : ctx.crypto.decrypt(ciphertext, store.sealedAt(id, field));
  const name = open(kept.nameCt, 'name');
  const certificate = ask.kind === 'certificate';
  const [from, to] = [ask.from ?? (certificate ? addMonths(ctx.today, -12) : '1850-01-01'), ask.to ?? ctx.today];
  const rows = await hoursRows(ctx as Ctx<never>, { from, to, volunteerId: id }, MOST_LINES);
  if (certificate && rows.length === 0) return ctx.refuse('volunteers.no-hours');
  ctx.saw('volunteer', id, { kind: 'export', reason: ask.reason, outcome: certificate ? 'pdf' : 'personal-copy' });
  const minutes = rows.reduce((n, r) => n + r.minutes, 0);
  const hours: PaperPart = {
    kind: 'table',
    head: ['日期', '服务内容', '类别', '时长'],
    rows: rows.map((r) => [formatDay(r.day as Day), r.title, activityCategoryLabels[r.class], hoursSay(r.minutes)]),
  };
  const gender = kept.gender === 'unknown' ? '' : `，${genderLabels[kept.gender as 'female' | 'male']}`;
  const parts: PaperPart[] = certificate
    ? [
        {
          kind: 'text',
          text: `兹证明${name}（${[genderLabels[kept.gender as 'female'] ?? '', kept.idNumberMasked === null ? '' : `证件号码 ${kept.idNumberMasked}`].filter(Boolean).join('，')}）自 ${formatDay(from as Day)} 至 ${formatDay(to as Day)}，在本站参加志愿服务 ${rows.length} 项，累计 ${hoursSay(minutes)}。`,
        },
        hours,
        { kind: 'text', text: '时长由牵头社工逐项核定。本证明免费出具。' },
      ]
    : [
        { kind: 'heading', text: '登记的信息' },
        {
          kind: 'table',
          head: ['项目', '内容'],
          rows: [
            ['姓名', `${name}${gender}`],
            ['出生日期', kept.birthOn === null ? '' : formatDay(kept.birthOn as unknown as Day)],
            ['电话', open(kept.phoneCt, 'phone')],
            ['证件号码', open(kept.idNumberCt, 'idNumber')],
            ['同意登记证件的日期', kept.idAgreedOn === null ? '' : formatDay(kept.idAgreedOn as unknown as Day)],
            ['监护人', open(kept.guardianNameCt, 'guardianName')],
            ['监护人电话', open(kept.guardianPhoneCt, 'guardianPhone')],
            ['监护人同意日期', kept.guardianAgreedOn === null ? '' : formatDay(kept.guardianAgreedOn as unknown as Day)],
            ['志愿服务组织', shown.team],
            ['专长', [...shown.skills.map((s: VolunteerSkill) => volunteerSkillLabels[s]), kept.expertise].filter(Boolean).join('、')],
            ['服务地方', shown.areaNames.join('、') || '不限'],
            ['可服务时间', shown.slots.map((s: VolunteerSlot) => volunteerSlotLabels[s]).join('、')],
            ['登记日期', formatDay(shown.since as Day)],
            ['保险至', shown.insuredUntil === null ? '' : formatDay(shown.insuredUntil as Day)],
            ['状态', volunteerStatusLabels[shown.status]],
            ['备注', kept.notes],
          ].filter(([, value]) => value !== ''),
        },
        { kind: 'heading', text: `核定的时长：${rows.length} 项，${hoursSay(minutes)}` },
        ...(rows.length === 0 ? [] : [hours]),
      ];
  const title = certificate ? '志愿服务记录证明' : '志愿者个人信息副本';
  return sendPaper(ctx, ask.format, `${title}${ctx.today}`, {
    title,
    number: certificate ? `编号 ${ctx.today.replaceAll('-', '')}-${id.slice(-6).toUpperCase()}` : formatDay(ctx.today),
    issuer: shown.stationName,
    ...(certificate ? {} : { secrecy: '个人信息　只交本人' }),
    signatures: certificate ? ['经办社工', '站点负责人'] : ['经办人', '本人签收'],
    parts,
  });
};

const ROW_COLUMNS = [
  ledgerColumn('序号', 6, 'number'),
  ledgerColumn('日期', 14, 'day'),
  ledgerColumn('志愿任务', 30),
  ledgerColumn('类别', 10),
  ledgerColumn('志愿者', 12),
  ledgerColumn('志愿服务组织', 22),
  ledgerColumn('牵头社工', 12),
  ledgerColumn('站点', 22),
  ledgerColumn('时长（分钟）', 12, 'number'),
];
const SUM_COLUMNS = [
  ledgerColumn('项目', 28),
  ledgerColumn('项', 10, 'number'),
  ledgerColumn('人次', 10, 'number'),
  ledgerColumn('人', 10, 'number'),
  ledgerColumn('时长（分钟）', 14, 'number'),
];

/** The ledger of volunteers' hours as Excel or A4 landscape: line by line for who opens tasks, else numbers only. */
export const exportVolunteerLedger = async (
  ctx: Ctx<'print.no-browser' | 'volunteers.too-many-rows'>,
  { format, reason, ...filter }: HoursFilter & { format: 'xlsx' | 'pdf'; reason: string },
) => {
  ctx.saw('ledger', ctx.actor.personId, { kind: 'export', reason, outcome: 'exported' });
  const most = (await packOf(ctx))['print.rows'];
  const period = hoursPeriod(ctx, filter);
  const ledger = await readVolunteerLedger(ctx as Ctx<never>, filter);
  const rows = opensVolunteerTasks(ctx.actor.roles) ? await hoursRows(ctx as Ctx<never>, { ...periodDays(period), ...filter }, most) : [];
  if (rows.length > most) return ctx.refuse('volunteers.too-many-rows', { most });
  const says = periodSays(period);
  const lines: LedgerPart[] =
    rows.length === 0
      ? []
      : [
          {
            name: '明细',
            title: `${says}志愿服务台账`,
            columns: ROW_COLUMNS,
            rows: rows.map((r, i): LedgerValue[] => [
              i + 1,
              r.day,
              r.title,
              activityCategoryLabels[r.class],
              r.name,
              r.team,
              r.leadName,
              r.stationName,
              r.minutes,
            ]),
            sums: [null, '合计', null, null, `${ledger.total.persons} 人`, null, null, null, ledger.total.minutes],
          },
        ];
  const sums: LedgerPart[] = ledger.groups.map((g) => ({
    name: `汇总 ${g.title}`,
    title: `${says}志愿服务汇总（${g.title}）`,
    columns: SUM_COLUMNS,
    rows: g.cells.map((c) => [c.label, c.tasks, c.times, c.persons, c.minutes]),
    sums: ['合计', ledger.total.tasks, ledger.total.times, ledger.total.persons, ledger.total.minutes],
  }));
  const tables = [...lines, ...sums];
  const heading = `范围：${ledger.scope}　填报人：${ctx.actor.name}　审核人：　　　　填报日期：${formatDay(ctx.today)}　单位：项、人次、人、分钟`;
  const note = `只计牵头社工核定过的时长，按任务日期（北京时间）。人：同一位志愿者在一行里只计一次。数据截至 ${formatInstant(ctx.now)}。`;
  const title = `${says}志愿服务台账`;
  return sendLedger(ctx, { format, title, heading, note, tables });
};
