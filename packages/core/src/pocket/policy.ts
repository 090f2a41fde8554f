import { policy } from '../identity/policy.ts';

export const carriesPocket = policy('carriesPocket', '社工本人：只含本人承办与协办的在办个案', ['worker']);
