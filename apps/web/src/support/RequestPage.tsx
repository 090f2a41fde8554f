import { appealChannelLabels } from '@jieyou/core/texts/appealsLabels.ts';
import { helpFieldLabels, problemSays } from '@jieyou/core/texts/labels.ts';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Alert, Button, Drawer, Dropdown, Modal, Skeleton, Tabs } from 'antd';
import { lazy, Suspense, useRef, useState } from 'react';
import { ClockWords } from '../house/ClockWords.tsx';
import { shortDay, shortInstant } from '../house/format.ts';
import { useLive } from '../house/live.ts';
import { useNarrow } from '../house/narrow.ts';
import { Page } from '../house/Page.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { RequestStatusTag, RiskTag } from '../house/StatusTag.tsx';
import { useCan, useSession } from '../house/session.tsx';
import { Timeline } from '../house/Timeline.tsx';
import '../house/reading.css';
import { ActDialog } from './ActDialog.tsx';
import { type ActForm, actionResult, lineResult, requestActs } from './acts.ts';
import {
  condensed,
  currentRound,
  holderWords,
  menuActs,
  type NextAct,
  nextAct,
  openActions,
  recipientWords,
  restWords,
  waitingFor,
} from './nextAct.ts';
import PanelPanel from './PanelPanel.tsx';
import { PublicationStart } from './PublicationStart.tsx';
import { type RequestFileData, useRequest } from './queries.ts';
import { AdviceSection, ContentSection, WorkSection } from './RequestSections.tsx';
import { ScreeningExits } from './ScreeningExits.tsx';

const ResourceSection = lazy(() => import('./ResourceSection.tsx'));

type View = 'timeline' | 'content' | 'advice' | 'work' | 'panel' | 'resources';

/** Where a page of this request begins for the one who looks: at what is still to be read, else at what happened. */
const firstView = (file: RequestFileData): View =>
  file.content !== null && ['draft', 'submitted', 'needs-info', 'crisis'].includes(file.status) ? 'content' : 'timeline';

/** From where a request came: by the web page, the hotline, or a clue of the community's officer. */
const originWords = (origin: NonNullable<RequestFileData['origin']>): string =>
  origin.callNumber !== null
    ? `热线来电 ${origin.callNumber}`
    : origin.channel === null || origin.channel === 'public'
      ? '居民求助'
      : `居民求助（${appealChannelLabels[origin.channel]}）`;

function Waiting({ file, selves }: { file: RequestFileData; selves: readonly string[] }) {
  const waits = waitingFor(file, selves, Date.now());
  if (waits.length === 0) return null;
  const shown = waits.slice(0, 6);
  return (
    <div className="rd-waiting">
      <h2>等待</h2>
      <ul className="rd-plain">
        {shown.map((w) => (
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
      {waits.length > shown.length ? <p className="rd-quiet">还有 {waits.length - shown.length} 项，见“会诊与行动”。</p> : null}
    </div>
  );
}

/** One request: what it is, where it stands, what comes next for the one who looks, and all that happened. */
export default function RequestPage() {
  const { id = '' } = useParams({ strict: false });
  const search = useSearch({ strict: false }) as { view?: string };
  const navigate = useNavigate();
  const { account } = useSession();
  const query = useRequest(id);
  const narrow = useNarrow();
  const archives = useCan('centre');
  const views = useRef<HTMLDivElement>(null);
  const [act, setAct] = useState<ActForm | null>(null);
  const [screening, setScreening] = useState(false);
  const [publishing, setPublishing] = useState(false);
  const [proposeNow, setProposeNow] = useState(false);
  useLive(id);

  const file = query.data;
  if (file === undefined) {
    return (
      <Page title="求助">
        {query.error === null ? (
          <Skeleton active paragraph={{ rows: 10 }} />
        ) : (
          <RefusalNotice error={query.error} onRetry={() => void query.refetch()} />
        )}
      </Page>
    );
  }

  const selves = [account.personId];
  const next = nextAct(file, selves, Date.now());
  const menu = menuActs(file, next);
  const view = (search.view as View | undefined) ?? firstView(file);
  const go = (to: View) => {
    void navigate({ to: '.', search: { view: to }, replace: true, resetScroll: false });
    // On a phone the views begin below what is in sight: what was asked for comes up.
    if (narrow) views.current?.scrollIntoView();
  };
  const acts = requestActs(file);

  const start = (name: NextAct['act'], about?: string) => {
    switch (name) {
      case 'fill':
      case 'edit':
        void navigate({ to: '/requests/$id/edit', params: { id } });
        break;
      case 'screen':
        setScreening(true);
        break;
      case 'panel':
      case 'proposePanel':
        setProposeNow(true);
        go('panel');
        break;
      case 'take':
        setAct(acts['assignHolder'] ?? null);
        break;
      case 'conference':
      case 'holdConference': {
        const conference = about ?? file.conferences.find((c) => c.status === 'planned')?.id;
        if (conference !== undefined) void navigate({ to: '/conferences/$id', params: { id: conference }, search: { request: id } });
        break;
      }
      case 'completeAction': {
        const action = file.actions.find((a) => a.id === about);
        if (action !== undefined) setAct(actionResult(action));
        break;
      }
      case 'closeLine': {
        const line = file.lines.find((l) => l.id === about);
        if (line !== undefined) setAct(lineResult(line));
        break;
      }
      case 'draftPublication':
        setPublishing(true);
        break;
      case 'readDraft':
        void navigate({ to: '/casebank/drafts/$id', params: { id: about ?? '' } });
        break;
      case 'readEntry':
        void navigate({ to: '/casebank/$id', params: { id: about ?? '' } });
        break;
      default:
        setAct(acts[name] ?? null);
    }
  };

  const round = currentRound(file);
  const open = openActions(file).length;
  const mayPanel = file.can.includes('proposePanel') || file.can.includes('inviteExperts');

  return (
    <RecordPage
      crumbs={[
        {
          title: file.can.includes('accept') || mayPanel ? '筛选台' : file.askerId === account.personId ? '我的求助' : '求助',
          to: file.can.includes('accept') || mayPanel ? '/board' : '/requests',
        },
      ]}
      number={file.archiveNo ?? file.receiptNo ?? '草稿'}
      title={recipientWords(file)}
      status={<RequestStatusTag status={file.status} />}
      clock={file.clock.state === 'none' ? null : <ClockWords clock={file.clock} withKind />}
      meta={[
        <span key="holder">
          当前：{holderWords(file)}
          {file.holderAbsent ? '（请假，由代理人办理）' : ''}
        </span>,
        file.nextOn === null ? null : <span key="next">下次：{shortDay(file.nextOn)}</span>,
        <span key="asker">
          求助：{file.askerName}（{file.stationName}）
        </span>,
        file.origin === null ? null : (
          <span key="origin">
            来自：
            <Link to={`/appeals/${file.origin.appealId}`}>{originWords(file.origin)}</Link>
          </span>
        ),
      ]}
      seenBy={file.seenBy}
      next={
        <>
          {next === null ? (
            <p className="rd-says">{restWords(file)}</p>
          ) : next.act === 'panel' && view === 'panel' && file.proposal !== null ? (
            <p className="rd-says">请确认席位、资料包和会诊时间，再发出邀请。</p>
          ) : (
            <>
              <Button type="primary" size="large" block danger={next.urgent === true} onClick={() => start(next.act, next.about)}>
                {next.label}
              </Button>
              <p className="rd-says rd-gap">{next.says}</p>
            </>
          )}
          <Waiting file={file} selves={selves} />
          {menu.length === 0 ? null : (
            <Dropdown
              trigger={['click']}
              menu={{
                items: menu.map((m) => ({ key: m.act, label: m.label, danger: m.danger })),
                onClick: ({ key }) => start(key as NextAct['act']),
              }}
            >
              <Button block>其他操作</Button>
            </Dropdown>
          )}
        </>
      }
      {...(file.content === null
        ? {}
        : {
            aside: (
              <section className="jy-card">
                <ul className="rd-plain rd-counts">
                  <li>
                    <Button type="link" size="small" onClick={() => go('work')}>
                      支援线 {file.lines.filter((l) => l.status !== 'open').length}/{file.lines.length}
                    </Button>
                  </li>
                  <li>
                    <Button type="link" size="small" onClick={() => go('work')}>
                      行动项 {file.actions.length - open}/{file.actions.length}
                    </Button>
                  </li>
                  <li>
                    <Button type="link" size="small" onClick={() => go('advice')}>
                      专家意见 {round === undefined ? '还没有邀请' : `${round.given}/${round.asked}`}
                    </Button>
                  </li>
                  {file.content === null ? null : (
                    <li>
                      <Button type="link" size="small" onClick={() => go('content')}>
                        附件 {file.content.attachments.length}
                      </Button>
                    </li>
                  )}
                  {archives && file.status !== 'draft' ? (
                    <li>
                      <Button type="link" size="small" onClick={() => void navigate({ to: '/requests/$id/archive', params: { id } })}>
                        取档案
                      </Button>
                    </li>
                  ) : null}
                </ul>
              </section>
            ),
          })}
    >
      {file.crisis === null ? null : (
        <Alert
          type={file.crisis.acknowledgedAt === null ? 'error' : 'info'}
          showIcon
          style={{ marginBottom: 16 }}
          title={
            file.crisis.acknowledgedAt === null
              ? '危机求助，还没有人确认接手'
              : `${file.crisis.acknowledgedBy ?? '值班人员'} 于 ${shortInstant(file.crisis.acknowledgedAt)} 确认接手`
          }
          description={
            <>
              值班：{file.crisis.dutyName}　<a href={`tel:${file.crisis.phone}`}>{file.crisis.phone}</a>
              {file.crisis.escalatedAt === null ? null : <div>{shortInstant(file.crisis.escalatedAt)} 已通知后备值班和站长。</div>}
              {file.crisis.acknowledgedAt === null ? <div>有人身危险请立即拨打 110、120。</div> : null}
            </>
          }
        />
      )}
      {file.status === 'needs-info' && file.question !== null ? (
        <Alert type="warning" showIcon style={{ marginBottom: 16 }} title="中心请求助社工补充" description={file.question} />
      ) : null}
      {(file.status === 'declined' || file.status === 'advised') && file.screening !== null ? (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 16 }}
          title={file.status === 'declined' ? '没有受理：原因与其他途径' : '转为督导建议'}
          description={file.screening.says}
        />
      ) : null}
      {file.duplicateOf === null ? null : (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 16 }}
          title={
            <>
              与{' '}
              <Link to={'/requests/$id'} params={{ id: file.duplicateOf.id }}>
                {file.duplicateOf.receiptNo}
              </Link>{' '}
              重复，后续在那一份里进行
            </>
          }
        />
      )}
      <p className="rd-line">
        <strong>{problemSays(file.domain)}</strong>
        <RiskTag risk={file.risk} />
        <span>所需专业：{file.helpFields.length === 0 ? '没有填写' : file.helpFields.map((f) => helpFieldLabels[f]).join('、')}</span>
      </p>
      {file.content === null ? (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 16 }}
          title="您看到的是登记信息"
          description="服务对象的情况、专家意见和会诊纪要，只有求助社工、本站站长和支援中心可以看。"
        />
      ) : null}
      <div ref={views} className="rd-views" />
      <Tabs
        activeKey={view}
        onChange={(key) => go(key as View)}
        items={[
          { key: 'timeline', label: '时间线', children: <Timeline entries={condensed(file.timeline)} /> },
          ...(file.content === null
            ? []
            : [{ key: 'content', label: '求助内容', children: <ContentSection file={file} onChanged={() => void query.refetch()} /> }]),
          ...(mayPanel || view === 'panel'
            ? [
                {
                  key: 'panel',
                  label: '组建专家组',
                  children: mayPanel ? (
                    <PanelPanel file={file} proposeNow={proposeNow} onDone={() => go('advice')} />
                  ) : (
                    <p className="rd-quiet">现在不能邀请专家。</p>
                  ),
                },
              ]
            : []),
          ...(file.content === null
            ? []
            : [
                {
                  key: 'advice',
                  label: round === undefined ? '专家意见' : `专家意见 ${round.given}/${round.asked}`,
                  children: <AdviceSection file={file} />,
                },
                {
                  key: 'resources',
                  label: '可能用得上的资源',
                  children: (
                    <Suspense fallback={<Skeleton active />}>
                      <ResourceSection requestId={id} onChanged={() => void query.refetch()} />
                    </Suspense>
                  ),
                },
                {
                  key: 'work',
                  label: file.actions.length === 0 ? '会诊与行动' : `会诊与行动 ${file.actions.length - open}/${file.actions.length}`,
                  children: <WorkSection file={file} selves={selves} />,
                },
              ]),
        ]}
      />
      {act === null ? null : <ActDialog form={act} onClose={() => setAct(null)} />}
      <Drawer open={screening} onClose={() => setScreening(false)} title="筛选这份求助" size={560}>
        <ScreeningExits file={file} onDone={() => setScreening(false)} />
      </Drawer>
      <Modal
        open={publishing}
        onCancel={() => setPublishing(false)}
        footer={null}
        title="起草脱敏案例"
        width={640}
        destroyOnHidden
        mask={{ closable: false }}
      >
        <PublicationStart
          file={file}
          onDone={(draftId) => void navigate({ to: '/casebank/drafts/$id', params: { id: draftId } })}
          onCancel={() => setPublishing(false)}
        />
      </Modal>
    </RecordPage>
  );
}
