import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { useTabTitle } from '../../house/tabTitle.ts';
import '../../house/phonePage.css';
import { byDistrict, useDemoAccounts } from '../demo.ts';
import { useSigningIn } from '../signingIn.ts';

/** Signing in on the phone. */
export default function PhoneSignInPage() {
  const s = useSigningIn();
  const demo = useDemoAccounts();
  useTabTitle('登录');
  const given = demo?.rows.find((r) => r.username === s.username);
  return (
    <main className="ph ph-page ph-content">
      <div>
        <h1>解忧</h1>
        <p className="jy-secondary">疑难个案支援平台</p>
      </div>
      <form
        className="ph-form ph-card"
        onSubmit={(e) => {
          e.preventDefault();
          void s.enter();
        }}
      >
        <div className="ph-field">
          <label htmlFor="username">账号</label>
          <input
            id="username"
            autoComplete="username"
            autoCapitalize="none"
            value={s.username}
            onChange={(e) => s.setUsername(e.target.value)}
          />
        </div>
        <div className="ph-field">
          <label htmlFor="password">密码</label>
          <input
            id="password"
            type="password"
            autoComplete="current-password"
            value={s.password}
            onChange={(e) => s.setPassword(e.target.value)}
          />
        </div>
        {s.asksCode && (
          <div className="ph-field">
            <label htmlFor="code">动态口令</label>
            <input
              id="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={12}
              value={s.code}
              onChange={(e) => s.setCode(e.target.value)}
            />
            <span className="jy-secondary">打开验证器，输入现在显示的 6 位数字。</span>
            {given?.code != null && (
              <button type="button" className="jy-link-button" onClick={() => s.setCode(given.code ?? '')}>
                演示：填入 {given.code}
              </button>
            )}
          </div>
        )}
        <RefusalNotice error={s.error} />
        <button type="submit" className="ph-button" disabled={s.busy || s.username.trim() === '' || s.password === ''}>
          {s.busy ? '正在登录' : '登录'}
        </button>
        <p className="jy-secondary">忘记密码，请联系本单位的安全管理员。</p>
      </form>
      {demo !== null && (
        <section className="ph-demo" aria-label="演示账号">
          <h2>演示账号</h2>
          <p className="jy-secondary">数据和人物都是虚构的，点一行就登录。</p>
          {byDistrict(demo.rows).map(([district, rows], _, all) => (
            <div key={district}>
              {all.length > 1 && <h3 style={{ marginTop: 16 }}>{district}</h3>}
              <ul className="ph-rows" style={{ marginTop: 12 }}>
                {rows.map((r) => (
                  <li key={r.username}>
                    <button
                      type="button"
                      disabled={s.busy}
                      onClick={() => {
                        s.setUsername(r.username);
                        s.setPassword(demo.password);
                        void s.enter({ username: r.username, password: demo.password, code: r.code });
                      }}
                    >
                      <strong>{r.title}</strong>
                      <span className="jy-secondary">
                        {r.name} · {r.username}
                        {r.code !== null && ` · 口令 ${r.code}`}
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </section>
      )}
    </main>
  );
}
