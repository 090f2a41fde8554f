import { beginHousehold, changeHousehold, endHouseholdMember, endHouseholdTie } from '@jieyou/core/recipients/endpoints.ts';
import { HouseholdDraft } from '@jieyou/core/recipients/schema.ts';
import { householdRelationLabels, vitalLabels } from '@jieyou/core/texts/recipientLabels.ts';
import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { FormDialog } from '../house/FormDialog.tsx';
import { shortDay } from '../house/format.ts';
import { Masked } from '../house/Masked.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { type HouseholdAct, HouseholdDialog, relationFields } from './HouseholdDialogs.tsx';
import { nameOf, tieWords } from './householdWords.ts';
import { type HouseholdData, openHousehold, type RecipientData } from './queries.ts';

type Open = { kind: 'begin' } | { kind: 'address'; of: HouseholdData } | { kind: 'act'; of: HouseholdData; act: HouseholdAct };

/** The household of a person: who lives there, how they stand to each other, and where. */
export function Households({ file, mayWrite }: { readonly file: RecipientData; readonly mayWrite: boolean }) {
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const begin = useAct(beginHousehold);
  const address = useAct(changeHousehold);
  const leave = useAct(endHouseholdMember);
  const untie = useAct(endHouseholdTie);
  const houses = file.households;
  return (
    <section className="jy-card">
      <div className="jy-card-head">
        <h2>家庭</h2>
        {mayWrite && houses.length === 0 ? <Button onClick={() => setOpen({ kind: 'begin' })}>建立家庭</Button> : null}
        {houses.length === 0 ? null : (
          <Link to="/recipients/$id/picture" params={{ id: file.id }}>
            家系图与生态图
          </Link>
        )}
      </div>
      {houses.length === 0 ? <p className="rd-quiet">还没有登记家庭。家庭成员可以是服务对象，也可以只写姓名。</p> : null}
      {houses.map((h) => {
        const living = h.members.filter((m) => m.leftOn === null);
        return (
          <div key={h.id}>
            <p>
              <span className="rd-quiet">家庭住址　</span>
              <Masked label="家庭住址" value={h.address} open={openHousehold(h.id, null)} />
            </p>
            <ul className="rd-plain">
              {h.members.map((m) => (
                <li key={m.id} className="rd-consent">
                  <div>
                    {m.kind === 'recipient' && m.recipientId !== null && m.recipientId !== file.id ? (
                      <Link to="/recipients/$id" params={{ id: m.recipientId }}>
                        {nameOf(m)}
                      </Link>
                    ) : m.kind === 'named' ? (
                      <Masked label={`${nameOf(m)}的姓名`} value={m.name} open={openHousehold(h.id, m.id)} />
                    ) : (
                      <strong>{nameOf(m)}</strong>
                    )}
                    <span className="rd-quiet">
                      {`　${householdRelationLabels[m.relation]}`}
                      {m.vital === 'living' && m.age !== null ? `，${m.age}岁` : ''}，
                      {m.leftOn !== null
                        ? `${shortDay(m.leftOn)}离开`
                        : m.vital === 'living'
                          ? m.livesTogether
                            ? '同住'
                            : '不同住'
                          : vitalLabels[m.vital]}
                    </span>
                  </div>
                  {mayWrite && m.leftOn === null ? (
                    <span className="rd-nowrap">
                      <Button
                        size="small"
                        type="text"
                        aria-label={`修改${nameOf(m)}的关系`}
                        onClick={() => setOpen({ kind: 'act', of: h, act: { kind: 'edit-member', member: m } })}
                      >
                        修改
                      </Button>
                      <ConfirmButton
                        size="small"
                        type="text"
                        danger={false}
                        ask={`登记${nameOf(m)}离开这个家庭？`}
                        says="以前的成员关系会留着。"
                        sure="登记离开"
                        onSure={() => leave.mutateAsync({ params: { id: h.id, memberId: m.id } })}
                      >
                        离开
                      </ConfirmButton>
                    </span>
                  ) : null}
                </li>
              ))}
            </ul>
            {h.ties.length === 0 ? null : (
              <>
                <h3>关系（家系图、生态图）</h3>
                <ul className="rd-plain">
                  {h.ties.map((x) => (
                    <li key={x.id} className="rd-consent">
                      <div>
                        {tieWords(h, x).between}
                        <span className="rd-quiet">　{tieWords(h, x).how}</span>
                      </div>
                      {mayWrite ? (
                        <ConfirmButton
                          size="small"
                          type="text"
                          danger={false}
                          ask="去掉这条关系？"
                          sure="去掉"
                          onSure={() => untie.mutateAsync({ params: { id: h.id, tieId: x.id } })}
                        >
                          去掉
                        </ConfirmButton>
                      ) : null}
                    </li>
                  ))}
                </ul>
              </>
            )}
            {mayWrite ? (
              <div className="jy-actions">
                <Button onClick={() => setOpen({ kind: 'act', of: h, act: { kind: 'member' } })}>登记成员</Button>
                <Button disabled={living.length < 2} onClick={() => setOpen({ kind: 'act', of: h, act: { kind: 'bond' } })}>
                  登记亲疏
                </Button>
                <Button disabled={living.length === 0} onClick={() => setOpen({ kind: 'act', of: h, act: { kind: 'eco' } })}>
                  登记外部联系
                </Button>
                <Button onClick={() => setOpen({ kind: 'address', of: h })}>修改住址</Button>
              </div>
            ) : null}
          </div>
        );
      })}
      <FormDialog open={open?.kind === 'begin'} title="建立家庭" onClose={close} width={560}>
        <RecordForm
          validateWith={HouseholdDraft}
          initial={{ relation: 'head', livesTogether: true }}
          columns={1}
          submitWords="建立"
          onCancel={close}
          submit={async (body) => {
            await begin.mutateAsync({ params: { id: file.id }, body });
            close();
          }}
        >
          <Field name="address" label="家庭住址" hint="加密保存，显示时打码。">
            <Input maxLength={120} autoComplete="off" />
          </Field>
          {relationFields}
        </RecordForm>
      </FormDialog>
      {open?.kind === 'address' ? (
        <FormDialog open title="修改家庭住址" onClose={close} width={560}>
          <RecordForm
            validateWith={changeHousehold.body}
            extra={{ version: open.of.version }}
            columns={1}
            onCancel={close}
            submit={async (body) => {
              await address.mutateAsync({ params: { id: open.of.id }, body });
              close();
            }}
          >
            <Field name="address" label="新的住址" hint="留空表示去掉。">
              <Input maxLength={120} autoComplete="off" />
            </Field>
          </RecordForm>
        </FormDialog>
      ) : null}
      {open?.kind === 'act' ? <HouseholdDialog of={open.of} act={open.act} onClose={close} /> : null}
    </section>
  );
}
