import { search } from '@jieyou/core/search/endpoints.ts';
import type { SearchHit, SearchKind } from '@jieyou/core/search/schema.ts';
import { wordsOf } from '@jieyou/core/search/words.ts';
import { activityStatusLabels } from '@jieyou/core/texts/activitiesLabels.ts';
import { alarmKindLabels } from '@jieyou/core/texts/alarmLabels.ts';
import { appealStatusLabels } from '@jieyou/core/texts/appealsLabels.ts';
import { callStatusLabels, ticketStatusLabels } from '@jieyou/core/texts/callsLabels.ts';
import { caseStageLabels, noteKindLabels, paperKindLabels } from '@jieyou/core/texts/caseStageLabels.ts';
import { groupStatusLabels, sessionStatusLabels } from '@jieyou/core/texts/groupLabels.ts';
import {
  divisionTierLabels,
  organisationTypeLabels,
  partnerTypeLabels,
  requestStatusLabels,
  resourceKindLabels,
  stationTierLabels,
} from '@jieyou/core/texts/labels.ts';
import { reliefStatusLabels } from '@jieyou/core/texts/reliefLabels.ts';
import { reportStatusLabels } from '@jieyou/core/texts/reportLabels.ts';
import { referralStatusLabels } from '@jieyou/core/texts/resourceLabels.ts';
import { responseKindLabels } from '@jieyou/core/texts/responsesLabels.ts';
import { actionStateLabels, fileUnderLabels, searchKindLabels } from '@jieyou/core/texts/searchLabels.ts';
import { visitStatusLabels } from '@jieyou/core/texts/visitLabels.ts';
import { volunteerStatusLabels, volunteerTaskStatusLabels } from '@jieyou/core/texts/volunteerLabels.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { call } from '../house/client.ts';
import { EmptyState } from '../house/EmptyState.tsx';
import { formatDay, today } from '../house/format.ts';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { useCan } from '../house/session.tsx';
import { askedNow, lookFor, onAsked } from '../house/sought.ts';
import './search.css';

/** What narrows the results; stands in the address, unlike what is looked for. */
export type Narrowed = {
  readonly kind?: string | undefined;
  readonly period?: string | undefined;
  readonly caseId?: string | undefined;
};

const PERIODS = [
  ['month', '近一个月', 31],
  ['half', '近半年', 183],
  ['year', '近一年', 366],
] as const;

const IN_CASE: readonly SearchKind[] = ['case', 'note', 'visit', 'action', 'paper', 'form', 'alarm', 'request', 'response', 'file'];
const NO_RECORDS: readonly SearchKind[] = ['response', 'staff', 'station', 'organisation', 'place', 'partner', 'resource', 'entry'];

/** Kinds that are offered before anything was found, in the order of all. */
const USUAL: readonly SearchKind[] = ['recipient', 'case', 'note', 'visit', 'request', 'activity', 'staff', 'resource', 'entry'];

const useKinds = (inCase: boolean): readonly SearchKind[] => {
  const records = useCan('worker', 'head');
  const requests = useCan('worker', 'head', 'centre');
  const alarms = useCan('worker', 'head', 'supervisor');
  const reports = useCan('head', 'supervisor');
  const calls = useCan('centre');
  const volunteers = useCan('worker', 'head', 'centre', 'agency', 'officer', 'street');
  const kinds = Object.keys(searchKindLabels) as SearchKind[];
  return kinds.filter((kind) => {
    if (inCase && !IN_CASE.includes(kind)) return false;
    if (kind === 'request' || kind === 'file' || kind === 'appeal' || kind === 'referral' || kind === 'task') return requests;
    if (kind === 'report') return reports;
    if (kind === 'call' || kind === 'ticket') return calls;
    if (kind === 'volunteer') return volunteers;
    if (kind === 'alarm') return alarms;
    return records || NO_RECORDS.includes(kind);
  });
};

const dayBefore = (days: number): string => new Date(Date.parse(`${today()}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);

const whatSays = (kind: SearchKind, what: string | null): string | undefined => {
  if (what === null) return undefined;
  const labels: Partial<Record<SearchKind, Readonly<Record<string, string>>>> = {
    case: caseStageLabels,
    note: noteKindLabels,
    visit: visitStatusLabels,
    action: actionStateLabels,
    paper: paperKindLabels,
    alarm: alarmKindLabels,
    request: requestStatusLabels,
    response: responseKindLabels,
    group: groupStatusLabels,
    session: sessionStatusLabels,
    activity: activityStatusLabels,
    relief: reliefStatusLabels,
    file: fileUnderLabels,
    report: reportStatusLabels,
    referral: referralStatusLabels,
    appeal: appealStatusLabels,
    call: callStatusLabels,
    volunteer: volunteerStatusLabels,
    task: volunteerTaskStatusLabels,
    ticket: ticketStatusLabels,
    partner: partnerTypeLabels,
    resource: resourceKindLabels,
    station: stationTierLabels,
    organisation: organisationTypeLabels,
    place: divisionTierLabels,
  };
  // A form is called by its own title.
  return kind === 'form' ? what : labels[kind]?.[what];
};

function Marked({ text, marks }: { readonly text: string; readonly marks: SearchHit['marks'] }) {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { from, until } of marks) {
    parts.push(
      <Fragment key={from}>
        {text.slice(at, from)}
        <mark>{text.slice(from, until)}</mark>
      </Fragment>,
    );
    at = until;
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}

function Hit({
  kind,
  hit,
  open,
}: {
  readonly kind: SearchKind;
  readonly hit: SearchHit;
  readonly open: (to: string, inside: ReactNode) => ReactNode;
}) {
  const facts = [whatSays(kind, hit.what), hit.where, hit.by, hit.on === null ? null : formatDay(hit.on)].filter(
    (part): part is string => part !== null && part !== undefined && part !== '',
  );
  const inside = (
    <>
      <span className="sr-head">
        <strong>
          <Marked text={hit.name} marks={hit.nameMarks} />
        </strong>
        <span className="jy-secondary">{facts.join('　')}</span>
      </span>
      {hit.snippet !== null && (
        <span className="sr-snippet">
          <Marked text={hit.snippet} marks={hit.marks} />
        </span>
      )}
    </>
  );
  return <li>{hit.opens === null ? <div className="sr-hit">{inside}</div> : open(hit.opens, inside)}</li>;
}

/** The search: a field, what narrows it, and what was found, kind by kind. The same on desk and phone; `open` makes a hit a link. */
export function Results({
  narrowed,
  narrow,
  open,
}: {
  readonly narrowed: Narrowed;
  readonly narrow: (next: Narrowed) => void;
  readonly open: (to: string, inside: ReactNode) => ReactNode;
}) {
  const asked = useSyncExternalStore(onAsked, askedNow);
  const [typed, setTyped] = useState(asked);
  const [short, setShort] = useState(false);
  const [all, setAll] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const inCase = narrowed.caseId !== undefined;
  const kinds = useKinds(inCase);
  const kind = kinds.find((k) => k === narrowed.kind);
  const period = PERIODS.find(([key]) => key === narrowed.period);
  const long = wordsOf(asked).length > 0;

  useEffect(() => {
    setTyped(asked);
    setShort(asked !== '' && wordsOf(asked).length === 0);
  }, [asked]);
  useEffect(() => {
    if (askedNow() === '') field.current?.focus();
  }, []);

  // What was found among all kinds stays beside the list of one kind.
  const [everything, setEverything] = useState<{ asked: string; kinds: readonly SearchKind[] }>({ asked: '', kinds: [] });
  const found = useInfiniteQuery({
    queryKey: ['search', asked, kind ?? '', period?.[0] ?? '', narrowed.caseId ?? ''],
    queryFn: ({ pageParam, signal }) =>
      call(search, {
        body: {
          typed: asked,
          ...(kind === undefined ? {} : { kind }),
          ...(period === undefined ? {} : { from: dayBefore(period[2]) }),
          ...(narrowed.caseId === undefined ? {} : { caseId: narrowed.caseId }),
          ...(pageParam === '' ? {} : { after: pageParam }),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => (kind === undefined ? undefined : (last.sections[0]?.next ?? undefined)),
    enabled: long,
    // Every asking is recorded as a reading: nothing is asked again behind the person's back.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    gcTime: 60_000,
  });

  const first = found.data?.pages[0]?.sections;
  useEffect(() => {
    if (kind === undefined && first !== undefined) setEverything({ asked, kinds: first.map((s) => s.kind) });
  }, [kind, asked, first]);
  const hitKinds = everything.asked === asked ? everything.kinds : [];

  // Up and down go from hit to hit, as j and k do; from the field, down goes to the first.
  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      const at = e.target as HTMLElement;
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
      if (e.ctrlKey || e.metaKey || e.altKey || (typing && at !== field.current)) return;
      const step = e.key === 'ArrowDown' || (!typing && e.key === 'j') ? 1 : e.key === 'ArrowUp' || (!typing && e.key === 'k') ? -1 : 0;
      if (step === 0) return;
      const hits = [...(box.current?.querySelectorAll<HTMLElement>('a.sr-hit') ?? [])];
      const now = hits.indexOf(at);
      if (now === 0 && step === -1) field.current?.focus();
      else hits[Math.max(0, Math.min(hits.length - 1, now + step))]?.focus();
      e.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const pages = found.data?.pages ?? [];
  const sections =
    kind === undefined
      ? (pages[0]?.sections ?? [])
      : pages.length === 0
        ? []
        : [{ kind, hits: pages.flatMap((p) => p.sections[0]?.hits ?? []), next: null }].filter((s) => s.hits.length > 0);
  // Kinds with hits stand there, and the chosen one; before anything is found, the usual ones.
  const near = [...(hitKinds.length > 0 ? hitKinds : USUAL), ...(kind === undefined ? [] : [kind])];
  return (
    <div className="sr" ref={box}>
      <form
        aria-label="查找"
        className="sr-form"
        onSubmit={(e) => {
          e.preventDefault();
          setShort(typed.trim() !== '' && wordsOf(typed).length === 0);
          lookFor(typed);
        }}
      >
        <label htmlFor="sr-text">{inCase ? '在这个个案里查找' : '要找的字'}</label>
        <input
          id="sr-text"
          ref={field}
          type="search"
          enterKeyHint="search"
          autoComplete="off"
          maxLength={40}
          placeholder="两个字起；人员、站点、联动单位可用拼音或首字母"
          value={typed}
          aria-invalid={short}
          aria-describedby={short ? 'sr-short' : undefined}
          onChange={(e) => {
            setTyped(e.target.value);
            setShort(false);
          }}
        />
        <button type="submit">查找</button>
      </form>
      {short && (
        <p className="sr-short" id="sr-short" role="alert">
          请至少写两个字。
        </p>
      )}
      <div className="sr-narrow">
        <fieldset>
          <legend className="sr-hidden">种类</legend>
          <button type="button" aria-pressed={kind === undefined} onClick={() => narrow({ ...narrowed, kind: undefined })}>
            全部
          </button>
          {kinds
            .filter((k) => all || near.includes(k))
            .map((k) => (
              <button key={k} type="button" aria-pressed={kind === k} onClick={() => narrow({ ...narrowed, kind: k })}>
                {searchKindLabels[k]}
              </button>
            ))}
          {kinds.some((k) => !near.includes(k)) && (
            <button type="button" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? '收起' : '更多种类'}
            </button>
          )}
        </fieldset>
        {kinds.includes('request') && (
          <select
            aria-label="时间"
            value={period?.[0] ?? ''}
            onChange={(e) => narrow({ ...narrowed, period: e.target.value === '' ? undefined : e.target.value })}
          >
            <option value="">不限时间</option>
            {PERIODS.map(([key, says]) => (
              <option key={key} value={key}>
                {says}
              </option>
            ))}
          </select>
        )}
        {inCase && (
          <button type="button" onClick={() => narrow({ ...narrowed, caseId: undefined })}>
            到全部范围查找
          </button>
        )}
      </div>
      {!long ? (
        <EmptyState
          title="写两个字，就能查找"
          hint="只查您看得到的。要找的字不会留在网址里，刷新以后请再写一次。服务对象请写全名、证件号码或电话。"
        />
      ) : found.error !== null ? (
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <p className="jy-secondary" role="status">
          正在查找
        </p>
      ) : sections.length === 0 ? (
        <EmptyState
          title="在您看得到的范围内没有找到"
          hint={
            kind === 'recipient' || (kind === undefined && kinds.includes('recipient'))
              ? '换个说法，或去掉筛选再查。服务对象要写全名、证件号码或电话；别的站点有没有在办个案，在建立个案时查。'
              : '换个说法，或去掉筛选再查。'
          }
        />
      ) : (
        sections.map((section) => (
          <section key={section.kind} className="jy-card sr-section" aria-labelledby={`sr-${section.kind}`}>
            <h2 id={`sr-${section.kind}`}>{searchKindLabels[section.kind]}</h2>
            <ul>
              {section.hits.map((hit) => (
                <Hit key={hit.id} kind={section.kind} hit={hit} open={open} />
              ))}
            </ul>
            {kind === undefined && (section.next !== null || section.hits.length >= MOST_OF_A_KIND) && (
              <button type="button" className="sr-more" onClick={() => narrow({ ...narrowed, kind: section.kind })}>
                更多{searchKindLabels[section.kind]}
              </button>
            )}
          </section>
        ))
      )}
      {found.hasNextPage && (
        <button type="button" className="sr-more" disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {found.isFetchingNextPage ? '正在查找' : '看更多'}
        </button>
      )}
    </div>
  );
}

/** A section that is full may have more behind it. */
const MOST_OF_A_KIND = 5;
