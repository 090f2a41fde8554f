import { professionals } from '@jieyou/core/identity/policy.ts';
import { roleLabels } from '@jieyou/core/texts/labels.ts';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { PhonePage } from '../../house/PhonePage.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { useCan, useSession, useSessionState } from '../../house/session.tsx';

/** Oneself on the phone. */
export default function PhoneMePage() {
  const { account } = useSession();
  const { leave } = useSessionState();
  const isExpert = useCan('expert');
  const meets = useCan('expert', 'worker', 'supervisor', 'centre');
  const searches = useCan(...professionals);
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
        {isExpert && (
          <li>
            <Link to="/my-time">我的时间</Link>
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
      <button type="button" className="ph-button ph-danger" onClick={() => leave().catch(setError)}>
        退出
      </button>
    </PhonePage>
  );
}
