import { confirmSecondFactor, startSecondFactor } from '@jieyou/core/identity/endpoints.ts';
import { useNavigate } from '@tanstack/react-router';
import { Input, QRCode } from 'antd';
import { useState } from 'react';
import { call } from '../house/client.ts';
import { useMessages } from '../house/messages.tsx';
import { Card, Page } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { useSession, useSessionState } from '../house/session.tsx';
import './identity.css';

/** Binding an authenticator: password, QR code, first code. */
export default function SecondFactorPage() {
  const { stage, account } = useSession();
  const { take } = useSessionState();
  const navigate = useNavigate();
  const message = useMessages();
  const [started, setStarted] = useState<{ uri: string; secret: string } | null>(null);
  const forced = stage === 'enrol-second-factor';
  return (
    <Page
      title={forced ? '请先绑定动态口令' : account.secondFactor ? '重新绑定动态口令' : '绑定动态口令'}
      says={
        forced
          ? '您的角色能看到很多人的资料，登录时除了密码还要一个会变的 6 位数字。只需绑定一次。'
          : '绑定后，登录时除了密码，还要输入手机上会变的 6 位数字。'
      }
    >
      <Card>
        {started === null ? (
          <RecordForm
            key="password"
            columns={1}
            validateWith={startSecondFactor.body}
            submitWords="开始绑定"
            onCancel={forced ? undefined : () => void navigate({ to: '/' })}
            submit={async (body) => setStarted(await call(startSecondFactor, { body }))}
          >
            <Field name="password" label="先输入您的密码">
              <Input.Password autoComplete="current-password" />
            </Field>
          </RecordForm>
        ) : (
          <div className="jy-factor">
            <QRCode type="svg" value={started.uri} size={200} bgColor="#ffffff" aria-label="绑定用的二维码" />
            <div>
              <ol className="jy-steps">
                <li>在手机上打开验证器，如微信小程序“腾讯身份验证器”，或其他支持动态口令的应用。</li>
                <li>
                  扫左边的二维码。扫不了，就手工输入密钥：<span className="jy-secret">{started.secret}</span>
                </li>
                <li>把手机上显示的 6 位数字填在下面。</li>
              </ol>
              <RecordForm
                key="code"
                columns={1}
                validateWith={confirmSecondFactor.body}
                submitWords="完成绑定"
                onCancel={() => setStarted(null)}
                submit={async ({ code }) => {
                  await take(await call(confirmSecondFactor, { body: { code: code.replace(/\s/g, '') } }));
                  void message.success('动态口令已绑定');
                  await navigate({ to: '/', replace: true });
                }}
              >
                <Field name="code" label="6 位数字">
                  <Input inputMode="numeric" autoComplete="one-time-code" maxLength={12} />
                </Field>
              </RecordForm>
            </div>
          </div>
        )}
      </Card>
    </Page>
  );
}
