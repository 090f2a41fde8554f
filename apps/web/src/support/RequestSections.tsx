import { addAttachment, readAttachment, removeAttachment } from '@jieyou/core/cases/endpoints.ts';
import { readOpinionDocument } from '@jieyou/core/support/endpoints.ts';
import {
  actionStatusLabels,
  conferenceStatusLabels,
  genderLabels,
  helpFieldLabels,
  invitationStatusLabels,
  lineKindLabels,
  lineStatusLabels,
  packetFieldLabels,
  riskLabels,
} from '@jieyou/core/texts/labels.ts';
import { Link } from '@tanstack/react-router';
import { Button, Empty, Tag } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { call, fileUrl } from '../house/client.ts';
import { FileShelf } from '../house/FileShelf.tsx';
import { shortDay, shortInstant } from '../house/format.ts';
import { ActDialog } from './ActDialog.tsx';
import { type ActForm, actionResult, invitationRevocation, lineResult } from './acts.ts';
import { ChecklistAnswersView, ChecklistOutcome } from './Checklist.tsx';
import { LineRecords } from './LineRecords.tsx';
import type { ConferenceData, OpinionData, RequestFileData, RoundData } from './queries.ts';

const ReplaceExpertDialog = lazy(() => import('./ReplaceExpertDialog.tsx'));
const SupervisorDialog = lazy(() => import('./SupervisorDialog.tsx'));
const PlanConferenceDialog = lazy(() => import('./PlanConferenceDialog.tsx'));

/** Help fields as quiet tags, in the fixed order. */
function HelpFieldTags({ fields }: { fields: readonly (keyof typeof helpFieldLabels)[] }) {
  return (
    <>
      {fields.map((f) => (
        <Tag key={f}>{helpFieldLabels[f]}</Tag>
      ))}
    </>
  );
}

/** A passage as it was typed, with its breaks. */
export function Passage({ title, text, heading: Heading = 'h2' }: { title: string; text: string; heading?: 'h2' | 'h3' }) {
  return (
    <section className="rd-passage">
      <Heading>{title}</Heading>
      <p>{text === '' ? <span className="rd-quiet">没有填写</span> : text}</p>
    </section>
  );
}

/** How files are added to a request and taken away again. */
const requestFiles = (id: string) => ({
  onAdd: (file: File) => call(addAttachment, { params: { kind: 'request', id }, query: { name: file.name }, file }),
  onRemove: (fileId: string) => call(removeAttachment, { params: { id: fileId } }),
});

/** What the request tells: story, what was tried, what is asked, household, checklist, files. */
export function ContentSection({ file, onChanged }: { file: RequestFileData; onChanged: () => void }) {
  const content = file.content;
  if (content === null) return null;
  const wish = content.wishes.expertGender;
  return (
    <div>
      <dl className="rd-facts">
        <div>
          <dt>服务对象</dt>
          <dd>
            {content.recipientName}（{genderLabels[content.recipientGender]}
            {content.recipientAge === null ? '' : `，${content.recipientAge}岁`}）
          </dd>
        </div>
        <div>
          <dt>个案</dt>
          <dd>
            {content.caseId === null ? (
              content.caseNumber
            ) : (
              <Link to="/cases/$id" params={{ id: content.caseId }}>
                {content.caseNumber}
              </Link>
            )}
          </dd>
        </div>
        <div>
          <dt>风险</dt>
          <dd>{riskLabels[file.risk]}</dd>
        </div>
        <div>
          <dt>所需专业</dt>
          <dd>
            <HelpFieldTags fields={file.helpFields} />
          </dd>
        </div>
        {wish === null ? null : (
          <div>
            <dt>意愿</dt>
            <dd>{wish === 'female' ? '希望由女性专家参与' : '希望由男性专家参与'}</dd>
          </div>
        )}
        <div className="wide">
          <dt>家庭</dt>
          <dd>{content.household === '' ? <span className="rd-quiet">没有填写</span> : content.household}</dd>
        </div>
      </dl>
      <Passage title="现在的情况" text={content.story} />
      <Passage title="已经做过什么" text={content.tried} />
      <Passage title="希望得到的支持" text={content.asks} />
      <section className="rd-passage">
        <h2>界定清单</h2>
        {content.checklistResult === null ? null : <ChecklistOutcome result={content.checklistResult} />}
        <details className="rd-more">
          <summary>看每一题的回答</summary>
          <ChecklistAnswersView answers={content.checklist} />
        </details>
      </section>
      <section className="rd-passage">
        <h2>附件</h2>
        <FileShelf
          files={content.attachments}
          hrefOf={(fileId) => fileUrl(readAttachment, { params: { id: fileId } })}
          {...(file.can.includes('attach') || file.can.includes('supply') ? requestFiles(file.id) : {})}
          onChanged={onChanged}
        />
      </section>
      {file.screening === null ? null : (
        <section className="rd-passage">
          <h2>筛选</h2>
          <p>
            {file.screening.says}
            <br />
            <span className="rd-quiet">
              {file.screening.byName}　{shortInstant(file.screening.at)}　依据界定清单 {file.screening.checklistVersion} 版
            </span>
          </p>
        </section>
      )}
      {file.closing === null ? null : (
        <section className="rd-passage">
          <h2>结束评估</h2>
          <p>
            <strong>{file.closing.solved ? '问题已解决' : '问题没有解决'}</strong>
            {file.closing.satisfaction === null ? '' : `，求助社工满意度 ${file.closing.satisfaction}/5`}，
            {shortDay(file.closing.followUpOn)}回访
          </p>
          <p>{file.closing.evaluation}</p>
        </section>
      )}
    </div>
  );
}

/** One opinion in its three parts. */
export function OpinionCard({ opinion }: { opinion: OpinionData }) {
  return (
    <article className="rd-opinion">
      <header>
        <strong>{opinion.expertName}</strong> <HelpFieldTags fields={opinion.helpFields} />
        <span className="rd-quiet">{shortInstant(opinion.givenAt)}</span>
      </header>
      <dl>
        <dt>判断</dt>
        <dd>{opinion.judgement}</dd>
        <dt>建议</dt>
        <dd>{opinion.advice}</dd>
        <dt>风险</dt>
        <dd>{opinion.risk}</dd>
      </dl>
    </article>
  );
}

function RoundView({
  round,
  mayRevoke,
  onAct,
  onReplace,
}: {
  round: RoundData;
  mayRevoke: boolean;
  onAct: (form: ActForm) => void;
  onReplace: (invitation: RoundData['invitations'][number]) => void;
}) {
  const counted = (...states: RoundData['invitations'][number]['status'][]) =>
    round.invitations.filter((i) => states.includes(i.status)).length;
  return (
    <section className="rd-passage">
      <h2>
        第 {round.number} 轮征询　已交 {round.given}/{round.asked}
        <span className="rd-quiet">
          满 {round.quorum} 份或到 {shortInstant(round.deadline)} 后，专家之间可以互看
        </span>
      </h2>
      {mayRevoke ? (
        <p role="status">
          已请 {counted('invited', 'accepted', 'answered', 'expired')}，接受 {counted('accepted', 'answered')}，待答复 {counted('invited')}
          ，谢绝 {counted('declined')}，已交 {round.given}，还差 {Math.max(0, round.quorum - round.given)} 份可互看
        </p>
      ) : null}
      <div className="rd-scroll">
        <table className="rd-table jy-cards">
          <thead>
            <tr>
              <th scope="col">专家</th>
              <th scope="col">覆盖</th>
              <th scope="col">进展</th>
              <th scope="col">资料包</th>
              {mayRevoke ? <th scope="col">操作</th> : null}
            </tr>
          </thead>
          <tbody>
            {round.invitations.map((i) => (
              <tr key={i.id}>
                <td>
                  {i.expertName}
                  {i.replaces === null ? null : <div className="rd-quiet">接替{i.replaces}</div>}
                </td>
                <td data-label="覆盖">
                  <HelpFieldTags fields={i.helpFields} />
                </td>
                <td data-label="进展">
                  {invitationStatusLabels[i.status]}
                  {i.declineReason === null ? null : <div className="rd-quiet">{i.declineReason}</div>}
                  {i.opinionAt === null ? null : <div className="rd-quiet">{shortInstant(i.opinionAt)}</div>}
                </td>
                <td data-label="资料包">{i.opened === 0 ? '还没打开' : `打开 ${i.opened} 次`}</td>
                {mayRevoke ? (
                  <td data-label="操作">
                    {i.opinionAt === null && ['invited', 'accepted', 'expired', 'declined'].includes(i.status) ? (
                      <Button size="small" type="text" onClick={() => onReplace(i)}>
                        换人
                      </Button>
                    ) : null}
                    {i.status === 'invited' || i.status === 'accepted' ? (
                      <Button size="small" type="text" danger onClick={() => onAct(invitationRevocation(i))}>
                        撤销邀请
                      </Button>
                    ) : null}
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="rd-quiet">
        资料包含：{round.packetFields.map((f) => packetFieldLabels[f]).join('、')}　依据：{round.basis}　校验码{' '}
        {round.packetHash.slice(0, 12)}
      </p>
      {round.opinions.map((o) => (
        <OpinionCard key={o.invitationId} opinion={o} />
      ))}
    </section>
  );
}

/** Rounds of advice with their invitations, and the opinions for those who may read them. */
export function AdviceSection({ file }: { file: RequestFileData }) {
  const [act, setAct] = useState<ActForm | null>(null);
  const [replacing, setReplacing] = useState<RoundData['invitations'][number] | null>(null);
  const rounds = [...file.rounds].sort((a, b) => b.number - a.number);
  if (rounds.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="邀请专家后，这里会显示谁在看资料、谁已交意见。" />;
  return (
    <>
      {rounds.map((r) => (
        <RoundView key={r.id} round={r} mayRevoke={file.can.includes('revokeInvitation')} onAct={setAct} onReplace={setReplacing} />
      ))}
      {replacing === null ? null : (
        <Suspense fallback={null}>
          <ReplaceExpertDialog invitation={replacing} onClose={() => setReplacing(null)} />
        </Suspense>
      )}
      {act === null ? null : <ActDialog form={act} onClose={() => setAct(null)} />}
    </>
  );
}

function ConferenceView({ conference, requestId, mayRecord }: { conference: ConferenceData; requestId: string; mayRecord: boolean }) {
  return (
    <section className="rd-passage">
      <h2>
        会诊 <Tag>{conferenceStatusLabels[conference.status]}</Tag>
      </h2>
      <dl className="rd-facts">
        <div>
          <dt>{conference.heldAt === null ? '约定时间' : '召开时间'}</dt>
          <dd>{shortInstant(conference.heldAt ?? conference.plannedAt)}</dd>
        </div>
        <div>
          <dt>地点</dt>
          <dd>{conference.place}</dd>
        </div>
        <div>
          <dt>主持</dt>
          <dd>{conference.chairName}</dd>
        </div>
        {conference.attendees.length === 0 ? null : (
          <div className="wide">
            <dt>{conference.heldAt === null ? '受邀专家' : '到会专家'}</dt>
            <dd>{conference.attendees.map((a) => `${a.name}（${a.helpFields.map((f) => helpFieldLabels[f]).join('、')}）`).join('、')}</dd>
          </div>
        )}
      </dl>
      {conference.consensus === null ? null : <Passage title="共识" text={conference.consensus} />}
      {conference.minutes === null ? null : <Passage title="纪要" text={conference.minutes} />}
      {conference.status === 'held' ? (
        <p>
          <a
            href={fileUrl(readOpinionDocument, { params: { id: conference.id }, query: { format: 'html' } })}
            target="_blank"
            rel="noreferrer"
          >
            打印会诊意见书
          </a>
          {' · '}
          <Link to="/conferences/$id/print" params={{ id: conference.id }}>
            下载 PDF
          </Link>
        </p>
      ) : null}
      {conference.status === 'cancelled' && conference.cancelReason !== null ? (
        <p className="rd-quiet">取消原因：{conference.cancelReason}</p>
      ) : null}
      {conference.status === 'cancelled' ? null : (
        <p>
          {conference.status === 'planned' && mayRecord ? (
            <>
              <Link to="/conferences/$id" params={{ id: conference.id }} search={{ request: requestId }}>
                定时间、记录这次会诊
              </Link>
              {' · '}
            </>
          ) : null}
          <Link to="/conferences/$id/agenda" params={{ id: conference.id }}>
            案主议程
          </Link>
        </p>
      )}
    </section>
  );
}

/** Lines of support, conferences and the actions that came out of them. */
export function WorkSection({ file, selves }: { file: RequestFileData; selves: readonly string[] }) {
  const [planning, setPlanning] = useState(false);
  const [matching, setMatching] = useState(false);
  const cancelled =
    file.rounds.length > 0 && !file.conferences.some((c) => c.status === 'planned') && file.conferences[0]?.status === 'cancelled';
  const [act, setAct] = useState<ActForm | null>(null);
  const nothing = file.lines.length === 0 && file.conferences.length === 0 && file.actions.length === 0;
  // The centre may record the result of any line; everybody else that of one's own.
  const mayCloseAny = file.can.includes('addLine') || file.can.includes('closeLine');
  return (
    <>
      {nothing ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="受理后，支援线、会诊和行动项会出现在这里。" /> : null}
      {file.lines.length === 0 ? null : (
        <section className="rd-passage">
          <h2>支援线</h2>
          <div className="rd-scroll">
            <table className="rd-table jy-cards">
              <thead>
                <tr>
                  <th scope="col">专业</th>
                  <th scope="col">方式</th>
                  <th scope="col">承接</th>
                  <th scope="col">要做的事与结果</th>
                  <th scope="col">进展</th>
                </tr>
              </thead>
              <tbody>
                {file.lines.map((l) => (
                  <tr key={l.id}>
                    <td>{helpFieldLabels[l.helpField]}</td>
                    <td data-label="方式">{lineKindLabels[l.kind]}</td>
                    <td data-label="承接">{l.holderName ?? l.providerName ?? '还没有'}</td>
                    <td className="rd-told">
                      {l.task}
                      {l.result === null ? null : <div className="rd-quiet">结果：{l.result}</div>}
                      <LineRecords line={l} mayWrite={mayCloseAny || selves.some((p) => p === l.holderId || p === file.askerId)} />
                    </td>
                    <td data-label="进展">
                      {lineStatusLabels[l.status]}
                      {l.status === 'open' && (mayCloseAny || (l.holderId !== null && selves.includes(l.holderId))) ? (
                        <div>
                          <Button size="small" onClick={() => setAct(lineResult(l))}>
                            登记结果
                          </Button>
                        </div>
                      ) : null}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
      {file.conferences.map((c) => (
        <ConferenceView key={c.id} conference={c} requestId={file.id} mayRecord={file.can.includes('holdConference')} />
      ))}
      {file.can.includes('addLine') ? (
        <section className="rd-passage">
          <h2>督导</h2>
          <p className="rd-says">社工需要有人陪着做时，按专业、负担和回避规则推荐一位督导，承接一条支援线。</p>
          <Button onClick={() => setMatching(true)}>推荐督导</Button>
        </section>
      ) : null}
      {matching ? (
        <Suspense fallback={null}>
          <SupervisorDialog requestId={file.id} fields={file.helpFields} onClose={() => setMatching(false)} />
        </Suspense>
      ) : null}
      {cancelled && file.can.includes('proposePanel') ? <Button onClick={() => setPlanning(true)}>重新安排会诊</Button> : null}
      {planning ? (
        <Suspense fallback={null}>
          <PlanConferenceDialog requestId={file.id} place={file.conferences.at(-1)?.place ?? ''} onClose={() => setPlanning(false)} />
        </Suspense>
      ) : null}
      {file.actions.length === 0 ? null : (
        <section className="rd-passage">
          <h2>
            行动项　{file.actions.filter((a) => a.status !== 'open').length}/{file.actions.length}
          </h2>
          <div className="rd-scroll">
            <table className="rd-table jy-cards">
              <thead>
                <tr>
                  <th scope="col">决定</th>
                  <th scope="col">负责人</th>
                  <th scope="col">期限</th>
                  <th scope="col">进展</th>
                </tr>
              </thead>
              <tbody>
                {file.actions.map((a) => (
                  <tr key={a.id}>
                    <td>
                      {a.text}
                      {a.result === null ? null : <div className="rd-quiet">结果：{a.result}</div>}
                    </td>
                    <td data-label="负责人">{a.ownerName}</td>
                    <td data-label="期限">
                      {shortDay(a.dueOn)}
                      {a.overdue && a.status === 'open' ? <div className="rd-late">已超期</div> : null}
                    </td>
                    <td data-label="进展">
                      {actionStatusLabels[a.status]}
                      {a.status === 'open' && selves.includes(a.ownerId) ? (
                        <div>
                          <Button size="small" onClick={() => setAct(actionResult(a))}>
                            登记结果
                          </Button>
                        </div>
                      ) : null}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
      {act === null ? null : <ActDialog form={act} onClose={() => setAct(null)} />}
    </>
  );
}
