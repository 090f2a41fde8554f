import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePocket } from './pocket.ts';

/** What became of a record that was just written on the phone: waiting for the network, not taken, or kept. */
export function SavedLine({ saved, children }: { readonly saved: string | undefined; readonly children: ReactNode }) {
  const { waiting, declined } = usePocket();
  if (saved === undefined) return null;
  return (
    <p role="status" className="ph-card">
      {waiting.has(saved) ? (
        '已记在这台手机里，接通网络后自动送出。'
      ) : declined.has(saved) ? (
        <>
          没有被接收，写的还在这台手机里。<Link to="/pocket">看看为什么</Link>
        </>
      ) : (
        children
      )}
    </p>
  );
}
