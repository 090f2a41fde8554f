import { readAttachment } from '@jieyou/core/cases/endpoints.ts';
import { helpFieldLabels, problemSays, riskLabels } from '@jieyou/core/texts/labels.ts';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Button, Popup, Skeleton } from 'antd-mobile';
import { useState } from 'react';
import { ClockWords } from '../../house/ClockWords.tsx';
import { fileUrl } from '../../house/client.ts';
import { formatBytes, shortDay, shortInstant } from '../../house/format.ts';
import { useLive } from '../../house/live.ts';
import { PhoneCard, PhonePage } from '../../house/PhonePage.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { ActionStatusTag, RequestStatusTag } from '../../house/StatusTag.tsx';
import { useSession } from '../../house/session.tsx';
import { Timeline } from '../../house/Timeline.tsx';
import { type ActForm, actionResult, lineResult, requestActs } from '../acts.ts';
import { condensed, currentRound, holderWords, menuActs, nextAct, recipientWords, restWords, waitingFor } from '../nextAct.ts';
import { useRequest } from '../queries.ts';
import { fitsPhone, PhoneActPopup } from './PhoneActPopup.tsx';

/** One request on the phone: where it stands, what is next, what happened. */
export default function PhoneRequestPage() {
  const { id = '' } = useParams({ strict: false });
  const navigate = useNavigate();
  const { account } = useSession();
  const query = useRequest(id);
  const [act, setAct] = useState<ActForm | null>(null);
  const [menuOpen, setMenuOpen] = useState(false);
  const [seen, setSeen] = useState(false);
  useLive(id);
  const file = query.data;
  if (file === undefined) {
    return (
      <PhonePage title="求助">
        {query.error === null ? (
          <Skeleton.Paragraph lineCount={8} animated />
        ) : (
          <RefusalNotice error={query.error} onRetry={() => void query.refetch()} />
        )}
      </PhonePage>
    );
  }
  const selves = [account.personId];
  const next = nextAct(file, selves, Date.now());
  const acts = requestActs(file);
  const formOf = (name: string): ActForm | undefined => {
    if (name === 'take') return acts['assignHolder'];
    if (name === 'completeAction') {
      const action = file.actions.find((a) => a.id === next?.about);
      return action === undefined ? undefined : actionResult(action);
    }
    if (name === 'closeLine') {
      const line = file.lines.find((l) => l.id === next?.about);
      return line === undefined ? undefined : lineResult(line);
    }
    return acts[name];
  };
  const nextForm = next === null ? undefined : formOf(next.act);
  const mayHere = next !== null && (next.act === 'fill' || (nextForm !== undefined && fitsPhone(nextForm)));
  const menu = menuActs(file, next).filter((m) => {
    const form = formOf(m.act);
    return form !== undefined && fitsPhone(form);
  });
  const waits = waitingFor(file, selves, Date.now());
  const round = currentRound(file);
  const go = () => {
    if (next === null) return;
    if (next.act === 'fill') void navigate({ to: '/requests/$id/edit', params: { id } });
    else if (nextForm !== undefined) setAct(nextForm);
  };
  return (
    <PhonePage
      title={recipientWords(file)}
      foot={
        next === null ? null : mayHere ? (
          <Button block color={next.urgent === true ? 'danger' : 'primary'} onClick={go}>
            {next.label}
          </Button>
        ) : (
          // Longer acts have one page for all widths; it belongs to the other entry.
          <a className="ph-button" href={`/requests/${id}`}>
            {next.label}
          </a>
        )
      }
    >
      <PhoneCard>
        <div className="ph-row">
          <strong className="rd-num">{file.archiveNo ?? file.receiptNo ?? '草稿'}</strong>
          <RequestStatusTag status={file.status} />
        </div>
        {file.clock.state === 'none' ? null : (
          <div>
            <ClockWords clock={file.clock} withKind />
          </div>
        )}
        <div>
          当前：{holderWords(file)}
          {file.holderAbsent ? '（请假，由代理人办理）' : ''}
        </div>
        {file.nextOn === null ? null : <div>下次：{shortDay(file.nextOn)}</div>}
        <Button className="ph-small" fill="none" color="primary" onClick={() => setSeen(true)}>
          谁能看
        </Button>
      </PhoneCard>
      {file.crisis === null ? null : (
        <PhoneCard
          title={file.crisis.acknowledgedAt === null ? '危机求助，还没有人确认接手' : `${file.crisis.acknowledgedBy ?? '值班'}已确认接手`}
        >
          <div className="ph-call">
            值班 {file.crisis.dutyName} <a href={`tel:${file.crisis.phone}`}>{file.crisis.phone}</a>
          </div>
          {file.crisis.acknowledgedAt === null ? <div>有人身危险请立即拨打 110、120。</div> : null}
        </PhoneCard>
      )}
      {file.status === 'needs-info' && file.question !== null ? <PhoneCard title="中心请您补充">{file.question}</PhoneCard> : null}
      {(file.status === 'declined' || file.status === 'advised') && file.screening !== null ? (
        <PhoneCard title={file.status === 'declined' ? '没有受理：原因与其他途径' : '转为督导建议'}>{file.screening.says}</PhoneCard>
      ) : null}
      {next === null ? <PhoneCard>{restWords(file)}</PhoneCard> : <p className="rd-says">{next.says}</p>}
      {waits.length === 0 ? null : (
        <PhoneCard title="等待">
          <ul className="rd-plain">
            {waits.slice(0, 6).map((w) => (
              <li key={w.key}>
                <strong>{w.who}</strong>　{w.what}
                {w.until === null ? null : (
                  <div className={w.late ? 'rd-late' : 'rd-quiet'}>
                    {w.until.length > 10 ? shortInstant(w.until) : shortDay(w.until)} 前{w.late ? '，已超过' : ''}
                  </div>
                )}
              </li>
            ))}
          </ul>
        </PhoneCard>
      )}
      {file.actions.length === 0 ? null : (
        <PhoneCard title={`行动项 ${file.actions.filter((a) => a.status !== 'open').length}/${file.actions.length}`}>
          {file.actions.map((a) => (
            <div key={a.id} className="rd-answer">
              <span>
                {a.text}
                <span className="rd-quiet">
                  {' '}
                  {a.ownerName} {shortDay(a.dueOn)}
                </span>
              </span>
              <ActionStatusTag status={a.status} overdue={a.overdue} />
            </div>
          ))}
        </PhoneCard>
      )}
      <PhoneCard title="经过">
        <Timeline entries={condensed(file.timeline)} />
      </PhoneCard>
      {file.content === null ? null : (
        <PhoneCard>
          <details>
            <summary>求助内容</summary>
            <p className="rd-quiet">
              {problemSays(file.domain)}　{riskLabels[file.risk]}风险　{file.helpFields.map((f) => helpFieldLabels[f]).join('、')}
            </p>
            <h2>现在的情况</h2>
            <p className="rd-wrap">{file.content.story}</p>
            <h2>已经做过什么</h2>
            <p className="rd-wrap">{file.content.tried}</p>
            <h2>希望得到的支持</h2>
            <p className="rd-wrap">{file.content.asks}</p>
            {file.content.attachments.map((a) => (
              <div key={a.id} className="rd-file">
                <a href={fileUrl(readAttachment, { params: { id: a.id } })} download={a.name}>
                  {a.name}
                </a>
                <span className="rd-quiet">{formatBytes(a.bytes)}</span>
              </div>
            ))}
          </details>
          {file.screening === null ? null : (
            <>
              <h2>筛选意见</h2>
              <p className="rd-wrap">{file.screening.says}</p>
            </>
          )}
          {round === undefined || round.opinions.length === 0 ? null : (
            <details>
              <summary>
                专家意见 {round.given}/{round.asked}
              </summary>
              {round.opinions.map((o) => (
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
            </details>
          )}
          {file.conferences
            .filter((c) => c.consensus !== null)
            .map((c) => (
              <div key={c.id}>
                <h2>会诊共识</h2>
                <p className="rd-wrap">{c.consensus}</p>
              </div>
            ))}
        </PhoneCard>
      )}
      {menu.length === 0 ? null : (
        <Button block onClick={() => setMenuOpen(true)}>
          其他操作
        </Button>
      )}
      <p className="ph-more">
        <a href={`/requests/${id}`}>全部内容与操作</a>
      </p>
      <Popup visible={menuOpen} onMaskClick={() => setMenuOpen(false)} onClose={() => setMenuOpen(false)}>
        <div className="ph-popup">
          {menu.map((m) => (
            <Button
              key={m.act}
              block
              fill="none"
              color={m.danger ? 'danger' : 'default'}
              onClick={() => {
                setMenuOpen(false);
                setAct(formOf(m.act) ?? null);
              }}
            >
              {m.label}
            </Button>
          ))}
          <Button block onClick={() => setMenuOpen(false)}>
            返回
          </Button>
        </div>
      </Popup>
      <Popup visible={seen} onMaskClick={() => setSeen(false)} onClose={() => setSeen(false)}>
        <div className="ph-popup">
          <h2>谁能看</h2>
          <ul>
            {file.seenBy.map((s) => (
              <li key={s}>{s}</li>
            ))}
          </ul>
          <Button block onClick={() => setSeen(false)}>
            知道了
          </Button>
        </div>
      </Popup>
      {act === null ? null : <PhoneActPopup act={act} onClose={() => setAct(null)} />}
    </PhonePage>
  );
}
