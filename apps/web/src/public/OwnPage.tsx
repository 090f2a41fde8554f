import { spacedCode } from '@jieyou/core/appeals/rules.ts';
import { appealStatusLabels, ownStepLabels } from '@jieyou/core/texts/appealsLabels.ts';
import { useState } from 'react';
import { look, type OwnAppeal, sentenceOf, takeBack } from './ask.ts';
import { whenWords } from './words.ts';

const digits = (text: string): string => text.normalize('NFKC').replace(/\D/g, '').slice(0, 16);

/** State and answers behind a receipt code. The code stays in this field: it is in no address and in no memory. */
export default function OwnPage({ onHome }: { readonly onHome: () => void }) {
  const [code, setCode] = useState('');
  const [own, setOwn] = useState<OwnAppeal | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [sure, setSure] = useState(false);

  const run = async (act: (code: string) => Promise<OwnAppeal>) => {
    setBusy(true);
    setError(null);
    try {
      setOwn(await act(code));
      setSure(false);
    } catch (e) {
      setError(sentenceOf(e));
    } finally {
      setBusy(false);
    }
  };

  if (own === null)
    return (
      <section>
        <h1>看答复</h1>
        <form
          onSubmit={(e) => {
            e.preventDefault();
            void run(look);
          }}
        >
          <label className="p-field">
            <span>回执码（16 位数字）</span>
            <input
              className="p-code-input"
              inputMode="numeric"
              autoComplete="off"
              value={spacedCode(code)}
              onChange={(e) => setCode(digits(e.target.value))}
            />
          </label>
          {error !== null && (
            <p role="alert" className="p-error">
              {error}
            </p>
          )}
          <button type="submit" className="p-main-button" disabled={busy || code.length !== 16}>
            查看
          </button>
        </form>
        <p className="p-small">忘了回执码，可以直接打电话给社工站。为了您的安全，我们不能按姓名或电话替您查。</p>
        <button type="button" className="p-back" onClick={onHome}>
          返回
        </button>
      </section>
    );
  return (
    <section>
      <h1>{appealStatusLabels[own.status]}</h1>
      <p>
        {own.stationName}
        {own.stationPhone === null ? '' : `，电话 ${own.stationPhone}`}
        {own.dueAt !== null && own.status === 'waiting' ? `。${whenWords(own.dueAt)}前答复您` : ''}
      </p>
      <ol className="p-timeline">
        {[...own.steps].reverse().map((s) => (
          <li key={`${s.at}${s.kind}`}>
            <time dateTime={s.at}>{whenWords(s.at)}</time>
            <b>{ownStepLabels[s.kind]}</b>
            {s.says !== null && <p className="p-answer">{s.says}</p>}
          </li>
        ))}
      </ol>
      {error !== null && (
        <p role="alert" className="p-error">
          {error}
        </p>
      )}
      {own.mayWithdraw &&
        (sure ? (
          <div className="p-danger">
            <p>撤回后，社工站不再联系您。以后需要时可以重新求助。</p>
            <button type="button" className="p-second-button" disabled={busy} onClick={() => void run(takeBack)}>
              确定撤回
            </button>
            <button type="button" className="p-back" onClick={() => setSure(false)}>
              不撤回
            </button>
          </div>
        ) : (
          <button type="button" className="p-second-button" onClick={() => setSure(true)}>
            撤回求助
          </button>
        ))}
      <button type="button" className="p-back" onClick={onHome}>
        返回
      </button>
    </section>
  );
}
