import type { GroupSession } from '@jieyou/core/groups/schema.ts';
import { sessionStatusLabels } from '@jieyou/core/texts/groupLabels.ts';
import { useState } from 'react';
import { formatDay } from './format.ts';
import { PhoneCard } from './PhonePage.tsx';
import { type SessionDraft, sessionSides, sessionTogether } from './sessionDraft.ts';
import './sides.css';

/** Two records of one session of a group: both shown, and a person chooses, point by point. Nothing is taken for granted. */
export function SessionSides({
  mine,
  s,
  chosen,
}: {
  readonly mine: SessionDraft;
  readonly s: GroupSession;
  readonly chosen: (together: SessionDraft) => void;
}) {
  const [side, setSide] = useState<Readonly<Record<string, boolean>>>({});
  const differ = sessionSides(mine, s);
  const may = s.can.includes('hold') || s.can.includes('correct');
  const decided = differ.every((d) => side[d.key] !== undefined);
  return (
    <PhoneCard title={differ.length === 0 ? '平台上现在的' : '两边不一样的地方'}>
      <p>
        {sessionStatusLabels[s.status]}　{formatDay(s.heldOn ?? s.plannedOn)}　{s.place}
        {s.recordedByName === null ? '' : `　${s.recordedByName}记录`}
      </p>
      {s.status === 'planned' ? <p>这一节在别处改过日期或地点，还没有人记录。</p> : null}
      {s.status === 'cancelled' ? <p>这一节在别处取消了：{s.cancelSays}</p> : null}
      {differ.map((d) => (
        <fieldset key={d.key} className="jy-sides">
          <legend>{d.label}</legend>
          {([true, false] as const).map((own) => (
            <Side
              key={String(own)}
              whose={own ? '这台手机写的' : '平台上现在的'}
              words={own ? d.mine : d.theirs}
              choice={
                may ? { name: `${s.id}.${d.key}`, chosen: side[d.key] === own, choose: () => setSide({ ...side, [d.key]: own }) } : null
              }
            />
          ))}
        </fieldset>
      ))}
      {may ? (
        <>
          {differ.length === 0 ? null : <p className="jy-secondary">选好后打开这一节，再看一遍，自己保存。</p>}
          <button type="button" className="ph-button" disabled={!decided} onClick={() => chosen(sessionTogether(mine, s, side))}>
            {differ.length === 0 ? '打开这一节再保存' : '用选的这些，打开这一节'}
          </button>
        </>
      ) : s.status === 'held' ? (
        <p>只有记录的人能更正。有不一样的地方，请告诉{s.recordedByName ?? '记录的人'}。</p>
      ) : null}
    </PhoneCard>
  );
}

type Choice = { readonly name: string; readonly chosen: boolean; readonly choose: () => void };

function Side({ whose, words, choice }: { readonly whose: string; readonly words: string; readonly choice: Choice | null }) {
  const told = <span className="jy-sides-words">{words || '没有填'}</span>;
  return choice === null ? (
    <div className="jy-sides-one">
      <span>{whose}</span>
      {told}
    </div>
  ) : (
    <label>
      <span>
        <input type="radio" name={choice.name} checked={choice.chosen} onChange={choice.choose} />
        {whose}
      </span>
      {told}
    </label>
  );
}
