import { confirmSecondFactor, startSecondFactor } from '@jieyou/core/identity/endpoints.ts';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../house/client.ts';
import { PhonePage } from '../../house/PhonePage.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { useSession, useSessionState } from '../../house/session.tsx';

/** Binding an authenticator on the phone itself: a phone cannot scan its own screen, so it opens the app or copies the key. */
export default function PhoneSecondFactorPage() {
  const { stage } = useSession();
  const { take } = useSessionState();
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  const [started, setStarted] = useState<{ uri: string; secret: string } | null>(null);
  const [code, setCode] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const run = async (act: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await act();
    } catch (e) {
      setError(e);
    } finally {
      setBusy(false);
    }
  };
  return (
    <PhonePage title="绑定动态口令" back={stage === 'full'}>
      {started === null ? (
        <form
          className="ph-form ph-card"
          onSubmit={(e) => {
            e.preventDefault();
            void run(async () => setStarted(await call(startSecondFactor, { body: { password } })));
          }}
        >
          <p>绑定后，登录时除了密码，还要输入验证器里会变的 6 位数字。</p>
          <div className="ph-field">
            <label htmlFor="password">先输入您的密码</label>
            <input
              id="password"
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={(e) => setPassword(e.target.value)}
            />
          </div>
          <RefusalNotice error={error} />
          <button type="submit" className="ph-button" disabled={busy || password === ''}>
            开始绑定
          </button>
        </form>
      ) : (
        <form
          className="ph-form ph-card"
          onSubmit={(e) => {
            e.preventDefault();
            void run(async () => {
              await take(await call(confirmSecondFactor, { body: { code: code.replace(/\s/g, '') } }));
              await navigate({ to: '/', replace: true });
            });
          }}
        >
          <a className="ph-button ph-quiet" href={started.uri}>
            在手机的验证器里打开
          </a>
          <p>打不开时，在验证器里手工输入这个密钥：</p>
          <p>
            <strong style={{ overflowWrap: 'anywhere', userSelect: 'all' }}>{started.secret}</strong>
          </p>
          <div className="ph-field">
            <label htmlFor="code">验证器里显示的 6 位数字</label>
            <input
              id="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={12}
              value={code}
              onChange={(e) => setCode(e.target.value)}
            />
          </div>
          <RefusalNotice error={error} />
          <button type="submit" className="ph-button" disabled={busy || code.trim().length < 6}>
            完成绑定
          </button>
        </form>
      )}
    </PhonePage>
  );
}
