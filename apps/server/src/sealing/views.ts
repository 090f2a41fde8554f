import { mayEver } from '@jieyou/core/identity/policy.ts';
import { decidesSealing, registersLetters } from '@jieyou/core/sealing/policy.ts';
import { approvalVerdict, decisionVerdict } from '@jieyou/core/sealing/rules.ts';
import type { Sealing, SealStatus } from '@jieyou/core/sealing/schema.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { answerKeptFile } from '../platform/http/fileAs.ts';
import { allOf, readPage } from '../platform/http/paging.ts';
import * as store from './store.ts';

type Row = { id: string; number: string; status: SealStatus; sealedAt: string | null; version: number };

/** The minimal list: number, state and date. */
export const listSealedFiles = (
  ctx: Ctx,
  query: { limit: number; after?: string | undefined; count?: 'yes' | undefined; status?: SealStatus[] | undefined },
) =>
  readPage<Row>(ctx.tx, query, {
    columns: sql`f.id, f.number, f.status, f.sealed_at, f.version`,
    from: sql`from sealed_file f`,
    where: allOf([sql`f.district_id = ${ctx.actor.districtId}`, query.status !== undefined && sql`f.status = any(${query.status})`]),
    sort: [{ column: 'id', direction: 'desc', type: 'uuid' }],
    alias: 'f',
  });

/** Decision, letters and readings of one sealed file. Its content is in none of these tables. */
export const readSealing = async (ctx: Ctx, id: string): Promise<Sealing> => {
  const file = (await store.findFile(ctx.tx, id)) ?? ctx.notFound();
  const { rows: names } = await sql<{ id: string; name: string }>`select p.id, p.name from person p
    where p.id = any(${[file.proposedBy, file.decidedBy].filter((p) => p !== null)}::uuid[])`.execute(ctx.tx);
  const nameOf = (person: string | null): string | null => names.find((p) => p.id === person)?.name ?? null;
  const { rows: letters } = await sql<
    store.LetterRecord & { readers: string[]; registrar: string }
  >`select l.*, r.name as registrar, array(select p.name from person p where p.id = any(l.reader_ids) order by p.name_pinyin, p.id) as readers
    from query_letter l join person r on r.id = l.registered_by where l.file_id = ${id} order by l.id desc`.execute(ctx.tx);
  const approvals = await store.approvalsOf(
    ctx.tx,
    letters.map((l) => l.id),
  );
  const { rows: readings } = await sql<{ by: string; letterNo: string; at: string; file: boolean }>`
    select p.name as by, l.letter_no, d.at, d.attachment_id is not null as file
    from sealed_reading d join person p on p.id = d.person_id join query_letter l on l.district_id = d.district_id and l.id = d.letter_id
    where d.file_id = ${id} order by d.id desc limit 100`.execute(ctx.tx);
  const decides = mayEver(decidesSealing, ctx.actor);
  const registers = mayEver(registersLetters, ctx.actor);
  const role = registers ? 'centre' : 'security';
  const decidable = (waits: 'proposed' | 'unseal-proposed', by: string | null) =>
    decides && decisionVerdict({ status: file.status, waits, proposedByMe: by !== null && ctx.actor.selves.includes(by) }).ok;
  return {
    id,
    number: file.number,
    status: file.status,
    sealedAt: file.sealedAt,
    version: file.version,
    authority: file.authority,
    decisionNo: file.decisionNo,
    decidedOn: file.decidedOn,
    basis: file.basis,
    reason: file.reason,
    proposedBy: nameOf(file.proposedBy) ?? '',
    proposedAt: file.proposedAt,
    decidedBy: nameOf(file.decidedBy),
    unsealReason: file.unsealReason,
    letters: letters.map((l) => {
      const of = approvals.filter((a) => a.letterId === l.id);
      const over = l.status === 'open' && l.closesAt !== null && l.closesAt <= ctx.now;
      const may = approvalVerdict({
        status: l.status,
        scanned: l.scanAs !== null,
        registeredByMe: ctx.actor.selves.includes(l.registeredBy),
        roleDone: of.some((a) => a.role === role),
        untilDay: l.untilDay,
        today: ctx.today,
      });
      return {
        id: l.id,
        unit: l.unit,
        letterNo: l.letterNo,
        letterOn: l.letterOn,
        basis: l.basis,
        scope: l.scope,
        untilDay: l.untilDay,
        hours: l.hours,
        readers: l.readers,
        status: over ? ('over' as const) : l.status,
        scanned: l.scanAs !== null,
        registeredBy: l.registrar,
        approvals: of.map((a) => ({ by: a.name, role: a.role, decision: a.decision, at: a.at })),
        opensAt: l.opensAt,
        closesAt: l.closesAt,
        can: [
          ...(registers && l.status === 'registered' && of.length === 0 ? (['scan'] as const) : []),
          ...(may.ok ? (['decide'] as const) : []),
        ],
      };
    }),
    readings,
    can: [
      ...(decidable('proposed', file.proposedBy) ? (['decide'] as const) : []),
      ...(registers && file.status === 'sealed' ? (['register-letter', 'propose-unsealing'] as const) : []),
      ...(decidable('unseal-proposed', file.unsealBy) ? (['decide-unsealing'] as const) : []),
    ],
  };
};

/** The picture of a letter, for those who keep the files. */
export const readLetterScan = async (ctx: Ctx, id: string): Promise<Buffer> => {
  const letter = (await store.findLetter(ctx.tx, id)) ?? ctx.notFound();
  if ((await store.findFile(ctx.tx, letter.fileId)) === undefined || letter.scanAs === null) return ctx.notFound();
  answerKeptFile(ctx.http.reply, letter.scanMime ?? 'application/octet-stream', 'attachment; filename="letter"');
  return ctx.services.files.get(id, letter.scanAs);
};
