import { endpoint } from '../shared/endpoint.ts';
import { carriesPocket } from './policy.ts';
import { Pocket } from './schema.ts';

export const readPocket = endpoint({
  id: 'readPocket',
  method: 'GET',
  path: '/api/pocket',
  says: '取随身资料：近日探访与本人在办个案的要点，供没有网络时使用',
  allow: carriesPocket,
  reply: Pocket,
  reads: 'content',
  rate: 'heavy',
});
