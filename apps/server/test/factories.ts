/** The domain's traits, told through the platform's own commands: no test writes rows that a person could not have made. */
import * as casebank from '@jieyou/core/casebank/endpoints.ts';
import * as cases from '@jieyou/core/cases/endpoints.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import * as support from '@jieyou/core/support/endpoints.ts';
import type { TestApp } from './harness.ts';

/** A checklist of a hard case without imminent danger. */
export const HARD = {
  imminentRisk: false,
  problemsAtOnce: true,
  lackOfResources: true,
  beyondExperience: false,
  earlierAttemptsFailed: true,
  severalDepartments: true,
  riskRising: false,
};

export const STORY = '当事人独自抚养孩子，事故赔偿迟迟没有拿到，孩子已经三个月没有上学，家里靠借钱生活。';

/** A case of a worker; an ordinary one names neither a problem nor expertise. */
export const openCase = async (t: TestApp, username = 'worker', more: { name?: string; ordinary?: boolean } = {}): Promise<string> => {
  const worker = await t.as(username);
  const made = await worker.ok(cases.createCase, {
    body: {
      recipient: {
        name: more.name ?? '王桦',
        gender: 'female',
        birthOn: '1981-02-03',
        idNumber: null,
        phone: '19900001234',
        address: '一街道花园路12号3栋402',
      },
      household: '与十二岁的儿子同住',
      aliases: [],
      school: '花园小学',
      serviceDomain: 'family',
      ...(more.ordinary === true ? {} : { domain: 'parent-child' as const }),
      helpFields: more.ordinary === true ? [] : ['law', 'family', 'psychology'],
      risk: 'medium',
      summary: `${more.name ?? '王桦'}，电话19900001234，${STORY}`,
    },
  });
  return made.id;
};

/** A consent of the recipient. */
export const consentTo = async (
  t: TestApp,
  caseId: string,
  purpose: 'conference' | 'publication' | 'support' | 'referral' | 'attendance',
  more: object = {},
  username = 'worker',
) =>
  (
    await (
      await t.as(username)
    ).ok(cases.recordConsent, {
      params: { id: caseId },
      body: {
        receiver: '疑难个案支援中心',
        purpose,
        fields: ['situation', 'household', 'domain', 'risk', 'story', 'tried', 'asks', 'attachments'],
        signedBy: '本人',
        grantedOn: '2026-03-01',
        expiresOn: null,
        ...more,
      },
    })
  ).id;

/** A draft of a request, complete. */
export const draftRequest = async (
  t: TestApp,
  caseId: string,
  more: { helpFields?: HelpField[]; imminentRisk?: boolean } = {},
  username = 'worker',
) =>
  (await t.as(username)).ok(support.createSupportRequest, {
    body: {
      caseId,
      helpFields: more.helpFields ?? ['law', 'family', 'psychology'],
      story: `王桦说：${STORY}她的电话是19900001234，孩子在花园小学。`,
      tried: '陪同去过两次交警队，没有结果；与班主任谈过一次。',
      asks: '怎样帮她拿到赔偿，怎样让孩子回到学校。',
      wishes: { expertGender: null },
      checklist: { ...HARD, ...(more.imminentRisk === true ? { imminentRisk: true } : {}) },
    },
  });

/** A submitted request. */
export const submitRequest = async (
  t: TestApp,
  more: { helpFields?: HelpField[]; imminentRisk?: boolean; name?: string } = {},
  username = 'worker',
) => {
  const caseId = await openCase(t, username, more);
  const draft = await draftRequest(t, caseId, more, username);
  const submitted = await (await t.as(username)).ok(support.submitSupportRequest, {
    params: { id: draft.id },
    body: { version: draft.version },
  });
  return { caseId, ...submitted };
};

/** An accepted request, held by `centre`. */
export const acceptRequest = async (t: TestApp, more: { helpFields?: HelpField[] } = {}, username = 'worker') => {
  const request = await submitRequest(t, more, username);
  const accepted = await (await t.as('centre')).ok(support.screenSupportRequest, {
    params: { id: request.id },
    body: { exit: 'accept', version: request.version, checklistVersion: '2026.1' },
  });
  return { ...request, ...accepted };
};

/** A request whose experts are invited; the conference is planned. */
export const inviteExperts = async (
  t: TestApp,
  more: { experts?: string[]; quorum?: number; chair?: string; basis?: 'consent' | 'emergency' } = {},
) => {
  const request = await acceptRequest(t);
  const centre = await t.as('centre');
  const consentId = more.basis === 'emergency' ? null : await consentTo(t, request.caseId, 'conference');
  const proposal = await centre.ok(support.proposePanel, { params: { id: request.id }, body: {} });
  const names = more.experts ?? ['expert', 'expert2'];
  const FIELDS: Readonly<Record<string, HelpField[]>> = {
    expert: ['law', 'family'],
    expert2: ['psychology'],
    expert3: ['economy'],
    expert4: ['education', 'family'],
  };
  const invited = await centre.ok(support.inviteExperts, {
    params: { id: request.id },
    body: {
      version: request.version,
      proposalId: proposal.id,
      seats: names.map((n) => ({ expertId: t.world.experts[n] as string, helpFields: FIELDS[n] ?? ['law'] })),
      overrideReason: '按实际需要调整',
      deadline: '2026-03-10T10:00:00.000Z',
      ...(more.quorum === undefined ? {} : { quorum: more.quorum }),
      chairId: t.world.persons[more.chair ?? 'centre'] as string,
      plannedAt: '2026-03-11T02:00:00.000Z',
      place: '支援中心会议室',
      packet: {
        fields: ['situation', 'household', 'domain', 'risk', 'story', 'tried', 'asks'],
        attachmentIds: [],
        basis: consentId === null ? { kind: 'emergency', ground: '孩子有即时危险，来不及取得同意' } : { kind: 'consent', consentId },
      },
    },
  });
  const invitations = Object.fromEntries(
    names.map((n) => [n, invited.invitations.find((i) => i.expertId === t.world.experts[n])?.id ?? '']),
  ) as Record<string, string>;
  return {
    caseId: request.caseId,
    id: request.id,
    version: invited.version,
    roundId: invited.roundId,
    conferenceId: invited.conferenceId,
    consentId,
    proposal,
    invitations,
  };
};

/** Accepts an invitation. */
export const acceptInvitation = async (t: TestApp, username: string, invitationId: string) =>
  (await t.as(username)).ok(support.answerInvitation, { params: { id: invitationId }, body: { answer: 'accept', pledge: true } });

/** Accepts and gives an opinion. */
export const giveOpinion = async (t: TestApp, username: string, invitationId: string) => {
  await acceptInvitation(t, username, invitationId);
  return (await t.as(username)).ok(support.giveOpinion, {
    params: { id: invitationId },
    body: { judgement: `${username}的判断`, advice: `${username}的建议`, risk: `${username}看到的风险` },
  });
};

/** A request whose conference was held; one action each for the worker and the centre. */
export const holdConference = async (t: TestApp) => {
  const invited = await inviteExperts(t);
  await giveOpinion(t, 'expert', invited.invitations.expert as string);
  await giveOpinion(t, 'expert2', invited.invitations.expert2 as string);
  t.clock.set('2026-03-11T04:00:00.000Z');
  const held = await (await t.as('centre')).ok(support.holdConference, {
    params: { id: invited.conferenceId },
    body: {
      heldAt: '2026-03-11T02:00:00.000Z',
      attendeeIds: [t.world.experts.expert as string, t.world.experts.expert2 as string],
      minutes: '两位专家与求助社工就赔偿、返校和情绪支持逐项讨论，王桦的情况以赔偿为先。',
      consensus: '先申请法律援助，再与学校商定返校安排。',
      decisions: [
        { text: '陪同申请法律援助', ownerId: t.world.persons.worker as string, dueOn: '2026-03-18' },
        { text: '联系学校商定返校', ownerId: t.world.persons.centre as string, dueOn: '2026-03-20' },
      ],
    },
  });
  return { ...invited, version: held.version, actionIds: held.actionIds };
};

/** A closed and solved request. */
export const closeRequest = async (t: TestApp) => {
  const held = await holdConference(t);
  for (const [i, username] of (['worker', 'centre'] as const).entries()) {
    await (await t.as(username)).ok(support.completeAction, {
      params: { id: held.actionIds[i] as string },
      body: { version: 1, status: 'done', result: '已经办好' },
    });
  }
  const file = await (await t.as('centre')).ok(support.readSupportRequest, { params: { id: held.id } });
  const closed = await (await t.as('centre')).ok(support.closeSupportRequest, {
    params: { id: held.id },
    body: {
      version: file.version,
      solved: true,
      evaluation: '赔偿到位，孩子已返校，母亲情绪平稳。',
      satisfaction: 5,
      followUpOn: '2026-04-15',
    },
  });
  return { ...held, version: closed.version };
};

/** A draft of a published case with every finding confirmed. */
export const draftedCase = async (t: TestApp) => {
  const closed = await closeRequest(t);
  await consentTo(t, closed.caseId, 'publication');
  const centre = await t.as('centre');
  const draft = await centre.ok(casebank.draftPublication, {
    body: { requestId: closed.id, title: '赔偿与返校并行的支援', pseudonym: '桂芳', methods: ['个案管理'] },
  });
  return { ...closed, draftId: draft.id };
};

/** Confirms everything that redaction found. */
export const confirmAll = async (t: TestApp, draftId: string) => {
  const centre = await t.as('centre');
  const draft = await centre.ok(casebank.readDraft, { params: { id: draftId } });
  const open = draft.findings.filter((f) => f.status === 'open');
  if (open.length === 0) return draft.version;
  return (
    await centre.ok(casebank.confirmFindings, {
      params: { id: draftId },
      body: { version: draft.version, decisions: open.map((f) => ({ id: f.id, decision: 'confirm' as const })) },
    })
  ).version;
};
