import { changePassword } from '@jieyou/core/identity/endpoints.ts';
import { NewPassword } from '@jieyou/core/identity/schema.ts';
import { useNavigate } from '@tanstack/react-router';
import { Input } from 'antd';
import { z } from 'zod';
import { call } from '../house/client.ts';
import { useMessages } from '../house/messages.tsx';
import { Card, Page } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { useSession, useSessionState } from '../house/session.tsx';

const Body = z
  .object({ current: z.string().min(1).max(200), next: NewPassword, again: z.string().min(1) })
  .refine((b) => b.next === b.again, { error: '两次输入的新密码不一样', path: ['again'] });

/** Changing one's password; the first one must be changed before anything else. */
export default function PasswordPage() {
  const { stage } = useSession();
  const { take } = useSessionState();
  const navigate = useNavigate();
  const message = useMessages();
  const forced = stage === 'change-password';
  return (
    <Page
      title={forced ? '请先设一个自己的密码' : '修改密码'}
      says={forced ? '现在用的是一次性密码，只有您自己知道新密码后才能进入。' : '修改后，您在其他设备上会退出登录。'}
    >
      <Card>
        <RecordForm
          columns={1}
          validateWith={Body}
          submitWords={forced ? '设好并继续' : '修改密码'}
          onCancel={forced ? undefined : () => void navigate({ to: '/' })}
          submit={async ({ current, next }) => {
            const session = await call(changePassword, { body: { current, next } });
            await take(session);
            void message.success('密码已修改');
            await navigate({ to: session.stage === 'enrol-second-factor' ? '/me/second-factor' : '/', replace: true });
          }}
        >
          <Field name="current" label={forced ? '一次性密码' : '现在的密码'}>
            <Input.Password autoComplete="current-password" />
          </Field>
          <Field name="next" label="新密码" hint="至少 10 个字。一句自己记得住的话，比一串符号更安全。">
            <Input.Password autoComplete="new-password" />
          </Field>
          <Field name="again" label="再输入一次新密码">
            <Input.Password autoComplete="new-password" />
          </Field>
        </RecordForm>
      </Card>
    </Page>
  );
}
