import { addPhoto, describePhoto, listPhotos, removePhoto } from '@jieyou/core/photos/endpoints.ts';
import type { PhotoOf } from '@jieyou/core/photos/schema.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryOf, useAct } from './ask.ts';
import { type Cover, coveredPhoto, smallPhoto } from './photo.ts';
import { uuid } from './uuid.ts';

/** A photograph that was picked and not yet sent, with the faces to be covered. */
export type Picked = { readonly id: string; readonly name: string; readonly file: Blob; readonly covers: readonly Cover[] };

/** A photograph that was not added: a sentence of ours where it cannot be read, else what the platform answered. */
export type NotAdded = {
  readonly id: string;
  readonly name: string;
  readonly says: string | null;
  readonly error: unknown;
};

const UNREADABLE = '这张图片打不开，没有添加。请换一张，或先转成 JPG。';

/** The photographs of an activity or a session: reading, looking at what was picked, adding, describing, removing. */
export const usePhotoShelf = (kind: PhotoOf, id: string) => {
  const params = { kind, id };
  const found = useQuery(queryOf(listPhotos, { params }));
  const add = useAct(addPhoto);
  const describe = useAct(describePhoto);
  const remove = useAct(removePhoto);
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const [failed, setFailed] = useState<readonly NotAdded[]>([]);
  const [busy, setBusy] = useState(false);
  const unreadable = (of: { readonly id: string; readonly name: string }): NotAdded => ({
    id: of.id,
    name: of.name,
    says: UNREADABLE,
    error: null,
  });
  return {
    found,
    picked,
    failed,
    busy,
    describe,
    remove,
    /** Makes what was picked smaller and shows it; nothing is sent. */
    pick: async (files: readonly File[]) => {
      setBusy(true);
      setFailed([]);
      const drawn = await Promise.all(files.map(async (f) => ({ id: uuid(), name: f.name, file: await smallPhoto(f), covers: [] })));
      setPicked((before) => [...before, ...drawn.flatMap(({ file, ...one }) => (file === null ? [] : [{ ...one, file }]))]);
      setFailed(drawn.filter((d) => d.file === null).map(unreadable));
      setBusy(false);
    },
    cover: (one: string, covers: readonly Cover[]) => setPicked((all) => all.map((p) => (p.id === one ? { ...p, covers } : p))),
    drop: (one: string) => {
      setPicked((all) => all.filter((p) => p.id !== one));
      setFailed((all) => all.filter((f) => f.id !== one));
    },
    /** Sends one after the other, faces covered. One that fails stays to be sent again as the same one, and does not stop the others. */
    send: async () => {
      setBusy(true);
      const left: NotAdded[] = [];
      for (const one of picked) {
        const file = await coveredPhoto(one.file, one.covers);
        if (file === null) left.push(unreadable(one));
        else
          await add.mutateAsync({ params, query: { id: one.id }, file }).then(
            () => setPicked((all) => all.filter((p) => p.id !== one.id)),
            (error: unknown) => left.push({ id: one.id, name: one.name, says: null, error }),
          );
      }
      setFailed(left);
      setBusy(false);
    },
  };
};

/** What a photograph is called to those who hear the page. */
export const spokenPhoto = (caption: string, place: number): string => (caption === '' ? `第 ${place} 张照片` : caption);
