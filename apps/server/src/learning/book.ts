import { randomBytes } from 'node:crypto';
import { ENTRY_NOTE } from '@jieyou/core/casebank/rules.ts';
import type { Sections } from '@jieyou/core/casebank/schema.ts';
import { formatDay, formatInstant } from '@jieyou/core/shared/day.ts';
import { type CaseDomain, caseDomainLabels, type HelpField, helpFieldLabels } from '@jieyou/core/shared/fields.ts';
import { sectionLabels } from '@jieyou/core/texts/labels.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { fileAs } from '../platform/http/fileAs.ts';
import { type Chapter, officialPaper, type PaperPart, printBook } from '../platform/print/index.ts';

type BookCase = {
  id: string;
  number: string;
  title: string;
  award: string;
  domain: CaseDomain;
  helpFields: HelpField[];
  methods: string[];
  year: number;
  sections: Sections;
  competition: string | null;
  authorName: string | null;
  organisationName: string | null;
};

const chapterOf = (one: BookCase): Chapter => ({
  title: one.title,
  parts: [
    {
      kind: 'table',
      head: ['项目', '内容'],
      rows: [
        ['获奖', [one.competition, one.award].filter(Boolean).join('　')],
        ['作者', [one.authorName, one.organisationName].filter(Boolean).join('　')],
        ['案例', `${one.number}，${one.year} 年`],
        ['领域', `${caseDomainLabels[one.domain]}；${one.helpFields.map((f) => helpFieldLabels[f]).join('、')}`],
        ['方法', one.methods.join('、')],
      ].filter(([, says]) => says !== ''),
    },
    ...(Object.keys(sectionLabels) as (keyof Sections)[])
      .filter((section) => one.sections[section].trim() !== '')
      .flatMap((section): PaperPart[] => [
        { kind: 'subheading', text: sectionLabels[section] },
        { kind: 'text', text: one.sections[section] },
      ]),
  ],
});

/**
 * The excellent cases as a book. It is made anew each time from what stands in the bank now: a case that was recalled a moment ago is
 * neither in its contents nor among its chapters.
 */
export const caseBook = async (ctx: Ctx<'print.no-browser'>, query: { format: 'html' | 'pdf'; competitionId?: string | undefined }) => {
  const { tx, actor } = ctx;
  const { rows: cases } =
    await sql<BookCase>`select e.id, e.number, e.title, e.award, e.domain, e.help_fields, e.methods, e.year, e.sections,
      c.title as competition, p.name as author_name, o.name as organisation_name
    from casebank_entry e
      left join publication_draft d on d.district_id = e.district_id and d.id = e.draft_id
      left join lateral (select x.* from competition_entry x where x.district_id = e.district_id and x.award is not null
        and (x.entry_id = e.id or x.request_id = d.request_id) order by x.entered_at desc limit 1) x on true
      left join competition c on c.district_id = x.district_id and c.id = x.competition_id and c.status = 'awarded'
      left join person p on p.id = x.author_id left join organisation o on o.id = x.organisation_id
    where e.district_id = ${actor.districtId} and e.award is not null and e.recalled_at is null
      and (${query.competitionId ?? null}::uuid is null or c.id = ${query.competitionId ?? null}::uuid)
    order by e.domain, e.number limit 200`.execute(tx);
  for (const one of cases) ctx.saw('entry', one.id, { outcome: query.format });
  const { rows: places } = await sql<{ name: string; centreName: string | null }>`
    select name, centre_name from division where id = ${actor.districtId}`.execute(tx);
  const years = cases.map((one) => one.year).sort((a, b) => a - b);
  const [from, to] = [years[0], years.at(-1)];
  const span = from === to ? `${from} 年` : `${from}—${to} 年`;
  const styleNonce = randomBytes(16).toString('base64url');
  const title = '优秀疑难个案服务案例汇编';
  const issuer = places[0]?.centreName ?? `${places[0]?.name ?? ''}社会工作疑难个案支援中心`;
  const date = formatDay(ctx.today);
  const watermark = `${actor.name} ${formatInstant(ctx.now)}`;
  const number = cases.length === 0 ? '还没有获奖的案例' : `${span}　共 ${cases.length} 个案例`;
  const chapters = cases.map(chapterOf);
  if (query.format === 'pdf') {
    const made = await printBook({
      title,
      number,
      issuer,
      date,
      watermark,
      cover: [['说明', ENTRY_NOTE]],
      apart: true,
      enclosures: [],
      most: { bytes: 0, pages: 0 },
      chapters: () => chapters,
    });
    if (made === null) return ctx.refuse('print.no-browser');
    ctx.http.reply.type('application/pdf').header('content-disposition', fileAs('优秀案例汇编.pdf', 'inline'));
    return made.pdf;
  }
  ctx.http.reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', `default-src 'none'; style-src 'nonce-${styleNonce}'; frame-ancestors 'self'`);
  return officialPaper({
    title,
    number,
    issuer,
    date,
    watermark,
    styleNonce,
    parts: [
      { kind: 'heading', text: '目录' },
      { kind: 'list', items: cases.map((one) => one.title) },
      ...chapters.flatMap((one): PaperPart[] => [{ kind: 'heading', text: one.title }, ...one.parts]),
      { kind: 'text', text: ENTRY_NOTE },
    ],
  });
};
