import { allEndpoints } from '@jieyou/core/endpoints.ts';

const says = new Map(allEndpoints.map((e) => [e.id, e.says]));

/** What an endpoint does, in words; undefined for what is no endpoint. */
export const actionSays = (id: string): string | undefined => says.get(id);
