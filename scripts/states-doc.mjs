// Writes docs/states.md from the transition table, so that the diagram cannot differ from what the server checks. `--check` compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { activityMoves } from '../packages/core/src/activities/moves.ts';
import { alarmMoves } from '../packages/core/src/alarms/moves.ts';
import { caseMoves } from '../packages/core/src/cases/moves.ts';
import { CaseStage } from '../packages/core/src/cases/stageSchema.ts';
import { formMoves } from '../packages/core/src/forms/moves.ts';
import { groupMoves, sessionMoves } from '../packages/core/src/groups/moves.ts';
import { reliefMoves } from '../packages/core/src/relief/moves.ts';
import { reportMoves } from '../packages/core/src/reports/moves.ts';
import { responseMoves } from '../packages/core/src/responses/moves.ts';
import { diagram, endStates, movesFrom } from '../packages/core/src/shared/moves.ts';
import { requestMoves } from '../packages/core/src/support/moves.ts';
import { LIVE, RequestStatus } from '../packages/core/src/support/schema.ts';
import { activityMoveLabels, activityStatusLabels } from '../packages/core/src/texts/activitiesLabels.ts';
import { alarmMoveLabels, alarmStatusLabels } from '../packages/core/src/texts/alarmLabels.ts';
import { caseMoveLabels, caseStageLabels } from '../packages/core/src/texts/caseStageLabels.ts';
import { formMoveLabels, formStatusLabels } from '../packages/core/src/texts/formLabels.ts';
import { groupMoveLabels, groupStatusLabels, sessionMoveLabels, sessionStatusLabels } from '../packages/core/src/texts/groupLabels.ts';
import { requestMoveLabels, requestStatusLabels } from '../packages/core/src/texts/labels.ts';
import { reliefMoveLabels, reliefStatusLabels } from '../packages/core/src/texts/reliefLabels.ts';
import { reportMoveLabels, reportStatusLabels } from '../packages/core/src/texts/reportLabels.ts';
import { responseKindLabels, responseMoveLabels, responseStatusLabels } from '../packages/core/src/texts/responsesLabels.ts';
import {
  volunteerMoveLabels,
  volunteerStatusLabels,
  volunteerTaskMoveLabels,
  volunteerTaskStatusLabels,
} from '../packages/core/src/texts/volunteerLabels.ts';
import { volunteerMoves, volunteerTaskMoves } from '../packages/core/src/volunteers/moves.ts';

const file = join(import.meta.dirname, '../docs/states.md');

const ends = endStates(requestMoves);
const standing = (state) => (LIVE.includes(state) ? '办理中' : ends.includes(state) ? '终点' : '办理之前');
const exitsOf = (state) =>
  movesFrom(requestMoves, state)
    .map((move) => requestMoveLabels[move])
    .join('、') || '—';
const names = (states) =>
  [states]
    .flat()
    .map((state) => requestStatusLabels[state])
    .join('、');

const text = `# 疑难个案求助的状态

本页由 \`scripts/states-doc.mjs\` 从 \`packages/core/src/support/moves.ts\` 生成，请勿手改；改动转移表后运行 \`node scripts/states-doc.mjs\`。
服务端的检查、页面上的按钮（\`can: […]\`）、本图和“每个状态都到得了”的测试读的是同一张表。

\`\`\`mermaid
${diagram(requestMoves, { start: 'draft', labels: { ...requestStatusLabels, ...requestMoveLabels } })}\`\`\`

## 状态

| 状态 | 代码 | 阶段 | 可以做的事 |
|---|---|---|---|
${RequestStatus.options.map((state) => `| ${requestStatusLabels[state]} | \`${state}\` | ${standing(state)} | ${exitsOf(state)} |`).join('\n')}

## 转移

| 做什么 | 代码 | 从 | 到 |
|---|---|---|---|
${Object.entries(requestMoves)
  .map(([move, row]) => `| ${requestMoveLabels[move]} | \`${move}\` | ${names(row.from)} | ${names(row.to)} |`)
  .join('\n')}

表里没有的转移，服务端以 409 拒绝；别人先动过的记录也一样，须先看到新状态再做。能不能做某件事还要看角色与规则，见 \`support/policy.ts\` 与 \`support/rules.ts\`。

# 个案的阶段

转移表在 \`packages/core/src/cases/moves.ts\`（SM-1，六个阶段见 JX-05）。暂停与退回的，回到原来的阶段；计划与结案由站长或督导签字，撰写人和承办人不能签。

\`\`\`mermaid
${diagram(caseMoves, { start: 'intake', labels: { ...caseStageLabels, ...caseMoveLabels } })}\`\`\`

| 阶段 | 代码 | 可以做的事 |
|---|---|---|
${CaseStage.options
  .map(
    (stage) =>
      `| ${caseStageLabels[stage]} | \`${stage}\` | ${movesFrom(caseMoves, stage)
        .map((move) => caseMoveLabels[move])
        .join('、')} |`,
  )
  .join('\n')}

# 危机与家暴记录的状态

转移表在 \`packages/core/src/alarms/moves.ts\`（SM-11、SM-12）。危机须先复盘再关闭；没有完全民事行为能力的，没有报案不能结束。

\`\`\`mermaid
${diagram(alarmMoves, { start: 'open', labels: { ...alarmStatusLabels, ...alarmMoveLabels } })}\`\`\`

# 强制报告的状态

转移表在 \`packages/core/src/reports/moves.ts\`。没有删除，没有撤回，也没有“不报告”；只有督导签字的“经核实不属于”，和第二个人复核的结束。

\`\`\`mermaid
${diagram(reportMoves, { start: 'registered', labels: { ...reportStatusLabels, ...reportMoveLabels } })}\`\`\`

# 社区活动的状态

转移表在 \`packages/core/src/activities/moves.ts\`。结束了的可以更正，台账随之更正；取消了的不能恢复。

\`\`\`mermaid
${diagram(activityMoves, { start: 'planned', labels: { ...activityStatusLabels, ...activityMoveLabels } })}\`\`\`

# 表单的状态

转移表在 \`packages/core/src/forms/moves.ts\`。提交了的不再改；更正是另一份，原来的转为“已更正”。

\`\`\`mermaid
${diagram(formMoves, { start: 'draft', labels: { ...formStatusLabels, ...formMoveLabels } })}\`\`\`

# 小组的状态

转移表在 \`packages/core/src/groups/moves.ts\`。计划书由站长批准，批准的人不是写的人；五个阶段依次走，可以退回一期；总结了的可以更正，取消了的不能恢复。

\`\`\`mermaid
${diagram(groupMoves, { start: 'drafting', labels: { ...groupStatusLabels, ...groupMoveLabels } })}\`\`\`

每一节：

\`\`\`mermaid
${diagram(sessionMoves, { start: 'planned', labels: { ...sessionStatusLabels, ...sessionMoveLabels } })}\`\`\`

# 救助个案的状态

转移表在 \`packages/core/src/relief/moves.ts\`。物质和服务两条线都登记了才算送达，缺一条要写原因。

\`\`\`mermaid
${diagram(reliefMoves, { start: 'screened', labels: { ...reliefStatusLabels, ...reliefMoveLabels } })}\`\`\`

# 志愿者与志愿任务的状态

转移表在 \`packages/core/src/volunteers/moves.ts\`（SM-15）。任务由社工牵头；牵头不在岗，除移交外都停下。时长核定一次，核定后不改。

\`\`\`mermaid
${diagram(volunteerMoves, { start: 'active', labels: { ...volunteerStatusLabels, ...volunteerMoveLabels } })}\`\`\`

\`\`\`mermaid
${diagram(volunteerTaskMoves, { start: 'open', labels: { ...volunteerTaskStatusLabels, ...volunteerTaskMoveLabels } })}\`\`\`

# 支援线下的记录

四种记录的转移表在 \`packages/core/src/responses/moves.ts\`。

${Object.entries(responseMoves)
  .map(
    ([kind, { start, table }]) => `## ${responseKindLabels[kind]}

\`\`\`mermaid
${diagram(table, { start, labels: { ...responseStatusLabels, ...responseMoveLabels } })}\`\`\`
`,
  )
  .join('\n')}`;

if (process.argv.includes('--check')) {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) process.exit(0);
  console.error('docs/states.md 已过时：node scripts/states-doc.mjs');
  process.exit(1);
}
writeFileSync(file, text);
