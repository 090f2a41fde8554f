import type { SignatureDraft, SignatureWay, SignerRole, Strokes } from '@jieyou/core/signatures/schema.ts';
import { signatureWayLabels, signerRoleLabels } from '@jieyou/core/texts/signatureLabels.ts';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type Pad from 'signature_pad';
import { now } from './format.ts';
import { uuid } from './uuid.ts';
import './signing.css';

const MARGIN = 8;
const LEAST_SIDE = 60;
const MOST_SIDE = 4000;
const MOST_POINTS = 5000;
const LEAST_POINTS = 8;

/** What was drawn as whole numbers, cut to where something was drawn. */
const strokesOf = (pad: Pad): Strokes | null => {
  const lines = pad.toData().map((group) => group.points);
  const all = lines.flat();
  if (all.length < LEAST_POINTS) return null;
  const left = Math.min(...all.map((p) => p.x)) - MARGIN;
  const top = Math.min(...all.map((p) => p.y)) - MARGIN;
  const side = (most: number) => Math.min(MOST_SIDE, Math.max(LEAST_SIDE, Math.ceil(most) + MARGIN));
  const width = side(Math.max(...all.map((p) => p.x)) - left);
  const height = side(Math.max(...all.map((p) => p.y)) - top);
  const every = Math.ceil(all.length / MOST_POINTS);
  const within = (n: number, most: number) => Math.min(most, Math.max(0, Math.round(n)));
  return {
    width,
    height,
    lines: lines.map((points) =>
      points
        .filter((_, i) => i % every === 0 || i === points.length - 1)
        .flatMap((p) => [within(p.x - left, width), within(p.y - top, height)]),
    ),
  };
};

/** The page behind is not reached by Tab: from the last it goes to the first, and back. */
const stayWithin = (dialog: HTMLElement | null, e: KeyboardEvent) => {
  const all = [...(dialog?.querySelectorAll<HTMLElement>('input, button:not(:disabled), select, textarea, a[href]') ?? [])];
  const [head, tail] = [all[0], all.at(-1)];
  const at = document.activeElement;
  const out = !all.some((one) => one === at);
  if (head === undefined || tail === undefined || !(out || at === (e.shiftKey ? head : tail))) return;
  e.preventDefault();
  (e.shiftKey ? tail : head).focus();
};

/** Who signs now, on the whole screen: by hand, or with a reason by a mark before a witness or by a typed name. */
export function SignaturePad({
  who,
  name: known,
  hash,
  done,
  close,
}: {
  readonly who: SignerRole;
  /** The name, where it is known already. */
  readonly name?: string;
  readonly hash: string;
  readonly done: (draft: SignatureDraft) => Promise<unknown>;
  readonly close: () => void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<Pad | null>(null);
  const first = useRef<HTMLInputElement>(null);
  const over = useRef<HTMLDivElement>(null);
  const [way, setWay] = useState<SignatureWay>('drawn');
  const [empty, setEmpty] = useState(true);
  const [told, setTold] = useState('');
  const [busy, setBusy] = useState(false);
  const [words, setWords] = useState({ name: known ?? '', relation: '', reason: '', witness: '' });
  // One signature, however often it is sent.
  const [id] = useState(uuid);
  const leave = useRef(close);
  leave.current = close;

  useEffect(() => {
    const before = document.activeElement;
    first.current?.focus();
    const onKey = (e: KeyboardEvent) => {
      if (e.key === 'Escape') leave.current();
      if (e.key === 'Tab') stayWithin(over.current, e);
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
      // Back to the button that opened it.
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  useEffect(() => {
    if (way === 'typed') return;
    const surface = canvas.current;
    if (surface === null) return;
    let left = false;
    let was = { width: 0, height: 0 };
    // Turned or resized, what was drawn stays: points are scaled, not pixels.
    const resize = () => {
      const { offsetWidth: width, offsetHeight: height } = surface;
      if (pad.current === null || width === 0 || (was.width === width && was.height === height)) return;
      const data = pad.current.toData();
      const ratio = Math.max(window.devicePixelRatio || 1, 1);
      const scale = was.width === 0 ? 1 : Math.min(width / was.width, height / was.height);
      surface.width = width * ratio;
      surface.height = height * ratio;
      surface.getContext('2d')?.scale(ratio, ratio);
      pad.current.clear();
      pad.current.fromData(data.map((g) => ({ ...g, points: g.points.map((p) => ({ ...p, x: p.x * scale, y: p.y * scale })) })));
      was = { width, height };
    };
    const watch = new ResizeObserver(resize);
    void import('signature_pad').then(({ default: Drawn }) => {
      if (left) return;
      pad.current = new Drawn(surface, { minWidth: 1.2, maxWidth: 3.2, penColor: '#1f2328' });
      pad.current.addEventListener('endStroke', () => setEmpty(false));
      watch.observe(surface);
      resize();
    });
    return () => {
      left = true;
      watch.disconnect();
      pad.current?.off();
      pad.current = null;
      setEmpty(true);
    };
  }, [way]);

  const undo = () => {
    const data = pad.current?.toData() ?? [];
    data.pop();
    pad.current?.clear();
    pad.current?.fromData(data);
    setEmpty(data.length === 0);
  };
  const clear = () => {
    pad.current?.clear();
    setEmpty(true);
  };
  const related = who === 'guardian' || who === 'authority' || who === 'witness';
  const finish = async () => {
    const strokes = way === 'typed' || pad.current === null ? null : strokesOf(pad.current);
    const missing =
      words.name.trim().length < 2
        ? '请写签名人的姓名。'
        : (who === 'guardian' || who === 'authority') && words.relation.trim() === ''
          ? who === 'authority'
            ? '请写单位名称。'
            : '请写与服务对象的关系。'
          : way === 'drawn' && strokes === null
            ? '请在框里写下姓名。'
            : way !== 'drawn' && words.reason.trim().length < 2
              ? '请写明为什么不能手写。'
              : way === 'mark' && words.witness.trim().length < 2
                ? '按手印、画押要有一位见证人。'
                : '';
    setTold(missing);
    if (missing !== '') return;
    setBusy(true);
    try {
      await done({ id, who, way, ...words, strokes, hash, signedAt: now() });
    } catch {
      // Said beside the list by whoever keeps it; what was drawn stays.
      setTold('没有存上。下面说明原因，可以再试一次。');
      setBusy(false);
    }
  };
  const input = (key: keyof typeof words, label: string, most: number) => (
    <label>
      {label}
      <input
        {...(key === 'name' ? { ref: first } : {})}
        maxLength={most}
        value={words[key]}
        autoComplete="off"
        onChange={(e) => setWords({ ...words, [key]: e.target.value })}
      />
    </label>
  );
  // Beside the page, not in it: no bar covers it, and Enter in a field hands no form in.
  return createPortal(
    <div ref={over} className="sg-over" role="dialog" aria-modal="true" aria-label={`请${signerRoleLabels[who]}签名`}>
      <h2>请{signerRoleLabels[who]}签名</h2>
      <div className="sg-row">
        {input('name', '签名人姓名', 40)}
        {related ? input('relation', who === 'authority' ? '单位名称' : '与服务对象的关系', 40) : null}
      </div>
      {way === 'drawn' ? null : (
        <div className="sg-row">
          {input('reason', '为什么不能手写', 120)}
          {way === 'mark' ? input('witness', '见证人姓名', 40) : null}
        </div>
      )}
      {way === 'typed' ? (
        <p className="sg-says">由社工打字代签，会写明理由和经手人。能手写的请手写。</p>
      ) : (
        <>
          <p className="sg-says sg-turn">把手机横过来，写得更大。</p>
          <div className="sg-surface">
            <canvas ref={canvas} aria-label="签名框：用手指、触控笔或鼠标写" />
            {empty ? <p>{way === 'mark' ? '可在这里画押，也可在纸上按手印' : '在这里写姓名'}</p> : null}
          </div>
        </>
      )}
      {told === '' ? null : (
        <div className="rd-error" role="alert">
          {told}
        </div>
      )}
      <div className="sg-row">
        <button type="button" className="sg-button" disabled={busy} onClick={() => void finish()}>
          {busy ? '正在保存…' : '签好了'}
        </button>
        {way === 'typed' ? null : (
          <>
            <button type="button" className="sg-button sg-second" disabled={empty} onClick={undo}>
              退一笔
            </button>
            <button type="button" className="sg-button sg-second" disabled={empty} onClick={clear}>
              清除
            </button>
          </>
        )}
        {(['drawn', 'mark', 'typed'] as const)
          .filter((other) => other !== way)
          .map((other) => (
            <button key={other} type="button" className="sg-button sg-second" onClick={() => setWay(other)}>
              {other === 'drawn' ? '改为手写' : `不能手写：${signatureWayLabels[other]}`}
            </button>
          ))}
        <button type="button" className="sg-button sg-second" onClick={close}>
          不签了
        </button>
      </div>
    </div>,
    document.body,
  );
}
