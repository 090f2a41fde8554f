import { z } from 'zod';
import { ById, endpoint, Id, Version, Written } from '../shared/endpoint.ts';
import { keepsPhotos, seesPhotos } from './policy.ts';
import { PhotoCaption, PhotoOf, PhotoShelf } from './schema.ts';

const ByRecord = z.object({ kind: PhotoOf, id: Id });

export const listPhotos = endpoint({
  id: 'listPhotos',
  method: 'GET',
  path: '/api/photos/{kind}/{id}',
  says: '查看一场活动或小组一节的照片和说明',
  allow: seesPhotos,
  params: ByRecord,
  reply: PhotoShelf,
  reads: 'content',
});

export const addPhoto = endpoint({
  id: 'addPhoto',
  method: 'POST',
  path: '/api/photos/{kind}/{id}',
  says: '添加一张照片（JPEG 或 PNG，不留拍摄地点和相机信息）',
  allow: keepsPhotos,
  params: ByRecord,
  // Chosen by whoever adds, so that the same photograph sent again is there once.
  query: z.object({ id: Id }),
  reply: Written,
  refusals: [
    'files.empty',
    'files.too-large',
    'photos.cancelled',
    'photos.too-large',
    'photos.not-a-picture',
    'photos.too-wide',
    'photos.too-many',
  ],
  takesFile: true,
  rate: 'heavy',
});

export const readPhoto = endpoint({
  id: 'readPhoto',
  method: 'GET',
  path: '/api/photos/{id}',
  says: '看一张照片',
  allow: seesPhotos,
  params: ById,
  reply: z.any(),
  reads: 'content',
  streams: 'application/octet-stream',
});

export const describePhoto = endpoint({
  id: 'describePhoto',
  method: 'PATCH',
  path: '/api/photos/{id}',
  says: '写照片的说明',
  allow: keepsPhotos,
  params: ById,
  body: z.object({ caption: PhotoCaption, version: Version }),
  reply: Written,
  refusals: ['record.changed-meanwhile'],
});

export const removePhoto = endpoint({
  id: 'removePhoto',
  method: 'DELETE',
  path: '/api/photos/{id}',
  says: '删除一张照片（照片随即销毁，谁在何时删除留有记录）',
  allow: keepsPhotos,
  params: ById,
  reply: z.object({ ok: z.literal(true) }),
});
