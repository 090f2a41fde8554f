import { searchRecipients } from '@jieyou/core/recipients/endpoints.ts';
import { RecipientSearch, type RecipientSearchReply } from '@jieyou/core/recipients/schema.ts';
import { caseDomainLabels, genderLabels } from '@jieyou/core/texts/labels.ts';
import { foundByLabels } from '@jieyou/core/texts/recipientLabels.ts';
import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { call } from '../house/client.ts';
import { today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { UnsafeContact } from '../house/UnsafeContact.tsx';

type Found = z.infer<typeof RecipientSearchReply>;
/** What was typed, for the form of somebody new. */
export type Sought = {
  readonly name: string;
  readonly birthOn: string | null;
  readonly idNumber: string | null;
  readonly phone: string | null;
};
/** Somebody found, whom the new case is about. */
export type Chosen = Found['found'][number];

/** Before a case: is the person here already? What is typed goes into a body, never into an address. */
export function PersonSearch({
  onChoose,
  onNew,
}: {
  readonly onChoose: (person: Chosen) => void;
  readonly onNew: (sought: Sought) => void;
}) {
  const [result, setResult] = useState<{ sought: Sought; found: Found } | null>(null);
  return (
    <>
      <section className="jy-card">
        <h2>先找一找，是不是已有档案</h2>
        <RecordForm
          validateWith={RecipientSearch}
          submitWords="查找"
          submit={async (body) => {
            const sought = {
              name: body.name ?? '',
              birthOn: body.birthOn ?? null,
              idNumber: body.idNumber ?? null,
              phone: body.phone ?? null,
            };
            setResult({ sought, found: await call(searchRecipients, { body }) });
          }}
        >
          <Field name="idNumber" label="证件号码">
            <Input maxLength={30} autoComplete="off" />
          </Field>
          <Field name="phone" label="电话">
            <Input maxLength={20} autoComplete="off" inputMode="tel" />
          </Field>
          <Field name="name" label="姓名" hint="同音字、曾用名也会找到">
            <Input maxLength={40} autoComplete="off" />
          </Field>
          <Field name="birthOn" label="出生日期">
            <DayInput notAfter={today()} />
          </Field>
        </RecordForm>
      </section>
      {result === null ? null : (
        <section className="jy-card" aria-label="查找结果">
          <h2>{result.found.found.length === 0 ? '您的范围内没有找到' : `找到 ${result.found.found.length} 位`}</h2>
          {result.found.elsewhere.length === 0 ? null : (
            <p>
              <strong>存在在办个案</strong>：{result.found.elsewhere.map((e) => e.stationName).join('、')}。请先与该站联系，再决定是否建立。
            </p>
          )}
          {result.found.more ? <p className="rd-quiet">还有更多，请多填一项再找。</p> : null}
          <ul className="rd-plain">
            {result.found.found.map((p) => (
              <li key={p.id} className="rd-consent">
                <div>
                  <strong>
                    {p.name}（{genderLabels[p.gender]}
                    {p.age === null ? '' : `，${p.age}岁`}）
                  </strong>
                  <span className="rd-quiet">　{p.because.map((b) => foundByLabels[b]).join('、')}</span>
                  <div className="rd-quiet">
                    证件 {p.idNumber ?? '没有填写'}　电话 {p.phone ?? '没有填写'}　结案 {p.closedCases} 个
                  </div>
                  {p.openCases.map((c) => (
                    <div key={c.id}>
                      <span>
                        在办（{c.domain === null ? '' : `${caseDomainLabels[c.domain]}，`}
                        {c.workerName}）
                      </span>
                      <div>
                        <Link to="/cases/$id" params={{ id: c.id }}>
                          {c.number}
                        </Link>
                      </div>
                    </div>
                  ))}
                  <UnsafeContact contact={p.contact} />
                </div>
                <Button onClick={() => onChoose(p)} aria-label={`就是此人：${p.name}`}>
                  就是此人
                </Button>
              </li>
            ))}
          </ul>
          <Button type="primary" onClick={() => onNew(result.sought)}>
            {result.found.found.length === 0 ? '登记为新的服务对象' : '都不是，登记新的服务对象'}
          </Button>
        </section>
      )}
    </>
  );
}
