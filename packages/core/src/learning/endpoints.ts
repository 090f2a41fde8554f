import { z } from 'zod';
import { ById, endpoint, Id, PageQuery, pageOf, passage, severalOf, Version, Written } from '../shared/endpoint.ts';
import { exportOf } from '../shared/exporting.ts';
import { entersCompetitions, judgesCompetitions, runsCompetitions, seesCompetitions } from './policy.ts';
import {
  BlindEntry,
  BlindRow,
  Competition,
  CompetitionDraft,
  CompetitionMove,
  CompetitionRow,
  CompetitionStatus,
  EntryChoice,
  ScoreGiven,
} from './schema.ts';

const ok = z.object({ ok: z.literal(true) });

export const listCompetitions = endpoint({
  id: 'listCompetitions',
  method: 'GET',
  path: '/api/competitions',
  says: '查看疑难个案评优大赛',
  allow: seesCompetitions,
  query: PageQuery.extend({ status: severalOf(CompetitionStatus) }),
  reply: pageOf(CompetitionRow),
});

export const exportCompetitions = exportOf(listCompetitions, 'exportCompetitions', '评优清单');

export const readCompetition = endpoint({
  id: 'readCompetition',
  method: 'GET',
  path: '/api/competitions/{id}',
  says: '查看一届评优：要求、作品、公示与获奖',
  allow: seesCompetitions,
  params: ById,
  reply: Competition,
});

export const createCompetition = endpoint({
  id: 'createCompetition',
  method: 'POST',
  path: '/api/competitions',
  says: '发起一届评优',
  allow: runsCompetitions,
  body: CompetitionDraft,
  reply: Written,
  refusals: ['learning.weights-not-hundred', 'learning.criterion-twice', 'learning.days-backwards', 'learning.no-judge'],
});

export const updateCompetition = endpoint({
  id: 'updateCompetition',
  method: 'PATCH',
  path: '/api/competitions/{id}',
  says: '修改还没有公布的评优',
  allow: runsCompetitions,
  params: ById,
  body: CompetitionDraft.extend({ version: Version }),
  reply: Written,
  refusals: [
    'record.changed-meanwhile',
    'learning.weights-not-hundred',
    'learning.criterion-twice',
    'learning.days-backwards',
    'learning.no-judge',
    'learning.not-now',
  ],
});

export const changeJudges = endpoint({
  id: 'changeJudges',
  method: 'PUT',
  path: '/api/competitions/{id}/judges',
  says: '评分开始前更换评委',
  allow: runsCompetitions,
  params: ById,
  body: z.object({ version: Version, judgeIds: z.array(Id).min(1, { error: '至少请一位评委' }).max(15) }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'learning.no-judge', 'learning.judges-settled'],
});

export const moveCompetition = endpoint({
  id: 'moveCompetition',
  method: 'POST',
  path: '/api/competitions/{id}/moves',
  says: '评优进入下一步：公布、截止、评分、算出结果、公示、授奖',
  allow: runsCompetitions,
  params: ById,
  body: z.object({ version: Version, move: CompetitionMove, reason: passage(200, 0).optional() }),
  reply: Written,
  refusals: [
    'record.changed-meanwhile',
    'learning.not-now',
    'learning.entries-undecided',
    'learning.too-few-judges',
    'learning.scores-missing',
    'learning.notice-running',
    'learning.objections-open',
    'learning.reason-missing',
  ],
});

export const listEntryChoices = endpoint({
  id: 'listEntryChoices',
  method: 'GET',
  path: '/api/competition-choices',
  says: '查看自己可以申报的案例',
  allow: entersCompetitions,
  reply: z.object({ rows: z.array(EntryChoice) }),
});

export const enterCompetition = endpoint({
  id: 'enterCompetition',
  method: 'POST',
  path: '/api/competitions/{id}/entries',
  says: '申报自己的案例',
  allow: entersCompetitions,
  params: ById,
  body: z.object({ requestId: Id, statement: passage(600, 4) }),
  reply: Written,
  refusals: ['learning.not-open', 'learning.already-entered', 'learning.not-own-case'],
});

export const withdrawEntry = endpoint({
  id: 'withdrawEntry',
  method: 'POST',
  path: '/api/competition-entries/{id}/withdraw',
  says: '评分开始前撤回作品',
  allow: entersCompetitions,
  params: ById,
  reply: ok,
  refusals: ['learning.entry-settled'],
});

export const checkEntry = endpoint({
  id: 'checkEntry',
  method: 'POST',
  path: '/api/competition-entries/{id}/check',
  says: '资格审查：逐条核对，取匿名文本',
  allow: runsCompetitions,
  params: ById,
  body: z.object({ version: Version, refuse: passage(200, 0).optional() }),
  reply: Written.extend({ reasons: z.array(z.string()) }),
  refusals: ['record.changed-meanwhile', 'learning.entry-settled'],
});

export const listBlindEntries = endpoint({
  id: 'listBlindEntries',
  method: 'GET',
  path: '/api/competitions/{id}/blind',
  says: '评委查看待评作品的编号与题目',
  allow: judgesCompetitions,
  params: ById,
  reply: z.object({ rows: z.array(BlindRow) }),
});

export const readBlindEntry = endpoint({
  id: 'readBlindEntry',
  method: 'GET',
  path: '/api/competition-entries/{id}/blind',
  says: '评委阅读匿名作品；自己评分后才看到平均分',
  allow: judgesCompetitions,
  params: ById,
  reply: BlindEntry,
});

export const giveScore = endpoint({
  id: 'giveScore',
  method: 'POST',
  path: '/api/competition-entries/{id}/scores',
  says: '评分或更正评分；更正写明理由，原来的评分保留',
  allow: judgesCompetitions,
  params: ById,
  body: ScoreGiven,
  reply: z.object({ id: Id, total: z.number() }),
  refusals: ['learning.scoring-over', 'learning.points-missing', 'learning.correction-needs-reason'],
});

export const recuseFromEntry = endpoint({
  id: 'recuseFromEntry',
  method: 'POST',
  path: '/api/competition-entries/{id}/recuse',
  says: '评委认出作品时声明回避',
  allow: judgesCompetitions,
  params: ById,
  body: z.object({ reason: passage(200, 2) }),
  reply: ok,
  refusals: ['learning.scoring-over'],
});

export const objectToResult = endpoint({
  id: 'objectToResult',
  method: 'POST',
  path: '/api/competitions/{id}/objections',
  says: '公示期内提出异议',
  allow: seesCompetitions,
  params: ById,
  body: z.object({ says: passage(600, 4) }),
  reply: z.object({ id: Id }),
  refusals: ['learning.not-in-notice'],
});

export const answerObjection = endpoint({
  id: 'answerObjection',
  method: 'POST',
  path: '/api/competition-objections/{id}/answer',
  says: '答复异议',
  allow: runsCompetitions,
  params: ById,
  body: z.object({ answer: passage(600, 2), upheld: z.boolean() }),
  reply: ok,
  refusals: ['learning.objection-answered'],
});
