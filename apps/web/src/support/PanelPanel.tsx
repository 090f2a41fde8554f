import { PacketField } from '@jieyou/core/cases/schema.ts';
import { addDays, weekdayOf } from '@jieyou/core/shared/day.ts';
import { type HelpField, helpFieldLabels } from '@jieyou/core/shared/fields.ts';
import { inviteExperts, previewPacket, proposePanel } from '@jieyou/core/support/endpoints.ts';
import type { LegalBasis } from '@jieyou/core/support/schema.ts';
import { consentPurposeLabels, legalBasisLabels, packetFieldLabels } from '@jieyou/core/texts/labels.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, InputNumber, Modal, Radio, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { type Answer, call } from '../house/client.ts';
import { enterStays } from '../house/enter.ts';
import { momentAt, shortDay, shortInstant, today } from '../house/format.ts';
import { ChoiceBoxes, InstantInput } from '../house/inputs.tsx';
import { PersonPicker } from '../house/pickers.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { PacketLetter } from './PacketLetter.tsx';
import { afterMove, type ProposalData, type RequestFileData } from './queries.ts';

/** One seat as it stands now: as proposed, or filled otherwise by the coordinator. */
type SeatNow = {
  readonly expertId: string;
  readonly name: string;
  readonly title: string;
  readonly covers: HelpField[];
  readonly was: string | null;
};

type Person = { readonly expertId: string; readonly name: string; readonly covers: HelpField[]; readonly says: string };

const initialSeats = (proposal: ProposalData): SeatNow[] =>
  proposal.seats.map((s) => ({ expertId: s.expertId, name: s.name, title: s.title, covers: s.covers, was: null }));

type Values = {
  deadline: string;
  quorum: number;
  plannedAt: string;
  place: string;
  chairId: string;
  fields: PacketField[];
  attachmentIds?: string[];
  basis: LegalBasis['kind'];
  consentId?: string;
  ground?: string;
};

/** A starting value some weekdays from now at a full hour; a person corrects it, it is no deadline by rule. */
const soon = (days: number, time: string): string => {
  let at = today();
  for (let left = days; left > 0; ) {
    at = addDays(at, 1);
    if (weekdayOf(at) < 6) left -= 1;
  }
  return momentAt(at, time);
};

function Grid({
  proposal,
  seats,
  onSwap,
}: {
  proposal: ProposalData;
  seats: readonly SeatNow[];
  onSwap: (index: number, person: Person | null) => void;
}) {
  const others = (index: number): Person[] => {
    const seat = proposal.seats[index];
    const taken = new Set(seats.map((s) => s.expertId));
    const found = new Map<string, Person>();
    for (const a of seat?.alternatives ?? []) {
      found.set(a.expertId, {
        expertId: a.expertId,
        name: a.name,
        covers: a.covers,
        says: a.lost.length === 0 ? '同样可行' : `会失去：${a.lost.join('；')}`,
      });
    }
    for (const l of proposal.leftOut) {
      if (l.mayInvite && !found.has(l.expertId))
        found.set(l.expertId, { expertId: l.expertId, name: l.name, covers: l.helpFields, says: l.says });
    }
    return [...found.values()].filter((p) => !taken.has(p.expertId));
  };
  return (
    <div className="rd-scroll">
      <table className="rd-table rd-panel jy-cards">
        <caption className="rd-hidden">专家席位与所需专业的覆盖</caption>
        <thead>
          <tr>
            <th scope="col">席位</th>
            {proposal.fields.map((f) => (
              <th scope="col" key={f} className="mid">
                {helpFieldLabels[f]}
              </th>
            ))}
            <th scope="col">换人</th>
          </tr>
        </thead>
        <tbody>
          {seats.map((seat, index) => {
            const proposed = proposal.seats[index];
            const choices = others(index);
            return (
              <tr key={proposed?.expertId ?? seat.expertId}>
                <th scope="row" className="seat">
                  <strong>{seat.name}</strong> <span className="rd-quiet">{seat.title}</span>
                  {seat.was === null ? (
                    <ul className="rd-reasons">
                      {(proposed?.reasons ?? []).map((r) => (
                        <li key={r}>{r}</li>
                      ))}
                    </ul>
                  ) : (
                    <div className="rd-quiet">由您换下 {seat.was}</div>
                  )}
                  {seat.was === null && proposed !== undefined && proposed.alternatives.length > 0 ? (
                    <details className="rd-more">
                      <summary>可替换的 {proposed.alternatives.length} 位</summary>
                      <ul className="rd-reasons">
                        {proposed.alternatives.map((a) => (
                          <li key={a.expertId}>
                            {a.name}（{a.covers.map((f) => helpFieldLabels[f]).join('、')}）：
                            {a.lost.length === 0 ? '同样可行' : `会失去 ${a.lost.join('；')}`}
                          </li>
                        ))}
                      </ul>
                    </details>
                  ) : null}
                </th>
                {proposal.fields.map((f) => (
                  <td key={f} data-field={helpFieldLabels[f]} className={seat.covers.includes(f) ? 'mid filled' : 'mid'}>
                    {seat.covers.includes(f) ? (
                      <span>
                        <span aria-hidden>✓</span>
                        <span className="rd-hidden">覆盖</span>
                      </span>
                    ) : (
                      <span className="rd-hidden">不覆盖</span>
                    )}
                  </td>
                ))}
                <td className="swap">
                  <Select
                    size="small"
                    style={{ width: 120 }}
                    aria-label={`替换 ${seat.name}`}
                    placeholder="换成"
                    value={null}
                    popupMatchSelectWidth={360}
                    showSearch={{ optionFilterProp: 'label' }}
                    disabled={choices.length === 0}
                    options={choices.map((p) => ({ value: p.expertId, label: `${p.name}　${p.says}` }))}
                    onChange={(expertId: string | null) => onSwap(index, choices.find((p) => p.expertId === expertId) ?? null)}
                  />
                  {seat.was === null ? null : (
                    <Button size="small" type="link" onClick={() => onSwap(index, null)}>
                      换回
                    </Button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

type Preview = Answer<typeof previewPacket>;

/** Those who were not chosen, by reason: the ones who could have come first, those of other professions last. */
const reasonsOf = (proposal: ProposalData) => {
  const groups = new Map<string, { says: string; mayInvite: boolean; near: boolean; people: string[] }>();
  for (const l of proposal.leftOut) {
    const near = l.helpFields.some((f) => proposal.fields.includes(f));
    const key = `${l.says}${l.mayInvite}`;
    const group = groups.get(key) ?? { says: l.says, mayInvite: l.mayInvite, near, people: [] };
    group.people.push(near ? `${l.name}（${l.helpFields.map((f) => helpFieldLabels[f]).join('、')}）` : l.name);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => Number(b.near) - Number(a.near) || Number(a.mayInvite) - Number(b.mayInvite));
};

/** Proposes a panel, lets the coordinator change it with a reason, and invites: packet, basis, deadline and conference in one step. */
export default function PanelPanel({
  file,
  proposeNow,
  onDone,
}: {
  file: RequestFileData;
  /** Proposes as soon as the panel opens: the next act was asked for by its button. */
  proposeNow: boolean;
  onDone: () => void;
}) {
  const client = useQueryClient();
  const [form] = Form.useForm<Values>();
  const [proposal, setProposal] = useState<ProposalData | null>(file.proposal);
  const [seats, setSeats] = useState<SeatNow[]>(file.proposal === null ? [] : initialSeats(file.proposal));
  const [reason, setReason] = useState('');
  const [reasonMissing, setReasonMissing] = useState(false);
  const [busy, setBusy] = useState<'propose' | 'preview' | 'invite' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const basis = Form.useWatch('basis', form);
  const chosenFields = Form.useWatch('fields', form) ?? [];

  const content = file.content;
  // Only a consent to a conference carries a packet; others are given for other purposes.
  const consents = (content?.consents ?? []).filter((c) => c.purpose === 'conference');
  const attachments = content?.attachments ?? [];
  const changed = seats.some((s) => s.was !== null) || (proposal !== null && seats.length !== proposal.seats.length);
  const covered = new Set(seats.flatMap((s) => s.covers));
  const lacking = proposal === null ? [] : proposal.fields.filter((f) => !covered.has(f));

  const propose = async () => {
    setBusy('propose');
    setError(null);
    try {
      const made = await call(proposePanel, { params: { id: file.id }, body: {} });
      setProposal(made);
      setSeats(initialSeats(made));
      setReason('');
      await afterMove(client);
    } catch (failed) {
      setError(failed);
    } finally {
      setBusy(null);
    }
  };

  const begun = useRef(false);
  useEffect(() => {
    if (!proposeNow || begun.current || proposal !== null) return;
    begun.current = true;
    void propose();
  });

  const swap = (index: number, person: Person | null) => {
    const proposed = proposal?.seats[index];
    if (proposed === undefined) return;
    setSeats((now) =>
      now.map((seat, at) =>
        at !== index
          ? seat
          : person === null
            ? { expertId: proposed.expertId, name: proposed.name, title: proposed.title, covers: proposed.covers, was: null }
            : {
                expertId: person.expertId,
                name: person.name,
                title: '',
                covers: person.covers.filter((f) => proposal?.fields.includes(f) ?? false),
                was: proposed.name,
              },
      ),
    );
  };

  const packetOf = (v: Values) => ({ fields: v.fields, attachmentIds: v.fields.includes('attachments') ? (v.attachmentIds ?? []) : [] });

  const showPreview = async () => {
    const v = form.getFieldsValue();
    setBusy('preview');
    setError(null);
    try {
      setPreview(await call(previewPacket, { params: { id: file.id }, body: packetOf(v) }));
    } catch (failed) {
      setError(failed);
    } finally {
      setBusy(null);
    }
  };

  const invite = async (v: Values) => {
    if (proposal === null) return;
    if (changed && reason.trim().length < 2) {
      setReasonMissing(true);
      document.getElementById('override-reason')?.focus();
      return;
    }
    const ground: LegalBasis =
      v.basis === 'consent' ? { kind: 'consent', consentId: v.consentId ?? '' } : { kind: v.basis, ground: v.ground ?? '' };
    setBusy('invite');
    setError(null);
    try {
      await call(inviteExperts, {
        params: { id: file.id },
        body: {
          version: file.version,
          proposalId: proposal.id,
          // A seat that covers none of the fields asked for would be refused; it then stands for all fields of the request.
          seats: seats.map((s) => ({ expertId: s.expertId, helpFields: s.covers.length === 0 ? proposal.fields : s.covers })),
          ...(changed ? { overrideReason: reason.trim() } : {}),
          deadline: v.deadline,
          quorum: v.quorum,
          chairId: v.chairId,
          plannedAt: v.plannedAt,
          place: v.place,
          packet: { ...packetOf(v), basis: ground },
        },
      });
      await afterMove(client);
      onDone();
    } catch (failed) {
      setError(failed);
      await afterMove(client);
    } finally {
      setBusy(null);
    }
  };

  if (proposal === null) {
    return (
      <section className="jy-card">
        <h2>推荐专家组</h2>
        <p className="rd-says">
          从专家库里找出覆盖 {file.helpFields.map((f) => helpFieldLabels[f]).join('、')}{' '}
          的最小组合，避开利害关系，照顾任期、可参加时间和负担，并逐一说明理由。
        </p>
        {error === null ? null : <RefusalNotice error={error} />}
        <Button loading={busy === 'propose'} onClick={() => void propose()}>
          {busy === 'propose' ? '正在推荐' : '推荐'}
        </Button>
      </section>
    );
  }

  return (
    <div>
      <section className="jy-card">
        <h2>推荐的专家组</h2>
        <p className="rd-says">
          {shortInstant(proposal.at)} 生成，依据规则包 {proposal.packVersion} 版。
          <Button type="link" size="small" loading={busy === 'propose'} onClick={() => void propose()}>
            重新推荐
          </Button>
        </p>
        {proposal.uncovered.length === 0 ? null : (
          <Alert
            type="warning"
            showIcon
            title={`专家库里目前没有人能覆盖：${proposal.uncovered.map((f) => helpFieldLabels[f]).join('、')}`}
            description="可以先邀请其他专业，同时为缺的专业开一条转介或资源链接的支援线。"
          />
        )}
        <Grid proposal={proposal} seats={seats} onSwap={swap} />
        {changed && lacking.length > 0 ? (
          <p className="rd-late">按现在的席位，没有人覆盖 {lacking.map((f) => helpFieldLabels[f]).join('、')}。</p>
        ) : null}
        {changed ? (
          <div className="rd-field">
            <label htmlFor="override-reason">为什么不按推荐</label>
            <Input.TextArea
              id="override-reason"
              value={reason}
              onChange={(e) => {
                setReason(e.target.value);
                setReasonMissing(false);
              }}
              autoSize={{ minRows: 2, maxRows: 6 }}
              maxLength={600}
              status={reasonMissing ? 'error' : ''}
            />
            {reasonMissing ? (
              <div className="rd-error" role="alert">
                请写明理由，邀请才能发出
              </div>
            ) : null}
          </div>
        ) : null}
        <details className="rd-more">
          <summary>为什么没有选其他 {proposal.leftOut.length} 位</summary>
          <ul className="rd-reasons">
            {reasonsOf(proposal).map((r) => (
              <li key={r.says}>
                <strong>
                  {r.says}
                  {r.mayInvite ? '' : '，不能邀请'}
                </strong>
                ：{r.people.join('、')}
              </li>
            ))}
          </ul>
        </details>
      </section>

      {seats.length === 0 ? null : (
        <section className="jy-card">
          <h2>邀请</h2>
          <Form<Values>
            form={form}
            layout="vertical"
            className="rd-stack"
            onKeyDown={enterStays}
            scrollToFirstError
            onFinish={(v) => void invite(v)}
            initialValues={{
              deadline: soon(3, '18:00'),
              plannedAt: soon(4, '10:00'),
              quorum: seats.length,
              fields: ['situation', 'household', 'domain', 'risk', 'story', 'tried', 'asks'],
              attachmentIds: [],
              basis: consents.length > 0 ? 'consent' : 'statutory-duty',
              ...(consents[0] === undefined ? {} : { consentId: consents[0].id }),
            }}
          >
            <div className="rd-halves">
              <Form.Item name="deadline" label="交意见的截止时间" rules={[{ required: true, message: '请选择截止时间' }]}>
                <InstantInput />
              </Form.Item>
              <Form.Item
                name="quorum"
                label="几份意见后可互看"
                extra={`默认全部 ${seats.length} 份；到截止时间也会开放`}
                rules={[{ required: true, message: '请填写份数' }]}
              >
                <InputNumber min={1} max={seats.length} style={{ width: '100%' }} />
              </Form.Item>
              <Form.Item name="plannedAt" label="会诊时间" rules={[{ required: true, message: '请选择会诊时间' }]}>
                <InstantInput />
              </Form.Item>
              <Form.Item
                name="place"
                label="会诊地点"
                rules={[{ required: true, message: '请填写地点或线上会议号' }]}
                validateTrigger="onBlur"
              >
                <Input maxLength={80} placeholder="如：支援中心会议室、线上会议" />
              </Form.Item>
              <Form.Item name="chairId" label="主持人" rules={[{ required: true, message: '请选择主持人' }]}>
                <PersonPicker roles={['centre', 'supervisor', 'expert']} />
              </Form.Item>
            </div>
            <h2>给专家看的资料</h2>
            <p className="rd-says">姓名、证件、电话、住址等会自动隐去；专家只能看到这里勾选的内容，截止后 7 天失效，每次打开都有记录。</p>
            <Form.Item name="fields" label="内容" rules={[{ required: true, type: 'array', min: 1, message: '请选择要给专家看的内容' }]}>
              <ChoiceBoxes options={PacketField.options.map((f) => ({ value: f, label: packetFieldLabels[f] }))} />
            </Form.Item>
            {chosenFields.includes('attachments') ? (
              <Form.Item
                name="attachmentIds"
                label="附件"
                extra="专家看到的文件名是“附件1”这样的编号；附件里的图像和文字不会自动隐去，请先确认其中没有个人信息"
              >
                {attachments.length === 0 ? (
                  <span className="rd-quiet">这份求助没有附件。</span>
                ) : (
                  <ChoiceBoxes options={attachments.map((a) => ({ value: a.id, label: a.name }))} />
                )}
              </Form.Item>
            ) : null}
            <Form.Item name="basis" label="依据">
              <Radio.Group
                options={(['consent', 'emergency', 'statutory-duty'] as const).map((k) => ({
                  value: k,
                  label: legalBasisLabels[k],
                  disabled: k === 'consent' && consents.length === 0,
                }))}
              />
            </Form.Item>
            {basis === 'consent' ? (
              <Form.Item name="consentId" label="同意书" rules={[{ required: true, message: '请选择服务对象的同意' }]}>
                <Radio.Group
                  options={consents.map((c) => ({
                    value: c.id,
                    label: `${consentPurposeLabels[c.purpose]}：${c.fields.map((f) => packetFieldLabels[f]).join('、')}（${
                      c.expiresOn === null ? '长期' : `至${shortDay(c.expiresOn)}`
                    }）`,
                  }))}
                />
              </Form.Item>
            ) : (
              <Form.Item
                name="ground"
                label={basis === 'emergency' ? '紧急情形是什么' : '依据哪项法定职责'}
                {...(consents.length === 0 ? { extra: '没有登记可用于会诊的同意。能征得同意的，请先请社工在个案里登记。' } : {})}
                rules={[
                  { required: true, message: '请写明依据' },
                  { min: 4, message: '请至少写四个字' },
                ]}
                validateTrigger={['onBlur', 'onSubmit']}
              >
                <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={400} />
              </Form.Item>
            )}
            {error === null ? null : <RefusalNotice error={error} />}
            <div className="rd-submit">
              <Button loading={busy === 'preview'} onClick={() => void showPreview()}>
                按专家看到的样子预览
              </Button>
              <Button type="primary" htmlType="submit" loading={busy === 'invite'}>
                邀请 {seats.length} 位专家
              </Button>
            </div>
          </Form>
        </section>
      )}
      <Modal
        open={preview !== null}
        onCancel={() => setPreview(null)}
        footer={null}
        width={820}
        // A letter has nothing to press: its box itself takes the keys that scroll it.
        bodyProps={{ tabIndex: 0 }}
        title={preview === null ? '' : `专家看到的资料（已隐去 ${preview.replaced} 处个人信息）`}
      >
        {preview === null ? null : <PacketLetter parts={preview.parts} />}
      </Modal>
    </div>
  );
}
