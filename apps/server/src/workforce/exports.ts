import { genderLabels, roleLabels, workerLevelLabels } from '@jieyou/core/texts/labels.ts';
import { exportAssignments, exportWorkers } from '@jieyou/core/workforce/endpoints.ts';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../platform/http/context.ts';
import { daySays, serveExport } from '../platform/http/exporting.ts';
import { listAssignments, listWorkers } from './views.ts';

/** Workers and appointments as workbooks: the columns of their lists. */
export const workforceExports = (app: FastifyInstance, services: Services): void => {
  serveExport(app, services, exportWorkers, {
    title: '社工名册',
    read: listWorkers,
    columns: [
      ['name', '姓名', 14, (r) => r.name],
      ['gender', '性别', 8, (r) => genderLabels[r.gender]],
      ['post', '岗位', 18, (r) => r.post],
      ['level', '专业等级', 16, (r) => workerLevelLabels[r.level]],
      ['organisation', '机构', 26, (r) => r.organisationName],
      ['station', '站点', 26, (r) => r.stationName],
      ['phone', '工作电话', 18, (r) => r.phone],
      ['joinedOn', '入职', 16, (r) => r.joinedOn],
      ['state', '任职', 18, (r) => (r.leftOn === null ? '在岗' : `${r.leftOn} 离职`)],
    ],
  });
  serveExport(app, services, exportAssignments, {
    title: '角色任命清单',
    read: listAssignments,
    columns: [
      ['name', '姓名', 14, (r) => r.name],
      ['username', '账号', 18, (r) => r.username],
      ['role', '角色', 18, (r) => roleLabels[r.role]],
      ['scope', '范围', 26, (r) => r.scopeName],
      ['valid', '任期', 28, (r) => `${daySays(r.validFrom)}至${r.validTo === null ? '长期' : daySays(r.validTo)}`],
      ['deputy', '代理人', 14, (r) => r.deputyName],
      ['state', '请假', 10, (r) => (r.absentNow ? '请假中' : '')],
    ],
  });
};
