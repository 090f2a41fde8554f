import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type Cover, drawCovered } from './photo.ts';
import type { Picked, usePhotoShelf } from './photoShelf.ts';
import { RefusalNotice } from './RefusalNotice.tsx';
import './photos.css';

/** How large a cover is, as a part of the shorter side. */
const SIZES = { small: 0.05, middle: 0.09, large: 0.16 } as const;
const SIZE_WORDS = { small: '小', middle: '中', large: '大' } as const;
type Size = keyof typeof SIZES;

function Covering({ one, size, change }: { readonly one: Picked; readonly size: Size; readonly change: (covers: Cover[]) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [picture, setPicture] = useState<ImageBitmap | null>(null);
  useEffect(() => {
    let gone = false;
    let made: ImageBitmap | undefined;
    void createImageBitmap(one.file).then(
      (bitmap) => {
        if (gone) bitmap.close();
        else {
          made = bitmap;
          setPicture(bitmap);
        }
      },
      () => undefined,
    );
    return () => {
      gone = true;
      made?.close();
    };
  }, [one.file]);
  useEffect(() => {
    if (picture !== null && canvas.current !== null) drawCovered(canvas.current, picture, one.covers);
  }, [picture, one.covers]);
  return (
    <button
      type="button"
      className="po-cover"
      aria-label={`遮脸：${one.name}，已遮 ${one.covers.length} 处`}
      onClick={(e) => {
        // A key has no place in the picture.
        if (picture === null || canvas.current === null || e.detail === 0) return;
        const box = canvas.current.getBoundingClientRect();
        const x = ((e.clientX - box.left) * picture.width) / box.width;
        const y = ((e.clientY - box.top) * picture.height) / box.height;
        // Beside a high picture there is room in which nobody stands.
        if (x < 0 || x > picture.width) return;
        const others = one.covers.filter((c) => Math.hypot(c.x - x, c.y - y) > c.r);
        const r = SIZES[size] * Math.min(picture.width, picture.height);
        change(others.length < one.covers.length ? others : [...others, { x, y, r }]);
      }}
    >
      <canvas ref={canvas} />
    </button>
  );
}

/** What was picked, before it is sent: a tap covers a face, another uncovers it. */
export function PhotoReview({
  shelf,
  button,
}: {
  readonly shelf: ReturnType<typeof usePhotoShelf>;
  /** Desk and phone have buttons of their own. */
  readonly button: (words: string, press: () => void, main?: boolean) => ReactNode;
}) {
  const [size, setSize] = useState<Size>('middle');
  const readable = new Set(shelf.picked.map((p) => p.id));
  const problem = (id: string) =>
    shelf.failed
      .filter((f) => f.id === id)
      .map((f) =>
        f.says === null ? (
          <RefusalNotice key={f.id} error={f.error} />
        ) : (
          <p key={f.id} role="alert">
            {f.says}
          </p>
        ),
      );
  return (
    <>
      {shelf.failed
        .filter((f) => !readable.has(f.id))
        .map((f) => (
          <div key={f.id} className="po-failed">
            <strong>{f.name}</strong>
            {problem(f.id)}
          </div>
        ))}
      {shelf.picked.length > 0 && (
        <div className="po-review">
          <p>还没有添加。不愿露脸的，在照片上点一下脸就遮住，再点一下揭开；遮住的地方送出后不能恢复。</p>
          <fieldset className="po-sizes">
            <legend>遮多大</legend>
            {(Object.keys(SIZES) as Size[]).map((key) => (
              <label key={key}>
                <input type="radio" name="po-size" checked={size === key} onChange={() => setSize(key)} /> {SIZE_WORDS[key]}
              </label>
            ))}
          </fieldset>
          <ul className="po-picked">
            {shelf.picked.map((one) => (
              <li key={one.id}>
                <Covering one={one} size={size} change={(covers) => shelf.cover(one.id, covers)} />
                {problem(one.id)}
                {shelf.busy ? null : button(`不添加 ${one.name}`, () => shelf.drop(one.id))}
              </li>
            ))}
          </ul>
          {button(shelf.busy ? '正在添加' : `添加这 ${shelf.picked.length} 张`, () => void shelf.send(), true)}
        </div>
      )}
    </>
  );
}
