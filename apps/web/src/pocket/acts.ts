/** Acts that may be done without network: each goes through its own endpoint later, which judges it again. */
import { registerAlarm } from '@jieyou/core/alarms/endpoints.ts';
import { addAttachment, addNote } from '@jieyou/core/cases/endpoints.ts';
import { signCasePlan } from '@jieyou/core/cases/stageEndpoints.ts';
import { beginFormAnswer, signFormAnswer, submitFormAnswer } from '@jieyou/core/forms/endpoints.ts';
import { holdSession } from '@jieyou/core/groups/endpoints.ts';
import { createReport } from '@jieyou/core/reports/endpoints.ts';
import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import { createSupportRequest } from '@jieyou/core/support/endpoints.ts';
import { finishVisitAction, missVisit, planVisit, recordVisit } from '@jieyou/core/visits/endpoints.ts';

type Given = { readonly params?: unknown; readonly query?: unknown; readonly body?: unknown };
type Words = Readonly<Record<string, string | null | undefined>>;

/** How an act is named, whose case it concerns, and what stands in for its answer until there is one. */
type Act = {
  readonly endpoint: AnyEndpoint;
  readonly says: string | ((given: Given) => string);
  /** It is about danger: sent before all else, and until then it has reached nobody. */
  readonly first?: true;
  readonly caseOf: (given: Given) => string | null;
  /** The plan or form whose case it is, where the act itself does not name the case. */
  readonly paperOf?: (given: Given) => string | null;
  /** Whose draft it carries, where that is not the record's own. */
  readonly draftOf?: (given: Given) => string;
  readonly recordOf: (given: Given, opId: string) => string;
  readonly meanwhile: (id: string, given: Given) => unknown;
  /** Where its form stands. */
  readonly page: (given: Given & { readonly caseId?: string | null }) => string;
  /** Whether it can wait as it is given; left out, it always can. */
  readonly waits?: (given: Given) => boolean;
};

/** The parts of what an act was asked with. */
export const words = (of: unknown): Words => (of ?? {}) as Words;
/** The case under which a form was begun; null under anything else. */
export const caseUnder = (body: unknown): string | null => {
  const { under } = (body ?? {}) as { under?: { kind: string; id: string } };
  return under?.kind === 'case' ? under.id : null;
};
const written = (id: string) => ({ id, version: 0 });

const acts: readonly Act[] = [
  ...[recordVisit, missVisit].map((endpoint) => ({
    endpoint: endpoint as unknown as AnyEndpoint,
    says: endpoint.id === recordVisit.id ? '探访记录' : '探访未遇',
    caseOf: (given: Given) => words(given.body)['caseId'] ?? null,
    recordOf: (given: Given) => words(given.params)['id'] ?? '',
    meanwhile: written,
    page: (given: Given) => `/visits/${words(given.params)['id']}/record?case=${words(given.body)['caseId']}`,
  })),
  {
    endpoint: planVisit as unknown as AnyEndpoint,
    says: '安排探访',
    caseOf: (given) => words(given.body)['caseId'] ?? null,
    // Beside what is recorded of the same visit, which does not take its place.
    recordOf: (given) => `${words(given.body)['id']}.plan`,
    draftOf: (given) => `plan.${words(given.body)['caseId']}`,
    meanwhile: (_record, given) => written(words(given.body)['id'] ?? ''),
    page: (given) => `/visits/plan?case=${words(given.body)['caseId']}`,
    waits: (given) => words(given.body)['id'] != null,
  },
  {
    endpoint: finishVisitAction as unknown as AnyEndpoint,
    says: '即时处置已完成',
    caseOf: () => null,
    recordOf: (given) => words(given.params)['actionId'] ?? '',
    meanwhile: (_record, given) => written(words(given.params)['id'] ?? ''),
    page: () => '/visits',
  },
  {
    endpoint: registerAlarm as unknown as AnyEndpoint,
    first: true,
    says: (given) => (words(given.body)['kind'] === 'violence' ? '登记家暴' : '登记危机'),
    caseOf: (given) => words(given.body)['caseId'] ?? null,
    recordOf: (given) => words(given.body)['id'] ?? '',
    meanwhile: written,
    page: (given) => `/alarms/new?case=${words(given.body)['caseId']}&kind=${words(given.body)['kind']}`,
  },
  {
    endpoint: addNote as unknown as AnyEndpoint,
    says: '个案记录',
    caseOf: (given) => words(given.params)['id'] ?? null,
    recordOf: (given, opId) => words(given.body)['id'] ?? opId,
    meanwhile: written,
    page: (given) => `/cases/${words(given.params)['id']}`,
  },
  {
    endpoint: addAttachment as unknown as AnyEndpoint,
    says: '照片',
    caseOf: (given) => (words(given.params)['kind'] === 'case' ? (words(given.params)['id'] ?? null) : null),
    recordOf: (_given, opId) => opId,
    meanwhile: (id, given) => ({ id, name: words(given.query)['name'] ?? '', mime: '', bytes: 0, addedByName: '', addedAt: '' }),
    page: (given) =>
      words(given.params)['kind'] === 'request' ? `/requests/${words(given.params)['id']}/edit` : `/cases/${words(given.params)['id']}`,
  },
  {
    endpoint: holdSession as unknown as AnyEndpoint,
    says: '小组一节的记录',
    caseOf: () => null,
    recordOf: (given) => words(given.params)['sessionId'] ?? '',
    meanwhile: written,
    page: (given) => `/groups/${words(given.params)['id']}/sessions/${words(given.params)['sessionId']}`,
  },
  {
    endpoint: createReport as unknown as AnyEndpoint,
    first: true,
    says: '强制报告',
    caseOf: (given) => words(given.body)['caseId'] ?? null,
    recordOf: (given) => words(given.body)['id'] ?? '',
    meanwhile: (id) => ({ ...written(id), number: '', dueAt: '' }),
    page: () => '/reports/new',
  },
  {
    endpoint: beginFormAnswer as unknown as AnyEndpoint,
    says: '开始填表',
    caseOf: (given) => caseUnder(given.body),
    recordOf: (given, opId) => words(given.body)['id'] ?? opId,
    meanwhile: written,
    page: (given) => `/cases/${caseUnder(given.body)}`,
    // A correction needs what it corrects, which is not carried.
    // Only forms of a case are carried.
    waits: (given) => words(given.body)['templateId'] != null && words(given.body)['id'] != null && caseUnder(given.body) !== null,
  },
  {
    endpoint: submitFormAnswer as unknown as AnyEndpoint,
    says: '提交表单',
    caseOf: () => null,
    paperOf: (given) => words(given.params)['id'] ?? null,
    draftOf: (given) => words(given.params)['id'] ?? '',
    recordOf: (given) => `${words(given.params)['id']}.submission`,
    meanwhile: (_record, given) => written(words(given.params)['id'] ?? ''),
    page: (given) => `/forms/${words(given.params)['id']}`,
  },
  ...[signFormAnswer, signCasePlan].map((endpoint) => ({
    endpoint: endpoint as unknown as AnyEndpoint,
    says: '签名',
    caseOf: () => null,
    paperOf: (given: Given) => words(given.params)['id'] ?? null,
    // What stood in the form when it was signed.
    draftOf: (given: Given) => words(given.params)['id'] ?? '',
    recordOf: (given: Given, opId: string) => words(given.body)['id'] ?? opId,
    meanwhile: written,
    page: (given: Given & { readonly caseId?: string | null }) =>
      endpoint.id === signFormAnswer.id
        ? `/forms/${words(given.params)['id']}`
        : given.caseId == null
          ? '/cases'
          : `/cases/${given.caseId}/signing`,
  })),
  {
    endpoint: createSupportRequest as unknown as AnyEndpoint,
    says: '求助草稿',
    caseOf: (given) => words(given.body)['caseId'] ?? null,
    draftOf: (given) => `ask.${words(given.body)['caseId']}`,
    recordOf: (_given, opId) => opId,
    meanwhile: written,
    page: (given) => `/cases/${words(given.body)['caseId']}`,
    // Begun with a tap, it goes on at once on a page of the platform; only what was written down here can wait.
    waits: (given) => words(given.body)['story'] !== undefined,
  },
];

/** The act of an endpoint; undefined where it needs the network. */
export const actOf = (endpointId: string): Act | undefined => acts.find((act) => act.endpoint.id === endpointId);

/** Whether a waiting act is about danger: it goes first, and until then the phone says that nobody was reached. */
export const goesFirst = (op: { readonly endpoint: string }): boolean => actOf(op.endpoint)?.first === true;
