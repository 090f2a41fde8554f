import { mergeChange } from '@jieyou/core/pocket/rules.ts';
import { submitSupportRequest, updateSupportRequest } from '@jieyou/core/support/endpoints.ts';
import { submissionGaps } from '@jieyou/core/support/rules.ts';
import type { RequestDraft } from '@jieyou/core/support/schema.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, call } from '../house/client.ts';
import { forget, recall, remember } from '../house/memory.ts';
import { pocket } from '../house/pocket.ts';
import { useSession } from '../house/session.tsx';
import { afterMove, keys, type RequestFileData, useRequest } from './queries.ts';

/** Everything that a worker fills in, with no gaps: the form's values. */
export type DraftValues = Required<{ [K in keyof RequestDraft]: Exclude<RequestDraft[K], undefined> }>;

/** Where the autosave stands; the form says it in words. */
export type SaveState = {
  readonly kind: 'idle' | 'waiting' | 'saving' | 'saved' | 'failed' | 'conflict';
  readonly at: Date | null;
  readonly says: string;
};

const valuesOf = (file: RequestFileData): DraftValues | null =>
  file.content === null
    ? null
    : {
        domain: file.domain,
        helpFields: file.helpFields,
        risk: file.risk,
        story: file.content.story,
        tried: file.content.tried,
        asks: file.content.asks,
        wishes: file.content.wishes,
        checklist: file.content.checklist,
      };

const two = (n: number): string => String(n).padStart(2, '0');
const clock = (at: Date): string => `${two(at.getHours())}:${two(at.getMinutes())}`;

/** A pause in typing after which a draft is saved, in milliseconds. */
const PAUSE = 900;

/** Where the words are that were not saved. */
const failedWords = (error: unknown): string => {
  if (!(error instanceof ApiError)) return '没有保存成功，内容还在这里';
  return error.kind === 'offline' && pocket() !== null ? '没有网络，写的加密存在这台手机里，接通后自动保存。' : error.sentence;
};

/** What could not be saved, with the version that it was written upon. */
type Unsaved = { readonly version: number; readonly patch: RequestDraft; readonly base?: RequestDraft };

/**
 * A request's draft that saves itself. Typed text is never thrown away: what could not be saved stays in the form and on this
 * device, also when the session ended meanwhile. Where a draft was changed elsewhere, other fields go on together; the same field is
 * shown beside one's own instead of being overwritten.
 */
export const useRequestDraft = (id: string) => {
  const client = useQueryClient();
  const file = useRequest(id);
  const { refetch } = file;
  const unsaved = `draft.${useSession().account.id}.request.${id}`;
  const [values, setValues] = useState<DraftValues | null>(null);
  const [save, setSave] = useState<SaveState>({ kind: 'idle', at: null, says: '' });
  const [theirs, setTheirs] = useState<DraftValues | null>(null);
  const version = useRef(0);
  const dirty = useRef<RequestDraft>({});
  /** What the touched fields were before they were touched: it tells whether somebody else changed them too. */
  const base = useRef<RequestDraft>({});
  /** Whether this device keeps what is not saved yet. */
  const kept = useRef(true);
  const shown = useRef<DraftValues | null>(null);
  shown.current = values;
  const timer = useRef<number | undefined>(undefined);
  const running = useRef<Promise<boolean> | null>(null);
  const flushNow = useRef<() => Promise<boolean>>(() => Promise.resolve(true));

  const keep = useCallback(
    (upon: number) => {
      kept.current = remember(unsaved, { version: upon, patch: dirty.current, base: base.current } satisfies Unsaved);
    },
    [unsaved],
  );

  const loaded = file.data;
  useEffect(() => {
    if (loaded === undefined) return;
    // While something is unsaved, the form's own version counts: a newer one must come up as a conflict, not be taken silently.
    if (Object.keys(dirty.current).length > 0) return;
    const fresh = valuesOf(loaded);
    const left = version.current === 0 && loaded.status === 'draft' ? recall<Unsaved>(unsaved) : null;
    version.current = Math.max(version.current, left?.version ?? loaded.version);
    if (left === null || fresh === null) {
      setValues((now) => now ?? fresh);
      return;
    }
    dirty.current = left.patch;
    base.current = left.base ?? {};
    setValues({ ...fresh, ...left.patch } as DraftValues);
    void flushNow.current();
  }, [loaded, unsaved]);

  const flush = useCallback((): Promise<boolean> => {
    window.clearTimeout(timer.current);
    if (running.current !== null) return running.current.then(() => (Object.keys(dirty.current).length > 0 ? flush() : true));
    const patch = dirty.current;
    if (Object.keys(patch).length === 0) return Promise.resolve(true);
    const was = base.current;
    dirty.current = {};
    base.current = {};
    setSave((s) => ({ ...s, kind: 'saving', says: '正在保存' }));
    const upon = version.current;
    const work: Promise<boolean> = call(updateSupportRequest, { params: { id }, body: { ...patch, version: upon } })
      .then((written) => {
        version.current = written.version;
        // Written on meanwhile, it is not all saved yet.
        if (Object.keys(dirty.current).length > 0) {
          keep(written.version);
          setSave((s) => ({ ...s, kind: 'waiting', says: '' }));
          return true as boolean | 'again';
        }
        forget(unsaved);
        const at = new Date();
        setSave({ kind: 'saved', at, says: `已保存 ${clock(at)}` });
        return true as boolean | 'again';
      })
      .catch(async (error: unknown) => {
        dirty.current = { ...patch, ...dirty.current };
        base.current = { ...base.current, ...was };
        keep(upon);
        if (error instanceof ApiError && error.code === 'record.changed-meanwhile') {
          const fresh = (await refetch()).data;
          const found = fresh === undefined ? null : valuesOf(fresh);
          if (fresh !== undefined && found !== null) {
            version.current = fresh.version;
            const { goesOn, clashes } = mergeChange<DraftValues>(base.current as never, dirty.current as never, found);
            if (clashes.length === 0) {
              dirty.current = goesOn;
              base.current = Object.fromEntries(Object.keys(goesOn).map((field) => [field, found[field as keyof DraftValues]]));
              setValues({ ...found, ...goesOn });
              if (Object.keys(goesOn).length === 0) forget(unsaved);
              return 'again';
            }
            setTheirs(found);
          }
          setSave((s) => ({ ...s, kind: 'conflict', says: '这份草稿在别处也改过，请选择保留哪一份' }));
        } else {
          setSave((s) => ({ ...s, kind: 'failed', says: failedWords(error) }));
        }
        return false;
      })
      .finally(() => {
        running.current = null;
      })
      .then((done) => (done === 'again' ? flushNow.current() : done));
    running.current = work;
    return work;
  }, [id, keep, refetch, unsaved]);
  flushNow.current = flush;

  const change = useCallback(
    (patch: Partial<DraftValues>) => {
      setValues((now) => (now === null ? now : { ...now, ...patch }));
      for (const field of Object.keys(patch) as (keyof DraftValues)[])
        if (!Object.hasOwn(base.current, field) && shown.current !== null)
          base.current = { ...base.current, [field]: shown.current[field] };
      dirty.current = { ...dirty.current, ...patch };
      // Each word is kept as it is written, and enciphered on a phone that carries something; saved is said of all or of nothing.
      keep(version.current);
      setSave((s) => (s.kind === 'conflict' ? s : { ...s, kind: 'waiting', says: '' }));
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => void flush(), PAUSE);
    },
    [flush, keep],
  );

  // Leaving the page by a link saves at once; closing the tab with text that this device could not keep asks first.
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (!kept.current && (Object.keys(dirty.current).length > 0 || running.current !== null)) event.preventDefault();
    };
    const again = () => void flush();
    window.addEventListener('beforeunload', warn);
    // What could not be saved without a connection is saved as soon as there is one.
    window.addEventListener('online', again);
    return () => {
      window.removeEventListener('beforeunload', warn);
      window.removeEventListener('online', again);
      void flush().then(() => client.invalidateQueries({ queryKey: keys.request(id) }));
    };
  }, [client, flush, id]);

  const keepMine = useCallback(() => {
    setTheirs(null);
    setSave((s) => ({ ...s, kind: 'waiting', says: '' }));
    void flush();
  }, [flush]);

  const takeTheirs = useCallback(() => {
    dirty.current = {};
    base.current = {};
    forget(unsaved);
    setValues(theirs);
    setTheirs(null);
    setSave({ kind: 'idle', at: null, says: '' });
  }, [theirs, unsaved]);

  const submit = useCallback(async () => {
    if (!(await flush())) return null;
    const sent = await call(submitSupportRequest, { params: { id }, body: { version: version.current } });
    await afterMove(client);
    return sent;
  }, [client, flush, id]);

  return { file, values, change, flush, save, theirs, keepMine, takeTheirs, submit };
};

/** What is missing, by field. */
export type Gaps = Partial<Record<keyof DraftValues, string>>;

/** What is said beside a field that is missing or too short. */
const wordsOf = (paths: readonly string[], values: DraftValues): Gaps => {
  const urgent = values.checklist.imminentRisk === true;
  const gaps: Gaps = {};
  for (const path of paths) {
    const name = path.split('.')[0] as keyof DraftValues;
    if (name === 'story') gaps.story = urgent ? '请用一句话写下正在发生什么' : '请写下现在的情况，至少 20 个字';
    else if (name === 'tried') gaps.tried = '请写下已经做过什么；还没做过，也写一句';
    else if (name === 'asks') gaps.asks = '请写下希望得到什么支持';
    else if (name === 'domain') gaps.domain = '请选择问题领域，中心按它找专家';
    else if (name === 'helpFields') gaps.helpFields = '请至少选一个所需专业';
    else if (name === 'checklist') {
      gaps.checklist = `还有 ${paths.filter((p) => p.startsWith('checklist.')).length} 题没有回答`;
    } else gaps[name] = '请填写';
  }
  return gaps;
};

/** What a submission needs, by the same rule as the server's, so that nobody waits to hear it. */
export const gapsNow = (values: DraftValues): Gaps =>
  wordsOf(submissionGaps({ ...values, story: values.story.trim(), tried: values.tried.trim(), asks: values.asks.trim() }), values);

/** What a submission still lacks, by field name, from the refusal's facts; empty when the refusal is another one. */
export const gapsOf = (error: unknown, values: DraftValues): Gaps => {
  if (!(error instanceof ApiError) || error.code !== 'support.incomplete') return {};
  const named = error.facts['fields'];
  return Array.isArray(named) ? wordsOf(named as readonly string[], values) : {};
};

/** Hints under the questions of the self-assessment (界定); their wording itself comes from the rule pack. */
export const checklistHints: Readonly<Record<string, string>> = {
  imminentRisk: '如自杀或伤人的念头与举动、正在发生的暴力、无人照看的婴幼儿',
  problemsAtOnce: '如既有疾病又有债务，牵一发而动全身',
  lackOfResources: '找过，没有，或不够用',
};

/** The question that comes before all others; it is the platform's own and not part of a pack. */
export const imminentRiskLabel = '现在有人身安全的迫切危险';

/** Numbers to call at once when somebody's life is in danger; the lane alerts the centre, it does not replace them. */
export const emergencyNumbers: readonly { readonly number: string; readonly says: string }[] = [
  { number: '110', says: '正在发生的暴力、人身威胁' },
  { number: '120', says: '受伤、服药、昏迷' },
  { number: '12356', says: '心理援助热线，全天' },
];
