import { useState } from 'react';
import { LetGo } from './LetGo.tsx';
import { forget, recall } from './memory.ts';
import { useSession } from './session.tsx';
import { linesOf } from './writtenLines.ts';
import './wordsLeft.css';

/**
 * What somebody began in a form that no longer opens for them: the record went to a colleague, or was closed meanwhile. The words stay
 * on this device and in sight until their writer lets them go. `names` are those of the drafts, `known` is what reached the platform;
 * nothing where no draft holds other words.
 */
export function WordsLeft({ names, known }: { readonly names: readonly string[]; readonly known?: unknown }) {
  const { account } = useSession();
  const [, setGone] = useState(0);
  const there = new Set(linesOf(known));
  const left = names
    .map((name) => `draft.${account.id}.${name}`)
    .map((key) => ({ key, lines: linesOf(recall(key)).filter((line) => !there.has(line)) }))
    .filter((draft) => draft.lines.length > 0);
  if (left.length === 0) return null;
  return (
    <section className="wl-left">
      <h2>您在这里写到一半</h2>
      <p className="rd-quiet">只在这台设备上，没有送出。需要的话，把内容告诉现在的社工，或请站长安排。</p>
      {left.map(({ key, lines }) => (
        <div key={key}>
          {lines.map((line) => (
            <p key={line} className="rd-wrap">
              {line}
            </p>
          ))}
          <LetGo
            plain
            says="丢弃后，您写的不能恢复；平台上的不变。"
            onLetGo={() => {
              forget(key);
              setGone((n) => n + 1);
            }}
          />
        </div>
      ))}
    </section>
  );
}
