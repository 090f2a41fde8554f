import {
  acknowledgeReport,
  addReportEntry,
  decideDispute,
  decideReportClosing,
  disputeReport,
  proposeReportClosing,
  readReport,
} from '@jieyou/core/reports/endpoints.ts';
import { EntryDraft, type Placement, type PoliceManner, type Report } from '@jieyou/core/reports/schema.ts';
import {
  entryKindLabels,
  minutesInWords,
  placementLabels,
  policeMannerLabels,
  reportStatusLabels,
  SITUATION_SOURCE,
  situationLabels,
} from '@jieyou/core/texts/reportLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { momentAt, shortInstant } from '../house/format.ts';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag, type Tone } from '../house/StatusTag.tsx';
import '../house/reading.css';
import './reports.css';

/** One report. */
export const useReport = (id: string) => useQuery(queryOf(readReport, { params: { id } }));

const tones: Readonly<Record<Report['status'], Tone>> = {
  registered: 'danger',
  handling: 'needs',
  reported: 'moving',
  following: 'moving',
  disputed: 'needs',
  closing: 'needs',
  closed: 'done',
  'not-applicable': 'rest',
};

/** State of a report. */
export const ReportStatusTag = ({ status }: { readonly status: Report['status'] }) => (
  <StatusTag tone={tones[status]}>{reportStatusLabels[status]}</StatusTag>
);

/** How long it took from the discovery to the police, or how long it has been. */
export const timeSays = (report: Pick<Report, 'minutes' | 'reportedAt'>): string =>
  report.reportedAt === null
    ? `发现至今 ${minutesInWords(report.minutes)}，还没有登记报警`
    : `从发现到报警 ${minutesInWords(report.minutes)}`;

/** What was reported. */
export function Content({ report }: { readonly report: Report }) {
  return (
    <>
      <dl className="rp-facts">
        <dt>情形</dt>
        <dd>
          {situationLabels[report.situation]}
          <div className="rd-quiet">{SITUATION_SOURCE}</div>
        </dd>
        <dt>在哪里</dt>
        <dd>{report.place}</dd>
        <dt>孩子的称呼</dt>
        <dd>{report.child ?? '—'}</dd>
        <dt>发现</dt>
        <dd>{shortInstant(report.discoveredAt)}</dd>
        <dt>登记</dt>
        <dd>{shortInstant(report.registeredAt)}</dd>
        <dt>确认收到</dt>
        <dd>{report.acknowledgedAt === null ? `还没有，应在 ${shortInstant(report.dueAt)} 前` : shortInstant(report.acknowledgedAt)}</dd>
        <dt>站点</dt>
        <dd>{report.stationName ?? '没有站点，由支援中心办理'}</dd>
        <dt>督导</dt>
        <dd>{report.supervisorName ?? '—'}</dd>
        <dt>报告人</dt>
        <dd>{report.mine ? '我' : (report.reporterName ?? '依法保密')}</dd>
      </dl>
      <p className="rp-seen">{report.seen}</p>
    </>
  );
}

/** Everything that was added, the newest first. */
export function Entries({ report }: { readonly report: Report }) {
  if (report.entries.length === 0) return <p className="rd-quiet">还没有记录。</p>;
  return (
    <ol className="rp-entries">
      {[...report.entries].reverse().map((e) => (
        <li key={e.id}>
          <div className="rp-row">
            <strong>{entryKindLabels[e.kind]}</strong>
            <span className="rd-quiet">
              {shortInstant(e.at)}　{e.by}
              {e.writtenAt === e.at ? '' : `　${shortInstant(e.writtenAt)} 记`}
            </span>
          </div>
          {e.unit === null && e.placement === null ? null : (
            <div>
              {[
                e.manner === null ? null : policeMannerLabels[e.manner],
                e.unit,
                e.officerNo === null ? null : `警号 ${e.officerNo}`,
                e.receiptNo === null ? null : `回执 ${e.receiptNo}`,
                e.placement === null ? null : placementLabels[e.placement],
              ]
                .filter((part) => part !== null)
                .join('　')}
            </div>
          )}
          {e.says === null ? null : <p>{e.says}</p>}
        </li>
      ))}
    </ol>
  );
}

type Kind = EntryDraft['kind'];

const HINTS: Readonly<Record<Kind, string>> = {
  addition: '登记后想起的、新看到的',
  police: '',
  authority: '',
  materials: '什么材料、谁保管。已有的不再问一遍孩子',
  feedback: '公安怎么答复的',
  placement: '谁在照看，凭什么判断安全',
  'follow-up': '孩子现在怎么样，下一步做什么',
};

const localNow = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 16);

/** What may be added, as one short form. */
function EntryForm({ report, kinds }: { readonly report: Report; readonly kinds: readonly Kind[] }) {
  const [kind, setKind] = useState<Kind>(kinds[0] ?? 'addition');
  const [at, setAt] = useState(localNow);
  const [manner, setManner] = useState<PoliceManner>('110');
  const [placement, setPlacement] = useState<Placement>('home');
  const [unit, setUnit] = useState('');
  const [officerNo, setOfficerNo] = useState('');
  const [receiptNo, setReceiptNo] = useState('');
  const [says, setSays] = useState('');
  const [told, setTold] = useState(false);
  const add = useAct(addReportEntry, () => {
    setSays('');
    setUnit('');
    setOfficerNo('');
    setReceiptNo('');
    setTold(false);
  });
  const orNull = (text: string) => (text.trim() === '' ? null : text);
  const [day = '', time = '00:00'] = at.split('T');
  const moment = /^\d{4}-\d\d-\d\d$/.test(day) ? momentAt(day, time.slice(0, 5)) : '';
  const body = {
    kind,
    ...(kind === 'police' || kind === 'authority' || kind === 'feedback' ? { at: moment, unit } : {}),
    ...(kind === 'police' ? { manner, officerNo: orNull(officerNo), receiptNo: orNull(receiptNo) } : {}),
    ...(kind === 'placement' ? { placement } : {}),
    says: kind === 'police' || kind === 'authority' ? orNull(says) : says,
  };
  const checked = EntryDraft.safeParse(body);
  const field = (name: string, label: string, value: string, set: (text: string) => void, max: number) => (
    <div>
      <label className="rp-label" htmlFor={`entry-${name}`}>
        {label}
      </label>
      <input id={`entry-${name}`} className="rp-input" maxLength={max} value={value} onChange={(e) => set(e.target.value)} />
    </div>
  );
  return (
    <form
      className="rp-form"
      aria-label="补记"
      onSubmit={(e) => {
        e.preventDefault();
        setTold(true);
        if (checked.success) add.mutate({ params: { id: report.id }, body: checked.data });
      }}
    >
      <div>
        <label className="rp-label" htmlFor="entry-kind">
          记什么
        </label>
        <select id="entry-kind" className="rp-input" value={kind} onChange={(e) => setKind(e.target.value as Kind)}>
          {kinds.map((k) => (
            <option key={k} value={k}>
              {entryKindLabels[k]}
            </option>
          ))}
        </select>
      </div>
      {kind === 'police' || kind === 'authority' || kind === 'feedback' ? (
        <>
          <div>
            <label className="rp-label" htmlFor="entry-at">
              时间
            </label>
            <input id="entry-at" className="rp-input" type="datetime-local" value={at} onChange={(e) => setAt(e.target.value)} />
          </div>
          {field('unit', kind === 'police' ? '受理单位' : '单位', unit, setUnit, 80)}
        </>
      ) : null}
      {kind === 'police' ? (
        <>
          <div>
            <label className="rp-label" htmlFor="entry-manner">
              方式
            </label>
            <select id="entry-manner" className="rp-input" value={manner} onChange={(e) => setManner(e.target.value as PoliceManner)}>
              {(Object.entries(policeMannerLabels) as [PoliceManner, string][]).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </div>
          {field('officer', '警号（可不填）', officerNo, setOfficerNo, 40)}
          {field('receipt', '回执编号（可不填）', receiptNo, setReceiptNo, 60)}
        </>
      ) : null}
      {kind === 'placement' ? (
        <div>
          <label className="rp-label" htmlFor="entry-placement">
            安置方式
          </label>
          <select id="entry-placement" className="rp-input" value={placement} onChange={(e) => setPlacement(e.target.value as Placement)}>
            {(Object.entries(placementLabels) as [Placement, string][]).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
      ) : null}
      <div>
        <label className="rp-label" htmlFor="entry-says">
          {kind === 'police' || kind === 'authority' ? '说明（可不填）' : '内容'}
        </label>
        <textarea
          id="entry-says"
          className="rp-input"
          rows={3}
          maxLength={2000}
          value={says}
          placeholder={HINTS[kind]}
          onChange={(e) => setSays(e.target.value)}
        />
      </div>
      {told && !checked.success ? (
        <div className="rd-error" role="alert">
          请把时间、单位和内容填完整。
        </div>
      ) : null}
      <RefusalNotice error={add.error} />
      <div className="rp-row">
        <button type="submit" className="rp-button" disabled={add.isPending}>
          记下
        </button>
        <span className="rd-quiet">记下后不能改、不能删。</span>
      </div>
    </form>
  );
}

/** A decision with words: two ways out, one passage. */
function Decision({
  label,
  hint,
  ways,
  least = 2,
}: {
  readonly label: string;
  readonly hint: string;
  readonly least?: number;
  readonly ways: readonly { readonly says: string; readonly quiet?: true; readonly act: (words: string) => Promise<unknown> }[];
}) {
  const [words, setWords] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const name = `say-${ways[0]?.says ?? ''}`;
  return (
    <div className="rp-form">
      <div>
        <label className="rp-label" htmlFor={name}>
          {label}
        </label>
        <textarea
          id={name}
          className="rp-input"
          rows={2}
          maxLength={1000}
          value={words}
          placeholder={hint}
          onChange={(e) => setWords(e.target.value)}
        />
      </div>
      <RefusalNotice error={error} />
      <div className="rp-row">
        {ways.map((way) => (
          <button
            key={way.says}
            type="button"
            className={way.quiet === true ? 'rp-button rp-quiet' : 'rp-button'}
            disabled={busy || words.trim().length < least}
            onClick={() => {
              setBusy(true);
              setError(null);
              way
                .act(words)
                .then(() => setWords(''))
                .catch(setError)
                .finally(() => setBusy(false));
            }}
          >
            {way.says}
          </button>
        ))}
      </div>
    </div>
  );
}

/** The next act first, then what may be added, then the rare ones. */
export function Acts({ report }: { readonly report: Report }) {
  const acknowledge = useAct(acknowledgeReport);
  const dispute = useAct(disputeReport);
  const signs = useAct(decideDispute);
  const propose = useAct(proposeReportClosing);
  const decide = useAct(decideReportClosing);
  const can = (act: Report['can'][number]) => report.can.includes(act);
  const params = { id: report.id };
  const all: Kind[] = ['police', 'authority', 'materials', 'feedback', 'placement', 'follow-up', 'addition'];
  // What is missing stands first.
  const kinds = (can('keep') ? all : (['police', 'authority', 'addition'] as Kind[])).sort(
    (a, b) => Number(report.missing.includes(b)) - Number(report.missing.includes(a)),
  );
  return (
    <div className="rp-acts">
      {can('acknowledge') ? (
        <>
          <button
            type="button"
            className="rp-button rp-danger"
            disabled={acknowledge.isPending}
            onClick={() => acknowledge.mutate({ params })}
          >
            确认收到，由我处理
          </button>
          <RefusalNotice error={acknowledge.error} />
        </>
      ) : null}
      {can('decide-dispute') ? (
        <Decision
          label="对“经核实不属于”的意见"
          hint="看过哪些材料，为什么"
          ways={[
            { says: '签字：不属于', act: (says) => signs.mutateAsync({ params, body: { decision: 'sign', says } }) },
            { says: '退回，继续办理', quiet: true, act: (says) => signs.mutateAsync({ params, body: { decision: 'overrule', says } }) },
          ]}
        />
      ) : null}
      {can('decide-closing') ? (
        <Decision
          label="复核意见"
          hint="孩子现在是否安全，还差什么"
          ways={[
            { says: '确认结束', act: (says) => decide.mutateAsync({ params, body: { decision: 'confirm', says } }) },
            { says: '退回，继续跟进', quiet: true, act: (says) => decide.mutateAsync({ params, body: { decision: 'return', says } }) },
          ]}
        />
      ) : null}
      {report.status === 'disputed' && !can('decide-dispute') ? <p>等督导签字。</p> : null}
      {report.status === 'closing' && !can('decide-closing') ? <p>等另一个人复核。提出的人和报告人不能自己确认。</p> : null}
      {can('add') && report.missing.length > 0 ? (
        <p className="rd-quiet">结束前还要有：{report.missing.map((kind) => entryKindLabels[kind]).join('、')}</p>
      ) : null}
      {can('add') ? <EntryForm key={report.entries.length} report={report} kinds={kinds} /> : null}
      {can('propose-closing') ? (
        <Decision
          label="提出结束"
          hint="孩子的现状，为什么可以结束"
          ways={[{ says: '提出结束', act: (says) => propose.mutateAsync({ params, body: { says } }) }]}
        />
      ) : null}
      {can('dispute') ? (
        <details>
          <summary>经核实不属于九种情形</summary>
          <Decision
            label="核实的经过与理由"
            hint="向谁核实、看到什么。须由督导签字"
            least={10}
            ways={[{ says: '提请督导签字', quiet: true, act: (reason) => dispute.mutateAsync({ params, body: { reason } }) }]}
          />
        </details>
      ) : null}
    </div>
  );
}
