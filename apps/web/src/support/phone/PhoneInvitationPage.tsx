import { readAttachment } from '@jieyou/core/cases/endpoints.ts';
import { readConferenceCalendar } from '@jieyou/core/support/meetingEndpoints.ts';
import { caseDomainLabels, helpFieldLabels } from '@jieyou/core/texts/labels.ts';
import { useParams } from '@tanstack/react-router';
import { Button, Checkbox, Popup, Skeleton, TextArea, WaterMark } from 'antd-mobile';
import { useState } from 'react';
import { fileUrl } from '../../house/client.ts';
import { formatBytes, shortInstant } from '../../house/format.ts';
import { useLive } from '../../house/live.ts';
import { PhoneCard, PhonePage } from '../../house/PhonePage.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { conferenceWords, goneWords, isGone, opinionPrompts, overWords, stepOf, useInvitationWork } from '../invitationWork.ts';
import { PacketLetter } from '../PacketLetter.tsx';
import '../meeting.css';

/** An invitation in ten minutes: pledge, letter, three prompts, sent. One thing on the screen at a time. */
export default function PhoneInvitationPage() {
  const { id = '' } = useParams({ strict: false });
  const work = useInvitationWork(id);
  const [pledged, setPledged] = useState(false);
  const [writing, setWriting] = useState(false);
  const [declining, setDeclining] = useState(false);
  const [reason, setReason] = useState('');
  useLive();

  const invitation = work.invitation.data;
  if (invitation === undefined) {
    return (
      <PhonePage title="会诊邀请">
        {work.invitation.error === null ? (
          <Skeleton.Paragraph lineCount={6} animated />
        ) : isGone(work.invitation.error) ? (
          <PhoneCard>{goneWords}</PhoneCard>
        ) : (
          <RefusalNotice error={work.invitation.error} />
        )}
      </PhonePage>
    );
  }
  const step = stepOf(invitation);
  const reading = step === 'write' && work.packet !== null;

  const foot =
    step === 'answer' ? (
      <Button block color="primary" disabled={!pledged} loading={work.busy} onClick={() => void work.accept()}>
        接受并阅读资料
      </Button>
    ) : step === 'write' && work.packet === null ? (
      <Button block color="primary" loading={work.busy} onClick={() => void work.open()}>
        阅读资料
      </Button>
    ) : reading && !writing ? (
      <Button
        block
        color="primary"
        onClick={() => {
          setWriting(true);
          window.scrollTo({ top: 0 });
        }}
      >
        写意见
      </Button>
    ) : reading ? (
      <>
        <div role="status" className="rd-quiet">
          {work.saved}
        </div>
        <Button block color="primary" loading={work.busy} onClick={() => void work.send()}>
          提交意见
        </Button>
      </>
    ) : null;

  return (
    <PhonePage title={reading ? (writing ? '写意见' : '资料') : '会诊邀请'} foot={foot}>
      {reading ? null : (
        <PhoneCard>
          <p>
            支援中心请您从{invitation.helpFields.map((f) => helpFieldLabels[f]).join('、')}方面，看一份{caseDomainLabels[invitation.domain]}
            个案的资料并写下意见。请在 {shortInstant(invitation.deadline)} 前提交，大约需要 {invitation.minutesNeeded} 分钟。
          </p>
          <p className="rd-quiet">{conferenceWords(invitation)}</p>
          {invitation.conferenceId !== null && invitation.conferenceStatus === 'planned' && (step === 'write' || step === 'sent') ? (
            <p className="mt-links">
              <a href={fileUrl(readConferenceCalendar, { params: { id: invitation.conferenceId } })} download="huizhen.ics">
                放进我的日历
              </a>
            </p>
          ) : null}
        </PhoneCard>
      )}
      {step === 'answer' ? (
        <>
          <PhoneCard title="保密承诺">
            <p className="rd-wrap">{invitation.pledgeText}</p>
            <Checkbox checked={pledged} onChange={setPledged} style={{ minHeight: 44 }}>
              我承诺
            </Checkbox>
          </PhoneCard>
          <RefusalNotice error={work.error} />
          <Button block fill="none" onClick={() => setDeclining(true)}>
            谢绝邀请
          </Button>
        </>
      ) : null}
      {step === 'write' && work.packet === null ? (
        <>
          <RefusalNotice error={work.error} />
          <p className="rd-quiet">每次打开都有记录；{shortInstant(invitation.expiresAt)} 后不再可见。</p>
        </>
      ) : null}
      {reading && work.packet !== null ? (
        <>
          <fieldset className="ph-yesno" aria-label="资料与意见">
            <button type="button" aria-pressed={!writing} onClick={() => setWriting(false)}>
              看资料
            </button>
            <button type="button" aria-pressed={writing} onClick={() => setWriting(true)}>
              写意见
            </button>
          </fieldset>
          <p className="rd-quiet" role="status">
            已写 {work.done}/{opinionPrompts.length} 项，全程约 {invitation.minutesNeeded} 分钟
          </p>
          {writing ? (
            <PhoneCard>
              {opinionPrompts.map((p) => (
                <div key={p.name} className="ph-field">
                  <label htmlFor={`opinion-${p.name}`}>{p.label}</label>
                  <div className="rd-quiet">{p.hint}</div>
                  <TextArea
                    id={`opinion-${p.name}`}
                    value={work.draft.value[p.name]}
                    onChange={(text) => work.write(p.name, text)}
                    autoSize={{ minRows: 4, maxRows: 14 }}
                    maxLength={2000}
                  />
                  {work.gaps[p.name] === undefined ? null : (
                    <div className="rd-error" role="alert">
                      {work.gaps[p.name]}
                    </div>
                  )}
                </div>
              ))}
              <div className="ph-field">
                <label htmlFor="opinion-minutes">用了多少分钟（可以不填）</label>
                <input
                  id="opinion-minutes"
                  className="ph-input"
                  inputMode="numeric"
                  maxLength={4}
                  value={work.draft.value.minutes ?? ''}
                  onChange={(e) => {
                    const minutes = Number(e.target.value);
                    work.takes(Number.isInteger(minutes) && minutes >= 1 && minutes <= 1440 ? minutes : null);
                  }}
                />
              </div>
              <RefusalNotice error={work.error} />
            </PhoneCard>
          ) : (
            <div style={{ position: 'relative' }}>
              <PacketLetter parts={work.packet.parts} />
              {work.packet.attachments.map((a) => (
                <div key={a.id} className="rd-file">
                  <a href={fileUrl(readAttachment, { params: { id: a.id } })} download={a.name}>
                    {a.name}
                  </a>
                  <span className="rd-quiet">{formatBytes(a.bytes)}</span>
                </div>
              ))}
              <WaterMark
                content={work.packet.watermark}
                fontColor="rgba(31,35,40,0.12)"
                fontSize={12}
                width={190}
                gapX={0}
                zIndex={1}
                fullPage={false}
              />
            </div>
          )}
        </>
      ) : null}
      {step === 'sent' ? (
        <PhoneCard title="意见已送达支援中心">
          <p>{shortInstant(invitation.opinionAt)} 提交，谢谢您。</p>
          <p className="rd-quiet">
            {invitation.opinionsOpen ? '同一轮的意见已开放，见下面。' : '人数已够或到截止时间后，您可以在这里看到其他专家的意见。'}
          </p>
          {work.opinions.data?.opinions.map((o) => (
            <article key={o.invitationId} className="rd-opinion">
              <strong>{o.expertName}</strong>
              <dl>
                <dt>判断</dt>
                <dd>{o.judgement}</dd>
                <dt>建议</dt>
                <dd>{o.advice}</dd>
                <dt>风险</dt>
                <dd>{o.risk}</dd>
              </dl>
            </article>
          ))}
        </PhoneCard>
      ) : null}
      {step === 'over' ? <PhoneCard>{overWords(invitation)}</PhoneCard> : null}
      <Popup visible={declining} onMaskClick={() => setDeclining(false)} onClose={() => setDeclining(false)}>
        <div className="ph-popup">
          <h2>谢绝邀请</h2>
          <div className="ph-field">
            <label htmlFor="decline">理由</label>
            <TextArea
              id="decline"
              value={reason}
              onChange={setReason}
              autoSize={{ minRows: 3, maxRows: 8 }}
              maxLength={400}
              placeholder="如：时间不便、与个案有关联"
            />
          </div>
          <RefusalNotice error={work.error} />
          <Button
            block
            color="danger"
            loading={work.busy}
            disabled={reason.trim().length < 2}
            onClick={() => void work.decline(reason.trim()).then((done) => (done ? setDeclining(false) : undefined))}
          >
            谢绝邀请
          </Button>
          <Button block fill="none" onClick={() => setDeclining(false)}>
            再想想
          </Button>
        </div>
      </Popup>
    </PhonePage>
  );
}
