import { measureDraft } from '@jieyou/core/casebank/endpoints.ts';
import type { Meter } from '@jieyou/core/casebank/schema.ts';
import { coarsenLabels, shownLabels } from '@jieyou/core/texts/casebankLabels.ts';
import { useEffect, useState } from 'react';
import { call } from '../house/client.ts';

/** How many people of the district a text may be about, and what to leave out where they are too few. */
export function MeterCard({ meter }: { readonly meter: Meter }) {
  return (
    <section className="jy-card" aria-label="辨认风险">
      <h2>辨认风险</h2>
      <p className={meter.enough ? '' : 'rd-late'} role="status">
        本区符合文中特征的有 {meter.people} 人，至少要 {meter.least} 人。
      </p>
      <p className="rd-quiet">文中留下：{meter.shown.map((s) => shownLabels[s]).join('、')}</p>
      {meter.enough ? null : <p>建议：{meter.coarsen.map((c) => coarsenLabels[c]).join('，')}。</p>}
    </section>
  );
}

const WAIT_MS = 700;

/** The same while somebody writes; the last answer stays while the next one is on its way. */
export function MeterWhileWriting({
  draftId,
  section,
  text,
}: {
  readonly draftId: string;
  readonly section: string;
  readonly text: string;
}) {
  const [meter, setMeter] = useState<Meter | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      call(measureDraft, { params: { id: draftId }, body: { sections: { [section]: text } }, signal: stop.signal }).then(
        setMeter,
        // Without an answer nothing is said; saving and releasing count again.
        () => setMeter(null),
      );
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [draftId, section, text]);
  return meter === null ? null : (
    <p className={meter.enough ? 'rd-quiet' : 'rd-late'} role="status">
      照现在的写法，本区有 {meter.people} 人符合
      {meter.enough ? '。' : `，少于 ${meter.least} 人：${meter.coarsen.map((c) => coarsenLabels[c]).join('，')}。`}
    </p>
  );
}
