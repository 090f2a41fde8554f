import { readAttachment } from '@jieyou/core/cases/endpoints.ts';
import { readConferenceCalendar } from '@jieyou/core/support/meetingEndpoints.ts';
import { caseDomainLabels, helpFieldLabels } from '@jieyou/core/texts/labels.ts';
import { useParams } from '@tanstack/react-router';
import { Button, Checkbox, Input, InputNumber, Result, Skeleton, Watermark } from 'antd';
import { useState } from 'react';
import { fileUrl } from '../house/client.ts';
import { formatBytes, shortInstant } from '../house/format.ts';
import { useLive } from '../house/live.ts';
import { Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import '../house/reading.css';
import { conferenceWords, goneWords, isGone, opinionPrompts, overWords, stepOf, useInvitationWork } from './invitationWork.ts';
import { PacketLetter } from './PacketLetter.tsx';
import { OpinionCard } from './RequestSections.tsx';

/** An invitation at its expert's desk: pledge, packet, opinion in three prompts, and later what the others said. */
export default function InvitationPage() {
  const { id = '' } = useParams({ strict: false });
  const work = useInvitationWork(id);
  const [pledged, setPledged] = useState(false);
  const [declining, setDeclining] = useState(false);
  const [reason, setReason] = useState('');
  useLive();

  const invitation = work.invitation.data;
  const crumbs = [{ title: '会诊邀请', to: '/invitations' }];
  if (invitation === undefined) {
    return (
      <Page title="会诊邀请" crumbs={crumbs}>
        {work.invitation.error === null ? (
          <Skeleton active paragraph={{ rows: 6 }} />
        ) : isGone(work.invitation.error) ? (
          <p>{goneWords}</p>
        ) : (
          <RefusalNotice error={work.invitation.error} />
        )}
      </Page>
    );
  }
  const step = stepOf(invitation);
  const fields = invitation.helpFields.map((f) => helpFieldLabels[f]).join('、');
  return (
    <Page title={`会诊邀请 ${invitation.number}`} crumbs={crumbs}>
      <section className="jy-card">
        <p className="rd-lead">
          支援中心请您从{fields}方面，看一份{caseDomainLabels[invitation.domain]}个案的资料并写下意见。请在{' '}
          {shortInstant(invitation.deadline)} 前提交，大约需要 {invitation.minutesNeeded} 分钟。
        </p>
        <p className="rd-quiet">{conferenceWords(invitation)}</p>
        {invitation.conferenceId !== null && invitation.conferenceStatus === 'planned' && (step === 'write' || step === 'sent') ? (
          <p className="rd-apart">
            <a href={fileUrl(readConferenceCalendar, { params: { id: invitation.conferenceId } })} download="huizhen.ics">
              放进我的日历
            </a>
          </p>
        ) : null}
        {step === 'answer' ? (
          <>
            <div className="rd-pledge">
              <strong>保密承诺</strong>
              <p>{invitation.pledgeText}</p>
              <Checkbox checked={pledged} onChange={(e) => setPledged(e.target.checked)}>
                我承诺
              </Checkbox>
            </div>
            {declining ? (
              <div className="rd-field">
                <label htmlFor="decline">谢绝的理由</label>
                <Input.TextArea
                  id="decline"
                  value={reason}
                  onChange={(e) => setReason(e.target.value)}
                  autoSize={{ minRows: 2, maxRows: 5 }}
                  maxLength={400}
                  placeholder="如：时间不便、与个案有关联"
                />
              </div>
            ) : null}
            <RefusalNotice error={work.error} />
            <div className="rd-bar">
              {declining ? (
                <>
                  <Button danger loading={work.busy} disabled={reason.trim().length < 2} onClick={() => void work.decline(reason.trim())}>
                    谢绝邀请
                  </Button>
                  <Button onClick={() => setDeclining(false)}>再想想</Button>
                </>
              ) : (
                <>
                  <Button type="primary" size="large" disabled={!pledged} loading={work.busy} onClick={() => void work.accept()}>
                    接受并阅读资料
                  </Button>
                  <Button size="large" onClick={() => setDeclining(true)}>
                    谢绝
                  </Button>
                </>
              )}
            </div>
          </>
        ) : null}
        {step === 'over' ? <p>{overWords(invitation)}</p> : null}
        {(step === 'write' || step === 'sent') && work.packet === null && invitation.canRead ? (
          <>
            <RefusalNotice error={work.error} />
            <Button type={step === 'write' ? 'primary' : 'default'} loading={work.busy} onClick={() => void work.open()}>
              {step === 'write' ? '阅读资料' : '再看一遍资料'}
            </Button>
            <span className="rd-quiet">　每次打开都有记录；{shortInstant(invitation.expiresAt)} 后不再可见</span>
          </>
        ) : null}
      </section>

      {step === 'sent' ? (
        <section className="jy-card">
          <Result
            status="success"
            title="意见已送达支援中心"
            subTitle={`${shortInstant(invitation.opinionAt)} 提交。${
              invitation.opinionsOpen ? '同一轮的意见已开放，见下面。' : '人数已够或到截止时间后，您可以在这里看到其他专家的意见。'
            }`}
          />
          {work.opinions.data?.opinions.map((o) => (
            <OpinionCard key={o.invitationId} opinion={o} />
          ))}
          <RefusalNotice error={work.opinions.error} />
        </section>
      ) : null}

      {work.packet === null ? null : (
        <div className={step === 'write' ? 'rd-read-write' : ''}>
          <Watermark content={work.packet.watermark} gap={[80, 80]} font={{ color: 'rgba(31,35,40,0.10)', fontSize: 13 }}>
            <PacketLetter parts={work.packet.parts} />
            {work.packet.attachments.length === 0 ? null : (
              <section className="jy-card">
                <h2>附件</h2>
                <ul className="rd-plain">
                  {work.packet.attachments.map((a) => (
                    <li key={a.id} className="rd-file">
                      <a href={fileUrl(readAttachment, { params: { id: a.id } })} download={a.name}>
                        {a.name}
                      </a>
                      <span className="rd-quiet">{formatBytes(a.bytes)}</span>
                    </li>
                  ))}
                </ul>
              </section>
            )}
            <p className="rd-quiet">
              {work.packet.number}　校验码 {work.packet.hash.slice(0, 12)}
            </p>
          </Watermark>
          {step === 'write' ? (
            <section className="jy-card rd-opinion-form">
              <h2>您的意见</h2>
              {opinionPrompts.map((p) => (
                <div key={p.name} className="rd-field">
                  <label htmlFor={`opinion-${p.name}`}>{p.label}</label>
                  <div className="rd-quiet">{p.hint}</div>
                  <Input.TextArea
                    id={`opinion-${p.name}`}
                    value={work.draft.value[p.name]}
                    onChange={(e) => work.write(p.name, e.target.value)}
                    autoSize={{ minRows: 3, maxRows: 16 }}
                    maxLength={2000}
                    status={work.gaps[p.name] === undefined ? '' : 'error'}
                  />
                  {work.gaps[p.name] === undefined ? null : (
                    <div className="rd-error" role="alert">
                      {work.gaps[p.name]}
                    </div>
                  )}
                </div>
              ))}
              <div className="rd-field">
                <label htmlFor="opinion-minutes">用了多少分钟（可以不填）</label>
                <InputNumber id="opinion-minutes" min={1} max={1440} value={work.draft.value.minutes} onChange={(m) => work.takes(m)} />
              </div>
              <RefusalNotice error={work.error} />
              <div className="rd-submit">
                <span className="rd-quiet" role="status">
                  {work.saved}
                </span>
                <Button type="primary" size="large" loading={work.busy} onClick={() => void work.send()}>
                  提交意见
                </Button>
              </div>
            </section>
          ) : null}
        </div>
      )}
    </Page>
  );
}
