import { Button, Form, Input } from 'antd';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { useTabTitle } from '../house/tabTitle.ts';
import { byDistrict, useDemoAccounts } from './demo.ts';
import './identity.css';
import { useSigningIn } from './signingIn.ts';

/** Signing in at the desk. */
export default function SignInPage() {
  const s = useSigningIn();
  const demo = useDemoAccounts();
  useTabTitle('登录');
  const given = demo?.rows.find((r) => r.username === s.username);
  return (
    <main className={demo === null ? 'jy-sign-in' : 'jy-sign-in jy-sign-in-demo'} id="content">
      <section className="jy-card jy-sign-in-card">
        <h1>解忧</h1>
        <p className="jy-secondary">疑难个案支援平台</p>
        <Form layout="vertical" requiredMark={false} onFinish={() => void s.enter()}>
          <Form.Item label="账号" htmlFor="username">
            <Input id="username" autoComplete="username" autoFocus value={s.username} onChange={(e) => s.setUsername(e.target.value)} />
          </Form.Item>
          <Form.Item label="密码" htmlFor="password">
            <Input.Password
              id="password"
              autoComplete="current-password"
              value={s.password}
              onChange={(e) => s.setPassword(e.target.value)}
            />
          </Form.Item>
          {s.asksCode && (
            <Form.Item label="动态口令" htmlFor="code" extra="打开手机上的验证器，输入现在显示的 6 位数字。">
              <Input
                id="code"
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={12}
                autoFocus
                value={s.code}
                onChange={(e) => s.setCode(e.target.value)}
              />
            </Form.Item>
          )}
          {s.asksCode && given?.code != null && (
            <p className="jy-demo-code">
              演示：现在的口令是 <strong>{given.code}</strong>
              <Button type="link" size="small" onClick={() => s.setCode(given.code ?? '')}>
                填入
              </Button>
            </p>
          )}
          <RefusalNotice error={s.error} />
          <Button
            type="primary"
            htmlType="submit"
            block
            size="large"
            loading={s.busy}
            disabled={s.username.trim() === '' || s.password === ''}
          >
            登录
          </Button>
        </Form>
        <p className="jy-secondary jy-small">忘记密码或手机不在身边，请联系本单位的安全管理员。</p>
      </section>
      {demo !== null && (
        <section className="jy-demo" aria-label="演示账号">
          <h2>
            <span className="jy-demo-mark">演示</span>点一行，用这个角色登录
          </h2>
          <p className="jy-secondary">数据和人物都是虚构的。密码都是 {demo.password}；需要动态口令的，已一并填好。</p>
          {byDistrict(demo.rows).map(([district, rows], _, all) => (
            <div key={district}>
              {all.length > 1 && <h3>{district}</h3>}
              <ul>
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
                      <span>{r.name}</span>
                      <span className="jy-secondary">{r.username}</span>
                      <span className="jy-secondary jy-code">{r.code === null ? '' : `口令 ${r.code}`}</span>
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
