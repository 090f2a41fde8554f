import { professionals, reporters } from '@jieyou/core/identity/policy.ts';
import { roleLabels } from '@jieyou/core/texts/labels.ts';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { PhonePage } from '../../house/PhonePage.tsx';
import { usePocket } from '../../house/pocket.ts';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { useCan, useSession, useSessionState } from '../../house/session.tsx';

/** Oneself on the phone. */
export default function PhoneMePage() {
  const { account } = useSession();
  const { leave } = useSessionState();
  const isExpert = useCan('expert');
  const meets = useCan('expert', 'worker', 'supervisor', 'centre');
  const searches = useCan(...professionals);
  const sits = useCan(...reporters);
  const carries = useCan('worker');
  const { unsent, refused } = usePocket();
  const [leaving, setLeaving] = useState(false);
  const [error, setError] = useState<unknown>(null);
  return (
    <PhonePage title="我的">
      <section className="ph-card">
        <h2>{account.name}</h2>
        <p className="jy-secondary">{account.roles.map((r) => roleLabels[r]).join('、')}</p>
        <p className="jy-secondary">{account.stationName ?? account.organisationName ?? account.districtName}</p>
        {account.deputyFor.length > 0 && <p>正在代理：{account.deputyFor.join('、')}</p>}
      </section>
      <ul className="ph-rows">
        <li>
          <Link to="/notices">消息{account.unreadNotices > 0 && <span className="jy-secondary">{account.unreadNotices} 条未读</span>}</Link>
        </li>
        <li>
          <Link to="/me/mail">邮件设置</Link>
        </li>
        {meets && (
          <li>
            <Link to="/time-polls">会诊时间</Link>
          </li>
        )}
        {sits && (
          <li>
            <Link to="/relief-joints">助联体会商</Link>
          </li>
        )}
        {isExpert && (
          <li>
            <Link to="/my-time">我的时间</Link>
          </li>
        )}
        {carries && (
          <li>
            <Link to="/pocket">
              离线使用
              {unsent > 0 && <span className="jy-secondary">{unsent} 条未同步</span>}
            </Link>
          </li>
        )}
        {searches && (
          <li>
            <Link to="/bank">案例库</Link>
          </li>
        )}
        <li>
          <Link to="/me/password">修改密码</Link>
        </li>
        <li>
          <Link to="/me/second-factor">{account.secondFactor ? '重新绑定动态口令' : '绑定动态口令'}</Link>
        </li>
        <li>
          {/* The desk is another entry: a plain address, not a page of this router. */}
          <a href="/">
            打开完整版<span className="jy-secondary">全部功能，手机上也能用</span>
          </a>
        </li>
      </ul>
      <RefusalNotice error={error} />
      {leaving ? <p role="alert">还有 {unsent + refused} 条没有送到平台。现在退出，它们会从这台手机清除，不能恢复。</p> : null}
      <button
        type="button"
        className="ph-button ph-danger"
        onClick={() => {
          if (unsent + refused > 0 && !leaving) setLeaving(true);
          else void leave().catch(setError);
        }}
      >
        {leaving ? '仍然退出并清除' : '退出'}
      </button>
      {leaving ? (
        <button type="button" className="ph-button ph-quiet" onClick={() => setLeaving(false)}>
          先不退出
        </button>
      ) : null}
    </PhonePage>
  );
}
