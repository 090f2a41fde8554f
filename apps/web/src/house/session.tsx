/** Who is signed in. The session is asked once, kept here, and asked again when a notice arrives. */
import { readSession, signOut } from '@jieyou/core/identity/endpoints.ts';
import type { Role, SessionReply } from '@jieyou/core/identity/schema.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef } from 'react';
import { queryOf } from './ask.ts';
import { ApiError, call, keepCsrfToken, onSignedOut, sentenceOf } from './client.ts';
import { forgetAll } from './memory.ts';
import { forgetPocket } from './pocket.ts';

type SessionState = {
  readonly session: SessionReply | null;
  readonly loading: boolean;
  readonly error: string | null;
  /** Takes over the session that a sign-in, a password change or an enrolment answered; done once every page knows it. */
  readonly take: (session: SessionReply) => Promise<void>;
  readonly leave: () => Promise<void>;
};

const SessionContext = createContext<SessionState | null>(null);

/** Gives the session to everything below. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient();
  const asked = useQuery({
    ...queryOf(readSession),
    retry: (count, error) => count < 2 && (error.kind === 'offline' || error.kind === 'unavailable'),
    staleTime: 60_000,
  });
  const session = asked.data ?? null;
  if (session !== null) keepCsrfToken(session.csrfToken);

  useEffect(
    () =>
      onSignedOut((revoked) => {
        // Ended on purpose, from elsewhere: what this device carries goes. A session that only ran out leaves it.
        if (revoked) void forgetPocket();
        if (queries.getQueryData(['readSession', {}, {}]) !== null) queries.setQueryData(['readSession', {}, {}], null);
      }),
    [queries],
  );

  const waiting = useRef<(() => void)[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new session is what the waiting ones wait for
  useEffect(() => {
    for (const done of waiting.current.splice(0)) done();
  }, [session]);

  const take = useCallback(
    async (next: SessionReply) => {
      keepCsrfToken(next.csrfToken);
      queries.removeQueries({ predicate: (q) => q.queryKey[0] !== 'readSession' && q.getObserversCount() === 0 });
      // A page that is opened before the provider knows would still judge by the old session and send the person back.
      const known = new Promise<void>((done) => {
        waiting.current.push(done);
        setTimeout(done, 400);
      });
      queries.setQueryData(['readSession', {}, {}], next);
      await known;
    },
    [queries],
  );
  const leave = useCallback(async () => {
    await call(signOut).catch((error: unknown) => {
      // Already gone is as good as left.
      if (!(error instanceof ApiError && error.kind === 'signed-out')) throw error;
    });
    forgetAll('draft.');
    await forgetPocket();
    queries.removeQueries({ predicate: (q) => q.queryKey[0] !== 'readSession' });
    queries.setQueryData(['readSession', {}, {}], null);
  }, [queries]);

  const failed = asked.error !== null && asked.error.kind !== 'signed-out';
  const state = useMemo<SessionState>(
    () => ({ session, loading: asked.isPending, error: failed && session === null ? sentenceOf(asked.error) : null, take, leave }),
    [session, asked.isPending, asked.error, failed, take, leave],
  );
  return <SessionContext.Provider value={state}>{children}</SessionContext.Provider>;
}

/** The session's state, for the sign-in page and the shells. */
export const useSessionState = (): SessionState => {
  const state = useContext(SessionContext);
  if (state === null) throw new Error('SessionProvider is missing');
  return state;
};

/** Who is signed in; only below {@link SignedInGate}. */
export const useSession = (): SessionReply => {
  const { session } = useSessionState();
  if (session === null) throw new Error('nobody is signed in');
  return session;
};

/** Whether the person holds one of these roles now. Only for what is shown: the server decides what may be done. */
export const useCan = (...roles: readonly Role[]): boolean => {
  const { session } = useSessionState();
  return session?.account.roles.some((r) => roles.includes(r)) ?? false;
};

/** Goes elsewhere, once: the address changes while the next page still loads, and must not be taken for the way back. */
function GoOnce({ to, back }: { readonly to: string; readonly back?: string }) {
  const navigate = useNavigate();
  const gone = useRef(false);
  useEffect(() => {
    if (gone.current) return;
    gone.current = true;
    void navigate({ to, replace: true, ...(back === undefined ? {} : { search: { back } as never }) });
  });
  return null;
}

/** Lets through who is signed in and set up; sends everybody else where they have to go first. */
export function SignedInGate({ children, waiting }: { readonly children: ReactNode; readonly waiting: ReactNode }) {
  const { session, loading, error } = useSessionState();
  const here = useLocation();
  // A page that is already loaded is drawn before the news of a sign-in reaches it: what is known counts, not what was drawn.
  const known = useQueryClient().getQueryData<SessionReply | null>(['readSession', {}, {}]) ?? null;
  if (loading || known !== session) return <>{waiting}</>;
  if (error !== null)
    return (
      <div className="jy-centre-note" role="alert">
        <p>{error}</p>
        <button type="button" className="jy-plain-button" onClick={() => window.location.reload()}>
          重试
        </button>
      </div>
    );
  if (session === null) return <GoOnce to="/sign-in" back={here.href} />;
  if (session.stage === 'change-password' && here.pathname !== '/me/password') return <GoOnce to="/me/password" />;
  if (session.stage === 'enrol-second-factor' && here.pathname !== '/me/second-factor') return <GoOnce to="/me/second-factor" />;
  return <>{children}</>;
}
