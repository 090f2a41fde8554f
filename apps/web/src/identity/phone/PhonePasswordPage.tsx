import { changePassword } from '@jieyou/core/identity/endpoints.ts';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../house/client.ts';
import { PhonePage } from '../../house/PhonePage.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { useSession, useSessionState } from '../../house/session.tsx';

/** Changing one's password on the phone. */
export default function PhonePasswordPage() {
  const { stage } = useSession();
  const { take } = useSessionState();
  const navigate = useNavigate();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const forced = stage === 'change-password';
  const differs = again !== '' && again !== next;
  return (
    <PhonePage title={forced ? '请先设一个自己的密码' : '修改密码'} back={!forced}>
      <form
        className="ph-form ph-card"
        onSubmit={async (e) => {
          e.preventDefault();
          setBusy(true);
          setError(null);
          try {
            const session = await call(changePassword, { body: { current, next } });
            await take(session);
            await navigate({ to: session.stage === 'enrol-second-factor' ? '/me/second-factor' : '/', replace: true });
          } catch (e2) {
            setError(e2);
          } finally {
            setBusy(false);
          }
        }}
      >
        <div className="ph-field">
          <label htmlFor="current">{forced ? '一次性密码' : '现在的密码'}</label>
          <input
            id="current"
            type="password"
            autoComplete="current-password"
            value={current}
            onChange={(e) => setCurrent(e.target.value)}
          />
        </div>
        <div className="ph-field">
          <label htmlFor="next">新密码</label>
          <input
            id="next"
            type="password"
            autoComplete="new-password"
            aria-describedby="next-hint"
            value={next}
            onChange={(e) => setNext(e.target.value)}
          />
          <span id="next-hint" className="jy-secondary">
            至少 10 个字。一句自己记得住的话，比一串符号更安全。
          </span>
        </div>
        <div className="ph-field">
          <label htmlFor="again">再输入一次新密码</label>
          <input
            id="again"
            type="password"
            autoComplete="new-password"
            aria-invalid={differs}
            value={again}
            onChange={(e) => setAgain(e.target.value)}
          />
          {differs && <span role="alert">两次输入的新密码不一样</span>}
        </div>
        <RefusalNotice error={error} />
        <button type="submit" className="ph-button" disabled={busy || current === '' || next.length < 10 || again !== next}>
          {forced ? '设好并继续' : '修改密码'}
        </button>
      </form>
    </PhonePage>
  );
}
