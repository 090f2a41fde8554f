import { z } from 'zod';
import { ById, endpoint, PageQuery, pageOf, severalOf, Written } from '../shared/endpoint.ts';
import * as policies from './policy.ts';
import { DraftStatus, RuleDraftEdit, RuleDraftFile, RuleDraftRow, RulePack, RuleStep, RuleValue } from './schema.ts';

export const listRulePacks = endpoint({
  id: 'listRulePacks',
  method: 'GET',
  path: '/api/rule-packs',
  says: '查看规则包及其版本',
  allow: policies.seesRulePacks,
  reply: z.object({ rows: z.array(RulePack) }),
});

export const readRulePack = endpoint({
  id: 'readRulePack',
  method: 'GET',
  path: '/api/rule-packs/{id}',
  says: '查看规则包的每个数值与来源',
  allow: policies.seesRulePacks,
  params: ById,
  reply: RulePack.extend({ values: z.array(RuleValue) }),
});

export const listRuleDrafts = endpoint({
  id: 'listRuleDrafts',
  method: 'GET',
  path: '/api/rule-drafts',
  says: '查看规则新版本的草稿与发布经过',
  allow: policies.draftsRules,
  query: PageQuery.extend({ status: severalOf(DraftStatus), code: z.string().max(40).optional() }),
  reply: pageOf(RuleDraftRow),
});

export const draftRules = endpoint({
  id: 'draftRules',
  method: 'POST',
  path: '/api/rule-packs/{id}/drafts',
  says: '以现行版本为底稿，起草规则新版本',
  allow: policies.draftsRules,
  params: ById,
  reply: Written,
  refusals: ['rulepacks.not-in-force', 'rulepacks.draft-exists'],
});

export const readRuleDraft = endpoint({
  id: 'readRuleDraft',
  method: 'GET',
  path: '/api/rule-drafts/{id}',
  says: '查看规则草稿：每个数值的现值、新值、出处和影响',
  allow: policies.draftsRules,
  params: ById,
  reply: RuleDraftFile,
});

export const editRuleDraft = endpoint({
  id: 'editRuleDraft',
  method: 'PUT',
  path: '/api/rule-drafts/{id}',
  says: '修改规则草稿：改动的数值各写明出处，定生效日期',
  allow: policies.draftsRules,
  params: ById,
  body: RuleDraftEdit,
  reply: Written,
  refusals: ['record.changed-meanwhile', 'rulepacks.draft-moved-on', 'rulepacks.date-past', 'rulepacks.later-version-stands'],
});

export const moveRuleDraft = endpoint({
  id: 'moveRuleDraft',
  method: 'POST',
  path: '/api/rule-drafts/{id}/steps',
  says: '提交、退回、批准发布或撤回规则草稿；批准的须是另一位主管部门人员',
  allow: policies.draftsRules,
  params: ById,
  body: RuleStep,
  reply: Written,
  refusals: [
    'record.changed-meanwhile',
    'rulepacks.draft-moved-on',
    'rulepacks.nothing-changed',
    'rulepacks.author-approves',
    'rulepacks.authority-approves',
    'rulepacks.date-past',
    'rulepacks.later-version-stands',
    'rulepacks.base-moved',
  ],
});
