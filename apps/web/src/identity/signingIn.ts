import { signIn } from '@jieyou/core/identity/endpoints.ts';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { ApiError, call } from '../house/client.ts';
import { parseSearch } from '../house/platform.ts';
import { useSessionState } from '../house/session.tsx';

/** Signing in, the same on desk and phone: name and password first, the code when the server asks for it. */
export const useSigningIn = () => {
  const { session: here, take } = useSessionState();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { back?: string };
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  // Whoever is signed in, by this page or before, goes on to where they wanted to be.
  const goOn = useRef(false);
  useEffect(() => {
    if (here === null || goOn.current) return;
    goOn.current = true;
    // Only an address of our own: a link must not lead a person who signs in to another site.
    const back = search.back !== undefined && /^\/(?![/\\])/.test(search.back) && !search.back.startsWith('/sign-in') ? search.back : '/';
    const [path = '/', query = ''] = back.split('?');
    void navigate({ to: path, search: parseSearch(query) as never, replace: true });
  });

  const enter = async (given?: { username: string; password: string; code: string | null }) => {
    const name = (given?.username ?? username).trim();
    const secret = given?.password ?? password;
    const digits = (given === undefined ? code : (given.code ?? '')).replace(/\s/g, '');
    setBusy(true);
    setError(null);
    try {
      const session = await call(signIn, { body: { username: name, password: secret, ...(digits === '' ? {} : { code: digits }) } });
      await take(session);
    } catch (e) {
      if (e instanceof ApiError && e.code === 'identity.code-needed' && digits === '') setAsksCode(true);
      else setError(e);
      if (e instanceof ApiError && e.code === 'identity.wrong-code') {
        setAsksCode(true);
        setCode('');
      }
    } finally {
      setBusy(false);
    }
  };
  return { username, setUsername, password, setPassword, code, setCode, asksCode, error, busy, enter };
};
