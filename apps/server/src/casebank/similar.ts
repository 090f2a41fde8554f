/** Finds published cases that resemble a request: the words of each case are kept in a table, the rest is a rule of core. */
import { type CasebankPack, casebankPackOf, rankSimilar, termsOf, weighTerms } from '@jieyou/core/casebank/similarity.ts';
import type { CaseDomain, HelpField } from '@jieyou/core/shared/fields.ts';
import { hot, type Tx } from '../platform/db/database.ts';
import type { Ctx } from '../platform/http/context.ts';
import { packInForce } from '../rulepacks/index.ts';
import * as store from './store.ts';

/** A request as far as it is written. */
export type SoughtRequest = {
  readonly domain: CaseDomain | null;
  readonly helpFields: readonly HelpField[];
  readonly texts: readonly string[];
};

type Found = {
  id: string;
  number: string;
  title: string;
  domain: CaseDomain;
  helpFields: HelpField[];
  methods: string[];
  year: number;
  shared: string[] | null;
};

// The weightiest words find the candidates; the rest of a long account would only add cases that share what is common.
const WORDS_SOUGHT = 80;
const CANDIDATES = 60;
/** Newest cases of the same domain that are looked at even when they share no word. */
const OF_DOMAIN = 20;

const similar = async (tx: Tx, request: SoughtRequest, pack: CasebankPack) => {
  const terms = termsOf(request.texts.join('\n'));
  const [counts, [bank]] = await Promise.all([
    hot<{ term: string; entries: number }>(tx)`select term, entries from casebank_term where term = any(${terms}::text[])`,
    hot<{ entries: number }>(tx)`select count(*)::int as entries from casebank_entry where recalled_at is null`,
  ]);
  const weights = weighTerms(terms, new Map(counts.map((c) => [c.term, c.entries])), bank?.entries ?? 0, pack);
  const sought = [...weights].sort((a, b) => b[1] - a[1]).slice(0, WORDS_SOUGHT);
  const rows = await hot<Found>(tx)`
    with asked as (select * from unnest(${sought.map(([term]) => term)}::text[], ${sought.map(([, weight]) => weight)}::float8[]) as a(term, weight)),
      alike as (
        select t.entry_id, array_agg(a.term) as shared from asked a join casebank_entry_term t on t.term = a.term
        group by t.entry_id order by sum(a.weight) desc, t.entry_id desc limit ${CANDIDATES}),
      kin as (select id from casebank_entry where recalled_at is null and domain = ${request.domain} order by id desc limit ${OF_DOMAIN})
    select e.id, e.number, e.title, e.domain, e.help_fields, e.methods, e.year, alike.shared
    from casebank_entry e left join alike on alike.entry_id = e.id
    where e.recalled_at is null and (e.id in (select entry_id from alike) or e.id in (select id from kin))`;
  const ranked = rankSimilar(
    { domain: request.domain, helpFields: request.helpFields, weights },
    rows.map((r) => ({ id: r.id, domain: r.domain, helpFields: r.helpFields, shared: r.shared ?? [] })),
    pack,
  );
  const byId = new Map(rows.map((r) => [r.id, r]));
  return ranked.map(({ id, sameDomain, sharedFields, sharedWords }) => {
    const { number, title, domain, helpFields, methods, year } = byId.get(id) as Found;
    return {
      id,
      number,
      title,
      domain,
      helpFields,
      methods,
      year,
      why: { sameDomain, sharedFields: [...sharedFields], sharedWords: [...sharedWords] },
    };
  });
};

/** Published cases that resemble a request, best first, with the reasons. Recalled cases are never among them. */
export const similarEntries = async (ctx: Pick<Ctx, 'tx' | 'actor' | 'today'>, request: SoughtRequest) => {
  const { version, values } = await packInForce(ctx.tx, 'casebank', ctx.actor.districtId, ctx.today);
  return { rows: await similar(ctx.tx, request, casebankPackOf(values)), packVersion: version };
};

/** Keeps the words of released cases that have none yet: of one at its release, of all others by the job. Answers how many. */
export const indexEntries = async (tx: Tx, limit: number): Promise<number> => {
  const waiting = await store.entriesToIndex(tx, limit);
  for (const entry of waiting) await store.keepTerms(tx, entry.id, termsOf(entry.searchText).sort());
  return waiting.length;
};
