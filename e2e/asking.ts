/** What a journey needs before its own acts begin, asked of the platform in the session of somebody who is signed in. */
import { createCase } from '@jieyou/core/cases/endpoints.ts';
import { readSession } from '@jieyou/core/identity/endpoints.ts';
import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import type { Page } from 'playwright-core';

type Given<E extends AnyEndpoint> = {
  readonly params?: E['params']['_input'];
  readonly query?: E['query']['_input'];
  readonly body?: E['body']['_input'];
};

const addressOf = (endpoint: AnyEndpoint, params: object = {}, query: object = {}): string => {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => String((params as Record<string, unknown>)[name]));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) for (const one of [value].flat()) search.append(name, String(one));
  return search.size === 0 ? path : `${path}?${search}`;
};

/** Asks; anything but success ends the journey. */
export const ask = async <E extends AnyEndpoint>(page: Page, endpoint: E, given: Given<E> = {}): Promise<E['reply']['_output']> => {
  const writes = endpoint.method !== 'GET';
  const session = writes ? ((await (await page.request.get(readSession.path)).json()) as { csrfToken: string }) : null;
  const reply = await page.request.fetch(addressOf(endpoint, given.params as object, given.query as object), {
    method: endpoint.method,
    ...(session === null ? {} : { headers: { 'x-csrf-token': session.csrfToken }, data: given.body ?? {} }),
  });
  if (!reply.ok()) throw new Error(`${endpoint.id}: ${reply.status()} ${await reply.text()}`);
  return (await reply.json()) as E['reply']['_output'];
};

/** A new case of the worker, under a name that nobody else writes. */
export const freshCase = async (worker: Page, name: string, birthOn = '1970-05-06'): Promise<string> =>
  (
    await ask(worker, createCase, {
      body: {
        recipient: { name, gender: 'female', birthOn, idNumber: null, phone: null, address: null },
        household: '独居',
        aliases: [],
        school: null,
        serviceDomain: 'family',
        domain: 'family-relations',
        helpFields: ['psychology'],
        risk: 'low',
        summary: '想有人常来看看。',
      } as never,
    })
  ).id;
