import { registerAlarm } from '@jieyou/core/alarms/endpoints.ts';
import { type AlarmKind, CrisisDraft, type Screening, ViolenceDraft } from '@jieyou/core/alarms/schema.ts';
import { readCase } from '@jieyou/core/cases/endpoints.ts';
import type { Risk } from '@jieyou/core/cases/schema.ts';
import {
  alarmKindLabels,
  alarmSourceLabels,
  capacityLabels,
  disclosedByLabels,
  screenAnswerLabels,
  screeningAsks,
  screeningLabels,
  violenceFormLabels,
} from '@jieyou/core/texts/alarmLabels.ts';
import { optionsOf, riskLabels } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Skeleton } from 'antd-mobile';
import { type ReactNode, useState } from 'react';
import type { z } from 'zod';
import { queryOf, useAct } from '../../house/ask.ts';
import { CallLines } from '../../house/CallLines.tsx';
import { Choices } from '../../house/Choices.tsx';
import { momentAt, now, today } from '../../house/format.ts';
import { useKept } from '../../house/kept.ts';
import { PhonePage } from '../../house/PhonePage.tsx';
import { pocket, usePocket } from '../../house/pocket.ts';
import { QuickExit } from '../../house/QuickExit.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { uuid } from '../../house/uuid.ts';
import { WordsLeft } from '../../house/WordsLeft.tsx';
import { NEUTRAL_TITLE } from '../words.ts';
import '../alarms.css';

type Violence = z.input<typeof ViolenceDraft>;
type Kept = {
  readonly id: string;
  readonly source: z.input<typeof CrisisDraft>['source'];
  readonly at: string;
  readonly trigger: string;
  readonly screening: Partial<Screening>;
  readonly rating: Risk | null;
  readonly reason: string;
  readonly lookAgainOn: string;
  readonly scale: string;
  readonly disclosedBy: Violence['disclosedBy'] | null;
  readonly forms: Violence['forms'];
  readonly capacity: Violence['capacity'] | null;
  readonly immediate: 'yes' | 'no' | null;
  readonly relation: string;
  readonly abuser: string;
  readonly abuserPhone: string;
  readonly contactHow: string;
  readonly contactTimes: string;
};

const EMPTY: Kept = {
  id: '',
  source: 'note',
  at: '',
  trigger: '',
  screening: {},
  rating: null,
  reason: '',
  lookAgainOn: '',
  scale: '',
  disclosedBy: null,
  forms: [],
  capacity: null,
  immediate: null,
  relation: '',
  abuser: '',
  abuserPhone: '',
  contactHow: '',
  contactTimes: '',
};

const NOT_CHOSEN = '请选一项';
/** Of a choice that nobody made the schema says only that its value is none. */
const CHOICES: ReadonlySet<string> = new Set(['rating', 'screening', 'disclosedBy', 'capacity', 'immediate']);
const SCREENING = Object.keys(screeningLabels) as (keyof Screening)[];
const orNull = (text: string): string | null => (text.trim() === '' ? null : text);

/** Registering a crisis or violence at home from the phone, with and without network; kept here until it has reached somebody. */
export default function PhoneAlarmFormPage() {
  const { case: caseId = '', kind: named, source } = useSearch({ strict: false }) as { case?: string; kind?: string; source?: string };
  const navigate = useNavigate();
  const kind: AlarmKind = named === 'violence' ? 'violence' : 'crisis';
  const carried = pocket()?.caseOf(caseId) ?? null;
  const file = useQuery({ ...queryOf(readCase, { params: { id: caseId } }), enabled: caseId !== '' && carried === null });
  const who =
    carried !== null
      ? { name: carried.row.recipientName, number: carried.row.number, minor: carried.facts.minor }
      : file.data === undefined
        ? null
        : { name: file.data.recipient.name, number: file.data.number, minor: (file.data.recipient.age ?? 99) < 18 };
  return (
    <>
      <PhonePage title={`登记${alarmKindLabels[kind]}`}>
        <div className="al-page">
          {who === null ? (
            file.isError ? (
              <>
                <RefusalNotice error={file.error} onRetry={() => void file.refetch()} />
                <CallLines all />
                <WordsLeft names={[`alarm.${kind}.${caseId}`]} />
              </>
            ) : (
              <Skeleton.Paragraph lineCount={6} animated />
            )
          ) : (
            <Form
              key={kind}
              kind={kind}
              caseId={caseId}
              who={who}
              source={source === 'visit' ? 'visit' : 'note'}
              turn={(next) => void navigate({ to: '/alarms/new', search: { case: caseId, kind: next, source } as never, replace: true })}
            />
          )}
        </div>
      </PhonePage>
      <QuickExit title={NEUTRAL_TITLE} low />
    </>
  );
}

/** Said as long as it lies on this phone alone: nobody knows of it, and whom one calls instead. */
function Unreached({ kept }: { readonly kept: boolean }) {
  return (
    <section className="al-unreached" role="alert">
      <strong>还没有告诉任何人：现在没有网络</strong>
      <p>
        {kept
          ? '写的加密存在这台手机里，接通网络后最先送出，时限从您写的时间算起。在那之前，请打电话：'
          : '写的还在这一页，有网络时请再按一次。在那之前，请打电话：'}
      </p>
      <CallLines all />
    </section>
  );
}

function Form({
  kind,
  caseId,
  who,
  source,
  turn,
}: {
  readonly kind: AlarmKind;
  readonly caseId: string;
  readonly who: { readonly name: string; readonly number: string; readonly minor: boolean };
  readonly source: Kept['source'];
  readonly turn: (kind: AlarmKind) => void;
}) {
  const draft = useKept<Kept>(`alarm.${kind}.${caseId}`, { ...EMPTY, source, ...(who.minor ? { capacity: 'limited' as const } : {}) });
  const { waiting, declined } = usePocket();
  const [told, setTold] = useState(false);
  const [sent, setSent] = useState('');
  const send = useAct(registerAlarm, (answer) => {
    draft.clear();
    setTold(false);
    setSent(answer.id);
    window.scrollTo(0, 0);
  });
  const v = draft.value;
  const change = (patch: Partial<Kept>) => draft.set({ ...v, id: v.id || uuid(), ...patch });
  const [day, time] = v.at.split('T');
  const begins = {
    id: v.id,
    caseId,
    source: v.source,
    sourceId: null,
    toldAt: day === undefined || time === undefined ? now() : momentAt(day, time.slice(0, 5)),
    trigger: v.trigger,
  };
  const body =
    kind === 'crisis'
      ? {
          kind,
          ...begins,
          screening: v.screening,
          scale: orNull(v.scale),
          rating: v.rating,
          reason: v.reason,
          lookAgainOn: orNull(v.lookAgainOn),
        }
      : {
          kind,
          ...begins,
          disclosedBy: v.disclosedBy,
          forms: v.forms,
          capacity: v.capacity,
          immediate: v.immediate === null ? null : v.immediate === 'yes',
          relation: v.relation,
          abuser: orNull(v.abuser),
          abuserPhone: orNull(v.abuserPhone),
          contactHow: v.contactHow,
          contactTimes: v.contactTimes,
        };
  const checked = kind === 'crisis' ? CrisisDraft.safeParse(body) : ViolenceDraft.safeParse(body);
  const problem = (...path: string[]): ReactNode => {
    if (!told || checked.success) return null;
    const issue = checked.error.issues.find((i) => path.every((p, at) => i.path[at] === p));
    return issue === undefined ? null : (
      <div className="rd-error" role="alert">
        {CHOICES.has(path[0] ?? '') ? NOT_CHOSEN : issue.message}
      </div>
    );
  };
  const words = (name: 'trigger' | 'reason' | 'contactHow' | 'contactTimes', label: string, rows: number, max: number, hint = '') => (
    <div>
      <label className="ph-label" htmlFor={`al-${name}`}>
        {label}
      </label>
      <textarea
        id={`al-${name}`}
        className="ph-input"
        rows={rows}
        maxLength={max}
        placeholder={hint}
        value={v[name]}
        onChange={(e) => change({ [name]: e.target.value })}
      />
      {problem(name)}
    </div>
  );
  const line = (name: 'relation' | 'abuser' | 'abuserPhone' | 'scale', label: string, max: number, hint = '') => (
    <div>
      <label className="ph-label" htmlFor={`al-${name}`}>
        {label}
      </label>
      <input
        id={`al-${name}`}
        className="ph-input"
        maxLength={max}
        autoComplete="off"
        inputMode={name === 'abuserPhone' ? 'tel' : 'text'}
        value={v[name]}
        onChange={(e) => change({ [name]: e.target.value })}
      />
      {hint === '' ? null : <div className="rd-quiet">{hint}</div>}
      {problem(name)}
    </div>
  );

  if (sent !== '' && waiting.has(sent)) return <Unreached kept />;
  if (sent !== '')
    return (
      <section className="ph-card" role="status">
        {declined.has(sent) ? (
          <>
            <p>没有被接收，也没有告诉任何人。写的还在这台手机里。</p>
            <CallLines all />
            <Link to="/pocket" className="ph-button">
              看看为什么
            </Link>
          </>
        ) : (
          <>
            <p>已登记，时限从您写的时间算起。</p>
            {/* The record has one page for all widths; it belongs to the other entry. */}
            <a className="ph-button" href={`/alarms/${sent}`}>
              打开记录，登记处置
            </a>
          </>
        )}
      </section>
    );
  const offline = send.error?.kind === 'offline';
  return (
    <form
      className="ph-form"
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        setTold(true);
        // What is missing stands above the button: the page goes there.
        window.setTimeout(() => document.querySelector('.ph-form .rd-error')?.scrollIntoView({ block: 'center' }), 0);
        if (checked.success) send.mutate({ body: checked.data });
      }}
    >
      <div>
        <p>有人身危险，先打 110、120，再回来登记。</p>
        <CallLines />
      </div>
      <nav className="jy-chips" aria-label="登记哪一种">
        {(['crisis', 'violence'] as const).map((k) => (
          <button key={k} type="button" aria-pressed={k === kind} onClick={() => turn(k)}>
            {alarmKindLabels[k]}
          </button>
        ))}
      </nav>
      <div>
        <strong>{who.name}</strong>
        <div className="rd-quiet">{who.number}</div>
      </div>
      {kind === 'crisis'
        ? words('trigger', '发生了什么', 4, 2000, '谁、何时、说了什么、做了什么；尽量用原话')
        : words('trigger', '说了什么、看到什么', 4, 2000, '记原话，不追问取证')}
      <div className="ph-two">
        <div>
          <label className="ph-label" htmlFor="al-at">
            什么时候说的、看到的
          </label>
          <input
            id="al-at"
            className="ph-input"
            type="datetime-local"
            max={`${today()}T23:59`}
            value={v.at}
            onChange={(e) => change({ at: e.target.value })}
          />
          <div className="rd-quiet">不填就是现在；时限从那时算起</div>
        </div>
        <div>
          <label className="ph-label" htmlFor="al-source">
            怎么知道的
          </label>
          <select
            id="al-source"
            className="ph-input"
            value={v.source}
            onChange={(e) => change({ source: e.target.value as Kept['source'] })}
          >
            {optionsOf(alarmSourceLabels).map((o) => (
              <option key={o.value} value={o.value}>
                {o.label}
              </option>
            ))}
          </select>
        </div>
      </div>
      {kind === 'crisis' ? (
        <>
          {SCREENING.map((key) => (
            <fieldset key={key} className="ph-choice">
              <legend>
                {screeningLabels[key]}：{screeningAsks[key]}
              </legend>
              <Choices
                name={key}
                options={optionsOf(screenAnswerLabels)}
                value={v.screening[key] ?? null}
                onChange={(answer) => change({ screening: { ...v.screening, [key]: answer } })}
              />
              {problem('screening', key)}
            </fieldset>
          ))}
          <fieldset className="ph-choice">
            <legend>我的评级</legend>
            <Choices
              name="rating"
              options={optionsOf(riskLabels)}
              value={v.rating}
              onChange={(rating) => change({ rating })}
              urgent="extreme"
            />
            <div className="rd-quiet">由您判断。上面的回答和量表只作参考，平台不替您定级。</div>
            {problem('rating')}
          </fieldset>
          {words('reason', '评级的理由', 2, 1000)}
          <details>
            <summary>再评日期、量表（可不填）</summary>
            <div className="ph-form">
              <div>
                <label className="ph-label" htmlFor="al-again">
                  再评日期（中、低）
                </label>
                <input
                  id="al-again"
                  className="ph-input"
                  type="date"
                  min={today()}
                  value={v.lookAgainOn}
                  onChange={(e) => change({ lookAgainOn: e.target.value })}
                />
                <div className="rd-quiet">不填按规定的最晚日期</div>
                {problem('lookAgainOn')}
              </div>
              {line('scale', '用过的量表与得分', 120)}
            </div>
          </details>
        </>
      ) : (
        <>
          <fieldset className="ph-choice">
            <legend>谁说的</legend>
            <Choices
              name="disclosedBy"
              options={optionsOf(disclosedByLabels)}
              value={v.disclosedBy}
              onChange={(disclosedBy) => change({ disclosedBy })}
            />
            {problem('disclosedBy')}
          </fieldset>
          <fieldset className="ph-choice">
            <legend>形式（可多选）</legend>
            <div className="jy-choices jy-thumbs al-forms">
              {optionsOf(violenceFormLabels).map((o) => (
                <label key={o.value}>
                  <input
                    type="checkbox"
                    checked={v.forms.includes(o.value)}
                    onChange={(e) => change({ forms: e.target.checked ? [...v.forms, o.value] : v.forms.filter((f) => f !== o.value) })}
                  />
                  {o.label}
                </label>
              ))}
            </div>
            {problem('forms')}
          </fieldset>
          <fieldset className="ph-choice">
            <legend>现在有人身危险吗</legend>
            <Choices
              name="immediate"
              options={[
                { value: 'yes', label: '有，先打 110' },
                { value: 'no', label: '没有' },
              ]}
              value={v.immediate}
              onChange={(immediate) => change({ immediate })}
              urgent="yes"
            />
            {problem('immediate')}
          </fieldset>
          <fieldset className="ph-choice">
            <legend>民事行为能力</legend>
            <Choices
              name="capacity"
              options={optionsOf(capacityLabels).filter((o) => !who.minor || o.value !== 'full')}
              value={v.capacity}
              onChange={(capacity) => change({ capacity })}
            />
            <div className="rd-quiet">未成年人、限制或没有民事行为能力的，我们须及时报案（反家庭暴力法 14）；完全的，尊重本人意愿。</div>
            {problem('capacity')}
          </fieldset>
          {line('relation', '加害人与服务对象的关系', 20)}
          {line('abuser', '加害人姓名（可不填）', 40, '加密保存；监护人中就是这个人的，不再显示为联系人')}
          {line('abuserPhone', '加害人电话（可不填）', 20, '只用来分清同名的监护人，不保存号码')}
          {words('contactHow', '怎样联系才安全', 2, 200, '例如：只在活动中心当面说；不打家里电话')}
          {words('contactTimes', '什么时候联系安全', 1, 100, '例如：工作日上午九点到十一点')}
          <div className="rd-quiet">平台不会给服务对象或家里的电话发任何消息。</div>
        </>
      )}
      {offline ? <Unreached kept={false} /> : <RefusalNotice error={send.error} />}
      <button type="submit" className="ph-button al-send" disabled={send.isPending}>
        {send.isPending ? '正在登记' : kind === 'crisis' ? '登记并通知' : '登记'}
      </button>
      <div className="rd-quiet" role="status">
        {draft.says}
      </div>
    </form>
  );
}
