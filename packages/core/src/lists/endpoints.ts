import { z } from 'zod';
import { policy } from '../identity/policy.ts';
import { ById, endpoint, Id, Version } from '../shared/endpoint.ts';
import { NewView, SavedView, ViewContent } from './schema.ts';

export const ownViews = policy('ownViews', '本人的视图', 'signed-in');

export const listSavedViews = endpoint({
  id: 'listSavedViews',
  method: 'GET',
  path: '/api/saved-views',
  says: '查看我保存的视图，可只看一个清单的',
  allow: ownViews,
  query: NewView.pick({ list: true }).partial(),
  reply: z.object({ rows: z.array(SavedView) }),
});

export const saveView = endpoint({
  id: 'saveView',
  method: 'POST',
  path: '/api/saved-views',
  says: '把清单现在的条件与列保存为视图',
  allow: ownViews,
  body: NewView,
  reply: z.object({ id: Id, version: z.int() }),
  refusals: ['lists.name-taken', 'lists.views-full'],
});

export const changeView = endpoint({
  id: 'changeView',
  method: 'PUT',
  path: '/api/saved-views/{id}',
  says: '改自己的视图：名称、条件与列',
  allow: ownViews,
  params: ById,
  body: ViewContent.extend({ version: Version }),
  reply: z.object({ id: Id, version: z.int() }),
  refusals: ['lists.name-taken', 'record.changed-meanwhile'],
});

export const removeView = endpoint({
  id: 'removeView',
  method: 'DELETE',
  path: '/api/saved-views/{id}',
  says: '删去自己的视图',
  allow: ownViews,
  params: ById,
  reply: z.object({ ok: z.literal(true) }),
});
