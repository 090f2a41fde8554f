import type { AlarmDraft } from '@jieyou/core/alarms/schema.ts';
import type { NoteParts } from '@jieyou/core/cases/schema.ts';
import { readStages } from '@jieyou/core/cases/stageEndpoints.ts';
import type { NoteKind } from '@jieyou/core/cases/stageSchema.ts';
import type { FormDocument } from '@jieyou/core/forms/document.ts';
import { readFormAnswer, signFormAnswer, submitFormAnswer } from '@jieyou/core/forms/endpoints.ts';
import { answerText, type FormValues } from '@jieyou/core/forms/filling.ts';
import type { FormAnswer } from '@jieyou/core/forms/schema.ts';
import { readSession } from '@jieyou/core/groups/endpoints.ts';
import { createReport } from '@jieyou/core/reports/endpoints.ts';
import { strokePath } from '@jieyou/core/signatures/rules.ts';
import type { SignatureDraft } from '@jieyou/core/signatures/schema.ts';
import { screenAnswerLabels, screeningLabels } from '@jieyou/core/texts/alarmLabels.ts';
import { noteKindLabels, notePartsSaid } from '@jieyou/core/texts/caseStageLabels.ts';
import { riskLabels } from '@jieyou/core/texts/labels.ts';
import { signerRoleLabels } from '@jieyou/core/texts/signatureLabels.ts';
import {
  dayHalfLabels,
  visitReasonLabels,
  visitScaleLabels,
  visitSectionLabels,
  visitStatusLabels,
} from '@jieyou/core/texts/visitLabels.ts';
import { readVisit } from '@jieyou/core/visits/endpoints.ts';
import type { DayHalf, VisitReason, VisitScale, VisitSection } from '@jieyou/core/visits/schema.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { CallLines } from '../house/CallLines.tsx';
import { ApiError, ask } from '../house/client.ts';
import { clockTime, formatDay, now as moment, shortInstant, today } from '../house/format.ts';
import { LetGo } from '../house/LetGo.tsx';
import { PhoneCard, PhonePage } from '../house/PhonePage.tsx';
import { PhotoButton } from '../house/PhotoButton.tsx';
import { smallPhoto } from '../house/photo.ts';
import { planLinesOf } from '../house/planLines.ts';
import { parseSearch } from '../house/platform.ts';
import { pocket } from '../house/pocket.ts';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { SessionSides } from '../house/SessionSides.tsx';
import type { SessionDraft } from '../house/sessionDraft.ts';
import { linesOf } from '../house/writtenLines.ts';
import { goesFirst } from './acts.ts';
import type { PocketEngine } from './engine.ts';
import type { Op, WrittenLine } from './op.ts';
import { openEngine } from './open.ts';
import { useStanding } from './standing.ts';
import '../house/sides.css';
import './pocket.css';

/** One act that was not taken: why in plain words, what stands on both sides, and how to mend it, hand it in again, or let it go. */
export default function MendPage() {
  const engine = openEngine();
  return <PhonePage title="没有被接收">{engine === null ? <Gone /> : <One engine={engine} />}</PhonePage>;
}

function Gone() {
  return (
    <>
      <p>这一条已经处理好，不在这台手机里了。</p>
      <Link to="/pocket" className="ph-button">
        回到离线使用
      </Link>
    </>
  );
}

function One({ engine }: { readonly engine: PocketEngine }) {
  const { id = '' } = useParams({ strict: false });
  const op = useStanding(engine).ops.find((o) => o.id === id);
  const navigate = useNavigate();
  const [sent, setSent] = useState(false);
  if (op === undefined) return <Gone />;
  if (op.state === 'waiting')
    return <p role="status">{sent ? '正在再送一次。没有网络时留在这台手机里，接通后自动送出。' : '这一条正等着送出。'}</p>;
  const go = (page: string) => {
    const [to = '/', query = ''] = page.split('?');
    void navigate({ to, search: parseSearch(query) as never, replace: true });
  };
  const isForm = op.endpoint === submitFormAnswer.id;
  const isHand = op.endpoint === signFormAnswer.id || op.endpoint === 'signCasePlan';
  const isPhoto = op.endpoint === 'addAttachment';
  const isMoved = op.endpoint === 'holdGroupSession' && MOVED.has(op.code ?? '');
  return (
    <>
      <PhoneCard>
        <p>
          <strong>{op.says}</strong>　{op.about}
        </p>
        <p className="jy-secondary">{shortInstant(new Date(op.at).toISOString())} 写的，还在这台手机里。</p>
        <p className="pk-reason" role="alert">
          {op.reason}
        </p>
        {meansOf(op).map((says) => (
          <p key={says}>{says}</p>
        ))}
        {goesFirst(op) ? (
          <>
            <p className="pk-reason">这件事还没有告诉任何人。请马上打电话给站长；有人身危险先打 110、120。</p>
            <CallLines all />
          </>
        ) : null}
      </PhoneCard>
      {isForm ? <FormSides op={op} engine={engine} go={go} /> : null}
      {isHand ? <HandSides op={op} go={() => go(engine.pageOf(op))} /> : null}
      {op.code === 'visits.action-done' ? <ActionDone op={op} /> : null}
      {op.code === 'visits.over' ? <VisitSides op={op} engine={engine} go={go} /> : null}
      {isPhoto ? <Photo key={op.id} op={op} engine={engine} go={go} /> : null}
      {isMoved ? <GroupSides op={op} engine={engine} go={go} /> : null}
      {isForm || isHand || isPhoto ? null : (
        <PhoneCard title="写了什么">
          <Lines lines={writtenOf(op)} />
        </PhoneCard>
      )}
      {isHand || isForm || isMoved || isLost(op) || OVER.has(op.code ?? '') || op.endpoint === 'finishVisitAction' ? null : (
        <PutBack op={op} engine={engine} go={go} />
      )}
      <button
        type="button"
        className="ph-button ph-quiet"
        onClick={() => {
          setSent(true);
          void engine.again(op.id);
        }}
      >
        原样再送一次
      </button>
      <LetGo says="丢弃后，这台手机里不再有这一条，不能恢复。" onLetGo={() => void engine.discard(op.id).then(() => go('/pocket'))} />
    </>
  );
}

/** What a refusal means for the one who reads it, beyond the platform's own sentence. */
const meansOf = (op: Op): string[] => {
  if (op.endpoint === 'holdGroupSession' && (op.kind === 'not-found' || op.kind === 'denied'))
    return ['离线以后，这个小组可能换了牵头人，或您不再协助。', '平台没有存下这一节。请把内容告诉现在的牵头社工，或请站长安排。'];
  if (op.kind === 'not-found' || op.kind === 'denied')
    return ['离线以后，这个个案可能转给了别的同事，或您不再协办。', '平台没有存下这一条。需要的话，把内容告诉现在的社工，或请站长安排。'];
  if (op.kind === 'invalid') return ['有一处填得不合要求。改好后可以再交。'];
  if (op.code === 'cases.paper-moved-on' || op.code === 'signatures.paper-changed')
    return ['签名以后，内容又改过。这个签名只对签的时候的内容有效。'];
  if (op.code === 'record.changed-meanwhile') return ['您离线以后，这一份在别处改过。下面是两边不一样的地方。'];
  return [];
};

function Lines({ lines, others }: { readonly lines: readonly WrittenLine[]; readonly others?: readonly WrittenLine[] }) {
  return (
    <>
      {lines.map((line) => {
        const same = others === undefined || others.some((o) => o.heading === line.heading && o.text === line.text);
        return (
          <div key={line.heading + line.text} className={same ? undefined : 'pk-differs'}>
            {line.heading === '' ? null : <strong>{line.heading}</strong>}
            <p className="rd-wrap">{line.text}</p>
          </div>
        );
      })}
    </>
  );
}

/** An act in the words in which it was asked for. */
const writtenOf = (op: Op): WrittenLine[] => {
  const body = op.body as Readonly<Record<string, unknown>>;
  const lines: WrittenLine[] = [];
  const add = (heading: string, text: unknown) => {
    if (typeof text === 'string' && text !== '') lines.push({ heading, text });
  };
  if (op.endpoint === 'addNote') {
    add('日期', formatDay(String(body['happenedOn'])));
    add('方式', noteKindLabels[body['kind'] as NoteKind]);
    add('内容', body['body']);
    for (const [label, said] of notePartsSaid(body['parts'] as NoteParts | null)) add(label, said);
    return lines;
  }
  if (op.endpoint === 'recordVisit') {
    add('日期', formatDay(String(body['visitedOn'])));
    for (const section of Object.keys(visitSectionLabels) as VisitSection[]) {
      const { scale, says } = body[section] as { scale: VisitScale; says: string };
      add(visitSectionLabels[section], `${visitScaleLabels[scale]}${says === '' ? '' : `。${says}`}`);
    }
    return lines;
  }
  if (op.endpoint === 'holdGroupSession') return [...(op.was ?? [])];
  if (op.endpoint === 'planVisit') {
    add('日期', `${formatDay(String(body['plannedOn']))}　${dayHalfLabels[body['half'] as DayHalf]}`);
    add('事由', visitReasonLabels[body['reason'] as VisitReason]);
    add('要看、要问的事', body['why']);
    return lines;
  }
  if (op.endpoint === 'finishVisitAction') {
    lines.push(...(op.was ?? []));
    add('结果', body['says']);
    return lines;
  }
  if (op.endpoint === 'registerAlarm') {
    const draft = op.body as AlarmDraft;
    if (draft.toldAt !== null) add('什么时候', shortInstant(draft.toldAt));
    add('情况', draft.trigger);
    if (draft.kind === 'crisis') {
      for (const [key, answer] of Object.entries(draft.screening))
        add(screeningLabels[key as keyof typeof screeningLabels], screenAnswerLabels[answer]);
      add('评级', riskLabels[draft.rating]);
      add('理由', draft.reason);
    } else {
      add('与服务对象的关系', draft.relation);
      add('怎样联系才安全', `${draft.contactHow}　${draft.contactTimes}`);
    }
    return lines;
  }
  return linesOf(op.body).map((text) => ({ heading: '', text }));
};

/** Puts the words back into their form; where something else is being written there, it asks first. */
function PutBack({ op, engine, go }: { readonly op: Op; readonly engine: PocketEngine; readonly go: (page: string) => void }) {
  const [asks, setAsks] = useState(false);
  if (op.draft === null) return null;
  const put = () => void engine.reopen(op.id).then(go);
  return asks ? (
    <div role="alert">
      <p>那里正写着另一份，放回这一份会换掉它。</p>
      <button type="button" className="ph-button" onClick={() => go(engine.pageOf(op))}>
        先看正在写的
      </button>
      <button type="button" className="ph-button ph-danger" onClick={put}>
        换成这一份
      </button>
    </div>
  ) : (
    <button type="button" className="ph-button" onClick={() => (engine.inTheWay(op.id) ? setAsks(true) : put())}>
      改一改再存
    </button>
  );
}

/** What the platform says now; where it says nothing, why. */
function Now<T>({
  found,
  children,
}: {
  readonly found: { data: T | undefined; error: unknown };
  readonly children: (now: T) => ReactNode;
}) {
  if (found.data !== undefined) return children(found.data);
  const { error } = found;
  if (error === null) return <p className="jy-secondary">正在看平台上现在的内容…</p>;
  if (error instanceof ApiError && ['not-found', 'denied'].includes(error.kind)) return null;
  return <RefusalNotice error={error} />;
}

const always = { networkMode: 'always', retry: false, staleTime: 0 } as const;

/** Two answers of one form, field by field. */
function FormSides({ op, engine, go }: { readonly op: Op; readonly engine: PocketEngine; readonly go: (page: string) => void }) {
  const { id } = op.params as { id: string };
  const found = useQuery({ queryKey: ['mend', id], queryFn: () => ask(readFormAnswer, { params: { id } }), ...always });
  return <Now found={found}>{(now) => <FormChoice op={op} now={now} engine={engine} go={go} />}</Now>;
}

function FormChoice({
  op,
  now,
  engine,
  go,
}: {
  readonly op: Op;
  readonly now: FormAnswer;
  readonly engine: PocketEngine;
  readonly go: (page: string) => void;
}) {
  const [mine, setMine] = useState<Readonly<Record<string, boolean>>>({});
  const here = (op.body as { values: FormValues }).values;
  const there = now.values as FormValues;
  const fields = (now.document as FormDocument).sections.flatMap((s) => s.fields);
  const differ = fields
    .map((field) => ({ field, here: answerText(field, here[field.key]), there: answerText(field, there[field.key]) }))
    .filter((f) => f.here !== f.there);
  const fills = (now.can as readonly string[]).includes('fill');
  const decided = differ.every((d) => mine[d.field.key] !== undefined);
  const putTogether = () => {
    const values: Record<string, unknown> = { ...there };
    for (const { field } of differ) {
      if (mine[field.key] !== true) continue;
      if (here[field.key] === undefined) delete values[field.key];
      else values[field.key] = here[field.key];
    }
    void engine.reopen(op.id, { values, base: now.version }).then(go);
  };
  return (
    <PhoneCard title={differ.length === 0 ? '两边一样' : '两边不一样的地方'}>
      {differ.length === 0 ? <p>平台上现在的内容和这台手机里的一样。</p> : null}
      {differ.map((d) => (
        <fieldset key={d.field.key} className="jy-sides">
          <legend>{d.field.label}</legend>
          {(['mine', 'theirs'] as const).map((whose) => (
            <label key={whose}>
              <span>
                <input
                  type="radio"
                  name={`${op.id}.${d.field.key}`}
                  disabled={!fills}
                  checked={mine[d.field.key] === (whose === 'mine')}
                  onChange={() => setMine({ ...mine, [d.field.key]: whose === 'mine' })}
                />
                {whose === 'mine' ? '这台手机写的' : '平台上现在的'}
              </span>
              <span className="jy-sides-words">{(whose === 'mine' ? d.here : d.there) || '没有填'}</span>
            </label>
          ))}
        </fieldset>
      ))}
      {fills ? (
        <>
          {differ.length === 0 ? null : <p className="jy-secondary">选好后打开表单，再看一遍，自己提交。</p>}
          <button type="button" className="ph-button" disabled={!decided} onClick={putTogether}>
            {differ.length === 0 ? '打开表单再提交' : '用选的这些，打开表单'}
          </button>
        </>
      ) : (
        <p>平台上这张表已经交过或作废，不能再填。要改，请在完整版里用“更正”。</p>
      )}
    </PhoneCard>
  );
}

const linesOfForm = (answer: FormAnswer, values: FormValues): WrittenLine[] =>
  (answer.document as FormDocument).sections
    .flatMap((s) => s.fields)
    .map((field) => ({ heading: field.label, text: answerText(field, values[field.key]) }))
    .filter((l) => l.text !== '');

/** A signature: what was signed, and what stands there now. */
function HandSides({ op, go }: { readonly op: Op; readonly go: () => void }) {
  const { id } = op.params as { id: string };
  const draft = op.body as SignatureDraft;
  const form = op.endpoint === signFormAnswer.id;
  const caseId = op.caseId ?? '';
  const found = useQuery({
    queryKey: ['mend', op.endpoint, id],
    enabled: form || caseId !== '',
    queryFn: async () => {
      if (!form) {
        const file = await ask(readStages, { params: { id: caseId } });
        // Written anew, the plan is a new edition with an id of its own.
        const open = file.signing?.open === true;
        // The packet was fetched anew after the refusal: its lines are put like those that were signed.
        const plan = pocket()?.caseOf(caseId)?.facts.plan;
        const is = plan?.sheet.hash === file.signing?.hash && plan !== null && plan !== undefined ? plan.lines : planLinesOf(file);
        return { was: op.was ?? [], is, open };
      }
      const answer = await ask(readFormAnswer, { params: { id } });
      const signed = (op.draft?.value as { values?: FormValues | null } | undefined)?.values ?? {};
      return {
        was: linesOfForm(answer, signed),
        is: linesOfForm(answer, answer.values as FormValues),
        open: answer.signing?.open === true,
      };
    },
    ...always,
  });
  return (
    <>
      <PhoneCard title="这个签名">
        {draft.strokes === null ? null : (
          <svg
            className="pk-hand"
            viewBox={`0 0 ${draft.strokes.width} ${draft.strokes.height}`}
            role="img"
            aria-label={`${draft.name}的手写签名`}
          >
            <path d={strokePath(draft.strokes)} fill="none" stroke="#1f2328" strokeWidth={2} vectorEffect="non-scaling-stroke" />
          </svg>
        )}
        <p>
          {signerRoleLabels[draft.who]}　{draft.name}　{shortInstant(draft.signedAt)} 签
        </p>
      </PhoneCard>
      <Now found={found}>
        {({ was, is, open }) => (
          <>
            {was.length === 0 ? null : (
              <PhoneCard title="签的时候是这样">
                <Lines lines={was} others={is} />
              </PhoneCard>
            )}
            <PhoneCard title="现在是这样">
              <Lines lines={is} others={was.length === 0 ? is : was} />
              {open ? (
                <>
                  <p className="jy-secondary">把现在的内容念给签名的人听，再请他签。重签存好以后，上面这个签名不再保留。</p>
                  <button type="button" className="ph-button" onClick={go}>
                    按现在的内容重签
                  </button>
                </>
              ) : (
                <p>这一份现在不收签名了。</p>
              )}
            </PhoneCard>
          </>
        )}
      </Now>
    </>
  );
}

/** A visit that was recorded or cancelled by somebody else meanwhile: theirs, and a way to hand in one's own beside it. */
function VisitSides({ op, engine, go }: { readonly op: Op; readonly engine: PocketEngine; readonly go: (page: string) => void }) {
  const { id } = op.params as { id: string };
  const found = useQuery({ queryKey: ['mend', 'visit', id], queryFn: () => ask(readVisit, { params: { id } }), ...always });
  return (
    <Now found={found}>
      {(now) => (
        <PhoneCard title="平台上现在的">
          <p>
            {visitStatusLabels[now.status]}
            {now.visitedOn === null ? '' : `　${formatDay(now.visitedOn)}`}
            {now.recordedByName === null ? '' : `　${now.recordedByName}`}
          </p>
          <Lines
            lines={now.sections.map((s) => ({
              heading: visitSectionLabels[s.section],
              text: `${visitScaleLabels[s.scale]}${s.says === '' ? '' : `。${s.says}`}`,
            }))}
          />
          {op.draft === null ? null : (
            <button type="button" className="ph-button" onClick={() => void engine.asAnotherVisit(op.id).then(go)}>
              作为另一次探访再存
            </button>
          )}
        </PhoneCard>
      )}
    </Now>
  );
}

/** Something that was to be done at once and was ticked off elsewhere meanwhile: by whom, when, with what result. */
function ActionDone({ op }: { readonly op: Op }) {
  const { id, actionId } = op.params as { id: string; actionId: string };
  const found = useQuery({ queryKey: ['mend', 'visit', id], queryFn: () => ask(readVisit, { params: { id } }), ...always });
  return (
    <Now found={found}>
      {(now) => {
        const action = now.actions.find((a) => a.id === actionId);
        if (action === undefined || action.doneAt === null) return null;
        return (
          <PhoneCard title="平台上现在的">
            <p>
              {shortInstant(action.doneAt)}　{action.doneByName}登记完成
            </p>
            {action.doneSays === null ? null : <p className="rd-wrap">{action.doneSays}</p>}
          </PhoneCard>
        );
      }}
    </Now>
  );
}

/** A record that one may no longer open has no form to put the words back into: they stay on this page. A report needs none. */
const isLost = (op: Op): boolean => (op.kind === 'not-found' || op.kind === 'denied') && op.endpoint !== createReport.id;

/** What is over on the platform is not put back into its form. */
const OVER: ReadonlySet<string> = new Set(['visits.over', 'visits.action-done']);

/** A session of a group that changed meanwhile: both sides, and a choice where one still may record it. */
const MOVED: ReadonlySet<string> = new Set(['record.changed-meanwhile', 'groups.moved-on', 'groups.recorder-only']);

function GroupSides({ op, engine, go }: { readonly op: Op; readonly engine: PocketEngine; readonly go: (page: string) => void }) {
  const params = op.params as { id: string; sessionId: string };
  const found = useQuery({ queryKey: ['mend', 'session', params.sessionId], queryFn: () => ask(readSession, { params }), ...always });
  const mine = (op.draft?.value ?? null) as SessionDraft | null;
  if (mine === null) return null;
  return (
    <Now found={found}>{(s) => <SessionSides mine={mine} s={s} chosen={(together) => void engine.reopen(op.id, together).then(go)} />}</Now>
  );
}

/** A photograph that was not taken: looked at again, and another one in its place. */
function Photo({ op, engine, go }: { readonly op: Op; readonly engine: PocketEngine; readonly go: (page: string) => void }) {
  const [address, setAddress] = useState<string | null>(null);
  const [says, setSays] = useState('');
  const { name = '' } = (op.query ?? {}) as { name?: string };
  useEffect(() => {
    let made: string | null = null;
    let left = false;
    void engine.photo(op.id).then((blob) => {
      if (blob === null || left) return;
      made = URL.createObjectURL(blob);
      setAddress(made);
    });
    return () => {
      left = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [engine, op.id]);
  const replace = async (file: File) => {
    const small = await smallPhoto(file);
    if (small === null) return setSays('这张图片打不开，没有换。请换一张照片。');
    await engine.replacePhoto(op.id, small, `照片 ${today()} ${clockTime(moment()).replace(':', '')}.jpg`);
    go('/pocket');
  };
  return (
    <PhoneCard title="这张照片">
      {address === null ? null : (
        <img className="pk-photo" src={address} alt={name} onError={() => setSays('这张照片打不开，请换一张或丢弃。')} />
      )}
      <p className="jy-secondary">{name}</p>
      <PhotoButton label="换一张照片" words="换一张" take={(file) => void replace(file)} />
      <p className="jy-secondary" role="status">
        {says}
      </p>
    </PhoneCard>
  );
}
