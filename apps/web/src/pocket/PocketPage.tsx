import { pinIsGood } from '@jieyou/core/pocket/rules.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { CallLines } from '../house/CallLines.tsx';
import { shortInstant } from '../house/format.ts';
import { PhoneCard, PhonePage } from '../house/PhonePage.tsx';
import { parseSearch } from '../house/platform.ts';
import { forgetPocket } from '../house/pocket.ts';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { goesFirst } from './acts.ts';
import { askAlways } from './asking.ts';
import type { PocketEngine } from './engine.ts';
import type { Op } from './op.ts';
import { makePocket, openEngine } from './open.ts';
import { PinField } from './PinField.tsx';
import { useStanding } from './standing.ts';
import { stoppedWords } from './words.ts';
import '../house/sides.css';
import './pocket.css';

/** What this phone carries without network, and what waits to be sent. */
export default function PocketPage() {
  const [engine, setEngine] = useState(openEngine);
  return (
    <PhonePage title="离线使用">
      {engine === null ? <SetUp done={setEngine} /> : <Carrying engine={engine} left={() => setEngine(null)} />}
    </PhonePage>
  );
}

function SetUp({ done }: { readonly done: (engine: PocketEngine) => void }) {
  const queries = useQueryClient();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [told, setTold] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  // A page that is not reached by HTTPS has no cipher in the browser.
  const able = window.isSecureContext && 'indexedDB' in window && 'locks' in navigator;
  const make = async () => {
    if (!pinIsGood(pin)) return setTold('PIN 是 6 位数字，不要全同或连号。');
    if (pin !== again) return setTold('两次输入的 PIN 不一样。');
    setTold('');
    setError(null);
    setBusy(true);
    try {
      const engine = await makePocket(pin);
      askAlways(queries);
      done(engine);
    } catch (failed) {
      setError(failed);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <PhoneCard title="没有网络也能用">
        <p>打开后，这台手机带上近日的探访和您在办个案的要点。没有网络时照样写记录、写探访，接通后自动送出。</p>
        <p className="jy-secondary">
          资料加密存在手机里，用 PIN 打开。退出登录、登录被撤销、PIN 连错 5 次、72
          小时没有连上平台，都会清除。没有送出的内容也会清除，请及时联网。
        </p>
      </PhoneCard>
      {able ? (
        <form
          className="ph-form ph-card"
          onSubmit={(e) => {
            e.preventDefault();
            void make();
          }}
        >
          <PinField id="pin" label="设一个 6 位 PIN" value={pin} onChange={setPin} />
          <PinField id="pin-again" label="再输一次" value={again} onChange={setAgain} />
          {told === '' ? null : (
            <p role="alert" className="pk-reason">
              {told}
            </p>
          )}
          <RefusalNotice error={error} />
          <button type="submit" className="ph-button" disabled={busy}>
            {busy ? '正在准备' : '打开离线使用'}
          </button>
          <p className="jy-secondary">在浏览器菜单里选“添加到主屏幕”，可以像应用一样打开。</p>
        </form>
      ) : (
        <PhoneCard>
          <p>现在的地址不是加密连接（https），浏览器不能安全地存资料，离线使用打不开。请联系系统管理员。</p>
        </PhoneCard>
      )}
    </>
  );
}

function Carrying({ engine, left }: { readonly engine: PocketEngine; readonly left: () => void }) {
  const standing = useStanding(engine);
  const [ending, setEnding] = useState(false);
  const waiting = standing.ops.filter((op) => op.state === 'waiting');
  const refused = standing.ops.filter((op) => op.state === 'refused');
  const clashes = standing.ops.filter((op) => op.state === 'clash');
  return (
    <>
      <PhoneCard title="带在这台手机里">
        <p>
          近日探访 {standing.counts.visits} 家，在办个案 {standing.counts.cases} 个
        </p>
        <p className="jy-secondary">
          {standing.at === null ? '还没有取到资料，请连上网络。' : `${shortInstant(standing.at)} 取的资料。`}
          {standing.hours} 小时没有连上平台会清除。
        </p>
        <button type="button" className="ph-button" disabled={standing.busy} onClick={() => void engine.sync(true)}>
          {standing.busy ? '正在同步' : '立即同步'}
        </button>
        {standing.stopped === null ? null : <p role="status">{stoppedWords[standing.stopped]}</p>}
      </PhoneCard>
      {clashes.map((op) => (
        <BothSides key={op.id} op={op} engine={engine} />
      ))}
      {refused.length === 0 ? null : (
        <PhoneCard title="没有被接收">
          {refused.map((op) => (
            <Refused key={op.id} op={op} />
          ))}
        </PhoneCard>
      )}
      <PhoneCard title="等待送出">
        {waiting.length === 0 ? <p className="jy-secondary">都送出了。</p> : null}
        {waiting.map((op) => (
          <div key={op.id} className="pk-op">
            <p>
              <strong>{op.says}</strong>　{op.about}
            </p>
            <p className="jy-secondary">{shortInstant(new Date(op.at).toISOString())} 写的</p>
            {goesFirst(op) ? <p className="pk-reason">还没有送到任何人，接通后最先送出。</p> : null}
          </div>
        ))}
        {waiting.some(goesFirst) ? (
          <>
            <p>现在就要告诉人的，请打电话：</p>
            <CallLines all />
          </>
        ) : null}
      </PhoneCard>
      {standing.begun.length === 0 ? null : (
        <PhoneCard title="写到一半">
          <ul className="ph-rows">
            {standing.begun.map((d) => (
              <li key={d.page + d.says}>
                <DraftLink page={d.page}>
                  <strong>{d.says}</strong>
                  <span className="jy-secondary">{d.about}</span>
                </DraftLink>
              </li>
            ))}
          </ul>
        </PhoneCard>
      )}
      {ending ? (
        <p role="alert">
          {standing.ops.length === 0 ? '清除后要重新设 PIN 才能离线使用。' : `还有 ${standing.ops.length} 条没有送到平台，清除后不能恢复。`}
        </p>
      ) : null}
      <button
        type="button"
        className="ph-button ph-danger"
        onClick={() =>
          ending
            ? void forgetPocket()
                .then(() => window.location.reload())
                .then(left)
            : setEnding(true)
        }
      >
        {ending ? '确定清除' : '关闭离线使用'}
      </button>
    </>
  );
}

/** A page of the phone, by its address with what follows the question mark. */
function DraftLink({ page, children }: { readonly page: string; readonly children: ReactNode }) {
  const [to = '/', query = ''] = page.split('?');
  return (
    <Link to={to} search={parseSearch(query) as never}>
      {children}
    </Link>
  );
}

/** What was not taken, and why; its own page shows both sides and how to mend it. */
function Refused({ op }: { readonly op: Op }) {
  return (
    <div className="pk-op">
      <p>
        <strong>{op.says}</strong>　{op.about}
      </p>
      <p className="pk-reason" role="alert">
        {op.reason}
      </p>
      <Link to={'/pocket/$id' as never} params={{ id: op.id } as never} className="ph-button ph-quiet">
        打开看看
      </Link>
    </div>
  );
}

const FIELDS: Readonly<Record<string, string>> = { story: '现在的情况', tried: '已经做过什么', asks: '希望得到什么支持' };

/** Two changed the same: both are shown, and a person chooses, field by field. */
function BothSides({ op, engine }: { readonly op: Op; readonly engine: PocketEngine }) {
  const [mine, setMine] = useState<Readonly<Record<string, boolean>>>({});
  const [error, setError] = useState<unknown>(null);
  const sides = op.clash?.sides ?? [];
  const decided = sides.every((c) => mine[c.field] !== undefined);
  return (
    <PhoneCard title="两边都写了，请选一份">
      <p>
        <strong>{op.says}</strong>　{op.about}
      </p>
      {sides.map(({ field, ...side }) => (
        <fieldset key={field} className="jy-sides">
          <legend>{FIELDS[field] ?? field}</legend>
          {(['mine', 'theirs'] as const).map((whose) => (
            <label key={whose}>
              <span>
                <input
                  type="radio"
                  name={`${op.id}.${field}`}
                  checked={mine[field] === (whose === 'mine')}
                  onChange={() => setMine({ ...mine, [field]: whose === 'mine' })}
                />
                {whose === 'mine' ? '这台手机写的' : '平台上已有的'}
              </span>
              <span className="jy-sides-words">{String(side[whose])}</span>
            </label>
          ))}
        </fieldset>
      ))}
      <RefusalNotice error={error} />
      <button
        type="button"
        className="ph-button"
        disabled={!decided}
        onClick={() => engine.settle(op.id, new Set(Object.keys(mine).filter((field) => mine[field]))).catch(setError)}
      >
        就用选的这些
      </button>
    </PhoneCard>
  );
}
