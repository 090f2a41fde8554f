import { kinLines } from '@jieyou/core/recipients/drawing.ts';
import { endHouseholdMember, endHouseholdTie, placeHousehold, printHousehold } from '@jieyou/core/recipients/endpoints.ts';
import type { PictureView, Place } from '@jieyou/core/recipients/schema.ts';
import { genderLabels, optionsOf } from '@jieyou/core/texts/labels.ts';
import { legendOf, type Sign } from '@jieyou/core/texts/pictureLegend.ts';
import { householdRelationLabels, pictureLabels, vitalLabels } from '@jieyou/core/texts/recipientLabels.ts';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Modal, Segmented, Skeleton } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { fileUrl } from '../house/client.ts';
import { EmptyState } from '../house/EmptyState.tsx';
import { Page } from '../house/Page.tsx';
import '../house/reading.css';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { type Chosen, Drawing } from './Drawing.tsx';
import { type HouseholdAct, HouseholdDialog } from './HouseholdDialogs.tsx';
import { type Member, nameOf, type Tie, tieWords } from './householdWords.ts';
import { type HouseholdData, useRecipient } from './queries.ts';

const memberWords = (m: Member): string =>
  [
    householdRelationLabels[m.relation],
    genderLabels[m.gender],
    m.vital !== 'living'
      ? `${vitalLabels[m.vital]}${m.diedYear === null ? '' : `（${m.birthYear ?? '？'}–${m.diedYear}）`}`
      : m.age === null
        ? ''
        : `${m.age}岁`,
    m.vital === 'living' ? (m.livesTogether ? '同住' : '不同住') : '',
  ]
    .filter((w) => w !== '')
    .join('，');

function SignPicture({ sign }: { readonly sign: Sign }) {
  const ink = { plain: '#1f2328', good: '#1b7a3d', bad: '#b42318' } as const;
  return (
    <svg width={60} height={34} viewBox="-30 -17 60 34" aria-hidden="true">
      {sign.kind === 'shape'
        ? sign.paths.map((d) => <path key={d} d={d} fill="none" stroke="#1f2328" strokeWidth={1.5} />)
        : [
            ...sign.line.strokes.map((d) => (
              <path
                key={d}
                d={d}
                fill="none"
                stroke={ink[sign.line.tone]}
                strokeWidth={sign.line.weight}
                {...(sign.line.dash === null ? {} : { strokeDasharray: sign.line.dash })}
              />
            )),
            ...sign.line.heads.map((d) => <path key={d} d={d} fill={ink[sign.line.tone]} />),
          ]}
    </svg>
  );
}

/** Everything that is drawn, as lists with the same buttons. */
function Listed({
  of,
  view,
  mayWrite,
  onAct,
}: {
  readonly of: HouseholdData;
  readonly view: PictureView;
  readonly mayWrite: boolean;
  readonly onAct: (act: HouseholdAct) => void;
}) {
  const leave = useAct(endHouseholdMember);
  const untie = useAct(endHouseholdTie);
  const members = of.members.filter((m) => m.leftOn === null);
  const ties = of.ties.filter((t) => (view === 'eco' ? t.system !== null : t.system === null));
  const implied = view === 'family' ? kinLines(members, of.ties).filter((l) => l.implied) : [];
  const called = (id: string) => {
    const m = members.find((x) => x.id === id);
    return m === undefined ? '' : nameOf(m);
  };
  return (
    <>
      <section className="jy-card">
        <h2>图上的人</h2>
        <ul className="rd-plain">
          {members.map((m) => (
            <li key={m.id} className="rd-consent">
              <div>
                <strong>{nameOf(m)}</strong>
                <span className="rd-quiet">　{memberWords(m)}</span>
              </div>
              {mayWrite ? (
                <span>
                  <Button
                    size="small"
                    type="text"
                    aria-label={`修改${nameOf(m)}`}
                    onClick={() => onAct({ kind: 'edit-member', member: m })}
                  >
                    修改
                  </Button>
                  <ConfirmButton
                    size="small"
                    type="text"
                    danger={false}
                    ask={`从家庭里去掉${nameOf(m)}？`}
                    says="登记离开，连着的线一并去掉；以前的记录留着。已故的人不必去掉。"
                    sure="去掉"
                    onSure={() => leave.mutateAsync({ params: { id: of.id, memberId: m.id } })}
                  >
                    去掉
                  </ConfirmButton>
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      </section>
      <section className="jy-card">
        <h2>{view === 'eco' ? '图上的联系' : '图上的线'}</h2>
        {ties.length + implied.length === 0 ? (
          <p className="rd-quiet">{view === 'eco' ? '还没有登记外部联系。' : '还没有登记关系。'}</p>
        ) : null}
        <ul className="rd-plain">
          {ties.map((t) => {
            const words = tieWords(of, t);
            return (
              <li key={t.id} className="rd-consent">
                <div>
                  {words.between}
                  <span className="rd-quiet">　{words.how}</span>
                </div>
                {mayWrite ? (
                  <span>
                    <Button
                      size="small"
                      type="text"
                      aria-label={`修改${words.between}`}
                      onClick={() => onAct({ kind: 'edit-tie', tie: t })}
                    >
                      修改
                    </Button>
                    <ConfirmButton
                      size="small"
                      type="text"
                      danger={false}
                      ask="去掉这条关系？"
                      sure="去掉"
                      onSure={() => untie.mutateAsync({ params: { id: of.id, tieId: t.id } })}
                    >
                      去掉
                    </ConfirmButton>
                  </span>
                ) : null}
              </li>
            );
          })}
          {implied.map((l) => (
            <li key={l.id} className="rd-consent">
              <div>
                {called(l.from)} {l.kin === 'married' ? '—' : '→'} {called(l.to)}
                <span className="rd-quiet">　按与户主的关系推定</span>
              </div>
              {mayWrite ? (
                <Button size="small" type="text" onClick={() => onAct({ kind: 'kin', from: l.from, to: l.to, kin: l.kin })}>
                  登记亲属关系
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

/** What is chosen, with what one may do with it; with nothing chosen, what one may add. */
function ChosenPanel({
  of,
  view,
  chosen,
  mayWrite,
  onAct,
  onRemove,
  onReset,
}: {
  readonly of: HouseholdData;
  readonly view: PictureView;
  readonly chosen: Chosen;
  readonly mayWrite: boolean;
  readonly onAct: (act: HouseholdAct) => void;
  readonly onRemove: (chosen: Chosen) => void;
  readonly onReset: () => void;
}) {
  const { member, tie, system } = lookUp(of, chosen);
  const moved = (view === 'family' ? of.picture.family : of.picture.eco).length > 0;
  const adding = (
    <>
      <Button onClick={() => onAct({ kind: 'member' })}>登记成员</Button>
      {view === 'family' ? (
        <>
          <Button onClick={() => onAct({ kind: 'kin' })}>登记亲属关系</Button>
          <Button onClick={() => onAct({ kind: 'bond' })}>登记亲疏</Button>
        </>
      ) : (
        <Button onClick={() => onAct({ kind: 'eco' })}>登记外部联系</Button>
      )}
    </>
  );
  return (
    <section className="jy-card" aria-label="选中的内容" aria-live="polite">
      {member !== undefined ? (
        <>
          <h2>{nameOf(member)}</h2>
          <p className="rd-says">{memberWords(member)}</p>
        </>
      ) : tie !== undefined ? (
        <>
          <h2>{tieWords(of, tie).how}</h2>
          <p className="rd-says">{tieWords(of, tie).between}</p>
        </>
      ) : system !== undefined ? (
        <h2>{tieWords(of, system).between.split(' — ')[1]}</h2>
      ) : (
        <>
          <h2>{mayWrite ? '画图' : pictureLabels[view]}</h2>
          <p className="rd-says">
            {mayWrite ? '拖动可以挪位置，从圆点拉线可以登记关系。用键盘：Tab 选、方向键移、回车改、Delete 去掉。' : '点人或线，看是什么。'}
          </p>
        </>
      )}
      {mayWrite ? (
        <div className="jy-actions">
          {member !== undefined ? (
            <>
              <Button type="primary" onClick={() => onAct({ kind: 'edit-member', member })}>
                修改
              </Button>
              {view === 'family' ? (
                <>
                  <Button onClick={() => onAct({ kind: 'kin', from: member.id })}>登记亲属关系</Button>
                  <Button onClick={() => onAct({ kind: 'bond', from: member.id })}>登记亲疏</Button>
                </>
              ) : (
                <Button onClick={() => onAct({ kind: 'eco', from: member.id })}>登记外部联系</Button>
              )}
              <Button onClick={() => onRemove(chosen)}>去掉</Button>
            </>
          ) : tie !== undefined ? (
            <>
              <Button type="primary" onClick={() => onAct({ kind: 'edit-tie', tie })}>
                修改
              </Button>
              <Button onClick={() => onRemove(chosen)}>去掉</Button>
            </>
          ) : system?.system != null ? (
            <Button onClick={() => onAct({ kind: 'eco', system: system.system ?? 'other', systemName: system.systemName })}>
              登记外部联系
            </Button>
          ) : (
            adding
          )}
          {chosen === null && moved ? (
            <ConfirmButton danger={false} ask="恢复自动排列？" says="移动过的位置不再保留。" sure="恢复" onSure={async () => onReset()}>
              恢复自动排列
            </ConfirmButton>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}

const lookUp = (of: HouseholdData, chosen: Chosen): { member?: Member; tie?: Tie; system?: Tie } => {
  if (chosen === null) return {};
  if (chosen.kind === 'line') {
    const tie = of.ties.find((t) => t.id === chosen.id);
    return tie === undefined ? {} : { tie };
  }
  const member = of.members.find((m) => m.id === chosen.id);
  if (member !== undefined) return { member };
  const system = of.ties.find((t) => t.system !== null && `${t.system}:${t.systemName ?? ''}` === chosen.id);
  return system === undefined ? {} : { system };
};

function Work({ of, view, mayWrite }: { readonly of: HouseholdData; readonly view: PictureView; readonly mayWrite: boolean }) {
  const [chosen, setChosen] = useState<Chosen>(null);
  const [act, setAct] = useState<HouseholdAct | null>(null);
  const [removing, setRemoving] = useState<Chosen>(null);
  const [error, setError] = useState<unknown>(null);
  const place = useAct(placeHousehold);
  const leave = useAct(endHouseholdMember);
  const untie = useAct(endHouseholdTie);
  const version = useRef(of.picture.version);
  useEffect(() => {
    version.current = Math.max(version.current, of.picture.version);
  }, [of.picture.version]);
  const choose = useCallback((next: Chosen) => setChosen(next), []);
  const keep = (places: Place[]) => {
    setError(null);
    void place
      .mutateAsync({ params: { id: of.id }, body: { version: version.current, view, places } })
      .then((saved) => {
        version.current = saved.version;
      })
      .catch(setError);
  };
  const open = (what: Chosen) => {
    if (!mayWrite) return;
    const { member, tie, system } = lookUp(of, what);
    if (member !== undefined) setAct({ kind: 'edit-member', member });
    else if (tie !== undefined) setAct({ kind: 'edit-tie', tie });
    else if (system?.system != null) setAct({ kind: 'eco', system: system.system, systemName: system.systemName });
    else if (what?.kind === 'line') {
      const line = kinLines(
        of.members.filter((m) => m.leftOn === null),
        of.ties,
      ).find((l) => l.id === what.id);
      if (line !== undefined) setAct({ kind: 'kin', from: line.from, to: line.to, kin: line.kin });
    }
  };
  const remove = (what: Chosen) => {
    const { member, tie } = lookUp(of, what);
    if (mayWrite && (member !== undefined || tie !== undefined)) setRemoving(what);
  };
  const join = (from: string, to: string) => {
    if (!mayWrite || from === to) return;
    const a = lookUp(of, { kind: 'node', id: from });
    const b = lookUp(of, { kind: 'node', id: to });
    const system = a.system ?? b.system;
    const member = a.member ?? b.member;
    if (system?.system != null && member !== undefined)
      setAct({ kind: 'eco', from: member.id, system: system.system, systemName: system.systemName });
    else if (a.member !== undefined && b.member !== undefined && view === 'family') setAct({ kind: 'bond', from, to });
  };
  const gone = lookUp(of, removing);
  const goneWords = gone.member !== undefined ? nameOf(gone.member) : gone.tie !== undefined ? tieWords(of, gone.tie).between : '';
  return (
    <>
      <RefusalNotice error={error} />
      <div className="pi-work">
        <Drawing
          key={view}
          of={of}
          view={view}
          mayWrite={mayWrite}
          chosen={chosen}
          onChoose={choose}
          onOpen={open}
          onRemove={remove}
          onJoin={join}
          onMoved={keep}
        />
        <div>
          <ChosenPanel of={of} view={view} chosen={chosen} mayWrite={mayWrite} onAct={setAct} onRemove={remove} onReset={() => keep([])} />
        </div>
      </div>
      <section className="jy-card">
        <h2>图例</h2>
        <ul className="pi-legend">
          {legendOf(view).map((sign) => (
            <li key={sign.words}>
              <SignPicture sign={sign} />
              {sign.words}
            </li>
          ))}
        </ul>
      </section>
      <Listed of={of} view={view} mayWrite={mayWrite} onAct={setAct} />
      <HouseholdDialog of={of} act={act} onClose={() => setAct(null)} />
      <Modal
        open={removing !== null}
        title={`去掉${goneWords}？`}
        okText="去掉"
        cancelText="不了"
        onCancel={() => setRemoving(null)}
        confirmLoading={leave.isPending || untie.isPending}
        onOk={async () => {
          setError(null);
          try {
            if (gone.member !== undefined) await leave.mutateAsync({ params: { id: of.id, memberId: gone.member.id } });
            if (gone.tie !== undefined) await untie.mutateAsync({ params: { id: of.id, tieId: gone.tie.id } });
            setChosen(null);
          } catch (failed) {
            setError(failed);
          }
          setRemoving(null);
        }}
      >
        <p>{gone.member === undefined ? '以前登记过会留在记录里。' : '登记离开，连着的线一并去掉。已故的人不必去掉。'}</p>
      </Modal>
    </>
  );
}

/** The family tree and the eco-map of a person's household, drawn, changed and printed. */
export default function PicturePage() {
  const { id = '' } = useParams({ strict: false });
  const search = useSearch({ strict: false }) as { view?: string };
  const view: PictureView = search.view === 'eco' ? 'eco' : 'family';
  const navigate = useNavigate();
  const query = useRecipient(id);
  const file = query.data;
  const crumbs = [
    { title: '服务对象', to: '/recipients' },
    ...(file === undefined ? [] : [{ title: file.name, to: `/recipients/${file.id}` }]),
  ];
  const title = '家系图与生态图';
  if (file === undefined)
    return (
      <Page title={title} crumbs={crumbs}>
        {query.error === null ? (
          <Skeleton active paragraph={{ rows: 8 }} />
        ) : (
          <RefusalNotice error={query.error} onRetry={() => void query.refetch()} />
        )}
      </Page>
    );
  const house = file.households[0];
  return (
    <Page
      title={title}
      crumbs={crumbs}
      actions={
        house === undefined ? null : (
          <Button href={fileUrl(printHousehold, { params: { id: house.id }, query: { view, format: 'html' } })} target="_blank">
            打开打印版
          </Button>
        )
      }
    >
      {house === undefined ? (
        <EmptyState title="还没有登记家庭" hint="请先在此人的档案里建立家庭。" />
      ) : (
        <>
          <div className="rd-bar">
            <Segmented
              aria-label="看哪张图"
              value={view}
              onChange={(next) =>
                void navigate({
                  to: '/recipients/$id/picture',
                  params: { id: file.id },
                  search: (next === 'eco' ? { view: 'eco' } : {}) as never,
                  replace: true,
                })
              }
              options={optionsOf(pictureLabels)}
            />
          </div>
          <Work key={`${house.id}${view}`} of={house} view={view} mayWrite={file.can.includes('edit')} />
        </>
      )}
    </Page>
  );
}
