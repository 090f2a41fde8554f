import { z } from 'zod';
import { anyone } from '../identity/policy.ts';
import { ById, endpoint, Id, line, PageQuery, pageOf, passage, severalOf, Version, Written } from '../shared/endpoint.ts';
import { exportOf } from '../shared/exporting.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';
import { assignsAppeals, opensCasesFromAppeals, passesAppeals, seesAppeals, takesAppeals, tellsClues } from './policy.ts';
import {
  Appeal,
  AppealChannel,
  AppealDraft,
  AppealField,
  AppealRow,
  AppealStatus,
  AppealTopic,
  CaseFromAppeal,
  Clue,
  ClueDraft,
  ClueRow,
  OwnAppeal,
  PhoneMatch,
  PublicHotline,
  ReceiptCode,
} from './schema.ts';

export const readPublicStart = endpoint({
  id: 'readPublicStart',
  method: 'GET',
  path: '/api/public/start',
  says: '居民求助页需要的内容：街道、热线、多久答复',
  allow: anyone,
  reply: z.object({
    districts: z.array(
      z.object({
        id: Id,
        name: z.string(),
        centreName: z.string(),
        centrePhone: z.string().nullable(),
        answerDays: z.int(),
        streets: z.array(z.object({ id: Id, name: z.string() })),
        hotlines: z.array(PublicHotline),
      }),
    ),
  }),
});

export const askAsResident = endpoint({
  id: 'askAsResident',
  method: 'POST',
  path: '/api/public/appeals',
  says: '居民求助（不用账号）',
  allow: anyone,
  body: AppealDraft,
  /** The code is shown once; only its keyed hash is kept. */
  reply: z.object({
    code: z.string(),
    number: z.string(),
    stationName: z.string(),
    stationPhone: z.string().nullable(),
    dueAt: AnyMoment,
  }),
  refusals: ['appeals.place-unknown'],
  rate: 'public',
  repeatable: true,
});

export const readOwnAppeal = endpoint({
  id: 'readOwnAppeal',
  method: 'POST',
  path: '/api/public/appeals/state',
  says: '居民凭回执码查看进展与答复',
  allow: anyone,
  body: z.object({ code: ReceiptCode }),
  reply: OwnAppeal,
  rate: 'public',
  repeatable: true,
});

export const withdrawOwnAppeal = endpoint({
  id: 'withdrawOwnAppeal',
  method: 'POST',
  path: '/api/public/appeals/withdrawal',
  says: '居民凭回执码撤回求助',
  allow: anyone,
  body: z.object({ code: ReceiptCode }),
  reply: OwnAppeal,
  refusals: ['appeals.moved-on'],
  rate: 'public',
  repeatable: true,
});

export const listAppeals = endpoint({
  id: 'listAppeals',
  method: 'GET',
  path: '/api/appeals',
  says: '查看居民求助清单',
  allow: seesAppeals,
  query: PageQuery.extend({
    status: severalOf(AppealStatus),
    channel: severalOf(AppealChannel),
    topic: severalOf(AppealTopic),
    clock: z.enum(['overdue', 'urgent']).optional(),
    number: z.string().trim().max(20).optional(),
  }),
  reply: pageOf(AppealRow),
});

export const exportAppeals = exportOf(listAppeals, 'exportAppeals', '居民求助清单');

export const readAppeal = endpoint({
  id: 'readAppeal',
  method: 'GET',
  path: '/api/appeals/{id}',
  says: '查看一件居民求助（联系方式已打码）',
  allow: seesAppeals,
  params: ById,
  reply: Appeal,
  reads: 'content',
});

export const findAppealMatches = endpoint({
  id: 'findAppealMatches',
  method: 'GET',
  path: '/api/appeals/{id}/matches',
  says: '按同一电话查找已有个案与求助（打码）',
  allow: seesAppeals,
  params: ById,
  reply: z.object({ rows: z.array(PhoneMatch) }),
  reads: 'content',
});

export const unmaskAppeal = endpoint({
  id: 'unmaskAppeal',
  method: 'POST',
  path: '/api/appeals/{id}/unmask',
  says: '填写理由后查看居民的称呼或电话',
  allow: seesAppeals,
  params: ById,
  body: z.object({ field: AppealField, reason: line(120, 2) }),
  reply: z.object({ field: AppealField, value: z.string().nullable() }),
  reads: 'content',
  repeatable: true,
});

const moving = ['appeals.moved-on', 'record.changed-meanwhile'] as const;

export const takeAppeal = endpoint({
  id: 'takeAppeal',
  method: 'POST',
  path: '/api/appeals/{id}/taking',
  says: '接手一件居民求助',
  allow: takesAppeals,
  params: ById,
  body: z.object({ version: Version }),
  reply: Written,
  refusals: moving,
});

export const assignAppeal = endpoint({
  id: 'assignAppeal',
  method: 'POST',
  path: '/api/appeals/{id}/assignment',
  says: '交给本站一位社工办理',
  allow: assignsAppeals,
  params: ById,
  body: z.object({ personId: Id, version: Version }),
  reply: Written,
  refusals: [...moving, 'appeals.not-of-station'],
});

export const releaseAppeal = endpoint({
  id: 'releaseAppeal',
  method: 'POST',
  path: '/api/appeals/{id}/release',
  says: '退回待接手，说明原因',
  allow: takesAppeals,
  params: ById,
  body: z.object({ says: line(200, 2), version: Version }),
  reply: Written,
  refusals: moving,
});

export const passAppeal = endpoint({
  id: 'passAppeal',
  method: 'POST',
  path: '/api/appeals/{id}/passing',
  says: '转给另一个站点或支援中心，说明原因',
  allow: passesAppeals,
  params: ById,
  body: z.object({ stationId: Id.nullable(), says: line(200, 2), version: Version }),
  reply: Written,
  refusals: [...moving, 'appeals.station-unknown', 'appeals.same-station'],
});

export const answerAppeal = endpoint({
  id: 'answerAppeal',
  method: 'POST',
  path: '/api/appeals/{id}/answer',
  says: '答复居民（凭回执码可见）',
  allow: takesAppeals,
  params: ById,
  body: z.object({ says: passage(1000, 2), version: Version }),
  reply: Written,
  refusals: moving,
});

export const handOverAppeal = endpoint({
  id: 'handOverAppeal',
  method: 'POST',
  path: '/api/appeals/{id}/handing-over',
  says: '转请其他单位办理，并告诉居民',
  allow: takesAppeals,
  params: ById,
  body: z.object({ to: line(60, 2), why: line(200, 2), says: passage(1000, 2), version: Version }),
  reply: Written,
  refusals: moving,
});

export const openCaseFromAppeal = endpoint({
  id: 'openCaseFromAppeal',
  method: 'POST',
  path: '/api/appeals/{id}/case',
  says: '由居民求助建立个案',
  allow: opensCasesFromAppeals,
  params: ById,
  body: CaseFromAppeal,
  reply: Written.extend({ caseId: Id, number: z.string() }),
  refusals: [...moving, 'appeals.name-needed', 'cases.no-station'],
});

export const linkAppealToCase = endpoint({
  id: 'linkAppealToCase',
  method: 'POST',
  path: '/api/appeals/{id}/case-link',
  says: '并入自己已有的个案',
  allow: opensCasesFromAppeals,
  params: ById,
  body: z.object({ caseId: Id, version: Version }),
  reply: Written,
  refusals: moving,
});

export const listClues = endpoint({
  id: 'listClues',
  method: 'GET',
  path: '/api/clues',
  says: '查看自己报来的线索走到哪一步',
  allow: tellsClues,
  query: PageQuery.extend({ status: severalOf(AppealStatus) }),
  /** With the communities of the own post, for the form. */
  reply: pageOf(ClueRow).extend({ communities: z.array(z.object({ id: Id, name: z.string() })) }),
});

export const exportClues = exportOf(listClues, 'exportClues', '自己报来的线索');

export const readClue = endpoint({
  id: 'readClue',
  method: 'GET',
  path: '/api/clues/{id}',
  says: '查看自己报来的一条线索与站里的答复',
  allow: tellsClues,
  params: ById,
  reply: Clue,
  reads: 'content',
});

export const tellClue = endpoint({
  id: 'tellClue',
  method: 'POST',
  path: '/api/clues',
  says: '社区民政员把线索报给社工站',
  allow: tellsClues,
  body: ClueDraft,
  reply: Written.extend({ number: z.string() }),
  refusals: ['appeals.place-unknown'],
});

export const addToClue = endpoint({
  id: 'addToClue',
  method: 'POST',
  path: '/api/clues/{id}/additions',
  says: '补充自己报来的线索：原来报的不改，补充的写在后面',
  allow: tellsClues,
  params: ById,
  body: z.object({ says: passage(1000, 2), version: Version }),
  reply: Written,
  refusals: moving,
});

export const withdrawClue = endpoint({
  id: 'withdrawClue',
  method: 'POST',
  path: '/api/clues/{id}/withdrawal',
  says: '撤回自己报来的线索',
  allow: tellsClues,
  params: ById,
  body: z.object({ version: Version }),
  reply: Written,
  refusals: moving,
});

export const confirmAccompanied = endpoint({
  id: 'confirmAccompanied',
  method: 'POST',
  path: '/api/clues/{id}/accompaniment',
  says: '确认陪同社工首次入户（ST-03）',
  allow: tellsClues,
  params: ById,
  body: z.object({ on: AnyDay, version: Version }),
  reply: Written,
  refusals: moving,
});
