import { budgetSums, yuan } from '@jieyou/core/activities/rules.ts';
import type { BudgetLine } from '@jieyou/core/activities/schema.ts';
import { Button, Input, InputNumber } from 'antd';
import { useRow } from './rows.ts';
import './rows.css';

const fenOf = (typed: number | null): number | null => (typed === null ? null : Math.round(typed * 100));

/** Lines of a budget, typed in yuan and kept in 分; what was spent is asked at the end. */
export function BudgetEditor({
  value = [],
  onChange,
  spent = false,
}: {
  readonly value?: readonly BudgetLine[];
  readonly onChange?: (lines: BudgetLine[]) => void;
  readonly spent?: boolean;
}) {
  const { keys, set, remove, add } = useRow(value, onChange);
  const sums = budgetSums(value);
  return (
    <div>
      <ul className="jy-rows">
        {value.map((l, i) => (
          <li key={keys.of(i)}>
            <Input
              aria-label={`第 ${i + 1} 项用途`}
              placeholder="用途"
              maxLength={40}
              value={l.title}
              onChange={(e) => set(i, { title: e.target.value })}
            />
            <InputNumber
              aria-label={`第 ${i + 1} 项预算`}
              placeholder="预算"
              min={0}
              precision={2}
              suffix="元"
              value={l.planned / 100}
              onChange={(n) => set(i, { planned: fenOf(n) ?? 0 })}
            />
            {spent && (
              <InputNumber
                aria-label={`第 ${i + 1} 项实支`}
                placeholder="实支"
                min={0}
                precision={2}
                suffix="元"
                value={l.spent === null ? null : l.spent / 100}
                onChange={(n) => set(i, { spent: fenOf(n) })}
              />
            )}
            <Button aria-label={`去掉第 ${i + 1} 项预算`} onClick={() => remove(i)}>
              去掉
            </Button>
          </li>
        ))}
      </ul>
      <Button onClick={() => add({ title: '', planned: 0, spent: null })}>加一项</Button>
      <span className="jy-secondary jy-rows-sum">
        预算 {yuan(sums.planned)} 元{spent ? `，实支 ${yuan(sums.spent)} 元` : ''}
      </span>
    </div>
  );
}
