import { useState } from 'react';

/** Lets go of what lies on this device alone: only for who says so twice. `says` tells what is lost. */
export function LetGo({
  words = '丢弃',
  says,
  plain = false,
  onLetGo,
}: {
  readonly words?: string;
  readonly says: string;
  /** On the desk as well, where a button is as wide as its words. */
  readonly plain?: boolean;
  readonly onLetGo: () => void;
}) {
  const [asks, setAsks] = useState(false);
  const button = (look: 'ph-danger' | 'ph-quiet') => (plain ? 'jy-plain-button' : `ph-button ${look}`);
  return asks ? (
    <div role="alert">
      <p>{says}</p>
      <button type="button" className={button('ph-danger')} onClick={onLetGo}>
        确定丢弃
      </button>
      <button type="button" className={button('ph-quiet')} onClick={() => setAsks(false)}>
        先留着
      </button>
    </div>
  ) : (
    <button type="button" className={button('ph-danger')} onClick={() => setAsks(true)}>
      {words}
    </button>
  );
}
