import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import type { NamedVolunteer, SeenVolunteer } from '@jieyou/core/shared/helping.ts';
import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { ActForm } from './ActForm.tsx';
import { Field } from './RecordForm.tsx';
import { useRow } from './rows.ts';
import { VolunteerPicker } from './VolunteerPicker.tsx';
import './rows.css';

type Row = NamedVolunteer & Partial<Pick<SeenVolunteer, 'offers'>>;

/** The volunteers of a plan: people of the register. A name that was typed before stays, and is offered those who bear it. */
export function NamedVolunteersEditor({
  value = [],
  onChange,
  does = false,
}: {
  readonly id?: string;
  readonly value?: readonly Row[];
  readonly onChange?: (rows: Row[]) => void;
  /** What each does is written as well. */
  readonly does?: boolean;
}) {
  const { keys, set, remove, add } = useRow(value, onChange);
  const chosen = value.flatMap((v) => v.volunteerId ?? []);
  return (
    <div>
      <ul className="jy-rows">
        {value.map((v, i) => (
          <li key={keys.of(i)}>
            <span className="jy-row-name">
              {v.name || '登记册里的志愿者'}
              {v.volunteerId === null && <span className="jy-secondary">（以前写的姓名）</span>}
            </span>
            {does && (
              <Input
                aria-label={`${v.name} 做什么`}
                placeholder="做什么"
                maxLength={60}
                value={v.task}
                onChange={(e) => set(i, { task: e.target.value })}
              />
            )}
            <Button aria-label={`去掉 ${v.name}`} onClick={() => remove(i)}>
              去掉
            </Button>
            {(v.offers ?? []).length > 0 && (
              <span className="jy-row-offer">
                登记册里有同名的人，要不要对上？
                {(v.offers ?? []).map((o) => (
                  <Button
                    key={o.id}
                    size="small"
                    disabled={chosen.includes(o.id)}
                    onClick={() => set(i, { volunteerId: o.id, name: o.name, offers: [] })}
                  >
                    对上 {[o.name, o.phone].filter(Boolean).join(' ')}
                  </Button>
                ))}
              </span>
            )}
          </li>
        ))}
      </ul>
      <VolunteerPicker label="加一位志愿者" without={chosen} onPick={(id, name) => add({ volunteerId: id, name, task: '' })} />
    </div>
  );
}

/** The names in a line: people of the register lead to their page. */
export function VolunteerNames({ named }: { readonly named: readonly SeenVolunteer[] }) {
  if (named.length === 0) return '—';
  return named.map((v, i) => (
    <span key={v.volunteerId ?? v.name}>
      {i > 0 && '、'}
      {v.volunteerId === null ? (
        <>
          {v.name}
          {v.offers.length > 0 && <span className="jy-secondary">（登记册里有同名的人）</span>}
        </>
      ) : (
        <Link to={'/volunteers/$id' as never} params={{ id: v.volunteerId } as never} style={{ textDecoration: 'underline' }}>
          {v.name || '志愿者'}
        </Link>
      )}
      {v.task !== '' && `（${v.task}）`}
    </span>
  ));
}

/** Chooses them while the work goes on. */
export function NameVolunteers<E extends AnyEndpoint>({
  endpoint,
  of,
  does = false,
}: {
  readonly endpoint: E;
  readonly of: { readonly id: string; readonly version: number; readonly volunteers: readonly SeenVolunteer[] };
  readonly does?: boolean;
}) {
  const waits = of.volunteers.some((v) => v.offers.length > 0);
  return (
    <ActForm
      endpoint={endpoint}
      id={of.id}
      extra={{ version: of.version }}
      initial={{ volunteers: of.volunteers }}
      title={waits ? '志愿者对上登记册' : '选志愿者'}
      sure="保存"
      button={{ block: false }}
    >
      <Field name="volunteers" label="志愿者" hint="由牵头社工带领。">
        <NamedVolunteersEditor does={does} />
      </Field>
    </ActForm>
  );
}
