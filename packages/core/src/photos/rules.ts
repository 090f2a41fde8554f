import { no, type Verdict, yes } from '../shared/verdict.ts';
import type { PhotosPack } from './pack.ts';

/** Why a photograph is not taken. */
export type PhotoRefusal =
  | 'files.empty'
  | 'photos.cancelled'
  | 'photos.too-large'
  | 'photos.not-a-picture'
  | 'photos.too-wide'
  | 'photos.too-many';

/** Said beside the place where a photograph is added. */
export const PHOTO_CONSENT = '照片上的人须同意拍摄和留存；未成年人须监护人同意。不同意的，不要放进来。';

/** Whether a photograph may be added: `size` is what its content shows in pixels, null where it is no JPEG and no PNG; `already` counts. */
export const photoVerdict = (
  photo: { readonly bytes: number; readonly size: { readonly width: number; readonly height: number } | null },
  record: { readonly cancelled: boolean; readonly already: number },
  pack: PhotosPack,
): Verdict<PhotoRefusal> => {
  if (record.cancelled) return no('photos.cancelled');
  if (photo.bytes === 0) return no('files.empty');
  const megabytes = pack['file.megabytes'];
  if (photo.bytes > megabytes * 1024 * 1024) return no('photos.too-large', { megabytes });
  if (photo.size === null) return no('photos.not-a-picture');
  const pixels = pack['side.pixels'];
  if (Math.max(photo.size.width, photo.size.height) > pixels) return no('photos.too-wide', { pixels });
  const most = pack['record.most'];
  return record.already >= most ? no('photos.too-many', { most }) : yes;
};
