import { DetailItem } from '@jieyou/core/cases/schema.ts';
import {
  addCategory,
  addFormerName,
  addGuardian,
  endCategory,
  endGuardian,
  markContact,
  undoRecipientMerge,
} from '@jieyou/core/recipients/endpoints.ts';
import { CategoryDraft, FewKnow, FormerNameDraft, GuardianDraft, SafeContactDraft } from '@jieyou/core/recipients/schema.ts';
import { detailItemLabels, detailWords } from '@jieyou/core/texts/detailLabels.ts';
import { caseDomainLabels, genderLabels, optionsOf, personalFieldLabels } from '@jieyou/core/texts/labels.ts';
import { disabilityLabels, gradeLabels, recipientCategoryLabels } from '@jieyou/core/texts/recipientLabels.ts';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Form, Input, Radio, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, shortDay, shortInstant, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { Masked } from '../house/Masked.tsx';
import { Page } from '../house/Page.tsx';
import { PersonalFacts } from '../house/PersonalFacts.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import '../house/reading.css';
import { CaseStatusTag, StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';
import { UnsafeContact } from '../house/UnsafeContact.tsx';
import { Consents } from './Consents.tsx';
import { CorrectDialog } from './Correct.tsx';
import { Households } from './Households.tsx';
import { openField, openGuardian, type RecipientData, useRecipient } from './queries.ts';
import { Steps } from './Steps.tsx';

type Category = RecipientData['categories'][number];

const fewKnow = (c: Category): boolean => (FewKnow.options as readonly string[]).includes(c.category);

const categoryWords = (c: Category): string =>
  c.category === 'mental-disorder' && c.grade !== null
    ? `${recipientCategoryLabels[c.category]}（管理等级${c.grade}级）`
    : `${recipientCategoryLabels[c.category]}${c.disability === null ? '' : `（${disabilityLabels[c.disability]}${c.grade === null ? '' : gradeLabels[`${c.grade}` as '1']}）`}`;

function Categories({ file, mayWrite }: { readonly file: RecipientData; readonly mayWrite: boolean }) {
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Category | null>(null);
  const [form] = Form.useForm();
  const chosen = Form.useWatch('category', form);
  const add = useAct(addCategory);
  const end = useAct(endCategory);
  return (
    <section className="jy-card">
      <div className="jy-card-head">
        <h2>类别</h2>
        {mayWrite ? <Button onClick={() => setAdding(true)}>登记类别</Button> : null}
      </div>
      {file.categories.length === 0 ? <p className="rd-quiet">还没有登记。低保、残疾、困境儿童等，登记时写明依据和起止日期。</p> : null}
      <ul className="rd-plain">
        {file.categories.map((c) => (
          <li key={c.id} className="rd-consent">
            <div>
              <strong>{categoryWords(c)}</strong>
              {c.live ? null : '　'}
              {c.live ? null : <StatusTag tone="rest">已结束</StatusTag>}
              {fewKnow(c) ? <span className="rd-quiet">　只给承办、协办社工看，清单不显示</span> : null}
              <div className="rd-quiet">
                {formatDay(c.fromDay)}起{c.toDay === null ? '' : `，至${formatDay(c.toDay)}`}　依据：{c.source}
              </div>
            </div>
            {mayWrite && c.toDay === null ? (
              <Button size="small" type="text" aria-label={`结束${categoryWords(c)}`} onClick={() => setEnding(c)}>
                结束
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <FormDialog open={adding} title="登记类别" onClose={() => setAdding(false)} width={640}>
        <RecordForm
          form={form}
          validateWith={CategoryDraft}
          initial={{ fromDay: today() }}
          submitWords="登记"
          onCancel={() => setAdding(false)}
          submit={async (body) => {
            await add.mutateAsync({ params: { id: file.id }, body });
            setAdding(false);
          }}
        >
          <Field name="category" label="类别">
            <Select options={optionsOf(recipientCategoryLabels)} />
          </Field>
          <Field name="source" label="依据" hint="证件名称或文号，如：残疾人证。">
            <Input maxLength={80} />
          </Field>
          {chosen === 'disabled' ? (
            <>
              <Field name="disability" label="残疾类别">
                <Select options={optionsOf(disabilityLabels)} />
              </Field>
              <Field name="grade" label="残疾等级">
                <Radio.Group options={Object.entries(gradeLabels).map(([value, label]) => ({ value: Number(value), label }))} />
              </Field>
            </>
          ) : null}
          {chosen === 'mental-disorder' ? (
            <Field name="grade" label="管理等级" hint="没有评定可不填">
              <Radio.Group options={[0, 1, 2, 3, 4, 5].map((value) => ({ value, label: `${value}级` }))} />
            </Field>
          ) : null}
          <Field name="fromDay" label="起始日期">
            <DayInput notAfter={today()} />
          </Field>
          <Field name="toDay" label="截止日期" hint="不填表示没有定期限">
            <DayInput />
          </Field>
        </RecordForm>
      </FormDialog>
      {ending === null ? null : (
        <FormDialog open title={`结束：${categoryWords(ending)}`} onClose={() => setEnding(null)} width={480}>
          <RecordForm
            validateWith={endCategory.body}
            initial={{ toDay: today() }}
            columns={1}
            submitWords="登记结束"
            onCancel={() => setEnding(null)}
            submit={async (body) => {
              await end.mutateAsync({ params: { id: file.id, categoryId: ending.id }, body });
              setEnding(null);
            }}
          >
            <Field name="toDay" label="最后一天" hint="这一天仍算在内。">
              <DayInput />
            </Field>
          </RecordForm>
        </FormDialog>
      )}
    </section>
  );
}

function Guardians({ file, mayWrite }: { readonly file: RecipientData; readonly mayWrite: boolean }) {
  const [adding, setAdding] = useState(false);
  const add = useAct(addGuardian);
  const end = useAct(endGuardian);
  return (
    <section className="jy-card">
      <div className="jy-card-head">
        <h2>监护人</h2>
        {mayWrite ? <Button onClick={() => setAdding(true)}>登记监护人</Button> : null}
      </div>
      {file.guardians.length === 0 ? <p className="rd-quiet">还没有登记监护人。</p> : null}
      <ul className="rd-plain">
        {file.guardians.map((g) => (
          <li key={g.id} className="rd-consent">
            <div>
              <Masked label={`${g.relationship}的姓名`} value={g.name} open={openGuardian(file.id, g.id, 'name')} />　{g.relationship}
              {g.endedAt === null ? '' : `（${shortInstant(g.endedAt)}结束）`}
              <div>
                <span className="rd-quiet">电话　</span>
                <Masked label={`${g.relationship}的电话`} value={g.phone} open={openGuardian(file.id, g.id, 'phone')} />
              </div>
            </div>
            {mayWrite && g.endedAt === null ? (
              <ConfirmButton
                size="small"
                type="text"
                ask="登记不再是监护人？"
                says="以前的登记会留着。"
                sure="登记结束"
                onSure={() => end.mutateAsync({ params: { id: file.id, guardianId: g.id } })}
              >
                结束
              </ConfirmButton>
            ) : null}
          </li>
        ))}
      </ul>
      <FormDialog open={adding} title="登记监护人" onClose={() => setAdding(false)} width={560}>
        <RecordForm
          validateWith={GuardianDraft}
          columns={1}
          submitWords="登记"
          onCancel={() => setAdding(false)}
          submit={async (body) => {
            await add.mutateAsync({ params: { id: file.id }, body });
            setAdding(false);
          }}
        >
          <Field name="name" label="姓名">
            <Input maxLength={40} autoComplete="off" />
          </Field>
          <Field name="relationship" label="与服务对象的关系">
            <Input maxLength={20} placeholder="如：父亲、村委会" />
          </Field>
          <Field name="phone" label="电话">
            <Input maxLength={20} autoComplete="off" inputMode="tel" />
          </Field>
        </RecordForm>
      </FormDialog>
    </section>
  );
}

function ContactMark({ file }: { readonly file: RecipientData }) {
  const [marking, setMarking] = useState(false);
  const mark = useAct(markContact);
  return (
    <div className="jy-actions">
      <Button onClick={() => setMarking(true)}>{file.contact === null ? '标记联系不安全' : '修改联系提醒'}</Button>
      {file.contact === null ? null : (
        <ConfirmButton
          danger={false}
          ask="取消“联系不安全”的标记？"
          says="取消后，打开电话和住址时不再提醒。"
          sure="取消标记"
          onSure={() => mark.mutateAsync({ params: { id: file.id }, body: { unsafe: null } })}
        >
          现在安全了
        </ConfirmButton>
      )}
      <FormDialog open={marking} title="联系不安全" onClose={() => setMarking(false)} width={560}>
        <RecordForm
          validateWith={SafeContactDraft}
          initial={file.contact === null ? {} : { how: file.contact.how, times: file.contact.times }}
          columns={1}
          onCancel={() => setMarking(false)}
          submit={async (unsafe) => {
            await mark.mutateAsync({ params: { id: file.id }, body: { unsafe } });
            setMarking(false);
          }}
        >
          <Field name="how" label="怎样联系" hint="如：先发短信，自称社区网格员；不上门。">
            <Input.TextArea maxLength={200} autoSize={{ minRows: 2 }} />
          </Field>
          <Field name="times" label="何时可以联系">
            <Input maxLength={100} placeholder="如：工作日上午" />
          </Field>
        </RecordForm>
      </FormDialog>
    </div>
  );
}

function Merges({ file, mayMerge }: { readonly file: RecipientData; readonly mayMerge: boolean }) {
  const undo = useAct(undoRecipientMerge);
  const [reason, setReason] = useState('');
  if (file.merges.length === 0) return null;
  return (
    <section className="jy-card">
      <h2>合并记录</h2>
      <ul className="rd-plain">
        {file.merges.map((m) => (
          <li key={m.id} className="rd-consent">
            <div>
              {m.goneName} 并入，移动 {m.moved} 条记录
              <div className="rd-quiet">
                {shortInstant(m.mergedAt)}　{m.mergedByName}：{m.reason}
                {m.undoneAt === null ? '' : `；${shortInstant(m.undoneAt)} ${m.undoneByName ?? ''}撤销：${m.undoReason ?? ''}`}
              </div>
              {mayMerge && m.undoneAt === null ? (
                <Input
                  aria-label="撤销理由"
                  maxLength={120}
                  placeholder="要撤销，请先写理由"
                  value={reason}
                  onChange={(e) => setReason(e.target.value)}
                />
              ) : null}
            </div>
            {mayMerge && m.undoneAt === null ? (
              <ConfirmButton
                size="small"
                ask="撤销这次合并？"
                says="移动过的记录都回到原来那份档案。"
                sure="撤销合并"
                disabled={reason.trim().length < 2}
                onSure={() => undo.mutateAsync({ params: { id: m.id }, body: { reason: reason.trim() } })}
              >
                撤销合并
              </ConfirmButton>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is recorded besides who it is; what is not, is not shown. */
function Details({ details }: { readonly details: NonNullable<RecipientData['details']> }) {
  const held = DetailItem.options.filter((item) => details[item] !== null);
  if (held.length === 0)
    return (
      <p className="rd-quiet" style={{ marginBottom: 12 }}>
        民族、婚姻、文化程度、户籍、职业还没有登记，需要时在“修改资料”里填写。
      </p>
    );
  return (
    <>
      <dl className="rd-facts">
        {held.map((item) => (
          <div key={item}>
            <dt>{detailItemLabels[item]}</dt>
            <dd>{detailWords(item, details[item] ?? '')}</dd>
          </div>
        ))}
      </dl>
      <p className="rd-quiet" style={{ marginBottom: 12 }}>
        以上各项只给承办、协办社工看，清单不显示。
      </p>
    </>
  );
}

/** One person: who it is, what offices count the person as, the family, and all that happened. */
export default function RecipientPage() {
  const { id = '' } = useParams({ strict: false });
  const isWorker = useCan('worker');
  const [naming, setNaming] = useState(false);
  const [correcting, setCorrecting] = useState(false);
  const name = useAct(addFormerName);
  const query = useRecipient(id);
  const file = query.data;
  const crumbs = [{ title: isWorker ? '我服务的人' : '本站服务对象', to: '/recipients' }];
  if (file === undefined) {
    return (
      <Page title="服务对象" crumbs={crumbs}>
        {query.error === null ? (
          <Skeleton active paragraph={{ rows: 8 }} />
        ) : (
          <RefusalNotice error={query.error} onRetry={() => void query.refetch()} />
        )}
      </Page>
    );
  }
  const mayWrite = file.can.includes('edit');
  const personal = (field: 'name' | 'idNumber' | 'phone' | 'address') => (
    <Masked label={personalFieldLabels[field]} value={file[field]} open={openField(file.id, field)} />
  );
  const live = file.categories.filter((c) => c.live && !fewKnow(c)).map(categoryWords);
  return (
    <RecordPage
      crumbs={crumbs}
      title={`${file.name}（${genderLabels[file.gender]}${file.age === null ? '' : `，${file.age}岁`}）`}
      meta={[
        <span key="station">{file.stationName}</span>,
        ...(live.length === 0 ? [] : [<span key="live">{live.join('、')}</span>]),
        ...(file.mergedFrom === null ? [] : [<span key="merged">您打开的那份档案已并入这一份</span>]),
      ]}
      seenBy={file.seenBy}
      aside={
        <>
          <section className="jy-card">
            <h2>个案</h2>
            {file.cases.length === 0 && <p className="rd-quiet">您看得到的个案会列在这里。</p>}
            <ul className="rd-plain">
              {file.cases.map((c) => (
                <li key={c.id} className="rd-consent">
                  <div>
                    <Link to="/cases/$id" params={{ id: c.id }}>
                      {c.number}
                    </Link>
                    <div className="rd-quiet">
                      {c.domain === null ? '' : `${caseDomainLabels[c.domain]}　`}
                      {c.workerName}　{shortDay(c.openedOn)}建立
                    </div>
                  </div>
                  <CaseStatusTag status={c.status} />
                </li>
              ))}
            </ul>
          </section>
          <Merges file={file} mayMerge={file.can.includes('merge')} />
        </>
      }
    >
      <section className="jy-card">
        <div className="jy-card-head">
          <h2>服务对象</h2>
          {mayWrite ? <Button onClick={() => setCorrecting(true)}>修改资料</Button> : null}
        </div>
        <UnsafeContact contact={file.contact} />
        <dl className="rd-facts">
          <PersonalFacts show={personal} />
          <div className="wide">
            <dt>曾用名</dt>
            <dd>
              {file.formerNames.length === 0 ? '没有登记' : null}
              {file.formerNames.map((n) => (
                <Masked key={n.id} label="曾用名" value={n.name} open={openField(file.id, 'name', n.id)} />
              ))}
              {mayWrite ? (
                <Button size="small" type="link" onClick={() => setNaming(true)}>
                  登记曾用名
                </Button>
              ) : null}
            </dd>
          </div>
        </dl>
        {file.details === null ? null : <Details details={file.details} />}
        {mayWrite ? <ContactMark file={file} /> : null}
      </section>
      <Categories file={file} mayWrite={mayWrite} />
      <Guardians file={file} mayWrite={mayWrite} />
      <Households file={file} mayWrite={mayWrite} />
      <Consents file={file} />
      <Steps id={file.id} />
      {correcting ? (
        <CorrectDialog file={file} reread={async () => (await query.refetch()).data} onClose={() => setCorrecting(false)} />
      ) : null}
      <FormDialog open={naming} title="登记曾用名" onClose={() => setNaming(false)} width={480}>
        <RecordForm
          validateWith={FormerNameDraft}
          columns={1}
          submitWords="登记"
          onCancel={() => setNaming(false)}
          submit={async (body) => {
            await name.mutateAsync({ params: { id: file.id }, body });
            setNaming(false);
          }}
        >
          <Field name="name" label="曾用名">
            <Input maxLength={40} autoComplete="off" />
          </Field>
        </RecordForm>
      </FormDialog>
    </RecordPage>
  );
}
