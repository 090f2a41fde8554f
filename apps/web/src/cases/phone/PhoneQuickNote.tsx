import { addNote } from '@jieyou/core/cases/endpoints.ts';
import type { NoteParts } from '@jieyou/core/cases/schema.ts';
import type { NoteKind } from '@jieyou/core/cases/stageSchema.ts';
import { noteKindLabels } from '@jieyou/core/texts/caseStageLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { Button, TextArea } from 'antd-mobile';
import { useState } from 'react';
import { useAct } from '../../house/ask.ts';
import { DangerHeading } from '../../house/DangerOffer.tsx';
import { today } from '../../house/format.ts';
import { useKept } from '../../house/kept.ts';
import { PhoneCard } from '../../house/PhonePage.tsx';
import { usePocket } from '../../house/pocket.ts';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { uuid } from '../../house/uuid.ts';
import { NotePartsFields, wordsOfNote } from '../NoteParts.tsx';

type NoteDraft = {
  readonly id: string;
  readonly happenedOn: string;
  readonly body: string;
  readonly kind?: NoteKind;
  readonly minutes?: string;
  readonly parts?: NoteParts;
};

/** Whole minutes of at most a day; null where nothing, or no such number, was typed. */
const minutesOf = (typed: string | undefined): number | null => {
  const n = Number(typed);
  return typed !== undefined && /^\d{1,4}$/.test(typed) && n >= 1 && n <= 1440 ? n : null;
};

/** A note written in passing, kept until it is sent. */
export function PhoneQuickNote({ caseId }: { caseId: string }) {
  const { waiting } = usePocket();
  const [left, setLeft] = useState('');
  const draft = useKept<NoteDraft>(`note.${caseId}`, { id: '', happenedOn: '', body: '' });
  const add = useAct(addNote, (answer) => {
    setLeft(answer.id);
    draft.clear();
  });
  const { body } = draft.value;
  // The id is made once per note: sent again after a dropped connection, it is the same note.
  const write = (patch: Partial<NoteDraft>) =>
    draft.set({ ...draft.value, id: draft.value.id || uuid(), happenedOn: draft.value.happenedOn || today(), ...patch });
  return (
    <PhoneCard>
      <DangerHeading heading="记一笔" text={wordsOfNote(body, draft.value.parts)} caseId={caseId} />
      <label className="rd-hidden" htmlFor="note">
        写一条记录
      </label>
      <TextArea
        id="note"
        placeholder="见了谁、说了什么、接下来做什么"
        value={body}
        onChange={(text) => write({ body: text })}
        autoSize={{ minRows: 3, maxRows: 10 }}
        maxLength={20_000}
      />
      <div className="rd-answer">
        <label>
          方式{' '}
          <select className="ph-input" value={draft.value.kind ?? 'talk'} onChange={(e) => write({ kind: e.target.value as NoteKind })}>
            {optionsOf(noteKindLabels).map((o) => (
              <option key={o.value} value={o.value}>
                {o.label}
              </option>
            ))}
          </select>
        </label>
        <label>
          时长（分钟）{' '}
          <input
            className="ph-input"
            inputMode="numeric"
            size={4}
            maxLength={4}
            value={draft.value.minutes ?? ''}
            onChange={(e) => write({ minutes: e.target.value.replace(/\D/g, '') })}
          />
        </label>
      </div>
      <NotePartsFields key={left} parts={draft.value.parts} onChange={(parts) => write({ parts })} />
      <div className="rd-quiet" role="status">
        {waiting.has(left) ? '已记在这台手机里，接通网络后自动送出。' : draft.says}
      </div>
      <RefusalNotice error={add.error} />
      <Button
        block
        loading={add.isPending}
        disabled={body.trim() === ''}
        onClick={() =>
          add.mutate({
            params: { id: caseId },
            body: {
              id: draft.value.id,
              happenedOn: draft.value.happenedOn || today(),
              body,
              kind: draft.value.kind ?? 'talk',
              minutes: minutesOf(draft.value.minutes),
              parts: draft.value.parts ?? null,
            },
          })
        }
      >
        保存记录
      </Button>
    </PhoneCard>
  );
}
