import { spacedCode } from '@jieyou/core/appeals/rules.ts';
import { appealTopicLabels, safeTimeLabels } from '@jieyou/core/texts/appealsLabels.ts';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type District, type Draft, type Receipt, send, sentenceOf } from './ask.ts';
import { Hotlines } from './Hotlines.tsx';
import { forgetAll, recallTyped, rememberTyped } from './leave.ts';
import { whenWords } from './words.ts';

type Typed = Omit<Draft, 'districtId' | 'leaveEmpty'> & { readonly step: number };

const NOTHING: Typed = {
  step: 0,
  danger: false,
  streetId: null,
  topic: 'unsaid',
  says: '',
  reach: 'phone',
  phone: null,
  name: null,
  safeTimes: [],
  safeNote: null,
  mayMessage: false,
  unsafe: false,
};

const TOPICS = Object.entries(appealTopicLabels).filter(([topic]) => topic !== 'unsaid') as [Draft['topic'], string][];
const TIMES = Object.entries(safeTimeLabels) as [Draft['safeTimes'][number], string][];
const STEPS = 6;

/** One question at a time; every one may be skipped but the way to reach the person. */
export default function AskPage({
  district,
  districts,
  onDistrict,
  onHome,
}: {
  readonly district: District;
  readonly districts: readonly District[];
  readonly onDistrict: (id: string) => void;
  readonly onHome: () => void;
}) {
  const [typed, setTyped] = useState<Typed>(() => ({ ...NOTHING, ...recallTyped<Typed>() }));
  const [trap, setTrap] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    if (receipt === null) rememberTyped(typed);
  }, [typed, receipt]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new question is announced by moving to it
  useEffect(() => {
    heading.current?.focus();
    window.scrollTo(0, 0);
  }, [typed.step, receipt]);

  if (receipt !== null)
    return <ReceiptView receipt={receipt} urgent={typed.danger} district={district} onHome={onHome} heading={heading} />;

  const say = (more: Partial<Typed>) => setTyped((was) => ({ ...was, ...more }));
  const to = (step: number) => {
    setError(null);
    say({ step });
  };
  const next = () => to(typed.step + 1);
  const submit = async () => {
    setBusy(true);
    setError(null);
    const { step: _, ...draft } = typed;
    try {
      const made = await send({ ...draft, phone: draft.reach === 'phone' ? draft.phone : null, districtId: district.id, leaveEmpty: trap });
      forgetAll();
      setReceipt(made);
    } catch (e) {
      setError(sentenceOf(e));
    } finally {
      setBusy(false);
    }
  };

  const ask = (title: string, says: string | null, children: ReactNode, buttons: ReactNode) => (
    <section>
      <p className="p-progress">
        第 {typed.step + 1} 步，共 {STEPS} 步
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {says !== null && <p>{says}</p>}
      {children}
      {error !== null && (
        <p role="alert" className="p-error">
          {error}
        </p>
      )}
      {buttons}
      <button type="button" className="p-back" onClick={() => (typed.step === 0 ? onHome() : to(typed.step - 1))}>
        上一步
      </button>
    </section>
  );
  const on = (label = '下一步') => (
    <button type="button" className="p-main-button" onClick={next}>
      {label}
    </button>
  );
  const skip = (
    <button type="button" className="p-second-button" onClick={next}>
      跳过这一题
    </button>
  );

  switch (typed.step) {
    case 0:
      return ask(
        '您或身边的人，现在有危险吗？',
        '比如正在被打、被威胁，有人受伤，或者想结束生命。',
        typed.danger ? (
          <div className="p-danger" role="alert">
            <p>
              <b>请先打电话。</b>不方便说话时，可以编辑短信发到 12110 报警。
            </p>
            <Hotlines district={district} urgentOnly />
            <p>打完电话，也可以继续告诉我们，值班的社工会马上看到。</p>
          </div>
        ) : null,
        typed.danger ? (
          on('继续告诉社工')
        ) : (
          <>
            <button type="button" className="p-second-button" onClick={() => say({ danger: true })}>
              有危险
            </button>
            <button type="button" className="p-main-button" onClick={next}>
              没有，继续
            </button>
          </>
        ),
      );
    case 1:
      return ask(
        '您住在哪个街道？',
        '我们好请离您最近的社工站来帮助您。',
        <>
          {districts.length > 1 && (
            <label className="p-field">
              <span>区</span>
              <select
                value={district.id}
                onChange={(e) => {
                  onDistrict(e.target.value);
                  say({ streetId: null });
                }}
              >
                {districts.map((d) => (
                  <option key={d.id} value={d.id}>
                    {d.name}
                  </option>
                ))}
              </select>
            </label>
          )}
          <Choices
            name="street"
            options={[...district.streets.map((s) => [s.id, s.name] as const), ['', '不清楚，或不想说'] as const]}
            value={typed.streetId ?? ''}
            onChange={(id) => say({ streetId: id === '' ? null : id })}
          />
        </>,
        on(),
      );
    case 2:
      return ask(
        '是什么事？',
        null,
        <Choices name="topic" options={TOPICS} value={typed.topic} onChange={(topic) => say({ topic })} />,
        <>
          {on()}
          {typed.topic === 'unsaid' && skip}
        </>,
      );
    case 3:
      return ask(
        '想说说发生了什么吗？',
        '说多少都可以，不说也可以。不用写名字和证件号码。',
        <label className="p-field">
          <span>发生了什么</span>
          <textarea rows={6} maxLength={2000} value={typed.says} onChange={(e) => say({ says: e.target.value })} />
        </label>,
        <>
          {on()}
          {typed.says === '' && skip}
        </>,
      );
    case 4:
      return ask(
        '怎样联系您才安全？',
        '这一题需要回答，我们只按您说的做。',
        <>
          <Choices
            name="reach"
            options={[
              ['phone', '给我打电话'],
              ['code', '不要打电话，我自己凭回执码回来看答复'],
            ]}
            value={typed.reach}
            onChange={(reach) => say({ reach })}
          />
          {typed.reach === 'phone' && (
            <>
              <label className="p-field">
                <span>电话</span>
                <input
                  inputMode="tel"
                  autoComplete="off"
                  maxLength={20}
                  value={typed.phone ?? ''}
                  onChange={(e) => say({ phone: e.target.value.trim() === '' ? null : e.target.value.trim() })}
                />
              </label>
              <fieldset className="p-field">
                <legend>什么时候打来不会给您添麻烦（可多选）</legend>
                {TIMES.map(([time, label]) => (
                  <label key={time} className="p-choice">
                    <input
                      type="checkbox"
                      checked={typed.safeTimes.includes(time)}
                      onChange={(e) =>
                        say({ safeTimes: e.target.checked ? [...typed.safeTimes, time] : typed.safeTimes.filter((t) => t !== time) })
                      }
                    />
                    {label}
                  </label>
                ))}
              </fieldset>
              <label className="p-choice">
                <input type="checkbox" checked={typed.unsafe} onChange={(e) => say({ unsafe: e.target.checked })} />
                家里有人可能看我的手机或听电话，请特别小心
              </label>
              <label className="p-choice">
                <input type="checkbox" checked={typed.mayMessage} onChange={(e) => say({ mayMessage: e.target.checked })} />
                没人接时，可以留言或发短信
              </label>
            </>
          )}
        </>,
        <button
          type="button"
          className="p-main-button"
          onClick={() =>
            typed.reach === 'phone' && typed.phone === null ? setError('请填写电话，或选择“我自己凭回执码回来看答复”。') : next()
          }
        >
          下一步
        </button>,
      );
    default:
      return ask(
        '还有要我们知道的吗？',
        '可以不填。填好就可以送出了。',
        <>
          <label className="p-field">
            <span>怎么称呼您</span>
            <input
              maxLength={20}
              autoComplete="off"
              value={typed.name ?? ''}
              onChange={(e) => say({ name: e.target.value.trim() === '' ? null : e.target.value })}
            />
          </label>
          <label className="p-field">
            <span>联系时要注意什么</span>
            <input
              maxLength={80}
              autoComplete="off"
              placeholder="如：请说是社区登记"
              value={typed.safeNote ?? ''}
              onChange={(e) => say({ safeNote: e.target.value.trim() === '' ? null : e.target.value })}
            />
          </label>
          {/* People do not see this field; machines fill it in. */}
          <div className="p-trap" aria-hidden="true">
            <input tabIndex={-1} autoComplete="off" name="leave-empty" value={trap} onChange={(e) => setTrap(e.target.value)} />
          </div>
          <p className="p-small">
            您写的会交给社工站，只用来帮助您。送出后{district.answerDays} 个工作日内答复
            {typed.danger ? '；您说有危险，值班社工会马上看到' : ''}。
          </p>
        </>,
        <button type="button" className="p-main-button" disabled={busy} onClick={() => void submit()}>
          {busy ? '正在送出…' : '送出'}
        </button>,
      );
  }
}

function Choices<T extends string>({
  name,
  options,
  value,
  onChange,
}: {
  readonly name: string;
  readonly options: readonly (readonly [T, string])[];
  readonly value: string;
  readonly onChange: (value: T) => void;
}) {
  return (
    <div className="p-choices" role="radiogroup">
      {options.map(([key, label]) => (
        <label key={key} className="p-choice">
          <input type="radio" name={name} checked={value === key} onChange={() => onChange(key)} />
          {label}
        </label>
      ))}
    </div>
  );
}

function ReceiptView({
  receipt,
  urgent,
  district,
  onHome,
  heading,
}: {
  readonly receipt: Receipt;
  readonly urgent: boolean;
  readonly district: District;
  readonly onHome: () => void;
  readonly heading: React.RefObject<HTMLHeadingElement | null>;
}) {
  return (
    <section>
      <h1 ref={heading} tabIndex={-1}>
        我们收到了
      </h1>
      <p>请记下这个回执码。它只显示这一次，凭它可以看答复、撤回。</p>
      <p className="p-code">{spacedCode(receipt.code)}</p>
      {urgent && (
        <div className="p-danger">
          <p>
            <b>现在仍有危险，请打电话。</b>
          </p>
          <Hotlines district={district} urgentOnly />
        </div>
      )}
      <h2>接下来</h2>
      <ol className="p-steps">
        <li>
          由{receipt.stationName}接手{receipt.stationPhone === null ? '' : `，电话 ${receipt.stationPhone}`}。
        </li>
        <li>{urgent ? '值班社工已经收到通知，会马上处理。' : `${whenWords(receipt.dueAt)}前答复您。`}</li>
        <li>只按您说的方式和时间联系您。</li>
      </ol>
      <button type="button" className="p-second-button" onClick={onHome}>
        我记下了
      </button>
    </section>
  );
}
