import { signIn } from '@jieyou/core/identity/endpoints.ts';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError, call } from '../house/client.ts';
import { useSessionState } from '../house/session.tsx';

/** Signing in, the same on desk and phone: name and password first, the code when the server asks for it. */
export const useSigningIn = () => {
  const { take } = useSessionState();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { back?: string };
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const enter = async (given?: { username: string; password: string; code: string | null }) => {
    const name = (given?.username ?? username).trim();
    const secret = given?.password ?? password;
    const digits = (given === undefined ? code : (given.code ?? '')).replace(/\s/g, '');
    setBusy(true);
    setError(null);
    try {
      const session = await call(signIn, { body: { username: name, password: secret, ...(digits === '' ? {} : { code: digits }) } });
      take(session);
      // Only an address of our own: a link must not lead a person who signs in to another site.
      const back = search.back !== undefined && /^\/(?![/\\])/.test(search.back) && !search.back.startsWith('/sign-in') ? search.back : '/';
      await navigate({ href: back, replace: true } as never);
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
