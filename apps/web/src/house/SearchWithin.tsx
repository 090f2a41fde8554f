import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { lookFor } from './sought.ts';

/** Looks for something within one case; what is typed stands in no address. */
export function SearchWithin({ caseId }: { readonly caseId: string }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  return (
    <form
      className="rd-within"
      aria-label="在这个个案里查找"
      onSubmit={(e) => {
        e.preventDefault();
        if (typed.trim() === '') return;
        lookFor(typed);
        void navigate({ to: '/search', search: { caseId } as never });
      }}
    >
      <input
        type="search"
        enterKeyHint="search"
        autoComplete="off"
        maxLength={40}
        aria-label="在这个个案里查找"
        placeholder="在这个个案里查找，两个字起"
        value={typed}
        onChange={(e) => setTyped(e.target.value)}
      />
      <button type="submit">查找</button>
    </form>
  );
}
