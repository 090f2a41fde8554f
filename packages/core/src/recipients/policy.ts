import { policy } from '../identity/policy.ts';

export const seesRecipients = policy('seesRecipients', '服务此人的承办与协办社工、站长（本站）', ['worker', 'head']);
export const searchesRecipients = policy('searchesRecipients', '社工、站长；范围外只告诉站点名称', ['worker', 'head']);
export const writesRecipients = policy('writesRecipients', '服务此人的承办与协办社工', ['worker']);
export const opensRecipients = policy('opensRecipients', '服务此人的社工、站长（本站），须填写理由并留痕', ['worker', 'head']);
export const mergesRecipients = policy('mergesRecipients', '站长（两边都在本站），或两边都由本人服务的社工', ['worker', 'head']);

/** Who reaches a person: through a case of the person; before there is one, by the register of a station. */
export const seenByRecipient: string[] = [
  '此人任一个案的承办社工',
  '此人任一个案的协办社工',
  '此人任一个案所在站点的站长',
  '没有个案、只在名册上的人：名册的责任社工和本站站长',
];
