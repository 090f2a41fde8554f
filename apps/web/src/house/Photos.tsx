import { readPhoto } from '@jieyou/core/photos/endpoints.ts';
import { PHOTO_CONSENT } from '@jieyou/core/photos/rules.ts';
import type { Photo, PhotoOf } from '@jieyou/core/photos/schema.ts';
import { Button, Input, Modal } from 'antd';
import { useRef, useState } from 'react';
import { ConfirmButton } from './ConfirmButton.tsx';
import { fileUrl } from './client.ts';
import { shortInstant } from './format.ts';
import { Card } from './Page.tsx';
import { PhotoReview } from './PhotoReview.tsx';
import { spokenPhoto, usePhotoShelf } from './photoShelf.ts';
import { RefusalNotice } from './RefusalNotice.tsx';
import './photos.css';

type Shelf = ReturnType<typeof usePhotoShelf>;

const LONGEST_CAPTION = 60;

/** A picture that says so where it cannot be shown. */
function Picture({ photo, place, className }: { readonly photo: Photo; readonly place: number; readonly className: string }) {
  const [broken, setBroken] = useState(false);
  if (broken) return <span className="po-broken">照片现在打不开</span>;
  return (
    <img
      className={className}
      src={fileUrl(readPhoto, { params: { id: photo.id } })}
      width={photo.width}
      height={photo.height}
      alt={spokenPhoto(photo.caption, place)}
      loading="lazy"
      onError={() => setBroken(true)}
    />
  );
}

function Caption({
  photo,
  place,
  shelf,
  done,
}: {
  readonly photo: Photo;
  readonly place: number;
  readonly shelf: Shelf;
  readonly done: () => void;
}) {
  const [text, setText] = useState(photo.caption);
  const [error, setError] = useState<unknown>(null);
  const save = () =>
    shelf.describe
      .mutateAsync({ params: { id: photo.id }, body: { caption: text, version: photo.version } })
      .then(done, (e: unknown) => setError(e));
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
    >
      <Input
        autoFocus
        aria-label={`第 ${place} 张照片的说明`}
        placeholder="什么时候、在做什么；不写姓名"
        maxLength={LONGEST_CAPTION}
        value={text}
        onChange={(e) => setText(e.target.value)}
      />
      <RefusalNotice error={error} />
      <span className="jy-actions po-acts">
        <Button size="small" type="primary" htmlType="submit" loading={shelf.describe.isPending}>
          保存
        </Button>
        <Button size="small" onClick={done}>
          不改了
        </Button>
      </span>
    </form>
  );
}

function Tile({
  photo,
  place,
  shelf,
  may,
  open,
}: {
  readonly photo: Photo;
  readonly place: number;
  readonly shelf: Shelf;
  readonly may: boolean;
  readonly open: () => void;
}) {
  const [writing, setWriting] = useState(false);
  return (
    <li className="po-tile">
      <button type="button" className="po-open" aria-label={`放大：${spokenPhoto(photo.caption, place)}`} onClick={open}>
        <Picture photo={photo} place={place} className="po-small" />
      </button>
      {writing ? (
        <Caption photo={photo} place={place} shelf={shelf} done={() => setWriting(false)} />
      ) : (
        <>
          <p className={photo.caption === '' ? 'po-caption jy-secondary' : 'po-caption'}>
            {photo.caption === '' ? '没有说明' : photo.caption}
          </p>
          <p className="jy-secondary jy-small">
            {photo.addedByName}　{shortInstant(photo.addedAt)}
          </p>
          {may && (
            <span className="jy-actions po-acts">
              <Button
                size="small"
                aria-label={`${photo.caption === '' ? '写说明' : '改说明'}：第 ${place} 张照片`}
                onClick={() => setWriting(true)}
              >
                {photo.caption === '' ? '写说明' : '改说明'}
              </Button>
              <ConfirmButton
                size="small"
                aria-label={`删除：第 ${place} 张照片`}
                ask="删除这张照片？"
                says="照片随即销毁，不能恢复；谁在何时删除留有记录。"
                sure="删除"
                onSure={() => shelf.remove.mutateAsync({ params: { id: photo.id } })}
              >
                删除
              </ConfirmButton>
            </span>
          )}
        </>
      )}
    </li>
  );
}

/** The photographs of an activity or of a session: a grid, opened large, described and removed by those who lead it. */
export default function Photos({ kind, id }: { readonly kind: PhotoOf; readonly id: string }) {
  const shelf = usePhotoShelf(kind, id);
  const input = useRef<HTMLInputElement>(null);
  const [large, setLarge] = useState<number | null>(null);
  const { data, error } = shelf.found;
  const photos = data?.photos ?? [];
  const adds = data?.can.includes('add') ?? false;
  if (data !== undefined && data.can.length === 0 && photos.length === 0) return null;
  const shown = large === null ? undefined : photos[large];
  return (
    <Card
      title="照片"
      actions={
        adds && (
          <>
            <input
              ref={input}
              type="file"
              multiple
              hidden
              accept="image/*"
              aria-label="选择照片"
              onChange={(e) => {
                const picked = [...(e.target.files ?? [])];
                e.target.value = '';
                if (picked.length > 0) void shelf.pick(picked);
              }}
            />
            <Button disabled={shelf.busy} onClick={() => input.current?.click()}>
              添加照片
            </Button>
          </>
        )
      }
    >
      {error !== null && <RefusalNotice error={error} onRetry={() => void shelf.found.refetch()} />}
      {adds && (
        <p className="jy-secondary">
          {PHOTO_CONSENT}照片会缩小，不留拍摄地点；最多 {data?.most} 张。
        </p>
      )}
      {data !== undefined && !adds && data.can.length > 0 && photos.length >= data.most && (
        <p className="jy-secondary">已有 {data.most} 张，不能再添加；可以先删去不需要的。</p>
      )}
      <PhotoReview
        shelf={shelf}
        button={(words, press, main = false) => (
          <Button size={main ? 'middle' : 'small'} type={main ? 'primary' : 'default'} loading={main && shelf.busy} onClick={press}>
            {words}
          </Button>
        )}
      />
      {data !== undefined && photos.length === 0 && shelf.picked.length === 0 && <p className="po-none">还没有照片。</p>}
      {photos.length > 0 && (
        <ul className="po-grid">
          {photos.map((photo, i) => (
            <Tile
              key={photo.id}
              photo={photo}
              place={i + 1}
              shelf={shelf}
              may={data?.can.includes('change') ?? false}
              open={() => setLarge(i)}
            />
          ))}
        </ul>
      )}
      <Modal
        open={shown !== undefined}
        onCancel={() => setLarge(null)}
        title={shown === undefined ? '' : spokenPhoto(shown.caption, (large ?? 0) + 1)}
        width="min(1100px, 94vw)"
        centered
        destroyOnHidden
        footer={
          photos.length > 1 && (
            <>
              <Button disabled={large === 0} onClick={() => setLarge((large ?? 0) - 1)}>
                上一张
              </Button>
              <Button disabled={large === photos.length - 1} onClick={() => setLarge((large ?? 0) + 1)}>
                下一张
              </Button>
            </>
          )
        }
      >
        {shown !== undefined && <Picture key={shown.id} photo={shown} place={(large ?? 0) + 1} className="po-large" />}
      </Modal>
    </Card>
  );
}
