import { addPhoto, describePhoto, listPhotos, removePhoto } from '@jieyou/core/photos/endpoints.ts';
import type { PhotoOf } from '@jieyou/core/photos/schema.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryOf, useAct } from './ask.ts';
import { smallPhoto } from './photo.ts';
import { uuid } from './uuid.ts';

/** A photograph that was not added: a sentence of ours, or what the platform answered; with its picture it can be sent again as the same one. */
export type NotAdded = {
  readonly id: string;
  readonly name: string;
  readonly says: string | null;
  readonly error: unknown;
  readonly file: Blob | null;
};

const UNREADABLE = '这张图片打不开，没有添加。请换一张，或先转成 JPG。';

/** The photographs of an activity or a session: reading, adding one after the other, describing, removing. */
export const usePhotoShelf = (kind: PhotoOf, id: string) => {
  const params = { kind, id };
  const found = useQuery(queryOf(listPhotos, { params }));
  const add = useAct(addPhoto);
  const describe = useAct(describePhoto);
  const remove = useAct(removePhoto);
  const [failed, setFailed] = useState<readonly NotAdded[]>([]);
  const [busy, setBusy] = useState(false);
  const send = async (all: readonly { readonly id: string; readonly name: string; readonly file: Blob | null }[]) => {
    const left: NotAdded[] = [];
    for (const one of all) {
      if (one.file === null) left.push({ ...one, says: UNREADABLE, error: null });
      else
        await add
          .mutateAsync({ params, query: { id: one.id }, file: one.file })
          .catch((error: unknown) => left.push({ ...one, says: null, error }));
    }
    return left;
  };
  const working = async (run: () => Promise<NotAdded[]>) => {
    setBusy(true);
    setFailed([]);
    setFailed(await run().finally(() => setBusy(false)));
  };
  return {
    found,
    busy,
    failed,
    describe,
    remove,
    /** Adds what was picked, made smaller and drawn anew; one that fails does not stop the others. */
    take: (picked: readonly File[]) =>
      working(async () => {
        const drawn: { id: string; name: string; file: Blob | null }[] = [];
        for (const file of picked) drawn.push({ id: uuid(), name: file.name, file: await smallPhoto(file) });
        return send(drawn);
      }),
    /** Sends again what got no answer, under the ids of before. */
    again: () => working(async () => [...failed.filter((f) => f.file === null), ...(await send(failed.filter((f) => f.file !== null)))]),
  };
};

/** What a photograph is called to those who hear the page. */
export const spokenPhoto = (caption: string, place: number): string => (caption === '' ? `第 ${place} 张照片` : caption);
