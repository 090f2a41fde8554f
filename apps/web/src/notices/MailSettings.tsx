import { chooseOwnMail, readOwnMail, removeOwnAddress, setOwnAddress, verifyOwnAddress } from '@jieyou/core/notices/endpoints.ts';
import { MailTopic } from '@jieyou/core/notices/mail.ts';
import { noticeSays } from '@jieyou/core/texts/labels.ts';
import { mailStatusLabels, mailTopicLabels } from '@jieyou/core/texts/meetingLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import type { Answer } from '../house/client.ts';
import { shortInstant } from '../house/format.ts';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import '../house/reading.css';
import './mail.css';

type Own = Answer<typeof readOwnMail>;

const KINDS: Readonly<Record<string, string>> = { 'mail.verify': '邮箱验证码', 'mail.digest': '每日摘要' };

/** An address, with consent; then the code that arrived. */
function Address({ own }: { readonly own: Own }) {
  const [address, setAddress] = useState('');
  const [consent, setConsent] = useState(false);
  const [code, setCode] = useState('');
  const [gap, setGap] = useState('');
  const [changing, setChanging] = useState(false);
  const give = useAct(setOwnAddress, () => setChanging(false));
  const prove = useAct(verifyOwnAddress);
  const remove = useAct(removeOwnAddress);
  const asking = own.address === null || changing;
  return (
    <section className="ml-card">
      <h2>我的邮箱</h2>
      {own.address === null ? (
        <p>还没有登记邮箱，现在只有站内消息。</p>
      ) : (
        <p>{`${own.address}　${own.verified ? '已启用' : '等待验证'}`}</p>
      )}
      {own.bounced === null ? null : <p className="rd-late">这个邮箱退回了邮件（{own.bounced}），已停止发送。请换一个或重新验证。</p>}
      {asking ? (
        <form
          onSubmit={(e) => {
            e.preventDefault();
            const checked = setOwnAddress.body.safeParse({ address: address.trim(), consent });
            setGap(checked.success ? '' : (checked.error.issues[0]?.message ?? ''));
            if (checked.success) give.mutate({ body: checked.data });
          }}
        >
          <label htmlFor="mail-address">邮箱地址</label>
          <input id="mail-address" type="email" autoComplete="email" value={address} onChange={(e) => setAddress(e.target.value)} />
          <label className="ml-check">
            <input type="checkbox" checked={consent} onChange={(e) => setConsent(e.target.checked)} />
            我同意平台用这个邮箱发工作提醒；邮件里没有案情，可随时停用
          </label>
          {gap === '' ? null : (
            <div className="rd-error" role="alert">
              {gap}
            </div>
          )}
          <RefusalNotice error={give.error} />
          <button type="submit" className="ml-main" disabled={give.isPending}>
            寄验证码
          </button>
        </form>
      ) : null}
      {own.address !== null && !own.verified && !changing ? (
        <form
          onSubmit={(e) => {
            e.preventDefault();
            const checked = verifyOwnAddress.body.safeParse({ code });
            setGap(checked.success ? '' : (checked.error.issues[0]?.message ?? ''));
            if (checked.success) prove.mutate({ body: checked.data });
          }}
        >
          <label htmlFor="mail-code">邮件里的六位验证码</label>
          <input
            id="mail-code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            value={code}
            onChange={(e) => setCode(e.target.value)}
          />
          {gap === '' ? null : (
            <div className="rd-error" role="alert">
              {gap}
            </div>
          )}
          <RefusalNotice error={prove.error} />
          <button type="submit" className="ml-main" disabled={prove.isPending}>
            启用邮箱
          </button>
        </form>
      ) : null}
      {own.address === null || changing ? null : (
        <p className="ml-side">
          <button type="button" onClick={() => setChanging(true)}>
            {own.verified ? '换一个邮箱' : '重新填写'}
          </button>
          <button type="button" disabled={remove.isPending} onClick={() => remove.mutate({})}>
            删去邮箱
          </button>
        </p>
      )}
    </section>
  );
}

function Choices({ own }: { readonly own: Own }) {
  const choose = useAct(chooseOwnMail);
  const set = (change: Partial<Pick<Own, 'atOnce' | 'digest'>>) =>
    choose.mutate({ body: { atOnce: own.atOnce, digest: own.digest, ...change } });
  return (
    <section className="ml-card">
      <h2>什么时候发邮件</h2>
      <fieldset>
        <legend>立即发</legend>
        {MailTopic.options.map((topic) => (
          <label key={topic} className="ml-check">
            <input
              type="checkbox"
              checked={own.atOnce.includes(topic)}
              disabled={choose.isPending}
              onChange={(e) => set({ atOnce: e.target.checked ? [...own.atOnce, topic] : own.atOnce.filter((t) => t !== topic) })}
            />
            {mailTopicLabels[topic]}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>其余的</legend>
        <label className="ml-check">
          <input type="checkbox" checked={own.digest} disabled={choose.isPending} onChange={(e) => set({ digest: e.target.checked })} />
          每个工作日 {own.digestAt} 发一封摘要，只有条数和编号
        </label>
      </fieldset>
      <RefusalNotice error={choose.error} />
    </section>
  );
}

/** One's own address and what it is used for. */
export function MailSettings() {
  const found = useQuery(queryOf(readOwnMail));
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <p className="rd-quiet">正在查看</p>;
  const own = found.data;
  return (
    <>
      {own.on ? (
        <Address own={own} />
      ) : (
        <section className="ml-card">本平台没有设置邮件，消息只在平台里。要用邮件，请告诉系统管理员。</section>
      )}
      {own.address === null ? null : <Choices own={own} />}
      {own.recent.length === 0 ? null : (
        <section className="ml-card">
          <h2>最近的邮件</h2>
          <ul className="rd-plain">
            {own.recent.map((m) => (
              <li key={`${m.at}${m.kind}${m.status}`}>
                {shortInstant(m.at)}　{KINDS[m.kind] ?? noticeSays(m.kind)}　<span className="rd-quiet">{mailStatusLabels[m.status]}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
