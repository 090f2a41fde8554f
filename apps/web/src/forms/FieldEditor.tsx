import {
  type FormColumn,
  type FormDocument,
  type FormField,
  type FormFieldKind,
  FormSource,
  sourcesFor,
} from '@jieyou/core/forms/document.ts';
import { fieldsBefore, freeKey, moved, problemsAt, withKind } from '@jieyou/core/forms/editing.ts';
import { formSourceLabels } from '@jieyou/core/texts/formEditLabels.ts';
import { formKindLabels } from '@jieyou/core/texts/formLabels.ts';
import { useRowKeys } from '../house/rowKeys.ts';
import {
  ConditionControl,
  NumberControl,
  OptionRows,
  type Path,
  type Problems,
  RowButtons,
  SelectControl,
  TextControl,
  Tick,
  Wrong,
} from './editParts.tsx';

const COLUMN_KINDS: Readonly<Record<FormColumn['kind'], string>> = { line: '文字', number: '数字', day: '日期', one: '单选' };

/** A part without what is undefined: an option that is not said is not written. */
const clean = <Part extends object>(part: Part): Part =>
  Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Part;

function Columns({
  columns,
  set,
  problems,
  path,
}: {
  readonly columns: readonly FormColumn[];
  readonly set: (next: FormColumn[]) => void;
  readonly problems: Problems;
  readonly path: Path;
}) {
  const keys = useRowKeys(columns.length);
  const put = (at: number, to: FormColumn) => set(columns.map((c, i) => (i === at ? clean(to) : c)));
  return (
    <fieldset className="fe-rows">
      <legend>表格的列</legend>
      {columns.map((column, at) => (
        <div key={keys.of(at)} className="fe-column">
          <div className="fe-row">
            <TextControl
              label={`第 ${at + 1} 列名称`}
              value={column.label}
              max={40}
              set={(label) => put(at, { ...column, label })}
              problems={problems}
              path={[...path, at, 'label']}
            />
            <SelectControl
              label={`第 ${at + 1} 列种类`}
              value={column.kind}
              options={COLUMN_KINDS}
              set={(kind) => {
                const { key, label, required } = column;
                const options = [
                  { value: 'a', label: '选项一' },
                  { value: 'b', label: '选项二' },
                ];
                put(at, { kind, key, label, required, ...(kind === 'one' ? { options } : {}) } as FormColumn);
              }}
              problems={problems}
              path={[...path, at, 'kind']}
            />
            <Tick label="每行必填" value={column.required} set={(required) => put(at, { ...column, required } as FormColumn)} />
            <RowButtons
              name={`第 ${at + 1} 列`}
              first={at === 0}
              last={at === columns.length - 1}
              move={(by) => set(moved(columns, at, by))}
              remove={
                columns.length === 1
                  ? null
                  : () => {
                      keys.remove(at);
                      set(columns.filter((_, i) => i !== at));
                    }
              }
            />
          </div>
          {column.kind === 'one' ? (
            <OptionRows
              name={`第 ${at + 1} 列`}
              options={column.options}
              scored={false}
              set={(options) => put(at, { ...column, options })}
              problems={problems}
              path={[...path, at, 'options']}
            />
          ) : null}
        </div>
      ))}
      <Wrong found={problemsAt(problems, path)} />
      {columns.length < 10 ? (
        <button
          type="button"
          className="jy-link-button"
          onClick={() =>
            set([
              ...columns,
              {
                kind: 'line',
                key: freeKey(
                  columns.map((c) => c.key),
                  'column',
                ),
                label: '新的一列',
              },
            ])
          }
        >
          加一列
        </button>
      ) : null}
    </fieldset>
  );
}

/** One field of a version, everything that may be said of it. */
export function FieldEditor({
  document,
  place: [section, at],
  field,
  set,
  rename,
  problems,
}: {
  readonly document: FormDocument;
  readonly place: readonly [section: number, field: number];
  readonly field: FormField;
  readonly set: (next: FormField) => void;
  readonly rename: (key: string) => void;
  readonly problems: Problems;
}) {
  const path: Path = ['sections', section, 'fields', at];
  const of = (...steps: (string | number)[]) => ({ problems, path: [...path, ...steps] });
  const put = (to: object) => set(clean({ ...field, ...to }) as FormField);
  const days = fieldsBefore(document, section, at).filter((f) => f.kind === 'day');
  const sources = sourcesFor(document, field.kind);
  return (
    <div className="fe-field-body">
      <div className="fe-pair">
        <TextControl label="栏目名称" value={field.label} max={120} set={(label) => put({ label })} {...of('label')} />
        <SelectControl
          label="种类"
          value={field.kind}
          options={formKindLabels}
          set={(kind) => set(withKind(field, kind as FormFieldKind))}
          {...of('kind')}
        />
      </div>
      <TextControl
        label="填写提示（可不写）"
        value={field.hint}
        max={200}
        set={(hint) => put({ hint: hint || undefined })}
        {...of('hint')}
      />
      <div className="fe-ticks">
        <Tick label="必填" value={field.required} set={(required) => put({ required })} />
        <Tick label="社工自己的想法，不给本人副本" value={field.professional} set={(professional) => put({ professional })} />
        {field.kind === 'number' ? <Tick label="只填整数" value={field.whole} set={(whole) => put({ whole })} /> : null}
        {field.kind === 'day' ? <Tick label="不能晚于填表那天" value={field.notFuture} set={(notFuture) => put({ notFuture })} /> : null}
        {field.kind === 'item' ? <Tick label="反向计分" value={field.reverse} set={(reverse) => put({ reverse })} /> : null}
      </div>
      <div className="fe-pair">
        {field.kind === 'line' || field.kind === 'passage' ? (
          <NumberControl label="最多几个字" value={field.max} set={(max) => put({ max })} {...of('max')} />
        ) : null}
        {field.kind === 'number' ? (
          <>
            <NumberControl label="最小值" value={field.min} set={(min) => put({ min })} {...of('min')} />
            <NumberControl label="最大值" value={field.max} set={(max) => put({ max })} {...of('max')} />
            <TextControl label="单位" value={field.unit} max={10} set={(unit) => put({ unit: unit || undefined })} {...of('unit')} />
          </>
        ) : null}
        {field.kind === 'many' ? (
          <NumberControl label="最多选几项" value={field.most} set={(most) => put({ most })} {...of('most')} />
        ) : null}
        {field.kind === 'day' ? (
          <SelectControl
            label="不早于"
            value={field.notBefore}
            empty="不限"
            options={Object.fromEntries(days.map((f) => [f.key, f.label]))}
            set={(notBefore) => put({ notBefore: notBefore || undefined })}
            {...of('notBefore')}
          />
        ) : null}
        {field.kind === 'table' ? (
          <>
            <NumberControl label="最多几行" value={field.maxRows} set={(maxRows) => put({ maxRows: maxRows ?? 20 })} {...of('maxRows')} />
            <NumberControl label="最少几行" value={field.minRows} set={(minRows) => put({ minRows })} {...of('minRows')} />
          </>
        ) : null}
        {sources.length > 0 || field.from !== undefined ? (
          <SelectControl
            label="从登记带出"
            value={field.from}
            empty="不带出"
            options={Object.fromEntries(
              FormSource.options.filter((s) => sources.includes(s) || s === field.from).map((s) => [s, formSourceLabels[s]]),
            )}
            set={(from) => put({ from: from || undefined })}
            {...of('from')}
          />
        ) : null}
      </div>
      {field.kind === 'one' || field.kind === 'many' || field.kind === 'item' ? (
        <OptionRows name="" options={field.options} scored={field.kind === 'item'} set={(options) => put({ options })} {...of('options')} />
      ) : null}
      {field.kind === 'table' ? <Columns columns={field.columns} set={(columns) => put({ columns })} {...of('columns')} /> : null}
      <ConditionControl
        label="什么时候显示"
        document={document}
        before={[section, at]}
        value={field.when}
        set={(when) => put({ when })}
        {...of('when')}
      />
      <ConditionControl
        label="什么时候必填"
        document={document}
        before={[section, at]}
        value={field.requiredWhen}
        set={(requiredWhen) => put({ requiredWhen })}
        {...of('requiredWhen')}
      />
      <TextControl label="代号（换版时不改，前后才能比较）" value={field.key} max={40} set={rename} {...of('key')} />
      <Wrong found={problemsAt(problems, path)} />
    </div>
  );
}
