/** Bare rows behind the scenes, where a test of another room needs a request or an invitation to be there and nothing of its story. */
import { idAt } from '../src/platform/ids.ts';
import type { TestApp } from './harness.ts';

const BEGUN = '2026-03-01T00:00:00Z';

/** A request of `worker` in a state, with a case about nobody: once in each database. Answers the request's id. */
export const bareRequest = async (t: TestApp, given: { status: string; clockDueAt?: string }): Promise<string> => {
  const { districtId, stations, persons } = t.world;
  const [recipientId, caseId, requestId] = [idAt(1, 1), idAt(1, 2), idAt(1, 3)];
  const worker = persons.worker ?? '';
  const place = { districtId, stationId: stations.s1 };
  const subject = { domain: 'parent-child', helpFields: [], risk: 'low', divisionPath: '/' };
  await t.owner
    .insertInto('recipient')
    .values({ ...place, id: recipientId, workerId: worker, gender: 'female', nameMasked: '李*', nameCt: 'x', nameIndex: 'x' })
    .execute();
  await t.owner
    .insertInto('caseFile')
    .values({
      ...place,
      ...subject,
      serviceDomain: 'family',
      id: caseId,
      number: 'T-1',
      status: 'open',
      recipientId,
      workerId: worker,
      openedOn: '2026-03-01',
      updatedAt: BEGUN,
    })
    .execute();
  await t.owner
    .insertInto('supportRequest')
    .values({ ...place, ...subject, ...given, id: requestId, caseId, askerId: worker, createdAt: BEGUN, updatedAt: BEGUN })
    .execute();
  return requestId;
};

/** A round of advice about a request, with one invitation in a state. Answers the round's id. */
export const bareInvitation = async (
  t: TestApp,
  requestId: string,
  given: { expert: string; status: string; round?: number; invitedAt?: string; pledgedAt?: string | null; expiresAt?: string },
): Promise<string> => {
  const { districtId, persons, experts } = t.world;
  const roundId = crypto.randomUUID();
  await t.owner
    .insertInto('supportRound')
    .values({
      districtId,
      id: roundId,
      requestId,
      number: given.round ?? 1,
      deadline: '2026-03-31T00:00:00Z',
      expiresAt: given.expiresAt ?? '2026-04-07T00:00:00Z',
      quorum: 1,
      asked: 1,
      basisKind: 'statutory-duty',
      basisGround: '依法履职',
      packetHash: 'x',
      packetFields: [],
      pledgeText: '保密',
      createdBy: persons.centre ?? '',
      createdAt: BEGUN,
    })
    .execute();
  await t.owner
    .insertInto('supportInvitation')
    .values({
      districtId,
      id: crypto.randomUUID(),
      requestId,
      roundId,
      expertId: experts[given.expert] ?? '',
      helpFields: [],
      number: `QZ-2026-${given.round ?? 1}`,
      domain: 'parent-child',
      status: given.status,
      invitedAt: given.invitedAt ?? BEGUN,
      pledgedAt: given.pledgedAt ?? null,
    })
    .execute();
  return roundId;
};
