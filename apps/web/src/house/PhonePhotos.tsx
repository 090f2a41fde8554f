import { readPhoto } from '@jieyou/core/photos/endpoints.ts';
import { PHOTO_CONSENT } from '@jieyou/core/photos/rules.ts';
import type { Photo, PhotoOf } from '@jieyou/core/photos/schema.ts';
import { useState } from 'react';
import { ApiError, fileUrl } from './client.ts';
import { PhoneCard } from './PhonePage.tsx';
import { PhotoButton } from './PhotoButton.tsx';
import { PhotoReview } from './PhotoReview.tsx';
import { spokenPhoto, usePhotoShelf } from './photoShelf.ts';
import { RefusalNotice } from './RefusalNotice.tsx';
import './photos.css';

type Shelf = ReturnType<typeof usePhotoShelf>;

/** A photograph opened in place: what stands under it, and the way to remove it. */
function Opened({
  photo,
  place,
  shelf,
  may,
}: {
  readonly photo: Photo;
  readonly place: number;
  readonly shelf: Shelf;
  readonly may: boolean;
}) {
  const [text, setText] = useState(photo.caption);
  const [asks, setAsks] = useState(false);
  if (!may) return <p className="rd-wrap">{photo.caption}</p>;
  if (asks)
    return (
      <div role="alert" className="po-asks">
        <p className="po-caption">删除后照片随即销毁，不能恢复。</p>
        <RefusalNotice error={shelf.remove.error} />
        <button
          type="button"
          className="ph-button ph-danger"
          disabled={shelf.remove.isPending}
          onClick={() => shelf.remove.mutate({ params: { id: photo.id } })}
        >
          确定删除
        </button>
        <button type="button" className="ph-button ph-quiet" onClick={() => setAsks(false)}>
          先留着
        </button>
      </div>
    );
  return (
    <form
      className="po-asks"
      onSubmit={(e) => {
        e.preventDefault();
        shelf.describe.mutate({ params: { id: photo.id }, body: { caption: text, version: photo.version } });
      }}
    >
      <label className="ph-field">
        第 {place} 张照片的说明
        <input className="ph-input" maxLength={60} value={text} onChange={(e) => setText(e.target.value)} />
      </label>
      <RefusalNotice error={shelf.describe.error} />
      <button type="submit" className="ph-button ph-quiet" disabled={shelf.describe.isPending || text.trim() === photo.caption}>
        {shelf.describe.isPending ? '正在保存' : text.trim() === photo.caption && text !== '' ? '说明已保存' : '保存说明'}
      </button>
      <button type="button" className="ph-button ph-danger" onClick={() => setAsks(true)}>
        删除这张照片
      </button>
    </form>
  );
}

/** The photographs of a session on the phone, while there is network: taken here or picked, made smaller, without the place. */
export function PhonePhotos({ kind, id }: { readonly kind: PhotoOf; readonly id: string }) {
  const shelf = usePhotoShelf(kind, id);
  const [open, setOpen] = useState<string | null>(null);
  const { data, error, fetchStatus } = shelf.found;
  const away = (error instanceof ApiError && error.kind === 'offline') || (data === undefined && fetchStatus === 'paused');
  if (away)
    return (
      <PhoneCard title="照片">
        <p className="rd-quiet">没有网络，接通以后在这里添加照片。</p>
      </PhoneCard>
    );
  if (data === undefined) return error === null ? null : <RefusalNotice error={error} onRetry={() => void shelf.found.refetch()} />;
  const adds = data.can.includes('add');
  if (data.can.length === 0 && data.photos.length === 0) return null;
  return (
    <PhoneCard title="照片">
      {adds ? (
        <>
          <p className="rd-quiet">{PHOTO_CONSENT}照片会缩小，不留拍摄地点。</p>
          <PhotoButton label="选一张照片" words="拍照或选一张" disabled={shelf.busy} take={(file) => void shelf.pick([file])} />
        </>
      ) : null}
      <PhotoReview
        shelf={shelf}
        button={(words, press, main = false) => (
          <button type="button" className={main ? 'ph-button' : 'ph-button ph-quiet'} disabled={shelf.busy} onClick={press}>
            {words}
          </button>
        )}
      />
      {data.photos.length === 0 && shelf.picked.length === 0 ? <p className="rd-quiet">还没有照片。</p> : null}
      <ul className="po-grid">
        {data.photos.map((photo, i) => (
          <li key={photo.id} className={open === photo.id ? 'po-tile po-tile-wide' : 'po-tile'}>
            <button
              type="button"
              className="po-open"
              aria-expanded={open === photo.id}
              aria-label={`放大：${spokenPhoto(photo.caption, i + 1)}`}
              onClick={() => setOpen(open === photo.id ? null : photo.id)}
            >
              <img
                className="po-small"
                src={fileUrl(readPhoto, { params: { id: photo.id } })}
                width={photo.width}
                height={photo.height}
                alt={spokenPhoto(photo.caption, i + 1)}
                loading="lazy"
              />
            </button>
            {open === photo.id ? (
              <Opened key={photo.version} photo={photo} place={i + 1} shelf={shelf} may={data.can.includes('change')} />
            ) : photo.caption === '' ? null : (
              <p className="po-caption">{photo.caption}</p>
            )}
          </li>
        ))}
      </ul>
    </PhoneCard>
  );
}
