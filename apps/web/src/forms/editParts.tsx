/** Parts of the editor of versions: controls with what is wrong beside them, rows that move, conditions. */
import type { DocumentProblem, FormCondition, FormDocument, FormField, FormTest } from '@jieyou/core/forms/document.ts';
import { comparisonsOf, conditionOf, fieldsBefore, firstTest, flatOf, freeKey, moved, problemsAt } from '@jieyou/core/forms/editing.ts';
import { conditionWords } from '@jieyou/core/forms/words.ts';
import { formComparisonLabels, formFactLabels } from '@jieyou/core/texts/formEditLabels.ts';
import { type ReactNode, useId } from 'react';
import { useRowKeys } from '../house/rowKeys.ts';

/** Steps into the document. */
export type Path = DocumentProblem['path'];
/** What is wrong with the whole document. */
export type Problems = readonly DocumentProblem[];

/** What is wrong here, in words. */
export function Wrong({ id, found }: { readonly id?: string; readonly found: Problems }) {
  return found.length === 0 ? null : (
    <span id={id} className="fe-wrong rd-error" role="alert">
      {[...new Set(found.map((p) => p.says))].join('；')}
    </span>
  );
}

type Control = { readonly label: string; readonly problems: Problems; readonly path: Path };

/** A control under its name, with what is wrong beside it. */
function Named({
  label,
  problems,
  path,
  inside = false,
  children,
}: Control & {
  readonly inside?: boolean;
  readonly children: (given: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}) {
  const id = useId();
  const found = problemsAt(problems, path, inside);
  return (
    <div className="fe-control">
      <label htmlFor={id}>{label}</label>
      {children({ id, ...(found.length === 0 ? {} : { 'aria-describedby': `${id}-wrong`, 'aria-invalid': true as const }) })}
      <Wrong id={`${id}-wrong`} found={found} />
    </div>
  );
}

/** A line of text; an optional one that is emptied is none. */
export function TextControl({
  value,
  set,
  max,
  long = false,
  ...control
}: Control & { readonly value: string | undefined; readonly set: (next: string) => void; readonly max: number; readonly long?: boolean }) {
  return (
    <Named {...control}>
      {(given) =>
        long ? (
          <textarea {...given} className="fm-input" rows={2} maxLength={max} value={value ?? ''} onChange={(e) => set(e.target.value)} />
        ) : (
          <input {...given} className="fm-input" maxLength={max} value={value ?? ''} onChange={(e) => set(e.target.value)} />
        )
      }
    </Named>
  );
}

/** A number, or none. */
export function NumberControl({
  value,
  set,
  ...control
}: Control & { readonly value: number | undefined; readonly set: (next: number | undefined) => void }) {
  return (
    <Named {...control}>
      {(given) => (
        <input
          {...given}
          className="fm-input fe-number"
          type="number"
          value={value ?? ''}
          onChange={(e) => set(e.target.value === '' ? undefined : e.target.valueAsNumber)}
        />
      )}
    </Named>
  );
}

/** One of a few. */
export function SelectControl({
  value,
  set,
  options,
  empty,
  ...control
}: Control & {
  readonly value: string | undefined;
  readonly set: (next: string) => void;
  readonly options: Readonly<Record<string, string>>;
  /** What stands for none, where none is allowed. */
  readonly empty?: string;
}) {
  return (
    <Named {...control}>
      {(given) => (
        <select {...given} className="fm-input" value={value ?? ''} onChange={(e) => set(e.target.value)}>
          {empty === undefined ? null : <option value="">{empty}</option>}
          {Object.entries(options).map(([key, says]) => (
            <option key={key} value={key}>
              {says}
            </option>
          ))}
        </select>
      )}
    </Named>
  );
}

/** Yes, or not said. */
export function Tick({
  label,
  value,
  set,
}: {
  readonly label: string;
  readonly value: boolean | undefined;
  readonly set: (next: boolean | undefined) => void;
}) {
  return (
    <label className="fe-tick">
      <input type="checkbox" checked={value === true} onChange={(e) => set(e.target.checked || undefined)} />
      {label}
    </label>
  );
}

/** Small buttons by which one of a list goes up, down or away. */
export function RowButtons({
  name,
  first,
  last,
  move,
  remove,
}: {
  readonly name: string;
  readonly first: boolean;
  readonly last: boolean;
  readonly move: (by: -1 | 1) => void;
  readonly remove: (() => void) | null;
}) {
  return (
    <span className="fe-buttons">
      <button type="button" className="fe-small" aria-label={`上移${name}`} disabled={first} onClick={() => move(-1)}>
        上移
      </button>
      <button type="button" className="fe-small" aria-label={`下移${name}`} disabled={last} onClick={() => move(1)}>
        下移
      </button>
      {remove === null ? null : (
        <button type="button" className="fe-small" aria-label={`移除${name}`} onClick={remove}>
          移除
        </button>
      )}
    </span>
  );
}

type OptionRow = { readonly value: string; readonly label: string; readonly points?: number };

/** Options of a choice, with their points where they count. */
export function OptionRows({
  name,
  options,
  scored,
  set,
  problems,
  path,
}: {
  readonly name: string;
  readonly options: readonly OptionRow[];
  readonly scored: boolean;
  readonly set: (next: OptionRow[]) => void;
  readonly problems: Problems;
  readonly path: Path;
}) {
  const keys = useRowKeys(options.length);
  const put = (at: number, to: Partial<OptionRow>) => set(options.map((o, i) => (i === at ? { ...o, ...to } : o)));
  return (
    <fieldset className="fe-rows">
      <legend>{scored ? '选项和分值' : '选项'}</legend>
      {options.map((o, at) => (
        <div key={keys.of(at)} className="fe-row">
          <TextControl
            label={`${name}第 ${at + 1} 个选项`}
            value={o.label}
            max={60}
            set={(label) => put(at, { label })}
            problems={problems}
            path={[...path, at, 'label']}
          />
          {scored ? (
            <NumberControl
              label={`第 ${at + 1} 个选项分值`}
              value={o.points}
              set={(points) => put(at, { points: points ?? 0 })}
              problems={problems}
              path={[...path, at, 'points']}
            />
          ) : null}
          <RowButtons
            name={`${name}第 ${at + 1} 个选项`}
            first={at === 0}
            last={at === options.length - 1}
            move={(by) => set(moved(options, at, by))}
            remove={
              options.length <= 2
                ? null
                : () => {
                    keys.remove(at);
                    set(options.filter((_, i) => i !== at));
                  }
            }
          />
        </div>
      ))}
      <Wrong found={problemsAt(problems, path)} />
      <button
        type="button"
        className="jy-link-button"
        onClick={() =>
          set([
            ...options,
            {
              value: freeKey(
                options.map((o) => o.value),
                'option',
              ),
              label: '',
              ...(scored ? { points: 0 } : {}),
            },
          ])
        }
      >
        加一个选项
      </button>
    </fieldset>
  );
}

type Looked = FormField | '@minor' | '@age';

function TestRow({
  test,
  known,
  name,
  set,
  remove,
}: {
  readonly test: FormTest;
  readonly known: readonly Looked[];
  readonly name: string;
  readonly set: (next: FormTest) => void;
  readonly remove: () => void;
}) {
  const keyOf = (one: Looked) => (typeof one === 'string' ? one : one.key);
  const looked = known.find((one) => keyOf(one) === test.field);
  const comparison =
    (Object.keys(formComparisonLabels) as (keyof typeof formComparisonLabels)[]).find((c) => test[c] !== undefined) ?? 'filled';
  const options = looked === undefined || typeof looked === 'string' || !('options' in looked) ? null : looked.options;
  const value =
    comparison === 'filled' || (comparison === 'is' && options === null) ? (
      <select
        className="fm-input"
        aria-label={`${name}的值`}
        value={test[comparison] === false ? 'no' : 'yes'}
        onChange={(e) => set({ field: test.field, [comparison]: e.target.value === 'yes' } as FormTest)}
      >
        <option value="yes">{comparison === 'filled' ? '已填' : '是'}</option>
        <option value="no">{comparison === 'filled' ? '没有填' : '否'}</option>
      </select>
    ) : comparison === 'atLeast' || comparison === 'atMost' ? (
      <input
        className="fm-input fe-number"
        type="number"
        aria-label={`${name}的值`}
        value={test[comparison] ?? ''}
        onChange={(e) => set({ field: test.field, [comparison]: e.target.value === '' ? 0 : e.target.valueAsNumber } as FormTest)}
      />
    ) : comparison === 'in' ? (
      <span className="fe-ticks">
        {(options ?? []).map((o) => (
          <Tick
            key={o.value}
            label={o.label}
            value={test.in?.includes(o.value)}
            set={(on) =>
              set({
                field: test.field,
                in: (options ?? []).map((x) => x.value).filter((v) => (v === o.value ? on === true : test.in?.includes(v))),
              })
            }
          />
        ))}
      </span>
    ) : (
      <select
        className="fm-input"
        aria-label={`${name}的值`}
        value={String(test[comparison] ?? '')}
        onChange={(e) => set({ field: test.field, [comparison]: e.target.value } as FormTest)}
      >
        {options?.some((o) => o.value === test[comparison]) ? null : <option value={String(test[comparison] ?? '')}>请选</option>}
        {(options ?? []).map((o) => (
          <option key={o.value} value={o.value}>
            {o.label}
          </option>
        ))}
      </select>
    );
  return (
    <div className="fe-row">
      <select
        className="fm-input"
        aria-label={`${name}看哪一栏`}
        value={looked === undefined ? '' : test.field}
        onChange={(e) => {
          const next = known.find((one) => keyOf(one) === e.target.value);
          if (next !== undefined) set(firstTest(next));
        }}
      >
        {looked === undefined ? <option value="">请选前面的栏目</option> : null}
        {known.map((one) => (
          <option key={keyOf(one)} value={keyOf(one)}>
            {typeof one === 'string' ? formFactLabels[one] : one.label}
          </option>
        ))}
      </select>
      <select
        className="fm-input"
        aria-label={`${name}怎样比较`}
        value={comparison}
        onChange={(e) => (looked === undefined ? undefined : set(firstTest(looked, e.target.value as typeof comparison)))}
      >
        {(looked === undefined ? [comparison] : comparisonsOf(looked)).map((c) => (
          <option key={c} value={c}>
            {formComparisonLabels[c]}
          </option>
        ))}
      </select>
      {value}
      <button type="button" className="fe-small" aria-label={`移除${name}`} onClick={remove}>
        移除
      </button>
    </div>
  );
}

/** When something is shown or asked for: comparisons of what stands before it, all of them or any. */
export function ConditionControl({
  label,
  document,
  before,
  value,
  set,
  problems,
  path,
}: Control & {
  readonly document: FormDocument;
  /** The place before which it looks: a section, and a field in it. */
  readonly before: readonly [section: number, field: number];
  readonly value: FormCondition | undefined;
  readonly set: (next: FormCondition | undefined) => void;
}) {
  const known: Looked[] = [...fieldsBefore(document, ...before), ...(document.subject === 'case' ? (['@minor', '@age'] as const) : [])];
  const flat = value === undefined ? { join: 'all' as const, tests: [] } : flatOf(value);
  const first = known[0];
  const keys = useRowKeys(flat?.tests.length ?? 0);
  const put = (join: 'all' | 'any', tests: readonly FormTest[]) => set(conditionOf(join, tests));
  return (
    <fieldset className="fe-rows">
      <legend>{label}</legend>
      {flat === null && value !== undefined ? (
        <p>
          {conditionWords(document, value)}。<span className="rd-quiet">这个条件有两层，请在文稿里改。</span>
          <button type="button" className="jy-link-button" onClick={() => set(undefined)}>
            去掉条件
          </button>
        </p>
      ) : null}
      {flat?.tests.map((test, at) => (
        <TestRow
          key={keys.of(at)}
          name={`${label}条件 ${at + 1}`}
          test={test}
          known={known}
          set={(next) =>
            put(
              flat.join,
              flat.tests.map((t, i) => (i === at ? next : t)),
            )
          }
          remove={() => {
            keys.remove(at);
            put(
              flat.join,
              flat.tests.filter((_, i) => i !== at),
            );
          }}
        />
      ))}
      {flat !== null && flat.tests.length > 1 ? (
        <select
          className="fm-input fm-short"
          aria-label={`${label}条件怎样合`}
          value={flat.join}
          onChange={(e) => put(e.target.value as 'all' | 'any', flat.tests)}
        >
          <option value="all">都要满足</option>
          <option value="any">满足一个就行</option>
        </select>
      ) : null}
      {flat !== null && first !== undefined && flat.tests.length < 12 ? (
        <button type="button" className="jy-link-button" onClick={() => put(flat.join, [...flat.tests, firstTest(first)])}>
          加一个条件
        </button>
      ) : null}
      {flat !== null && first === undefined ? <span className="rd-quiet">前面没有可以看的栏目。</span> : null}
      <Wrong found={problemsAt(problems, path, true)} />
    </fieldset>
  );
}
