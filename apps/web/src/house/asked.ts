import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import type { z } from 'zod';

/** What a call may carry; which parts are needed is the endpoint's to say. */
export type Given<E extends AnyEndpoint> = {
  readonly params?: z.input<E['params']>;
  readonly query?: z.input<E['query']>;
  readonly body?: z.input<E['body']>;
  /** A raw file, for endpoints that take one. */
  readonly file?: Blob;
  readonly signal?: AbortSignal;
  /** Idempotency key of this act; keep the same one to try the same act again. */
  readonly key?: string;
};

/** What a call answers. */
export type Answer<E extends AnyEndpoint> = z.output<E['reply']>;
