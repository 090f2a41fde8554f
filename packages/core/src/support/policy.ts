import { policy, professionals, type Reach } from '../identity/policy.ts';

export const asksForHelp = policy('asksForHelp', '个案的承办社工', ['worker']);
export const seesRequests = policy('seesRequests', '求助社工、站长（本站）、支援中心；机构、街道与主管部门只见登记信息', [
  'worker',
  'head',
  'centre',
  'agency',
  'officer',
  'street',
]);
export const seesSimilarCases = policy('seesSimilarCases', '写求助的社工；提交以后还有本站站长、支援中心', ['worker', 'head', 'centre']);
export const exportsRequests = policy('exportsRequests', '社工（自己的求助）、站长（本站）、支援中心', ['worker', 'head', 'centre']);
export const screens = policy('screens', '支援中心工作人员，不能是求助人', ['centre']);
export const coordinates = policy('coordinates', '支援中心工作人员', ['centre']);
export const chairs = policy('chairs', '会诊主持人或支援中心工作人员', ['centre', 'supervisor', 'expert']);
export const invited = policy('invited', '受邀专家本人', ['expert']);
export const readsOpinions = policy('readsOpinions', '支援中心随时；专家交出自己的意见且达到法定人数或截止后', ['centre', 'expert']);
export const holdsLines = policy('holdsLines', '支援线的承接人；支援中心', ['supervisor', 'worker', 'centre', 'expert']);
export const ownsActions = policy('ownsActions', '行动项的负责人', professionals);
export const withdraws = policy('withdraws', '求助社工', ['worker']);
export const endsElsewhere = policy('endsElsewhere', '求助社工或支援中心', ['worker', 'centre']);
export const holds = policy('holds', '当前承办人（支援中心）', ['centre']);
export const votes = policy('votes', '被问到时间的人、参加会诊的人，只看自己的', ['worker', 'expert', 'centre', 'supervisor']);
export const invitesClient = policy('invitesClient', '求助社工或支援中心', ['worker', 'centre']);
export const seesAgenda = policy('seesAgenda', '求助社工、本站站长、支援中心', ['worker', 'head', 'centre']);
export const informsCentre = policy('informsCentre', '求助社工', ['worker']);

/** Who reaches the register of a request. */
export const requestReach: Reach = [
  { role: 'worker', within: 'self', column: 'askerId', says: '求助社工本人（请假时为其代理人）' },
  { role: 'head', within: 'station', column: 'stationId', says: '求助社工所在站的站长（知情，不审批）' },
  { role: 'centre', within: 'district', column: 'districtId', says: '本区支援中心工作人员（草稿除外）' },
  { role: 'agency', within: 'organisation', column: 'organisationId', says: '求助社工所属机构的负责人（只见登记信息）' },
  { role: 'officer', within: 'district', column: 'districtId', says: '本区主管部门（只见登记信息）' },
  { role: 'street', within: 'division', column: 'divisionPath', says: '所在街道（只见登记信息）' },
];

/** Who also reads its content: narrative, attachments, opinions, minutes. */
export const contentReach: Reach = requestReach.filter((l) => ['worker', 'head', 'centre'].includes(l.role));

/** Drafts are the asker's alone. */
export const draftReach: Reach = requestReach.filter((l) => l.role === 'worker');
