import { pocketState } from '@jieyou/core/pocket/rules.ts';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { onSignedOut } from '../house/client.ts';
import { forgetPocket } from '../house/pocket.ts';
import { askAlways } from './asking.ts';
import type { PocketEngine } from './engine.ts';
import { closePocket, lookAtDoor, openEngine, tryPin } from './open.ts';
import { PinField } from './PinField.tsx';
import { wipedWords } from './words.ts';
import '../house/phonePage.css';
import './pocket.css';

type Door = Awaited<ReturnType<typeof lookAtDoor>>;

const LOOK_EVERY_MS = 30_000;

/** Asks for the PIN before anything that the phone carries is shown, and again after a while without a touch. */
export function PocketGate({ children }: { readonly children: ReactNode }) {
  const [door, setDoor] = useState<Door | 'open' | null>(null);
  const look = useCallback(() => void lookAtDoor().then(setDoor), []);
  useEffect(look, [look]);
  useEffect(() => onSignedOut((revoked) => revoked && setDoor({ kind: 'wiped', why: 'revoked' })), []);
  if (door === null) return <p className="ph-waiting">正在打开</p>;
  if (door === 'open')
    return (
      <Opened close={look} over={() => setDoor({ kind: 'wiped', why: 'over' })}>
        {children}
      </Opened>
    );
  if (door.kind === 'none') return <>{children}</>;
  return (
    <main className="ph ph-page ph-content">
      <h1>解忧</h1>
      {door.kind === 'wiped' ? (
        <section className="ph-card" role="alert">
          <p>{wipedWords[door.why]}</p>
          <p className="jy-secondary">登录后可以重新打开离线使用。已送到平台的都在。</p>
          <button type="button" className="ph-button" onClick={() => setDoor({ kind: 'none' })}>
            继续
          </button>
        </section>
      ) : door.kind === 'set-back' ? (
        <section className="ph-card" role="alert">
          <p>手机的时间比上次用的时候还早，现在不能打开离线资料。</p>
          <p className="jy-secondary">连上网络，或把时间调准后再试。写好的都在。</p>
          <button type="button" className="ph-button" onClick={look}>
            再试一次
          </button>
        </section>
      ) : (
        <AskPin left={door.left} answer={(next) => setDoor('kind' in next ? next : 'open')} />
      )}
    </main>
  );
}

function AskPin({ left, answer }: { readonly left: number; readonly answer: (next: PocketEngine | Door) => void }) {
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<number | null>(null);
  const [giving, setGiving] = useState(false);
  const send = async () => {
    setBusy(true);
    const next = await tryPin(pin);
    setBusy(false);
    setPin('');
    if ('kind' in next && next.kind === 'closed') setWrong(next.left);
    else answer(next);
  };
  const remaining = wrong ?? left;
  return (
    <form
      className="ph-form ph-card"
      onSubmit={(e) => {
        e.preventDefault();
        if (pin.length === 6 && !busy) void send();
      }}
    >
      <PinField id="pin" label="离线资料的 PIN" value={pin} onChange={setPin} />
      {wrong === null && remaining === 5 ? null : (
        <p role="alert">
          {wrong === null ? '' : 'PIN 不对。'}再错 {remaining} 次，这台手机上的离线资料会清除。
        </p>
      )}
      <button type="submit" className="ph-button" disabled={busy || pin.length !== 6}>
        {busy ? '正在打开' : '打开'}
      </button>
      {giving ? (
        <>
          <p role="alert">清除后，没有送到平台的内容不能恢复。</p>
          <button type="button" className="ph-button ph-danger" onClick={() => void forgetPocket().then(() => answer({ kind: 'none' }))}>
            清除离线资料
          </button>
        </>
      ) : (
        <button type="button" className="jy-link-button" onClick={() => setGiving(true)}>
          忘记 PIN
        </button>
      )}
    </form>
  );
}

/** While it is open: hours run, a phone that lies untouched closes, and what was sent is read anew. */
function Opened({ children, close, over }: { readonly children: ReactNode; readonly close: () => void; readonly over: () => void }) {
  const queries = useQueryClient();
  const touched = useRef(performance.now());
  const [locking, setLocking] = useState(false);
  useEffect(() => {
    const takeBack = askAlways(queries);
    void openEngine()?.sync();
    const stop = openEngine()?.onSynced(() => void queries.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'readSession' }));
    return () => {
      stop?.();
      takeBack();
    };
  }, [queries]);
  useEffect(() => {
    const touch = () => {
      touched.current = performance.now();
    };
    const look = async () => {
      const meta = await openEngine()?.look();
      if (meta === undefined) return;
      const state = pocketState({ now: Date.now(), seen: meta.seen, contact: meta.contact }, meta.hours);
      if (state === 'over') {
        await forgetPocket();
        over();
      } else if (state === 'set-back' || performance.now() - touched.current > meta.lockMinutes * 60_000) setLocking(true);
    };
    const visible = () => document.visibilityState === 'visible' && void look();
    const timer = window.setInterval(() => void look(), LOOK_EVERY_MS);
    for (const name of ['pointerdown', 'keydown'] as const) window.addEventListener(name, touch);
    document.addEventListener('visibilitychange', visible);
    return () => {
      window.clearInterval(timer);
      for (const name of ['pointerdown', 'keydown'] as const) window.removeEventListener(name, touch);
      document.removeEventListener('visibilitychange', visible);
    };
  }, [over]);
  // The pages go first and leave their last words; then it closes.
  useEffect(() => {
    if (!locking) return;
    queries.clear();
    const timer = window.setTimeout(() => {
      closePocket();
      close();
    }, 300);
    return () => window.clearTimeout(timer);
  }, [locking, close, queries]);
  return locking ? <p className="ph-waiting">正在锁上</p> : <>{children}</>;
}
