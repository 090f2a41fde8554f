import { activityCategoryLabels } from '@jieyou/core/texts/activitiesLabels.ts';
import {
  criteriaLines,
  volunteerForLabels,
  volunteerSkillLabels,
  volunteerSlotLabels,
  volunteerStatusLabels,
  volunteerTaskStatusLabels,
} from '@jieyou/core/texts/volunteerLabels.ts';
import { exportVolunteers, exportVolunteerTasks } from '@jieyou/core/volunteers/endpoints.ts';
import { seesVolunteerContent } from '@jieyou/core/volunteers/policy.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { type ExportColumn, momentCell, serveExport } from '../platform/http/exporting.ts';
import { listVolunteers, listVolunteerTasks } from './views.ts';

type Row = Awaited<ReturnType<typeof listVolunteers>>['rows'][number];

const REGISTER: readonly ExportColumn<Row>[] = [
  ['name', '姓名', 14, (r) => r.name],
  ['status', '状态', 12, (r) => volunteerStatusLabels[r.status]],
  ['team', '志愿服务组织', 18, (r) => r.team],
  ['skills', '专长', 24, (r) => r.skills.map((s) => volunteerSkillLabels[s]).join('、')],
  ['areas', '服务地方', 24, (r) => r.areaNames.join('、') || '不限'],
  ['slots', '可服务时间', 24, (r) => r.slots.map((s) => volunteerSlotLabels[s]).join('、')],
  ['since', '登记日期', 14, (r) => r.since],
  ['station', '站点', 24, (r) => r.stationName],
];
// Who sees names only has no use for empty columns.
const CONTENT: readonly ExportColumn<Row>[] = [
  ['age', '年龄', 8, (r) => r.age],
  ['phone', '电话', 16, (r) => r.phone],
  ['insured', '保险至', 16, (r) => r.insuredUntil],
  ['minutes', '任务（项）', 12, (r) => r.tasks ?? 0],
  ['minutes', '时长（小时）', 14, (r) => Math.round((r.minutes ?? 0) / 6) / 10],
];

/** Volunteers, masked as on the screen, and their tasks, without any volunteer, as workbooks. */
export const volunteersExports = (app: FastifyInstance, services: Services): void => {
  serveExport(app, services, exportVolunteers, {
    title: '志愿者登记册',
    read: listVolunteers,
    columns: ({ actor }) => (seesVolunteerContent(actor.roles) ? [...REGISTER, ...CONTENT] : REGISTER),
  });
  serveExport(app, services, exportVolunteerTasks, {
    title: '志愿任务清单',
    read: listVolunteerTasks,
    columns: [
      ['title', '任务', 28, (r) => r.title],
      ['status', '状态', 12, (r) => volunteerTaskStatusLabels[r.status]],
      ['at', '时间', 22, (r) => momentCell(r.startsAt)],
      ['place', '地点', 22, (r) => r.place],
      ['class', '类别', 12, (r) => activityCategoryLabels[r.class]],
      ['for', '协助', 14, (r) => volunteerForLabels[r.forKind]],
      ['people', '人数', 20, (r) => `${r.confirmed}/${r.wanted} 人${r.invited > 0 ? `，待答复 ${r.invited}` : ''}`],
      ['minutes', '时长（分钟）', 14, (r) => r.minutes],
      ['lead', '牵头社工', 18, (r) => (r.leadActive ? r.leadName : `${r.leadName}（已不在岗）`)],
      ['criteria', '为什么选', 60, (r) => (r.criteria === null ? '' : criteriaLines(r.criteria).join('\n'))],
      ['station', '站点', 22, (r) => r.stationName],
    ],
  });
};
