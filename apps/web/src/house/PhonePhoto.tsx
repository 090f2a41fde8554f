import { addAttachment } from '@jieyou/core/cases/endpoints.ts';
import { useState } from 'react';
import { useAct } from './ask.ts';
import { clockTime, now, today } from './format.ts';
import { PhoneCard } from './PhonePage.tsx';
import { PhotoButton } from './PhotoButton.tsx';
import { smallPhoto } from './photo.ts';
import { usePocket } from './pocket.ts';
import { RefusalNotice } from './RefusalNotice.tsx';

/** A photograph for the case, or for one visit of it, made smaller and without the place that the camera writes into it. Nobody has to take one. */
export function PhonePhoto({ caseId, visitId }: { readonly caseId: string; readonly visitId?: string }) {
  const { waiting } = usePocket();
  const [says, setSays] = useState('');
  const [made, setMade] = useState('');
  const add = useAct(addAttachment, (answer) => setMade(answer.id));
  const take = async (file: File) => {
    setSays('');
    setMade('');
    const small = await smallPhoto(file);
    if (small === null) {
      setSays('这张图片打不开，没有添加。请换一张照片。');
      return;
    }
    const name = `照片 ${today()} ${clockTime(now()).replace(':', '')}.jpg`;
    add.mutate({ params: { kind: 'case', id: caseId }, query: { name, ...(visitId === undefined ? {} : { visitId }) }, file: small });
  };
  return (
    <PhoneCard title={visitId === undefined ? '照片' : '这次探访的照片'}>
      <p className="rd-quiet">可以不拍。照片会缩小，不带拍摄地点。</p>
      <PhotoButton
        label="选一张照片"
        words={add.isPending ? '正在添加' : '拍照或选一张'}
        disabled={add.isPending}
        take={(file) => void take(file)}
      />
      <RefusalNotice error={add.error} />
      <div className="rd-quiet" role="status">
        {made === ''
          ? says
          : waiting.has(made)
            ? '照片已存在这台手机里，接通网络后自动送出。'
            : `照片已添加到${visitId === undefined ? '个案' : '这次探访'}。`}
      </div>
    </PhoneCard>
  );
}
