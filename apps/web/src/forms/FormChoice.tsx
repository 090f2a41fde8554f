import { beginFormAnswer, listFormTemplates } from '@jieyou/core/forms/endpoints.ts';
import { type FormRoom, roomOfForm } from '@jieyou/core/forms/rooms.ts';
import type { FormTemplateRow, FormUnder } from '@jieyou/core/forms/schema.ts';
import { formRoomLabels, formSignerLabels } from '@jieyou/core/texts/formLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { uuid } from '../house/uuid.ts';
import '../house/reading.css';
import './forms.css';

/** A form that is the paper of a room: the way to where it is written. */
function InRoom({ template, room, caseId }: { readonly template: FormTemplateRow; readonly room: FormRoom; readonly caseId: string }) {
  const says = (
    <>
      <strong>{template.title}</strong>
      <div className="rd-quiet">{formRoomLabels[room]}</div>
    </>
  );
  return room === 'visit' ? (
    <Link className="fm-way" to="/visits/$id/record" params={{ id: 'new' }} search={{ case: caseId } as never}>
      {says}
    </Link>
  ) : (
    <Link className="fm-way" to="/cases/$id" params={{ id: caseId }}>
      {says}
    </Link>
  );
}

/** Which form to fill under a case, a group or an activity: those in force here, those with a score apart. */
export function FormChoice({ under, begun }: { readonly under: FormUnder; readonly begun: (id: string) => void }) {
  const found = useQuery(queryOf(listFormTemplates, { query: { subject: [under.kind], limit: 100 } }));
  const begin = useAct(beginFormAnswer, (made) => begun(made.id));
  const [word, setWord] = useState('');
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <p className="rd-quiet">正在打开…</p>;
  const each = under.kind !== 'group' ? null : under.sessionId !== null ? 'session' : under.memberId !== null ? 'member' : null;
  const open = found.data.rows.filter((t) => t.current && t.each === each && t.title.includes(word.trim()));
  const parts = [
    ['表单', open.filter((t) => t.scales === 0)],
    ['量表', open.filter((t) => t.scales > 0)],
  ] as const;
  return (
    <div className="fm-form">
      <RefusalNotice error={begin.error} />
      <input className="fm-input" aria-label="找一种表" placeholder="找一种表" value={word} onChange={(e) => setWord(e.target.value)} />
      {open.length === 0 ? (
        <p className="rd-quiet">{word.trim() === '' ? '这里还没有可填的表。' : '没有这样的表。换一个词再找。'}</p>
      ) : null}
      {parts.map(([says, rows]) =>
        rows.length === 0 ? null : (
          <section key={says}>
            <h2>{says}</h2>
            <ul className="fm-list">
              {rows.map((t) => (
                <li key={t.id}>
                  {under.kind === 'case' && roomOfForm(t.code) !== null ? (
                    <InRoom template={t} room={roomOfForm(t.code) ?? 'note'} caseId={under.id} />
                  ) : (
                    <button
                      type="button"
                      disabled={begin.isPending}
                      onClick={() => begin.mutate({ body: { id: uuid(), under, templateId: t.id, corrects: null } })}
                    >
                      <strong>{t.title}</strong>
                      <div className="rd-quiet">
                        第 {t.edition} 版{t.own ? '（本区）' : ''}　{formSignerLabels[t.signer]}
                      </div>
                    </button>
                  )}
                </li>
              ))}
            </ul>
          </section>
        ),
      )}
    </div>
  );
}
