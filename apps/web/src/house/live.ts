/** News from the server (SSE): one connection a tab, whatever the number of parts that listen. */
import { followLive } from '@jieyou/core/notices/endpoints.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { fileUrl } from './client.ts';

const AGAIN_MS = 4_000;

type News = 'notice' | 'changed';

const listeners = new Set<(news: News) => void>();
const watched: string[] = [];
let source: EventSource | null = null;
let sourceFor: string | undefined;

const tell = (news: News) => () => {
  for (const listener of listeners) listener(news);
};

const connect = (): void => {
  const requestId = watched.at(-1);
  if (listeners.size === 0) {
    source?.close();
    source = null;
    return;
  }
  if (source !== null && source.readyState !== EventSource.CLOSED && sourceFor === requestId) return;
  source?.close();
  sourceFor = requestId;
  source = new EventSource(fileUrl(followLive, { query: requestId === undefined ? {} : { requestId } }));
  source.addEventListener('notice', tell('notice'));
  source.addEventListener('changed', tell('changed'));
  // After an answer other than a stream (a full house, a restart behind a proxy) the browser does not try again by itself.
  source.addEventListener('error', () => {
    if (source?.readyState === EventSource.CLOSED) setTimeout(connect, AGAIN_MS * (1 + Math.random()));
  });
};

/** Keeps what is on screen current while mounted; with an id, also for the changes of that request. */
export const useLive = (requestId?: string): void => {
  const queries = useQueryClient();
  useEffect(() => {
    const listener = (news: News) => {
      if (news === 'notice') {
        void queries.invalidateQueries({
          predicate: (q) => ['readSession', 'listNotices', 'readWorkbench'].includes(String(q.queryKey[0])),
        });
      } else {
        void queries.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'readSession' });
      }
    };
    listeners.add(listener);
    if (requestId !== undefined) watched.push(requestId);
    connect();
    return () => {
      listeners.delete(listener);
      const at = requestId === undefined ? -1 : watched.lastIndexOf(requestId);
      if (at >= 0) watched.splice(at, 1);
      // A page that is replaced by another of the same kind would else close and open at once.
      setTimeout(connect, 50);
    };
  }, [queries, requestId]);
};
