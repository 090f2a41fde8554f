import { activityCategoryLabels } from '@jieyou/core/texts/activitiesLabels.ts';
import { useEffect, useState } from 'react';
import { activity, join, type PublicActivity, sentenceOf } from './ask.ts';
import { whenWords } from './words.ts';

/** One activity for residents: what it is, and a name, a phone and for how many. Nobody sees who else comes. */
export default function ActivityPage({ code, onHome }: { readonly code: string; readonly onHome: () => void }) {
  const [found, setFound] = useState<PublicActivity | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [people, setPeople] = useState(1);
  const [trap, setTrap] = useState('');
  const [busy, setBusy] = useState(false);
  const [state, setState] = useState<'in' | 'waiting' | null>(null);
  useEffect(() => {
    activity(code)
      .then(setFound)
      .catch((e: unknown) => setError(sentenceOf(e)));
  }, [code]);
  const send = async () => {
    setBusy(true);
    setError(null);
    try {
      setState((await join(code, { name, phone, people, leaveEmpty: trap })).state);
    } catch (e) {
      setError(sentenceOf(e));
    } finally {
      setBusy(false);
    }
  };
  const said = error !== null && (
    <p role="alert" className="p-error">
      {error}
    </p>
  );
  const home = (
    <button type="button" className="p-back" onClick={onHome}>
      去首页
    </button>
  );
  if (found === null)
    return (
      <section>
        {said || <p className="p-note">正在打开…</p>}
        {home}
      </section>
    );
  const call = found.stationPhone === null ? '社工站' : `社工站 ${found.stationPhone}`;
  return (
    <section>
      <h1>{found.title}</h1>
      <p>
        {whenWords(found.startsAt)}开始
        <br />
        {found.place}
        <br />
        {activityCategoryLabels[found.category]}活动，{found.stationName}
        {found.stationPhone === null ? '' : `，电话 ${found.stationPhone}`}
      </p>
      {state !== null ? (
        <div role="status">
          <h2>{state === 'in' ? '已经收到您的报名' : '名额已满，您在候补'}</h2>
          <p>
            {state === 'in' ? '到时请直接来。' : '有空位时，社工会打电话给您。'}
            以前用这个电话报过的，以第一次为准。来不了，请打电话告诉{call}。
          </p>
        </div>
      ) : found.state === 'closed' || found.state === 'cancelled' ? (
        <p className="p-note">{found.state === 'closed' ? `报名已经结束。想知道下一次，可以打电话给${call}。` : '这次活动已经取消。'}</p>
      ) : (
        <form
          onSubmit={(e) => {
            e.preventDefault();
            void send();
          }}
        >
          {found.state === 'waiting' && <p className="p-note">名额已满，现在报名会进候补。</p>}
          <label className="p-field">
            <span>怎么称呼您</span>
            <input value={name} maxLength={20} autoComplete="name" onChange={(e) => setName(e.target.value)} />
          </label>
          <label className="p-field">
            <span>电话</span>
            <input value={phone} maxLength={20} inputMode="tel" autoComplete="tel" onChange={(e) => setPhone(e.target.value)} />
          </label>
          <label className="p-field">
            <span>一共几人来</span>
            <select value={people} onChange={(e) => setPeople(Number(e.target.value))}>
              {Array.from({ length: found.mostPeople }, (_, i) => i + 1).map((n) => (
                <option key={n} value={n}>
                  {n} 人
                </option>
              ))}
            </select>
          </label>
          <div className="p-trap" aria-hidden="true">
            <input tabIndex={-1} autoComplete="off" name="leave-empty" value={trap} onChange={(e) => setTrap(e.target.value)} />
          </div>
          {said}
          <button type="submit" className="p-main-button" disabled={busy || name.trim().length < 2 || phone.trim().length < 7}>
            报名
          </button>
          <p className="p-small">姓名和电话只给办活动的社工看，用来通知您。加密保存。</p>
        </form>
      )}
      {home}
    </section>
  );
}
