import { confirmFindings, discardDraft, readDraft, releasePublication, updateDraft } from '@jieyou/core/casebank/endpoints.ts';
import type { FindingKind } from '@jieyou/core/casebank/redaction.ts';
import type { Section, Sections } from '@jieyou/core/casebank/schema.ts';
import { caseDomainLabels, sectionLabels } from '@jieyou/core/texts/labels.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Alert, Button, Dropdown, Input, Modal, Progress, Skeleton } from 'antd';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { queryOf } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { ApiError, call } from '../house/client.ts';
import { shortDay } from '../house/format.ts';
import { useKept } from '../house/kept.ts';
import { Page } from '../house/Page.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { DraftStatusTag } from '../house/StatusTag.tsx';
import { useSession } from '../house/session.tsx';
import '../house/reading.css';
import './casebank.css';
import { MeterCard, MeterWhileWriting } from './MeterCard.tsx';
import { type DraftData, type FindingData, piecesOf, sectionOrder, shownOf, useDraft } from './queries.ts';

const sourceWords: Readonly<Record<FindingData['source'], string>> = {
  known: '档案里的个人信息',
  pattern: '看起来像个人信息',
  person: '由同事标出',
};

const kindWords: Readonly<Record<FindingKind, string>> = {
  name: '姓名',
  'id-number': '证件号码',
  phone: '电话',
  address: '住址',
  organisation: '单位',
  school: '学校',
  other: '其他',
  email: '邮箱',
  wechat: '微信号',
  qq: 'QQ 号',
  plate: '车牌',
  'bank-card': '银行卡号',
  'birth-date': '出生日期',
};

const kindSays = (kind: string): string => (Object.hasOwn(kindWords, kind) ? kindWords[kind as FindingKind] : kind);

function Editor({ section, draft, onDone }: { section: Section; draft: DraftData; onDone: () => void }) {
  const client = useQueryClient();
  const kept = useKept<string>(`draft-text.${draft.id}.${section}.${draft.version}`, draft.sections[section]);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      await call(updateDraft, {
        params: { id: draft.id },
        body: { version: draft.version, sections: { [section]: kept.value } as Partial<Sections> },
      });
      kept.clear();
      await client.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'readSession' });
      onDone();
    } catch (failed) {
      setError(failed);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div>
      <Input.TextArea
        aria-label={`修改${sectionLabels[section]}`}
        value={kept.value}
        onChange={(e) => kept.set(e.target.value)}
        autoSize={{ minRows: 6, maxRows: 24 }}
      />
      <MeterWhileWriting draftId={draft.id} section={section} text={kept.value} />
      <RefusalNotice error={error} />
      <div className="rd-bar rd-gap">
        <Button type="primary" loading={busy} onClick={() => void save()}>
          保存并重新查找个人信息
        </Button>
        <Button
          onClick={() => {
            kept.clear();
            onDone();
          }}
        >
          不改了
        </Button>
        <span className="rd-quiet">{kept.says}</span>
      </div>
    </div>
  );
}

/** What a button says with the key that presses it; a phone has no keys. */
function Keyed({ words, by }: { words: string; by: string }) {
  return (
    <span>
      {words}
      <span className="jy-key">（{by}）</span>
    </span>
  );
}

/** A draft with every replacement marked where it stands; each is confirmed or kept with a reason before a second person releases it. */
export default function DraftPage() {
  const { id = '' } = useParams({ strict: false });
  const query = useDraft(id);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { account } = useSession();
  const [activeId, setActiveId] = useState<string | null>(null);
  const [editing, setEditing] = useState<Section | null>(null);
  const [keeping, setKeeping] = useState<FindingData | null>(null);
  const [reason, setReason] = useState('');
  const [replacement, setReplacement] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const draft = query.data;

  const sections = useMemo(
    () =>
      draft === undefined
        ? []
        : sectionOrder.map((key) => ({
            key,
            ...piecesOf(
              draft.sections[key],
              draft.findings.filter((f) => f.where === key),
            ),
          })),
    [draft],
  );
  // The order in which a reader meets them: the title, then the parts; what could not be located comes last.
  const ordered = useMemo<readonly FindingData[]>(
    () =>
      draft === undefined
        ? []
        : [
            ...draft.findings.filter((f) => !(sectionOrder as readonly string[]).includes(f.where)),
            ...sections.flatMap((s) => s.pieces.flatMap((p) => p.finding ?? [])),
            ...sections.flatMap((s) => s.lost),
          ],
    [draft, sections],
  );
  const open = ordered.filter((f) => f.status === 'open');
  const active = ordered.find((f) => f.id === activeId) ?? open[0];
  const editable = draft?.status === 'draft';

  const decide = useCallback(
    async (decisions: readonly { id: string; decision: 'confirm' | 'keep'; replacement?: string; reason?: string }[]) => {
      if (draft === undefined || decisions.length === 0) return;
      setBusy(true);
      setError(null);
      try {
        await call(confirmFindings, { params: { id }, body: { version: draft.version, decisions: [...decisions] } });
        const done = new Set(decisions.map((d) => d.id));
        const from = ordered.findIndex((f) => f.id === decisions[0]?.id);
        const rest = ordered.filter((f) => f.status === 'open' && !done.has(f.id));
        setActiveId((rest.find((f) => ordered.indexOf(f) > from) ?? rest[0])?.id ?? null);
        setKeeping(null);
        setReason('');
        setReplacement(null);
      } catch (failed) {
        setError(failed);
      } finally {
        // The next place can be confirmed as soon as the draft is read again; lists and counts follow by themselves. It is read here:
        // news from elsewhere may take a refetch of the query's own over, and whoever waits for it waits for ever.
        await call(readDraft, { params: { id } })
          .then((read) => client.setQueryData(queryOf(readDraft, { params: { id } }).queryKey, read))
          .catch(() => undefined);
        setBusy(false);
        void client.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'readSession' });
      }
    },
    [client, draft, id, ordered],
  );

  const step = useCallback(
    (by: 1 | -1) => {
      const at = ordered.findIndex((f) => f.id === active?.id);
      setReplacement(null);
      setActiveId(ordered[Math.max(0, Math.min(ordered.length - 1, at + by))]?.id ?? null);
    },
    [ordered, active],
  );

  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      const at = e.target as HTMLElement;
      if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) || busy || !editable) return;
      if (document.querySelector('.ant-modal-wrap:not([style*="display: none"])') !== null) return;
      if (e.key === 'j') step(1);
      else if (e.key === 'k') step(-1);
      else if (e.key === 'c' && active?.status === 'open') void decide([{ id: active.id, decision: 'confirm' }]);
      else if (e.key === 'x' && active !== undefined && active.source !== 'known') setKeeping(active);
      else return;
      e.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [active, busy, decide, editable, step]);

  useEffect(() => {
    if (activeId !== null) document.getElementById(`finding-${activeId}`)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  if (draft === undefined) {
    return (
      <Page title="案例草稿" crumbs={[{ title: '案例草稿', to: '/casebank/drafts' }]}>
        {query.error === null ? <Skeleton active paragraph={{ rows: 10 }} /> : <RefusalNotice error={query.error} />}
      </Page>
    );
  }

  const mine = draft.draftedById === account.personId;
  const total = draft.findings.length;
  const settled = total - draft.openFindings;
  const kinds = [...new Set(open.map((f) => f.kind))];
  const lost = sections.flatMap((s) => s.lost);
  const inTitle = draft.findings.filter((f) => !(sectionOrder as readonly string[]).includes(f.where));
  const mayRelease = draft.can.includes('release') || draft.can.includes('releasePublication');
  const blocked = [
    ...(draft.consent === null ? ['没有服务对象对发布的有效同意，请先请社工在个案里登记。'] : []),
    ...(draft.openFindings > 0 ? [`还有 ${draft.openFindings} 处没有确认。`] : []),
    ...(draft.meter.enough ? [] : ['符合文中特征的人太少，请照“辨认风险”的建议修改。']),
    ...(mine ? ['案例由您起草，须由中心的另一位同事审核发布。'] : []),
  ];

  const release = async () => {
    const done = await call(releasePublication, { params: { id }, body: { version: draft.version } });
    await client.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'readSession' });
    void navigate({ to: '/casebank/$id', params: { id: done.entryId } });
  };

  const chip = (f: FindingData) => (
    <button
      key={f.id}
      id={`finding-${f.id}`}
      type="button"
      className={`finding finding-${f.status}${f.id === active?.id ? ' finding-active' : ''}`}
      onClick={() => {
        setReplacement(null);
        setActiveId(f.id);
      }}
      title={`原文：${f.original}`}
    >
      {shownOf(f) === '' ? '（删去）' : shownOf(f)}
    </button>
  );

  return (
    <RecordPage
      crumbs={[
        { title: '案例库', to: '/casebank' },
        { title: '案例草稿', to: '/casebank/drafts' },
      ]}
      number={draft.archiveNo}
      title={draft.title}
      status={<DraftStatusTag status={draft.status} />}
      meta={[
        <span key="domain">{caseDomainLabels[draft.domain]}</span>,
        <span key="by">起草：{draft.draftedByName}</span>,
        <span key="pseudonym">化名：{draft.pseudonym}</span>,
        <span key="methods">方法：{draft.methods.join('、')}</span>,
        <Link key="request" to="/requests/$id" params={{ id: draft.requestId }}>
          看原求助
        </Link>,
      ]}
      next={
        draft.status !== 'draft' ? (
          <p className="rd-says">{draft.status === 'released' ? '已发布入库。' : '已放弃。'}</p>
        ) : (
          <>
            <div aria-live="polite">
              {draft.openFindings === 0 ? '每一处都已确认。' : `还有 ${draft.openFindings} 处要确认，共 ${total} 处。`}
              <Progress
                percent={total === 0 ? 100 : Math.round((settled / total) * 100)}
                showInfo={false}
                size="small"
                aria-label="确认进度"
              />
            </div>
            {active === undefined || draft.openFindings === 0 ? null : (
              <div className="finding-card">
                <div className="rd-quiet">
                  {kindSays(active.kind)}　{sourceWords[active.source]}
                  <span className="finding-left">剩 {draft.openFindings} 处</span>
                </div>
                <p className="finding-context">
                  {active.before}
                  <del>{active.original}</del>
                  <ins>{active.replacement}</ins>
                  {active.after}
                </p>
                <label htmlFor="replacement" className="rd-quiet">
                  换成
                </label>
                <Input
                  id="replacement"
                  maxLength={40}
                  value={replacement ?? active.replacement}
                  onChange={(e) => setReplacement(e.target.value)}
                  onPressEnter={() =>
                    void decide([
                      { id: active.id, decision: 'confirm', ...(replacement?.trim() ? { replacement: replacement.trim() } : {}) },
                    ])
                  }
                />
                <Button
                  type="primary"
                  block
                  className="rd-gap"
                  loading={busy}
                  onClick={() =>
                    void decide([
                      { id: active.id, decision: 'confirm', ...(replacement?.trim() ? { replacement: replacement.trim() } : {}) },
                    ])
                  }
                >
                  <Keyed words="确认替换" by="c" />
                </Button>
                {active.source === 'known' ? (
                  <p className="rd-quiet">这是档案里的个人信息，必须替换。</p>
                ) : (
                  <Button block className="finding-keep" onClick={() => setKeeping(active)}>
                    <Keyed words="保留原文" by="x" />
                  </Button>
                )}
                <div className="rd-bar rd-gap">
                  <Button size="small" onClick={() => step(-1)}>
                    <Keyed words="上一处" by="k" />
                  </Button>
                  <Button size="small" onClick={() => step(1)}>
                    <Keyed words="下一处" by="j" />
                  </Button>
                  {kinds.length === 0 ? null : (
                    <Dropdown
                      trigger={['click']}
                      menu={{
                        items: kinds.map((k) => ({ key: k, label: `${kindSays(k)}，共 ${open.filter((f) => f.kind === k).length} 处` })),
                        onClick: ({ key }) =>
                          void decide(open.filter((f) => f.kind === key).map((f) => ({ id: f.id, decision: 'confirm' as const }))),
                      }}
                    >
                      <Button size="small">确认同类全部</Button>
                    </Dropdown>
                  )}
                </div>
              </div>
            )}
            <RefusalNotice error={error} />
            {draft.openFindings > 0 ? null : mayRelease && blocked.length === 0 ? (
              <ConfirmButton
                type="primary"
                danger={false}
                block
                size="large"
                ask="发布到案例库？"
                says="发布后，除三类管理员外，平台用户都能读到。"
                sure="发布"
                onSure={release}
              >
                审核发布
              </ConfirmButton>
            ) : null}
            {blocked.length === 0 ? null : (
              <div className="rd-says">
                现在还不能发布：
                <ul className="rd-reasons">
                  {blocked.map((why) => (
                    <li key={why}>{why}</li>
                  ))}
                </ul>
              </div>
            )}
          </>
        )
      }
      aside={
        <>
          {draft.status === 'draft' ? <MeterCard meter={draft.meter} /> : null}
          <section className="jy-card">
            <h2>发布同意</h2>
            {draft.consent === null ? (
              <p className="rd-late">没有有效的同意</p>
            ) : (
              <p>已登记{draft.consent.expiresOn === null ? '，没有定期限' : `，有效至 ${shortDay(draft.consent.expiresOn)}`}</p>
            )}
            {draft.status === 'draft' ? (
              <ConfirmButton
                size="small"
                type="text"
                ask="放弃这份草稿？"
                says="草稿不能恢复；原求助不受影响。"
                sure="放弃草稿"
                onSure={async () => {
                  await call(discardDraft, { params: { id } });
                  await client.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'readSession' });
                  void navigate({ to: '/casebank/drafts' });
                }}
              >
                放弃草稿
              </ConfirmButton>
            ) : null}
          </section>
        </>
      }
    >
      {query.error !== null && query.error instanceof ApiError ? <RefusalNotice error={query.error} /> : null}
      {inTitle.length === 0 ? null : (
        <Alert
          type="warning"
          showIcon
          title={
            <>
              标题里有 {inTitle.length} 处：{inTitle.map(chip)}
            </>
          }
          style={{ marginBottom: 16 }}
        />
      )}
      <article className="rd-letter draft-text">
        {sections.map((s) => (
          <section key={s.key}>
            <h2>
              {sectionLabels[s.key]}
              {editable && editing !== s.key ? (
                <Button type="link" size="small" onClick={() => setEditing(s.key)}>
                  修改
                </Button>
              ) : null}
            </h2>
            {editing === s.key ? (
              <Editor section={s.key} draft={draft} onDone={() => setEditing(null)} />
            ) : (
              <p>
                {s.pieces.map((p, i) =>
                  // biome-ignore lint/suspicious/noArrayIndexKey: stretches of one text have no other identity
                  p.finding === null ? <span key={i}>{p.text}</span> : chip(p.finding),
                )}
              </p>
            )}
          </section>
        ))}
        {lost.length === 0 ? null : (
          <section>
            <h2>没能在文中定位的 {lost.length} 处</h2>
            <p>{lost.map(chip)}</p>
          </section>
        )}
      </article>
      <Modal
        open={keeping !== null}
        title="保留原文"
        okText="保留"
        cancelText="取消"
        confirmLoading={busy}
        okButtonProps={{ disabled: reason.trim().length < 2 }}
        onCancel={() => setKeeping(null)}
        onOk={() => {
          if (keeping !== null) void decide([{ id: keeping.id, decision: 'keep', reason: reason.trim() }]);
        }}
      >
        <p>“{keeping?.original}”会留在文中。请写明为什么它不会让人认出当事人。</p>
        <Input.TextArea
          aria-label="保留的理由"
          value={reason}
          onChange={(e) => setReason(e.target.value)}
          maxLength={200}
          autoSize={{ minRows: 2, maxRows: 5 }}
          placeholder="如：是公开的热线号码"
        />
        <RefusalNotice error={keeping === null ? null : error} />
      </Modal>
    </RecordPage>
  );
}
