import { defaultChecklist } from '@jieyou/core/support/checklist.ts';
import type { ChecklistAnswers } from '@jieyou/core/support/schema.ts';
import { Alert, Radio, Tag } from 'antd';
import { type ChecklistResultData, useAssessment } from './queries.ts';
import { checklistHints, imminentRiskLabel } from './requestDraft.ts';

/** Words of a checklist item by its key. */
const itemLabel = (key: string, items: readonly { key: string; label: string }[] = defaultChecklist.items): string =>
  key === 'imminentRisk' ? imminentRiskLabel : (items.find((i) => i.key === key)?.label ?? key);

const outcomeWords = {
  crisis: { title: '有迫切危险，建议走危机通道', type: 'error' },
  hard: { title: '建议：属于疑难个案', type: 'success' },
  'supervision-advice': { title: '建议：先请督导指导', type: 'info' },
} as const;

/** What the checklist proposes, with its reasons and the version of the pack. It proposes; a person decides. */
export function ChecklistOutcome({
  result,
  items,
}: {
  result: ChecklistResultData;
  items?: readonly { key: string; label: string }[] | undefined;
}) {
  // Answers that are missing could still make the case a hard one: nothing is proposed before they are there.
  const open = result.outcome === 'supervision-advice' && result.missing.length > 0;
  const words = open ? ({ title: '还没答完，答完后给出建议', type: 'info' } as const) : outcomeWords[result.outcome];
  return (
    <Alert
      type={words.type}
      showIcon
      role="status"
      title={
        <>
          {words.title}
          <span className="rd-quiet">
            {' '}
            符合 {result.score} 分，{result.hardAt} 分起为疑难
          </span>
        </>
      }
      description={
        <>
          {result.reasons.length === 0 ? (
            <div>目前没有符合的条目。</div>
          ) : (
            <div>符合：{result.reasons.map((k) => itemLabel(k, items)).join('；')}</div>
          )}
          {result.missing.length === 0 ? null : <div>还没回答：{result.missing.map((k) => itemLabel(k, items)).join('；')}</div>}
          <div className="rd-quiet">依据《界定清单》{result.packVersion} 版。只作提示，由人来决定。</div>
        </>
      }
    />
  );
}

/** The seven questions of the self-assessment with the live result. */
export function Checklist({
  value,
  onChange,
  error,
}: {
  value: ChecklistAnswers;
  onChange: (next: ChecklistAnswers) => void;
  error?: string | undefined;
}) {
  const assessment = useAssessment(value);
  const items = assessment.data?.items ?? defaultChecklist.items;
  const keys = ['imminentRisk', ...items.map((i) => i.key)] as (keyof ChecklistAnswers)[];
  return (
    <div className="rd-checklist">
      {keys.map((key, index) => {
        const label = itemLabel(key, items);
        const answer = value[key];
        return (
          <div key={key} className={error !== undefined && answer === null ? 'rd-question rd-unanswered' : 'rd-question'}>
            <div id={`ask-${key}`}>
              <span className="rd-num">{index + 1}.</span> {label}
              {checklistHints[key] === undefined ? null : <div className="rd-quiet">{checklistHints[key]}</div>}
            </div>
            <Radio.Group
              aria-labelledby={`ask-${key}`}
              optionType="button"
              buttonStyle={key === 'imminentRisk' ? 'solid' : 'outline'}
              value={answer}
              onChange={(event) => onChange({ ...value, [key]: event.target.value as boolean })}
              options={[
                { value: true, label: '是' },
                { value: false, label: '否' },
              ]}
            />
          </div>
        );
      })}
      {error === undefined ? null : (
        <div className="rd-error" role="alert">
          {error}
        </div>
      )}
      {assessment.data === undefined ? null : <ChecklistOutcome result={assessment.data.result} items={assessment.data.items} />}
    </div>
  );
}

/** What the asker answered, for those who read: one line a question. */
export function ChecklistAnswersView({ answers }: { answers: ChecklistAnswers }) {
  const keys = ['imminentRisk', ...defaultChecklist.items.map((i) => i.key)] as (keyof ChecklistAnswers)[];
  return (
    <ul className="rd-plain">
      {keys.map((key) => (
        <li key={key} className="rd-answer">
          <span>{itemLabel(key)}</span>
          {answers[key] === null ? (
            <Tag>未答</Tag>
          ) : answers[key] ? (
            <Tag color={key === 'imminentRisk' ? 'error' : 'processing'}>是</Tag>
          ) : (
            <Tag>否</Tag>
          )}
        </li>
      ))}
    </ul>
  );
}
