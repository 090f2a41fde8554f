import { addAttachment } from '@jieyou/core/cases/endpoints.ts';
import { useState } from 'react';
import { useAct } from '../../house/ask.ts';
import { clockTime, now, today } from '../../house/format.ts';
import { PhoneCard } from '../../house/PhonePage.tsx';
import { PhotoButton } from '../../house/PhotoButton.tsx';
import { smallPhoto } from '../../house/photo.ts';
import { usePocket } from '../../house/pocket.ts';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';

/** A photograph for the case, made smaller and without the place that the camera writes into it. Nobody has to take one. */
export function PhonePhoto({ caseId }: { readonly caseId: string }) {
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
    add.mutate({ params: { kind: 'case', id: caseId }, query: { name }, file: small });
  };
  return (
    <PhoneCard title="照片">
      <p className="rd-quiet">可以不拍。照片会缩小，不带拍摄地点。</p>
      <PhotoButton
        label="选一张照片"
        words={add.isPending ? '正在添加' : '拍照或选一张'}
        disabled={add.isPending}
        take={(file) => void take(file)}
      />
      <RefusalNotice error={add.error} />
      <div className="rd-quiet" role="status">
        {made === '' ? says : waiting.has(made) ? '照片已存在这台手机里，接通网络后自动送出。' : '照片已添加到个案。'}
      </div>
    </PhoneCard>
  );
}
