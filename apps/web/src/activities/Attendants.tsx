import { findAttendants, linkAttendant, unlinkAttendant } from '@jieyou/core/activities/endpoints.ts';
import type { Registration } from '@jieyou/core/activities/schema.ts';
import { genderLabels } from '@jieyou/core/texts/labels.ts';
import { foundByLabels } from '@jieyou/core/texts/recipientLabels.ts';
import { Link } from '@tanstack/react-router';
import { Button, Drawer, Form, Skeleton } from 'antd';
import { useState } from 'react';
import { useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { RecipientPicker } from '../house/RecipientPicker.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';

/** Names of the people served who stand behind a registration, each leading to the person's page. */
export function LinkedNames({ registration }: { readonly registration: Registration }) {
  return (
    <span className="jy-actions">
      {registration.linked.map((l) => (
        <Link key={l.recipientId} to="/recipients/$id" params={{ id: l.recipientId }}>
          {l.name}
        </Link>
      ))}
    </span>
  );
}

/** Who of the people one serves stands behind a registration: whoever it might be is shown, a person decides, and takes it back. */
export function Attendants({
  activityId,
  registration,
  mayLink,
}: {
  readonly activityId: string;
  readonly registration: Registration;
  /** A registration that was cancelled is linked to nobody else; what is linked may still be taken back. */
  readonly mayLink: boolean;
}) {
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState('');
  const find = useAct(findAttendants);
  const link = useAct(linkAttendant);
  const unlink = useAct(unlinkAttendant);
  const params = { id: activityId, registrationId: registration.id };
  const found = (find.data?.found ?? []).filter((p) => registration.linked.every((l) => l.recipientId !== p.id));
  const put = (recipientId: string) =>
    void link.mutateAsync({ params, body: { recipientId } }).then(
      () => setChosen(''),
      () => undefined,
    );
  const begin = () => {
    setOpen(true);
    link.reset();
    if (mayLink) void find.mutateAsync({ params }).catch(() => undefined);
  };
  return (
    <>
      <Button size="small" onClick={begin} aria-label={`对应服务对象：${registration.name}`}>
        对应服务对象
      </Button>
      <Drawer open={open} onClose={() => setOpen(false)} title={`对应服务对象：${registration.name}`} size={480} destroyOnHidden>
        <p className="jy-secondary">
          由您认定报名的人是哪位服务对象。对应后，到场的记入此人经历的服务，人数按此人计；只有同时能看活动和此人的人看得到。
        </p>
        {registration.linked.length === 0 ? null : (
          <>
            <h3>已对应</h3>
            <ul className="av-people">
              {registration.linked.map((l) => (
                <li key={l.recipientId}>
                  <Link to="/recipients/$id" params={{ id: l.recipientId }}>
                    {l.name}
                  </Link>
                  <ConfirmButton
                    size="small"
                    ask="取消对应？"
                    says="此人经历的服务里不再有这次活动，人数重新计算。"
                    onSure={() => unlink.mutateAsync({ params: { ...params, recipientId: l.recipientId } })}
                  >
                    取消对应
                  </ConfirmButton>
                </li>
              ))}
            </ul>
          </>
        )}
        {mayLink ? (
          <>
            <h3>可能是</h3>
            {find.isPending ? <Skeleton active paragraph={{ rows: 2 }} /> : null}
            <RefusalNotice error={find.error} />
            {find.isSuccess && found.length === 0 ? <p className="jy-secondary">按姓名和电话，在您服务的人里没有找到别的人。</p> : null}
            <ul className="av-people">
              {found.map((p) => (
                <li key={p.id}>
                  <div>
                    <strong>
                      {p.name}（{genderLabels[p.gender]}
                      {p.age === null ? '' : `，${p.age}岁`}）
                    </strong>
                    <span className="jy-secondary">　{p.because.map((b) => foundByLabels[b]).join('、')}</span>
                    <div className="jy-secondary">电话 {p.phone ?? '没有填写'}</div>
                  </div>
                  <Button size="small" type="primary" loading={link.isPending} onClick={() => put(p.id)} aria-label={`对应：${p.name}`}>
                    对应
                  </Button>
                </li>
              ))}
            </ul>
            <Form layout="vertical">
              <Form.Item label="不是以上的人，另选" htmlFor={`attendant-${registration.id}`}>
                <RecipientPicker id={`attendant-${registration.id}`} value={chosen === '' ? null : chosen} onChange={setChosen} />
              </Form.Item>
              <Button disabled={chosen === ''} loading={link.isPending} onClick={() => put(chosen)}>
                对应所选的人
              </Button>
            </Form>
            <RefusalNotice error={link.error} />
          </>
        ) : null}
      </Drawer>
    </>
  );
}
