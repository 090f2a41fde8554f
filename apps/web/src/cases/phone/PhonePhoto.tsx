import { addAttachment } from '@jieyou/core/cases/endpoints.ts';
import { useRef, useState } from 'react';
import { useAct } from '../../house/ask.ts';
import { clockTime, now, today } from '../../house/format.ts';
import { PhoneCard } from '../../house/PhonePage.tsx';
import { smallPhoto } from '../../house/photo.ts';
import { usePocket } from '../../house/pocket.ts';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';

/** A photograph for the case, made smaller and without the place that the camera writes into it. Nobody has to take one. */
export function PhonePhoto({ caseId }: { readonly caseId: string }) {
  const picker = useRef<HTMLInputElement>(null);
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
      <input
        ref={picker}
        type="file"
        accept="image/*"
        hidden
        aria-label="选一张照片"
        onChange={(e) => {
          const file = e.target.files?.[0];
          e.target.value = '';
          if (file !== undefined) void take(file);
        }}
      />
      <button type="button" className="ph-button ph-quiet" disabled={add.isPending} onClick={() => picker.current?.click()}>
        {add.isPending ? '正在添加' : '拍照或选一张'}
      </button>
      <RefusalNotice error={add.error} />
      <div className="rd-quiet" role="status">
        {made === '' ? says : waiting.has(made) ? '照片已存在这台手机里，接通网络后自动送出。' : '照片已添加到个案。'}
      </div>
    </PhoneCard>
  );
}
