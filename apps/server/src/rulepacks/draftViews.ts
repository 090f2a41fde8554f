import { draftActs } from '@jieyou/core/rulepacks/rules.ts';
import type { DraftStatus, RuleDraftFile, RuleDraftRow } from '@jieyou/core/rulepacks/schema.ts';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage } from '../platform/http/paging.ts';
import * as drafts from './draftStore.ts';
import { inputOf } from './shapes.ts';
import { valuesOf } from './store.ts';

type Row = z.infer<typeof RuleDraftRow>;

const COLUMNS = sql`w.id, w.code, w.title, b.version as base_version, i.version as issued_version, d.name as division_name, w.status, w.effective_from,
  w.reason, a.name as author_name, k.name as decided_by_name, w.decided_at, w.returned_reason, w.updated_at, w.version`;
const FROM = sql`from rule_draft w join rule_pack b on b.id = w.base_id left join rule_pack i on i.id = w.pack_id join division d on d.id = w.division_id
  join person a on a.id = w.author_id left join person k on k.id = w.decided_by`;

/** Drafts of the district, newest first: what is under way and how versions came to be. */
export const listRuleDrafts = (
  ctx: Ctx,
  query: {
    status?: DraftStatus[] | undefined;
    code?: string | undefined;
    limit: number;
    after?: string | undefined;
    count?: 'yes' | undefined;
  },
) =>
  readPage<Row>(ctx.tx, query, {
    columns: COLUMNS,
    from: FROM,
    where: allOf([
      sql`w.district_id = ${ctx.actor.districtId}`,
      query.status && sql`w.status = any(${query.status}::text[])`,
      query.code !== undefined && sql`w.code = ${query.code}`,
    ]),
    sort: [{ column: 'id', direction: 'desc', type: 'uuid' }],
    alias: 'w',
  });

/** A draft with every figure as it is and as it will be, and how many running clocks keep the earlier one. */
export const readRuleDraft = async (ctx: Ctx<never>, id: string): Promise<RuleDraftFile> => {
  const draft = (await drafts.findDraft(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();
  const { rows } = await sql<Row>`select ${COLUMNS} ${FROM} where w.id = ${id}`.execute(ctx.tx);
  const row = rows[0] ?? ctx.notFound();
  const changes = new Map((await drafts.changesOf(ctx.tx, id)).map((c) => [c.key, c]));
  const { rows: clocks } = await sql<{ kind: string; n: number }>`select clock_kind as kind, count(*)::int as n from support_request
    where district_id = ${ctx.actor.districtId} and clock_kind is not null group by clock_kind`.execute(ctx.tx);
  const running = new Map(clocks.map((c) => [`clock.${c.kind}`, c.n]));
  return {
    ...row,
    values: (await valuesOf(ctx.tx, draft.baseId)).map((v) => {
      const change = changes.get(v.key);
      return {
        ...v,
        input: inputOf(draft.code, v.key, v.value),
        changed: change !== undefined,
        newValue: change === undefined ? v.value : change.value,
        newSource: change?.source ?? null,
        running: draft.code === 'support' && v.key.startsWith('clock.') ? (running.get(v.key) ?? 0) : null,
      };
    }),
    can: draftActs(ctx.actor, draft),
  };
};
