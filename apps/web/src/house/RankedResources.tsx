import type { Ranking } from '@jieyou/core/resources/schema.ts';
import { helpFieldLabels } from '@jieyou/core/shared/fields.ts';
import { issuingTierLabels } from '@jieyou/core/texts/labels.ts';
import { answerLabels } from '@jieyou/core/texts/resourceLabels.ts';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import type { z } from 'zod';
import { shortDay } from './format.ts';
import './ranked.css';
import { StatusTag, type Tone } from './StatusTag.tsx';

type Row = z.infer<typeof Ranking>['rows'][number];

const tones: Readonly<Record<Row['answer'], Tone>> = { fits: 'done', may: 'needs', not: 'rest' };
const takesTones: Readonly<Record<Row['takes'], Tone>> = { yes: 'moving', unknown: 'rest', no: 'rest' };

/** Resources in their order, each with its answer and the sentence for every condition. What does not fit stands folded below. */
export function RankedResources({
  ranking,
  actionsOf,
}: {
  readonly ranking: Pick<z.infer<typeof Ranking>, 'rows' | 'counts' | 'questions'>;
  readonly actionsOf?: (row: Row) => ReactNode;
}) {
  const [against, setAgainst] = useState(false);
  const { rows, counts, questions } = ranking;
  const offered = rows.filter((r) => r.answer !== 'not');
  const others = rows.filter((r) => r.answer === 'not');
  return (
    <div>
      <p className="jy-secondary" aria-live="polite">
        符合 {counts.fits} 项，可能符合 {counts.may} 项，不符合 {counts.not} 项。
        {counts.unruled === 0 ? '' : `其中 ${counts.unruled} 项的条件还没有整理成规则，要看原文。`}
      </p>
      {questions.length > 0 && (
        <p>
          问清楚这些，结果会更准：
          {questions.map((q) => `${q.says}（${q.opens} 项）`).join('；')}
        </p>
      )}
      {offered.length === 0 && <p className="jy-secondary">没有找到可能用得上的资源。换一个专业，或补充家庭情况再看。</p>}
      <ul className="jy-ranked">
        {offered.map((row) => (
          <OneResource key={row.id} row={row} actions={actionsOf?.(row)} />
        ))}
      </ul>
      {others.length > 0 && (
        <>
          <Button type="link" onClick={() => setAgainst(!against)} aria-expanded={against}>
            {against ? '收起不符合的' : `看不符合的 ${counts.not} 项与原因`}
          </Button>
          {against && (
            <ul className="jy-ranked">
              {others.map((row) => (
                <OneResource key={row.id} row={row} actions={null} />
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  );
}

function OneResource({ row, actions }: { readonly row: Row; readonly actions: ReactNode }) {
  return (
    <li>
      <div className="jy-ranked-head">
        <Link to={`/resources/${row.id}`}>
          <strong>{row.name}</strong>
        </Link>
        <StatusTag tone={row.ruled ? tones[row.answer] : 'rest'}>{row.ruled ? answerLabels[row.answer] : '请看原文'}</StatusTag>
        <StatusTag tone={takesTones[row.takes]}>{row.intakeSays}</StatusTag>
      </div>
      <p className="jy-secondary">
        {row.category} · {issuingTierLabels[row.issuingTier]}级 · {row.authority}
        {row.phone === null ? '' : ` · ${row.phone}`} · {row.helpFields.map((f) => helpFieldLabels[f]).join('、')}
        {row.validTo === null ? '' : ` · 至 ${shortDay(row.validTo)}`}
      </p>
      <ul className="jy-findings">
        {row.findings.map((finding) => (
          <li key={finding.says} data-answer={finding.answer}>
            <span aria-hidden>{finding.answer === 'fits' ? '✓' : finding.answer === 'may' ? '？' : '✕'}</span>
            {finding.says}
          </li>
        ))}
      </ul>
      {actions !== null && actions !== undefined && <div className="jy-actions">{actions}</div>}
    </li>
  );
}
