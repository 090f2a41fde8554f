import type { FormDocument } from '@jieyou/core/forms/document.ts';
import { readFormAnswer, saveFormAnswer, signFormAnswer, submitFormAnswer } from '@jieyou/core/forms/endpoints.ts';
import { alertsOf, type FormAnswerValue, type FormFacts, type FormValues, fill } from '@jieyou/core/forms/filling.ts';
import { scoresOf } from '@jieyou/core/forms/scale.ts';
import type { FormAnswer } from '@jieyou/core/forms/schema.ts';
import { formText } from '@jieyou/core/signatures/rules.ts';
import { useEffect, useRef, useState } from 'react';
import { useAct } from '../house/ask.ts';
import { ApiError, call } from '../house/client.ts';
import { clockTime, now, today } from '../house/format.ts';
import { useKept } from '../house/kept.ts';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { hashHere, Signing } from '../house/Signing.tsx';
import { Scores } from './FormScores.tsx';
import { FormSections } from './FormSections.tsx';
import '../house/reading.css';
import './forms.css';

const PAUSE = 1200;

/** What is typed on this device, and the version of the draft to which it belongs. */
type Kept = { readonly values: FormValues | null; readonly base: number };

/**
 * A form while it is filled: shown and checked by the same rules as on the server, kept on this device with every key and on the server a
 * moment later. Where the draft was saved elsewhere meanwhile, both sides are named and nothing is overwritten.
 */
export function FormFill({
  answer,
  done,
  reread,
}: {
  readonly answer: FormAnswer;
  readonly done: () => void;
  readonly reread: () => void;
}) {
  const document = answer.document as FormDocument;
  const facts = answer.facts as FormFacts;
  // Through the same rules, so that both sides say the same in the same order.
  const stored = fill(document, answer.values as FormValues, facts, today()).kept;
  const draft = useKept<Kept>(`form.${answer.id}`, { values: null, base: answer.version });
  const values = draft.value.values ?? stored;
  const [told, setTold] = useState(false);
  const [signerId, setSignerId] = useState('');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [saved, setSaved] = useState('');
  const [error, setError] = useState<unknown>(null);
  const version = useRef(answer.version);
  const latest = useRef<FormValues | null>(null);
  const timer = useRef<number | undefined>(undefined);
  const saving = useRef<Promise<void>>(Promise.resolve());
  const submit = useAct(submitFormAnswer, () => {
    draft.clear();
    done();
  });
  const sign = useAct(signFormAnswer);
  const { kept, shown, problems } = fill(document, values, facts, today());
  const signed = formText(answer, kept);
  const [hash, setHash] = useState(answer.signing?.hash ?? '');
  const asksHands = answer.signing !== null;
  useEffect(() => {
    let over = false;
    if (asksHands)
      void hashHere(signed).then((found) => {
        if (!over && found !== null) setHash(found);
      });
    return () => {
      over = true;
    };
  }, [asksHands, signed]);
  // Asked once: what this page saves itself is no other side.
  const [differs, setDiffers] = useState(
    draft.value.values !== null && draft.value.base !== answer.version && JSON.stringify(kept) !== JSON.stringify(stored),
  );
  const set = useRef(draft.set);
  set.current = draft.set;

  const save = () => {
    window.clearTimeout(timer.current);
    const typed = latest.current;
    if (typed === null) return;
    latest.current = null;
    const body = fill(document, typed, facts, today());
    saving.current = saving.current.then(async () => {
      try {
        const written = await call(saveFormAnswer, {
          params: { id: answer.id },
          body: { values: body.kept as never, version: version.current },
        });
        version.current = written.version;
        set.current({ values: latest.current ?? typed, base: written.version });
        setSaved(`已保存 ${clockTime(now())}`);
        setError(null);
      } catch (failed) {
        // Without a network what was typed stays on this device and goes with the next key or with the submission.
        if (failed instanceof ApiError && (failed.kind === 'offline' || failed.kind === 'unavailable')) setSaved('');
        else setError(failed);
        if (failed instanceof ApiError && failed.code === 'record.changed-meanwhile') reread();
      }
    });
  };
  const flush = useRef(save);
  flush.current = save;
  useEffect(() => () => flush.current(), []);

  const change = (key: string, value: FormAnswerValue) => {
    const next = { ...values, [key]: value };
    latest.current = next;
    setSaved('');
    draft.set({ values: next, base: draft.value.values === null ? version.current : draft.value.base });
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => flush.current(), PAUSE);
  };
  const send = async () => {
    setTold(true);
    if (problems.length > 0) {
      // What is missing stands above the button: the page goes there.
      window.setTimeout(() => window.document.querySelector('.fm-form .rd-error')?.scrollIntoView({ block: 'center' }), 0);
      return;
    }
    window.clearTimeout(timer.current);
    latest.current = null;
    await saving.current;
    submit.mutate({ params: { id: answer.id }, body: { values: kept as never, version: version.current, signerId: signerId || null } });
  };

  /** What is signed is what is shown: kept first, where the platform is reached. */
  const beforeSigning = async (): Promise<string> => {
    flush.current();
    await saving.current;
    const here = await hashHere(signed);
    if (here !== null) return here;
    const found = (await call(readFormAnswer, { params: { id: answer.id } })).signing?.hash ?? '';
    setHash(found);
    return found;
  };

  if (differs)
    return (
      <div className="fm-form">
        <section className="fm-two" role="alert">
          <strong>这份草稿在别处保存过，和本机的不一样。</strong>
          <p>请选用哪一份，另一份不再保留。</p>
          <div className="fm-foot">
            <button
              type="button"
              className="fm-button"
              onClick={() => {
                setDiffers(false);
                version.current = answer.version;
                latest.current = values;
                draft.set({ values, base: answer.version });
                flush.current();
              }}
            >
              用本机的
            </button>
            <button
              type="button"
              className="fm-button fm-second"
              onClick={() => {
                setDiffers(false);
                version.current = answer.version;
                draft.clear();
              }}
            >
              用已保存的
            </button>
          </div>
          <ul>
            {document.sections.flatMap((s) =>
              s.fields
                .filter((f) => JSON.stringify(kept[f.key] ?? null) !== JSON.stringify(stored[f.key] ?? null))
                .map((f) => <li key={f.key}>{f.label}</li>),
            )}
          </ul>
        </section>
      </div>
    );
  const scores = scoresOf(document, kept);
  const alerts = alertsOf(document, kept, facts);
  const waits = submit.isPaused;
  return (
    <form
      className="fm-form"
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void send();
      }}
    >
      {document.note === '' ? null : <p className="rd-says">{document.note}</p>}
      <FormSections
        document={document}
        shown={shown}
        kept={kept}
        facts={facts}
        values={values}
        problemsOf={(key) => (told || left.has(key) ? problems.filter((p) => p.field === key).map((p) => p.says) : [])}
        change={change}
        // What was never answered is asked for at the end; leaving it for another field is no mistake.
        leave={(key) => (values[key] === undefined ? undefined : setLeft((was) => new Set(was).add(key)))}
      />
      {scores.length > 0 ? <Scores results={scores} /> : null}
      {alerts.length > 0 ? (
        <section className="fm-alerts" role="alert">
          {alerts.map((says) => (
            <p key={says}>{says}</p>
          ))}
        </section>
      ) : null}
      {answer.signing === null ? null : (
        <section aria-labelledby="fm-section-hands">
          <h2 id="fm-section-hands">签名</h2>
          <p className="rd-quiet">填好再签。签名以后再改内容，要重新签。</p>
          <Signing
            sheet={answer.signing}
            hash={hash}
            prepare={beforeSigning}
            take={(draft) => sign.mutateAsync({ params: { id: answer.id }, body: draft })}
            error={sign.error}
            workerName={answer.authorName}
          />
        </section>
      )}
      {answer.signers.length === 0 ? null : (
        <div className="fm-field">
          <label className="fm-label" htmlFor="fm-signer">
            送给谁签
          </label>
          <select id="fm-signer" className="fm-input fm-short" value={signerId} onChange={(e) => setSignerId(e.target.value)}>
            <option value="">本站站长</option>
            {answer.signers.map((s) => (
              <option key={s.id} value={s.id}>
                {s.name}（督导）
              </option>
            ))}
          </select>
          <div className="rd-quiet">督导只看得到这一张表，签了或退回以后不再看得到。</div>
        </div>
      )}
      <RefusalNotice error={submit.error ?? error} />
      <div className="fm-foot">
        <button type="submit" className="fm-button" disabled={submit.isPending}>
          {waits
            ? '等网络接通'
            : submit.isPending
              ? '正在提交…'
              : document.signer === 'nobody'
                ? '提交'
                : signerId === ''
                  ? '提交，送站长签'
                  : '提交，送督导签'}
        </button>
        <span className="rd-quiet" role="status">
          {waits ? '现在没有网络。写的都在本机，接通后自动提交。' : saved || draft.says}
        </span>
      </div>
      {told && problems.length > 0 ? (
        <div className="rd-error" role="alert">
          还有 {problems.length} 处没有填好，请看上面的提示。
        </div>
      ) : null}
    </form>
  );
}
