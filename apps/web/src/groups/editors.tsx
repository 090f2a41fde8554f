import type { GroupIndicator, GroupRisk, SessionPlan } from '@jieyou/core/groups/schema.ts';
import { addDays } from '@jieyou/core/shared/day.ts';
import { Button, Input, InputNumber, Select } from 'antd';
import { DayInput } from '../house/inputs.tsx';
import { useRow } from '../house/rows.ts';
import { uuid } from '../house/uuid.ts';
import '../house/rows.css';
import './groups.css';

type Rows<Row> = { readonly value?: readonly Row[]; readonly onChange?: (rows: Row[]) => void };

/** The sessions of a plan, a week apart unless somebody says otherwise. */
export function SessionsEditor({ value = [], onChange, place }: Rows<SessionPlan> & { readonly place: string }) {
  const { keys, set, remove, add } = useRow(value, onChange);
  const last = value.at(-1);
  return (
    <div>
      <ol className="gr-sessions">
        {value.map((s, i) => (
          <li key={keys.of(i)}>
            <div className="gr-row">
              <DayInput
                aria-label={`第 ${i + 1} 节哪天`}
                value={s.plannedOn === '' ? null : s.plannedOn}
                onChange={(d) => set(i, { plannedOn: d ?? '' })}
              />
              <Input
                aria-label={`第 ${i + 1} 节主题`}
                placeholder="主题"
                maxLength={60}
                value={s.title}
                onChange={(e) => set(i, { title: e.target.value })}
              />
              <Input
                aria-label={`第 ${i + 1} 节地点`}
                placeholder="地点"
                maxLength={80}
                value={s.place}
                onChange={(e) => set(i, { place: e.target.value })}
              />
              <Button aria-label={`去掉第 ${i + 1} 节`} onClick={() => remove(i)}>
                去掉
              </Button>
            </div>
            <Input.TextArea
              aria-label={`第 ${i + 1} 节目标与内容`}
              placeholder="目标与内容"
              autoSize={{ minRows: 1, maxRows: 5 }}
              maxLength={500}
              value={s.aim}
              onChange={(e) => set(i, { aim: e.target.value })}
            />
          </li>
        ))}
      </ol>
      <Button
        onClick={() =>
          add({
            title: '',
            aim: '',
            plannedOn: last === undefined || last.plannedOn === '' ? '' : addDays(last.plannedOn as never, 7),
            place: last?.place ?? place,
          })
        }
      >
        加一节
      </Button>
    </div>
  );
}

/** What may go wrong, and how each is answered. */
export function RisksEditor({ value = [], onChange }: Rows<GroupRisk>) {
  const { keys, set, remove, add } = useRow(value, onChange);
  return (
    <div>
      <ul className="jy-rows">
        {value.map((r, i) => (
          <li key={keys.of(i)}>
            <Input
              aria-label={`第 ${i + 1} 项可能的困难`}
              placeholder="可能的困难"
              maxLength={120}
              value={r.what}
              onChange={(e) => set(i, { what: e.target.value })}
            />
            <Input
              aria-label={`第 ${i + 1} 项怎样应对`}
              placeholder="怎样应对"
              maxLength={200}
              value={r.answer}
              onChange={(e) => set(i, { answer: e.target.value })}
            />
            <Button aria-label={`去掉第 ${i + 1} 项困难`} onClick={() => remove(i)}>
              去掉
            </Button>
          </li>
        ))}
      </ul>
      <Button onClick={() => add({ what: '', answer: '' })}>加一项困难</Button>
    </div>
  );
}

/** What is measured before and after. */
export function IndicatorsEditor({ value = [], onChange }: Rows<GroupIndicator>) {
  const { keys, set, remove, add } = useRow(value, onChange);
  return (
    <div>
      <ul className="jy-rows">
        {value.map((r, i) => (
          <li key={keys.of(i)}>
            <Input
              aria-label={`第 ${i + 1} 个指标`}
              placeholder="指标，例如照顾压力"
              maxLength={40}
              value={r.title}
              onChange={(e) => set(i, { title: e.target.value })}
            />
            <InputNumber
              aria-label={`第 ${i + 1} 个指标最低分`}
              prefix="最低"
              precision={0}
              value={r.least}
              onChange={(n) => set(i, { least: n ?? 0 })}
            />
            <InputNumber
              aria-label={`第 ${i + 1} 个指标最高分`}
              prefix="最高"
              precision={0}
              value={r.most}
              onChange={(n) => set(i, { most: n ?? 0 })}
            />
            <Select
              aria-label={`第 ${i + 1} 个指标怎样算好`}
              value={r.better}
              onChange={(better) => set(i, { better })}
              options={[
                { value: 'up', label: '越高越好' },
                { value: 'down', label: '越低越好' },
              ]}
            />
            <Button aria-label={`去掉第 ${i + 1} 个指标`} onClick={() => remove(i)}>
              去掉
            </Button>
          </li>
        ))}
      </ul>
      <Button onClick={() => add({ id: uuid(), title: '', least: 0, most: 10, better: 'up' })}>加一个指标</Button>
    </div>
  );
}
