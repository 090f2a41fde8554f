import { isDeepStrictEqual } from 'node:util';
import { SESSION_COOKIE } from '../apps/server/src/platform/http/serve.ts';
import type { Session, Volume } from './volume.ts';
import { random, searches } from './words.ts';

/** What one side is asked. */
export type Side = { readonly paths: readonly string[]; readonly headers: Readonly<Record<string, string>> };

/** One kind of work, asked of both sides. `same` says which parts of both replies must be equal. */
export type Workload = {
  readonly name: string;
  readonly says: string;
  readonly ours: Side;
  readonly bare: Side;
  /** Of several bodies each request takes the next. */
  readonly body: string | readonly string[] | null;
  readonly same: (reply: unknown) => unknown;
};

type Reply = Record<string, unknown>;
const pickOf = (row: unknown, keys: readonly string[]): Reply => Object.fromEntries(keys.map((key) => [key, (row as Reply)[key] ?? null]));
const rowsOf = (reply: unknown, keys: readonly string[]): unknown => ((reply as Reply).rows as unknown[]).map((row) => pickOf(row, keys));
const idsOf = (rows: unknown): unknown => (rows as Reply[]).map((row) => row.id);

const REGISTER = [
  'id',
  'receiptNo',
  'archiveNo',
  'status',
  'domain',
  'helpFields',
  'risk',
  'stationName',
  'organisationName',
  'askerId',
  'askerName',
  'holderId',
];
const MOMENTS = ['holderName', 'nextOn', 'submittedAt', 'closedAt', 'solved', 'updatedAt', 'version'];
const BANK = ['id', 'number', 'title', 'domain', 'helpFields', 'methods', 'year', 'releasedOn'];

const wholeRequest = (reply: unknown): unknown => {
  const request = reply as Reply;
  return {
    ...pickOf(reply, [...REGISTER, ...MOMENTS, 'closing']),
    content: pickOf(request.content, [
      'caseNumber',
      'recipientName',
      'household',
      'story',
      'tried',
      'asks',
      'wishes',
      'checklist',
      'attachments',
    ]),
    timeline: idsOf(request.timeline),
    parts: ['lines', 'actions', 'rounds', 'conferences'].map((part) => idsOf(request[part])),
  };
};

const CASE = [
  'id',
  'number',
  'status',
  'stage',
  'recipientName',
  'domain',
  'risk',
  'workerName',
  'stationName',
  'openedOn',
  'openRequests',
];
const wholeCase = (reply: unknown): unknown => {
  const file = reply as Reply;
  return {
    ...pickOf(reply, [...CASE, 'household', 'summary', 'school']),
    parts: ['notes', 'consents', 'attachments', 'requests'].map((part) => idsOf(file[part])),
  };
};
const foundNotes = (reply: unknown): unknown => {
  const [section] = (reply as { sections: { hits: Reply[] }[] }).sections;
  return (section?.hits ?? []).map((hit) => pickOf(hit, ['id', 'name', 'where', 'by', 'on', 'snippet']));
};

/** Work that no bare handler does: measured by itself. */
export type Alone = { readonly name: string; readonly says: string; readonly ours: Side; readonly body: string | null };

/** The workloads without a counterpart. */
export const aloneOf = (volume: Volume): Alone[] => [
  {
    name: 'similar',
    says: 'similar cases for a request (worker)',
    ours: {
      paths: volume.ownRequests.map((id) => `/api/support-requests/${id}/similar-cases`),
      headers: { cookie: `${SESSION_COOKIE}=${volume.worker.token}` },
    },
    body: null,
  },
];

/** The workloads of the bench on a loaded district. */
export const workloadsOf = (volume: Volume): Workload[] => {
  const next = random(7);
  const words = searches(next);
  const as = (session: Session): Record<string, string> => ({
    cookie: `${SESSION_COOKIE}=${session.token}`,
    'x-csrf-token': session.csrfToken,
  });
  const ours = (session: Session, paths: readonly string[]): Side => ({ paths, headers: as(session) });
  const bare = (paths: readonly string[]): Side => ({ paths, headers: {} });
  const search = (name: string, says: string, texts: readonly string[]): Workload => ({
    name,
    says,
    ours: ours(
      volume.worker,
      texts.map((text) => `/api/casebank?limit=20&text=${encodeURIComponent(text)}`),
    ),
    bare: bare(texts.map((text) => `/search?text=${encodeURIComponent(text)}`)),
    body: null,
    same: (reply) => rowsOf(reply, BANK),
  });
  const notes = (name: string, says: string, texts: readonly string[]): Workload => ({
    name,
    says,
    ours: ours(volume.worker, ['/api/searches']),
    bare: bare(['/notes']),
    body: texts.map((typed) => JSON.stringify({ typed, kind: 'note' })),
    same: foundNotes,
  });
  const note = {
    happenedOn: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
    body: '上门探访，孩子已经回到课堂，母亲情绪平稳，约定下周同去法律援助窗口。'.repeat(4),
  };
  return [
    {
      name: 'read',
      says: 'read a request (worker)',
      ours: ours(
        volume.worker,
        volume.ownRequests.map((id) => `/api/support-requests/${id}`),
      ),
      bare: bare(volume.ownRequests.map((id) => `/request/${id}`)),
      body: null,
      same: wholeRequest,
    },
    {
      name: 'keptRead',
      says: 'read a request; bare stores who read it too',
      ours: ours(
        volume.worker,
        volume.ownRequests.map((id) => `/api/support-requests/${id}`),
      ),
      bare: bare(volume.ownRequests.map((id) => `/kept-request/${id}`)),
      body: null,
      same: wholeRequest,
    },
    {
      name: 'own',
      says: 'own list of 50 (worker)',
      ours: ours(volume.worker, ['/api/support-requests?asker=me&sort=newest&limit=50']),
      bare: bare(['/own']),
      body: null,
      same: (reply) => rowsOf(reply, [...REGISTER, ...MOMENTS]),
    },
    {
      name: 'board',
      says: 'screening board (centre)',
      ours: ours(volume.centre, ['/api/support-requests?live=yes&sort=due&limit=50']),
      bare: bare(['/board']),
      body: null,
      same: (reply) => rowsOf(reply, [...REGISTER, ...MOMENTS]),
    },
    {
      name: 'caseload',
      says: 'caseload list of 50 (worker)',
      ours: ours(volume.worker, ['/api/cases?limit=50']),
      bare: bare(['/caseload']),
      body: null,
      same: (reply) => rowsOf(reply, CASE),
    },
    {
      name: 'case',
      says: 'case with its timeline (worker)',
      ours: ours(
        volume.worker,
        volume.ownCases.map((id) => `/api/cases/${id}`),
      ),
      bare: bare(volume.ownCases.map((id) => `/case/${id}`)),
      body: null,
      same: wholeCase,
    },
    notes('notes2', 'search own notes, 2 characters (worker)', words.two),
    notes('notes4', 'search own notes, 4 characters (worker)', words.four),
    {
      name: 'ledger',
      says: 'month ledger of a station (head)',
      ours: ours(
        volume.head,
        volume.months.map((month) => `/api/ledgers?period=${month}`),
      ),
      bare: bare(volume.months.map((month) => `/ledger?month=${month}-01`)),
      body: null,
      same: (reply) => pickOf((reply as Reply).total, ['acts', 'times', 'persons', 'minutes']),
    },
    search('search2', 'case bank, 2 characters', words.two),
    search('search4', 'case bank, 4 characters', words.four),
    search('searchName', 'case bank, a name of 3', words.name),
    // Writing comes last: what the one worker writes by the thousand would be read by the searches after it.
    {
      name: 'note',
      says: 'add a note (worker)',
      ours: ours(
        volume.worker,
        volume.ownCases.map((id) => `/api/cases/${id}/notes`),
      ),
      bare: bare(volume.ownCases.map((id) => `/note/${id}`)),
      body: JSON.stringify(note),
      same: (reply) => Object.keys(reply as Reply).sort(),
    },
    {
      name: 'wholeNote',
      says: 'add a note; bare stores event, history and key too',
      ours: ours(
        volume.worker,
        volume.ownCases.map((id) => `/api/cases/${id}/notes`),
      ),
      bare: bare(volume.ownCases.map((id) => `/whole-note/${id}`)),
      body: JSON.stringify(note),
      same: (reply) => Object.keys(reply as Reply).sort(),
    },
    {
      name: 'record',
      says: 'save a process record; bare stores contact, event, history and key too',
      ours: ours(
        volume.worker,
        volume.ownCases.map((id) => `/api/cases/${id}/notes`),
      ),
      bare: bare(volume.ownCases.map((id) => `/record/${id}`)),
      body: JSON.stringify({ ...note, kind: 'talk', minutes: 40, tookPart: '本人' }),
      same: (reply) => Object.keys(reply as Reply).sort(),
    },
  ];
};

const ask = async (port: number, path: string, side: Side, body: string | null): Promise<unknown> => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: body === null ? 'GET' : 'POST',
    headers: { ...side.headers, ...(body === null ? {} : { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }) },
    body,
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 400)}`);
  return JSON.parse(text);
};

/** Throws unless both sides answer the same rows, for up to forty paths of the workload. */
export const assertSame = async (workload: Workload, oursPort: number, barePort: number): Promise<number> => {
  const paths = workload.ours.paths.slice(0, 40);
  const bodies = typeof workload.body === 'string' || workload.body === null ? [workload.body] : workload.body;
  let rows = 0;
  const times = Math.max(paths.length, bodies.length);
  for (let i = 0; i < times; i += 1) {
    const path = paths[i % paths.length] as string;
    const body = bodies[i % bodies.length] as string | null;
    const [a, b] = await Promise.all([
      ask(oursPort, path, workload.ours, body),
      ask(barePort, workload.bare.paths[i % paths.length] as string, workload.bare, body),
    ]);
    const [one, other] = [workload.same(a), workload.same(b)];
    if (!isDeepStrictEqual(one, other)) {
      throw new Error(
        `${workload.name}: the two sides differ at ${path}\n${JSON.stringify(one).slice(0, 1500)}\n${JSON.stringify(other).slice(0, 1500)}`,
      );
    }
    rows += Array.isArray(one) ? one.length : 1;
  }
  return rows;
};
