import { policy, type Reach, reporters } from '../identity/policy.ts';

export const seesRelief = policy('seesRelief', '承办社工，站长看本站的；各级管理部门看不到', ['worker', 'head']);
export const keepsRelief = policy('keepsRelief', '承办社工', ['worker']);
export const handsRelief = policy('handsRelief', '本站站长', ['head']);
export const seesJoints = policy('seesJoints', '承办社工、本站站长，以及会商里有名字的工作人员：只看为会商写下的内容', reporters);

/** Who reaches a relief case. */
export const reliefReach: Reach = [
  { role: 'worker', within: 'self', column: 'workerId', says: '承办社工本人' },
  { role: 'head', within: 'station', column: 'stationId', says: '本站站长' },
];

/** Who sees a relief case, in the words of the page. */
export const seenByRelief: string[] = reliefReach.map((line) => line.says);
