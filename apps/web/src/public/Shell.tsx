import { lazy, Suspense, useEffect, useState } from 'react';
import { type District, type Start, sentenceOf, start } from './ask.ts';
import { Hotlines } from './Hotlines.tsx';
import { leave } from './leave.ts';

const AskPage = lazy(() => import('./AskPage.tsx'));
const ActivityPage = lazy(() => import('./ActivityPage.tsx'));
const OwnPage = lazy(() => import('./OwnPage.tsx'));

/** Which part of the page is open. The address never changes: it says nothing about who looks at it. */
type Part = 'home' | 'ask' | 'own' | 'activity';

/** The code of an activity whose link was opened; it says which activity, and nothing about who looks. */
const activityCode = /^\/p\/a\/([a-z0-9]{16})\/?$/.exec(location.pathname)?.[1] ?? null;

const LARGE = 'p.large';

const wantsLarge = (): boolean => {
  try {
    return localStorage.getItem(LARGE) === '1';
  } catch {
    return false;
  }
};

/** The public page: quick exit above everything, the question in the middle, whom one may call beside it. */
export function Shell() {
  const [part, setPart] = useState<Part>(activityCode === null ? 'home' : 'activity');
  const [large, setLarge] = useState(wantsLarge);
  const [found, setFound] = useState<Start | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [districtId, setDistrictId] = useState<string | null>(null);

  useEffect(() => {
    start()
      .then(setFound)
      .catch((e: unknown) => setError(sentenceOf(e)));
  }, []);
  useEffect(() => {
    document.documentElement.classList.toggle('p-large', large);
    try {
      localStorage.setItem(LARGE, large ? '1' : '0');
    } catch {
      // The choice then lasts as long as the page.
    }
  }, [large]);
  useEffect(() => {
    // Escape twice within a second leaves as well: a hand at the keyboard is faster than at the mouse.
    let last = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      if (Date.now() - last < 1000) leave();
      last = Date.now();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const district: District | undefined = found?.districts.find((d) => d.id === districtId) ?? found?.districts[0];
  return (
    <div className="p-page">
      <header className="p-top">
        <button type="button" className="p-leave" onClick={leave}>
          快速离开
        </button>
        <button type="button" className="p-quiet" aria-pressed={large} onClick={() => setLarge(!large)}>
          {large ? '普通版' : '长辈版'}
        </button>
      </header>
      <main className="p-main">
        {error !== null && (
          <p role="alert" className="p-note">
            {error}
          </p>
        )}
        {part === 'home' && (
          <Home
            ready={district !== undefined}
            answerDays={district?.answerDays ?? null}
            onAsk={() => setPart('ask')}
            onOwn={() => setPart('own')}
          />
        )}
        <Suspense fallback={<p className="p-note">正在打开…</p>}>
          {part === 'ask' && district !== undefined && found !== null && (
            <AskPage district={district} districts={found.districts} onDistrict={setDistrictId} onHome={() => setPart('home')} />
          )}
          {part === 'activity' && activityCode !== null && <ActivityPage code={activityCode} onHome={() => setPart('home')} />}
          {part === 'own' && <OwnPage onHome={() => setPart('home')} />}
        </Suspense>
      </main>
      <aside className="p-aside" aria-label="可以直接打的电话">
        <Hotlines district={district} />
      </aside>
    </div>
  );
}

function Home({
  ready,
  answerDays,
  onAsk,
  onOwn,
}: {
  readonly ready: boolean;
  readonly answerDays: number | null;
  readonly onAsk: () => void;
  readonly onOwn: () => void;
}) {
  return (
    <section>
      <h1>遇到难处，可以找社工</h1>
      <p>不用注册，不用证件，不收费。您只需要告诉我们怎样联系您才安全，其他都可以不说。</p>
      <button type="button" className="p-main-button" disabled={!ready} onClick={onAsk}>
        我要求助
      </button>
      <button type="button" className="p-second-button" onClick={onOwn}>
        我有回执码，看答复
      </button>
      <h2>接下来会怎样</h2>
      <ol className="p-steps">
        <li>您回答几个问题，大约两分钟。除了怎样联系您，都可以跳过。</li>
        <li>您会得到一个 16 位的回执码，只显示一次。</li>
        <li>您所在街道的社工站接手，{answerDays === null ? '' : `${answerDays} 个工作日内答复；`}只按您说的方式和时间联系您。</li>
        <li>您随时可以凭回执码查看、撤回。</li>
      </ol>
      <p className="p-small">
        您写的内容只有办理的社工站能看；没有选街道或有危险时，支援中心也会看到，以便马上帮助您。这个页面不放任何跟踪，关掉后不留您写的内容。
      </p>
    </section>
  );
}
