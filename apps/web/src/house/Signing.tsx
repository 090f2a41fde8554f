import { stateOf, strokePath } from '@jieyou/core/signatures/rules.ts';
import type { SignatureDraft, SignatureShown, SignerRole, SigningSheet } from '@jieyou/core/signatures/schema.ts';
import { signatureWayLabels, signerRoleLabels, signSourceWords, signStateLabels } from '@jieyou/core/texts/signatureLabels.ts';
import { useState } from 'react';
import { shortInstant } from './format.ts';
import { RefusalNotice } from './RefusalNotice.tsx';
import { SignaturePad } from './SignaturePad.tsx';
import { StatusTag } from './StatusTag.tsx';
import './reading.css';
import './signing.css';

/** SHA-256 in hexadecimal digits; null on a page without encryption (http), where only the server can say. */
export const hashHere = async (text: string): Promise<string | null> => {
  if (!window.isSecureContext) return null;
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
};

/** One signature as it is read: the drawing, by whom, when, and who held the device. */
function Signed({ one }: { readonly one: SignatureShown }) {
  const words = [
    one.way === 'drawn' ? '' : signatureWayLabels[one.way],
    one.name,
    one.relation,
    one.reason,
    one.witness === '' ? '' : `见证人 ${one.witness}`,
    `${shortInstant(one.signedAt)} 签`,
    one.takenByName === '' ? '' : `${one.takenByName} 经手`,
  ];
  return (
    <>
      {one.path === null ? null : (
        <svg className="sg-drawn" viewBox={`0 0 ${one.width} ${one.height}`} role="img" aria-label={`${one.name}的手写签名`}>
          <path
            d={one.path}
            fill="none"
            stroke="#1f2328"
            strokeWidth={2}
            vectorEffect="non-scaling-stroke"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
      )}
      <span className="rd-quiet">{words.filter((w) => w !== '').join('　')}</span>
    </>
  );
}

const shownOf = (draft: SignatureDraft): SignatureShown => ({
  ...draft,
  path: draft.strokes === null ? null : strokePath(draft.strokes),
  width: draft.strokes?.width ?? 0,
  height: draft.strokes?.height ?? 0,
  takenAt: draft.signedAt,
  takenByName: '',
});

/**
 * Who signs a paper and why, who has, and who signs now. `hash` is of what is shown at this moment, `prepare` makes sure of it before
 * somebody signs.
 */
export function Signing({
  sheet,
  hash,
  prepare,
  take,
  error,
  workerName,
}: {
  readonly sheet: SigningSheet;
  readonly hash: string;
  readonly prepare?: () => Promise<string>;
  readonly take: (draft: SignatureDraft) => Promise<unknown>;
  readonly error: unknown;
  readonly workerName?: string;
}) {
  const [asking, setAsking] = useState<{ who: SignerRole; hash: string } | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  // Taken here and not read again yet: without network that may last.
  const [mine, setMine] = useState<readonly SignatureShown[]>([]);
  const known = new Set(sheet.signatures.map((s) => s.id));
  const all = [...sheet.signatures, ...mine.filter((s) => !known.has(s.id))];
  const begin = async (who: SignerRole) => {
    setFailed(null);
    try {
      setAsking({ who, hash: prepare === undefined ? hash : await prepare() });
    } catch (not) {
      setFailed(not);
    }
  };
  const row = (who: SignerRole, says: string, needed: boolean) => {
    const state = stateOf(who, all, hash);
    const standing = all.filter((s) => s.who === who && s.hash === hash);
    if (!needed && !sheet.open && standing.length === 0) return null;
    return (
      <li key={who}>
        <div className="sg-head">
          <strong>{signerRoleLabels[who]}</strong>
          {needed || state !== 'missing' ? (
            <StatusTag tone={state === 'signed' ? 'done' : 'needs'}>{signStateLabels[state]}</StatusTag>
          ) : null}
        </div>
        {says === '' ? null : <span className="rd-quiet">{says}</span>}
        {standing.map((one) => (
          <Signed key={one.id} one={one} />
        ))}
        {sheet.open ? (
          <div>
            <button
              type="button"
              className={`sg-button${needed && state !== 'signed' ? '' : ' sg-second'}`}
              onClick={() => void begin(who)}
            >
              {state === 'signed' ? `${signerRoleLabels[who]}重签` : `请${signerRoleLabels[who]}签名`}
            </button>
          </div>
        ) : null}
      </li>
    );
  };
  return (
    <>
      <ul className="sg-list" aria-label="签名">
        {sheet.needs.map((n) => row(n.who, signSourceWords[n.source], true))}
        {sheet.also.map((who) => row(who, who === 'person' ? '可以一起签。' : '需要时签。', false))}
      </ul>
      <RefusalNotice error={failed ?? error} />
      {asking === null ? null : (
        <SignaturePad
          who={asking.who}
          hash={asking.hash}
          {...(asking.who === 'worker' && workerName !== undefined ? { name: workerName } : {})}
          close={() => setAsking(null)}
          done={async (draft) => {
            await take(draft);
            setMine((was) => [...was, shownOf(draft)]);
            setAsking(null);
          }}
        />
      )}
    </>
  );
}
