import { nameCoWorker, removeCoWorker } from '@jieyou/core/cases/endpoints.ts';
import { CoWorkerDraft } from '@jieyou/core/cases/schema.ts';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { FormDialog } from '../house/FormDialog.tsx';
import { today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { CoWorkerPicker } from '../house/pickers.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { type CaseFileData, coWorkSpan, useFormerCoWorkers } from './queries.ts';

/** Who works along on a case; its worker and the head of the station let colleagues in and end it. */
export function CoWorkers({ file }: { readonly file: CaseFileData }) {
  const [asking, setAsking] = useState(false);
  const [older, setOlder] = useState(false);
  const name = useAct(nameCoWorker);
  const remove = useAct(removeCoWorker);
  const former = useFormerCoWorkers(file.id, older);
  const mayName = file.can.includes('name-co-worker');
  const mayEnd = file.can.includes('end-co-work');
  return (
    <section className="jy-card">
      <div className="jy-card-head">
        <h2>协办社工</h2>
        {mayName ? <Button onClick={() => setAsking(true)}>请人协办</Button> : null}
      </div>
      {file.coWorkers.length === 0 ? (
        <p className="rd-quiet">没有同事协办。{mayName ? '请本站同事协办后，对方能看、能写这个个案。' : ''}</p>
      ) : (
        <ul className="rd-plain">
          {file.coWorkers.map((c) => (
            <li key={c.id} className="rd-consent">
              <div>
                <strong>{c.name}</strong>　{coWorkSpan(c)}
                <div className="rd-quiet">
                  {c.reason}
                  {c.namedByName === null ? '' : `（${c.namedByName}请）`}
                </div>
              </div>
              {mayEnd ? (
                <ConfirmButton
                  size="small"
                  type="text"
                  ask={`结束${c.name}的协办？`}
                  says="结束后，对方立即看不到这个个案；写过的记录都保留。"
                  sure="结束协办"
                  onSure={() => remove.mutateAsync({ params: { id: file.id, circleId: c.id } })}
                >
                  结束
                </ConfirmButton>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {file.formerCoWorkers === 0 ? null : older ? (
        <>
          <RefusalNotice error={former.error} />
          <p className="rd-quiet">以前协办过：</p>
          <ul className="rd-plain">
            {former.data?.map((c) => (
              <li key={c.id} className="rd-quiet">
                {c.name}　{coWorkSpan(c)}　{c.reason}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <button type="button" className="jy-link-button" onClick={() => setOlder(true)}>
          以前协办过的 {file.formerCoWorkers} 人次
        </button>
      )}
      <FormDialog open={asking} title="请同事协办" onClose={() => setAsking(false)} width={560}>
        <RecordForm
          validateWith={CoWorkerDraft}
          columns={1}
          submitWords="请这位同事协办"
          onCancel={() => setAsking(false)}
          submit={async (body) => {
            await name.mutateAsync({ params: { id: file.id }, body });
            setAsking(false);
          }}
        >
          <Field name="personId" label="哪位同事" hint="只能请本站在岗的社工。">
            <CoWorkerPicker caseId={file.id} />
          </Field>
          <Field name="reason" label="原因" hint="不用写服务对象的情况。">
            <Input maxLength={60} placeholder="如：一起家访；我请假期间跟进" />
          </Field>
          <Field name="toDay" label="协办到哪天" hint="可以不填；随时可以结束。">
            <DayInput notBefore={today()} />
          </Field>
        </RecordForm>
      </FormDialog>
    </section>
  );
}
