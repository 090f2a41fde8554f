import { z } from 'zod';
import { ById, endpoint, Id, PageQuery, pageOf, severalOf, Version, Written } from '../shared/endpoint.ts';
import { exportOf } from '../shared/exporting.ts';
import { keepsStations, seesStations } from './policy.ts';
import { Organisation, OrganisationDraft, OrganisationType, Station, StationDraft, StationTier } from './schema.ts';

export const listOrganisations = endpoint({
  id: 'listOrganisations',
  method: 'GET',
  path: '/api/organisations',
  says: '查看机构名录',
  allow: seesStations,
  query: PageQuery.extend({ text: z.string().trim().max(40).optional(), type: severalOf(OrganisationType) }),
  reply: pageOf(Organisation),
});

export const exportOrganisations = exportOf(listOrganisations, 'exportOrganisations', '机构清单');

export const createOrganisation = endpoint({
  id: 'createOrganisation',
  method: 'POST',
  path: '/api/organisations',
  says: '登记机构',
  allow: keepsStations,
  body: OrganisationDraft,
  reply: Written,
  refusals: ['stations.credit-code-taken', 'stations.division-unknown'],
});

export const updateOrganisation = endpoint({
  id: 'updateOrganisation',
  method: 'PATCH',
  path: '/api/organisations/{id}',
  says: '修改机构资料',
  allow: keepsStations,
  params: ById,
  body: OrganisationDraft.partial().extend({ version: Version, active: z.boolean().optional() }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'stations.credit-code-taken', 'stations.division-unknown'],
});

export const listStations = endpoint({
  id: 'listStations',
  method: 'GET',
  path: '/api/stations',
  says: '查看四级站点',
  allow: seesStations,
  query: PageQuery.extend({ text: z.string().trim().max(40).optional(), tier: severalOf(StationTier), divisionId: Id.optional() }),
  reply: pageOf(Station),
});

export const exportStations = exportOf(listStations, 'exportStations', '站点清单');

export const createStation = endpoint({
  id: 'createStation',
  method: 'POST',
  path: '/api/stations',
  says: '登记站点',
  allow: keepsStations,
  body: StationDraft,
  reply: Written,
  refusals: ['stations.division-unknown', 'stations.operator-unknown'],
});

export const updateStation = endpoint({
  id: 'updateStation',
  method: 'PATCH',
  path: '/api/stations/{id}',
  says: '修改站点资料',
  allow: keepsStations,
  params: ById,
  body: StationDraft.partial().extend({ version: Version }),
  reply: Written,
  refusals: ['record.changed-meanwhile', 'stations.division-unknown', 'stations.operator-unknown'],
});
