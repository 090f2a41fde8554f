import type { HelpSeen, HelpTold, SeenVolunteer } from '@jieyou/core/shared/helping.ts';
import { moveVolunteerTask } from '@jieyou/core/volunteers/endpoints.ts';
import { hoursSay } from '@jieyou/core/volunteers/rules.ts';
import { Link } from '@tanstack/react-router';
import { Button, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useAct } from './ask.ts';
import { ConfirmButton } from './ConfirmButton.tsx';
import { VolunteerPicker } from './VolunteerPicker.tsx';
import './rows.css';

/** What a form begins with: hours that were told before; undefined once they are settled. */
export const helpBegun = (help: HelpSeen): HelpTold | undefined =>
  help.status === 'settled'
    ? undefined
    : { from: null, minutes: help.people.flatMap((p) => (p.minutes === null ? [] : [{ volunteerId: p.volunteerId, minutes: p.minutes }])) };

/** Who of the volunteers was there and how long: of the plan, of the task, or added here. Told once, with the record. */
export function HelpHours({
  help,
  named,
  usual,
  asksStart,
  value,
  onChange,
}: {
  readonly id?: string;
  readonly help: HelpSeen;
  readonly named: readonly SeenVolunteer[];
  /** Minutes of the whole session. */
  readonly usual: number;
  /** The record does not say when it began. */
  readonly asksStart: boolean;
  readonly value?: HelpTold;
  readonly onChange?: (told: HelpTold) => void;
}) {
  const [more, setMore] = useState<readonly { id: string; name: string }[]>([]);
  const known = new Map<string, string>([
    ...named.flatMap((v) => (v.volunteerId === null ? [] : [[v.volunteerId, v.name] as const])),
    ...help.people.map((p) => [p.volunteerId, p.name] as const),
    ...more.map((m) => [m.id, m.name] as const),
  ]);
  const told = value ?? { from: null, minutes: [] };
  const minutesOf = (id: string) => told.minutes.find((m) => m.volunteerId === id)?.minutes ?? null;
  const put = (id: string, minutes: number | null) =>
    onChange?.({
      ...told,
      minutes: [...told.minutes.filter((m) => m.volunteerId !== id), ...(minutes === null ? [] : [{ volunteerId: id, minutes }])],
    });
  if (help.status === 'settled') return <span className="jy-secondary">时长已核定，不能再改。</span>;
  return (
    <div>
      {known.size > 0 && (
        <>
          <Button
            onClick={() =>
              onChange?.({ ...told, minutes: [...known.keys()].map((id) => ({ volunteerId: id, minutes: minutesOf(id) ?? usual })) })
            }
          >
            都记 {hoursSay(usual)}
          </Button>
          <ul className="jy-rows" style={{ marginTop: 8 }}>
            {[...known].map(([id, name]) => (
              <li key={id}>
                <span className="jy-row-name">{name}</span>
                <InputNumber
                  aria-label={`${name} 的分钟`}
                  min={1}
                  max={1440}
                  precision={0}
                  suffix="分"
                  placeholder="没来"
                  value={minutesOf(id)}
                  onChange={(n) => put(id, n)}
                />
              </li>
            ))}
          </ul>
        </>
      )}
      <VolunteerPicker
        label="加一位来的志愿者"
        without={[...known.keys()]}
        onPick={(id, name) => {
          setMore([...more, { id, name }]);
          put(id, usual);
        }}
      />
      {asksStart && help.taskId === null && told.minutes.length > 0 && (
        <p style={{ marginTop: 8 }}>
          <label htmlFor="help-from">志愿者几点开始</label>
          <Input
            id="help-from"
            type="time"
            style={{ width: 140, marginLeft: 8 }}
            value={told.from ?? ''}
            onChange={(e) => onChange?.({ ...told, from: e.target.value === '' ? null : e.target.value })}
          />
        </p>
      )}
    </div>
  );
}

/** Hours as they stand beside a session or an activity, and the one act that settles them. */
export function HelpStands({ help }: { readonly help: HelpSeen }) {
  const move = useAct(moveVolunteerTask);
  const came = help.people.filter((p) => p.minutes !== null);
  if (help.taskId === null || (help.status !== 'done' && help.status !== 'settled')) return null;
  const taskId = help.taskId;
  return (
    <div>
      <ul className="jy-rows">
        {came.map((p) => (
          <li key={p.volunteerId}>
            <Link to={'/volunteers/$id' as never} params={{ id: p.volunteerId } as never}>
              {p.name}
            </Link>
            <span>{hoursSay(p.minutes ?? 0)}</span>
          </li>
        ))}
      </ul>
      {help.status === 'settled' && <p className="jy-secondary">时长已核定，已记入志愿时长台账。</p>}
      {help.settles && (
        <ConfirmButton
          danger={false}
          ask="核定时长？"
          says="核定后记入台账和证明，不能再改。"
          onSure={() => move.mutateAsync({ params: { id: taskId }, body: { move: 'settle', says: '', version: help.version } })}
        >
          核定志愿时长
        </ConfirmButton>
      )}
      {help.status === 'done' && !help.settles && <p className="jy-secondary">等任务的牵头社工核定。</p>}
    </div>
  );
}
