import {
  FormClass,
  type FormDocument,
  FormEach,
  type FormFieldKind,
  FormHand,
  type FormScale,
  FormSigner,
  FormSubject,
  FormTone,
  fieldsOf,
} from '@jieyou/core/forms/document.ts';
import {
  addField,
  moved,
  moveField,
  newField,
  newScale,
  newSection,
  problemsAt,
  removeField,
  renameField,
  setField,
  setSection,
} from '@jieyou/core/forms/editing.ts';
import { conditionWords } from '@jieyou/core/forms/words.ts';
import {
  formEachLabels,
  formHandLabels,
  formKindLabels,
  formSignerLabels,
  formSubjectLabels,
  formToneLabels,
} from '@jieyou/core/texts/formLabels.ts';
import { useEffect, useRef, useState } from 'react';
import { Card } from '../house/Page.tsx';
import { useRowKeys } from '../house/rowKeys.ts';
import { ConditionControl, NumberControl, type Problems, RowButtons, SelectControl, TextControl, Tick, Wrong } from './editParts.tsx';
import { FieldEditor } from './FieldEditor.tsx';
import './edit.css';

type Set = (next: FormDocument) => void;
type Part = { readonly document: FormDocument; readonly set: Set; readonly problems: Problems };

const chosen = <Key extends string>(keys: readonly Key[], labels: Readonly<Record<Key, string>>): Record<string, string> =>
  Object.fromEntries(keys.map((key) => [key, labels[key]]));
const CLASSES = { papers: '文书', records: '记录' } as const;

function Basics({ document, set, problems, isNew }: Part & { readonly isNew: boolean }) {
  const put = (to: object) =>
    set(Object.fromEntries(Object.entries({ ...document, ...to }).filter(([, value]) => value !== undefined)) as FormDocument);
  const of = (name: string) => ({ problems, path: [name] });
  const hands = document.signers ?? [];
  return (
    <Card title="基本">
      <div className="fe-field-body">
        <div className="fe-pair">
          <TextControl label="表名" value={document.title} max={40} set={(title) => put({ title })} {...of('title')} />
          {isNew ? <TextControl label="代号" value={document.code} max={40} set={(code) => put({ code })} {...of('code')} /> : null}
          <TextControl label="依据" value={document.standard} max={160} set={(standard) => put({ standard })} {...of('standard')} />
        </div>
        <TextControl long label="填表说明" value={document.note} max={600} set={(note) => put({ note })} {...of('note')} />
        <div className="fe-pair">
          <SelectControl
            label="用在"
            value={document.subject}
            options={chosen(FormSubject.options, formSubjectLabels)}
            set={(subject) => put({ subject, ...(subject === 'group' ? {} : { each: undefined }) })}
            {...of('subject')}
          />
          {document.subject === 'group' ? (
            <SelectControl
              label="小组里怎样填"
              value={document.each}
              empty="全组一张"
              options={chosen(FormEach.options, formEachLabels)}
              set={(each) => put({ each: each || undefined })}
              {...of('each')}
            />
          ) : null}
          <SelectControl
            label="谁签署"
            value={document.signer}
            options={chosen(FormSigner.options, formSignerLabels)}
            set={(signer) => put({ signer })}
            {...of('signer')}
          />
          <SelectControl
            label="移交时归入"
            value={document.keptAs}
            options={chosen(FormClass.options, CLASSES)}
            set={(keptAs) => put({ keptAs })}
            {...of('keptAs')}
          />
        </div>
        <fieldset className="fe-rows">
          <legend>提交前谁手写签名</legend>
          <div className="fe-ticks">
            {FormHand.options.map((who) => (
              <Tick
                key={who}
                label={formHandLabels[who]}
                value={hands.includes(who)}
                set={(on) => {
                  const next = FormHand.options.filter((w) => (w === who ? on === true : hands.includes(w)));
                  put({ signers: next.length === 0 ? undefined : next });
                }}
              />
            ))}
          </div>
          <Wrong found={problemsAt(problems, ['signers'], true)} />
        </fieldset>
      </div>
    </Card>
  );
}

function ScaleEditor({ document, set, problems, at, scale }: Part & { readonly at: number; readonly scale: FormScale }) {
  const items = fieldsOf(document).filter((f) => f.kind === 'item');
  const bands = useRowKeys(scale.bands.length);
  const put = (to: Partial<FormScale>) =>
    set({ ...document, scales: (document.scales ?? []).map((s, i) => (i === at ? { ...s, ...to } : s)) });
  const of = (...steps: (string | number)[]) => ({ problems, path: ['scales', at, ...steps] });
  const band = (i: number, to: Partial<FormScale['bands'][number]>) =>
    put({ bands: scale.bands.map((b, j) => (j === i ? { ...b, ...to } : b)) });
  return (
    <Card
      title={`计分：${scale.title}`}
      actions={
        <button
          type="button"
          className="jy-link-button"
          onClick={() => {
            const { scales = [], ...rest } = document;
            const left = scales.filter((_, i) => i !== at);
            set(left.length === 0 ? rest : { ...rest, scales: left });
          }}
        >
          移除这个量表
        </button>
      }
    >
      <div className="fe-field-body">
        <div className="fe-pair">
          <TextControl label="量表名称" value={scale.title} max={60} set={(title) => put({ title })} {...of('title')} />
          <NumberControl
            label="最多缺答几项仍计分"
            value={scale.missingAtMost}
            set={(missingAtMost) => put({ missingAtMost: missingAtMost ?? 0 })}
            {...of('missingAtMost')}
          />
          <SelectControl
            label="分数高说明"
            value={scale.more}
            options={{ worse: '更重', better: '更好' }}
            set={(more) => put({ more: more as FormScale['more'] })}
            {...of('more')}
          />
        </div>
        <fieldset className="fe-rows">
          <legend>计哪些条目</legend>
          {items.length === 0 ? <p className="rd-quiet">先加种类是“量表条目”的栏目。</p> : null}
          <div className="fe-ticks">
            {items.map((f) => (
              <Tick
                key={f.key}
                label={f.label}
                value={scale.items.includes(f.key)}
                set={(on) =>
                  put({ items: items.map((x) => x.key).filter((key) => (key === f.key ? on === true : scale.items.includes(key))) })
                }
              />
            ))}
          </div>
          <Wrong found={problemsAt(problems, ['scales', at, 'items'], true)} />
        </fieldset>
        <fieldset className="fe-rows">
          <legend>分段</legend>
          {scale.bands.map((b, i) => (
            <div key={bands.of(i)} className="fe-column">
              <div className="fe-row">
                <NumberControl
                  label={`第 ${i + 1} 段从几分`}
                  value={b.from}
                  set={(from) => band(i, { from: from ?? 0 })}
                  {...of('bands', i, 'from')}
                />
                <NumberControl
                  label={`第 ${i + 1} 段到几分`}
                  value={b.to}
                  set={(to) => band(i, { to: to ?? 0 })}
                  {...of('bands', i, 'to')}
                />
                <TextControl
                  label={`第 ${i + 1} 段叫什么`}
                  value={b.label}
                  max={20}
                  set={(label) => band(i, { label })}
                  {...of('bands', i, 'label')}
                />
                <SelectControl
                  label={`第 ${i + 1} 段轻重`}
                  value={b.tone}
                  options={chosen(FormTone.options, formToneLabels)}
                  set={(tone) => band(i, { tone: tone as FormTone })}
                  {...of('bands', i, 'tone')}
                />
              </div>
              <div className="fe-row">
                <TextControl
                  label={`第 ${i + 1} 段建议`}
                  value={b.says}
                  max={200}
                  set={(says) => band(i, { says })}
                  {...of('bands', i, 'says')}
                />
                <RowButtons
                  name={`第 ${i + 1} 段`}
                  first={i === 0}
                  last={i === scale.bands.length - 1}
                  move={(by) => put({ bands: moved(scale.bands, i, by) })}
                  remove={() => {
                    bands.remove(i);
                    put({ bands: scale.bands.filter((_, j) => j !== i) });
                  }}
                />
              </div>
              <Wrong found={problemsAt(problems, ['scales', at, 'bands', i])} />
            </div>
          ))}
          {scale.bands.length < 12 ? (
            <button
              type="button"
              className="jy-link-button"
              onClick={() => {
                const from = Math.max(-1, ...scale.bands.map((b) => b.to)) + 1;
                put({ bands: [...scale.bands, { from, to: from, label: '', says: '', tone: 'watch' }] });
              }}
            >
              加一段
            </button>
          ) : null}
        </fieldset>
        <TextControl label="不计分或不在任何一段时怎么办" value={scale.refer} max={200} set={(refer) => put({ refer })} {...of('refer')} />
        <Wrong found={problemsAt(problems, ['scales', at])} />
      </div>
    </Card>
  );
}

function Alerts({ document, set, problems }: Part) {
  const alerts = document.alerts ?? [];
  const put = (next: typeof alerts) => {
    const { alerts: _, ...rest } = document;
    set(next.length === 0 ? rest : { ...rest, alerts: next });
  };
  const keys = useRowKeys(alerts.length);
  const first = fieldsOf(document)[0];
  return (
    <Card title="填写时的提示">
      <div className="fe-field-body">
        {alerts.map((alert, at) => (
          <div key={keys.of(at)} className="fe-column">
            <div className="fe-row">
              <TextControl
                label={`第 ${at + 1} 条提示`}
                value={alert.says}
                max={200}
                set={(says) => put(alerts.map((a, i) => (i === at ? { ...a, says } : a)))}
                problems={problems}
                path={['alerts', at, 'says']}
              />
              <button
                type="button"
                className="fe-small"
                aria-label={`移除第 ${at + 1} 条提示`}
                onClick={() => {
                  keys.remove(at);
                  put(alerts.filter((_, i) => i !== at));
                }}
              >
                移除
              </button>
            </div>
            <ConditionControl
              label={`第 ${at + 1} 条提示什么时候出现`}
              document={document}
              before={[document.sections.length, 0]}
              value={alert.when}
              // A hint without a condition is none.
              set={(when) =>
                put(when === undefined ? alerts.filter((_, i) => i !== at) : alerts.map((a, i) => (i === at ? { ...a, when } : a)))
              }
              problems={problems}
              path={['alerts', at, 'when']}
            />
          </div>
        ))}
        <Wrong found={problemsAt(problems, ['alerts'])} />
        {first === undefined || alerts.length >= 12 ? null : (
          <button
            type="button"
            className="jy-link-button"
            onClick={() => put([...alerts, { when: { field: first.key, filled: true }, says: '' }])}
          >
            加一条提示
          </button>
        )}
      </div>
    </Card>
  );
}

/** Where the focus goes once the page is drawn anew. */
type Focus = { readonly field: string; readonly on: 'head' | 'up' | 'down' };

/** A version written section by section and field by field. By keyboard: Alt with an arrow moves the field on whose name the focus stands. */
export default function TemplateEditor({ document, set, problems, isNew }: Part & { readonly isNew: boolean }) {
  const [open, setOpen] = useState<string | null>(null);
  const [kind, setKind] = useState<FormFieldKind>('line');
  const [says, setSays] = useState('');
  // What was taken away comes back until something else is changed.
  const [taken, setTaken] = useState<{ readonly name: string; readonly from: FormDocument; readonly left: FormDocument } | null>(null);
  const take = (name: string, left: FormDocument) => {
    setTaken({ name, from: document, left });
    setSays(`移除了${name}`);
    set(left);
  };
  const focus = useRef<Focus | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const sections = useRowKeys(document.sections.length);
  // A field keeps its row while its code is being typed.
  useEffect(() => {
    const to = focus.current;
    focus.current = null;
    if (to === null) return;
    const row = [...(root.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].find((r) => r.dataset['row'] === to.field);
    const button = row?.querySelectorAll<HTMLButtonElement>('.fe-head > .fe-buttons > button')[to.on === 'down' ? 1 : 0];
    const target = to.on === 'head' || button === undefined || button.disabled ? row?.querySelector<HTMLButtonElement>('.fe-name') : button;
    target?.focus();
    row?.scrollIntoView({ block: 'nearest' });
  });
  const move = (section: number, at: number, by: -1 | 1, on: Focus['on']) => {
    const next = moveField(document, section, at, by);
    const field = document.sections[section]?.fields[at];
    if (field === undefined || next === document) return;
    focus.current = { field: field.key, on };
    const to = next.sections.findIndex((s) => s.fields.some((f) => f.key === field.key));
    setSays(
      `“${field.label}”现在是“${next.sections[to]?.title}”的第 ${(next.sections[to]?.fields.findIndex((f) => f.key === field.key) ?? 0) + 1} 栏`,
    );
    set(next);
  };
  return (
    <div ref={root} className="fe-editor">
      <p className="fe-unseen" role="status">
        {says}
      </p>
      {taken !== null && JSON.stringify(taken.left) === JSON.stringify(document) ? (
        <p className="fe-taken">
          移除了{taken.name}。
          <button
            type="button"
            className="fe-small"
            onClick={() => {
              set(taken.from);
              setTaken(null);
              setSays(`${taken.name}放回来了`);
            }}
          >
            放回来
          </button>
        </p>
      ) : null}
      <Basics document={document} set={set} problems={problems} isNew={isNew} />
      {document.sections.map((section, s) => (
        <Card key={sections.of(s)} title={`${s + 1}．${section.title || '（没有名称）'}`}>
          <div className="fe-field-body">
            <div className="fe-row">
              <TextControl
                label={`第 ${s + 1} 部分名称`}
                value={section.title}
                max={60}
                set={(title) => set(setSection(document, s, { title }))}
                problems={problems}
                path={['sections', s, 'title']}
              />
              <TextControl
                label={`第 ${s + 1} 部分说明（可不写）`}
                value={section.hint}
                max={300}
                set={(hint) => set(setSection(document, s, { hint }))}
                problems={problems}
                path={['sections', s, 'hint']}
              />
              <RowButtons
                name={`第 ${s + 1} 部分`}
                first={s === 0}
                last={s === document.sections.length - 1}
                move={(by) => set({ ...document, sections: moved(document.sections, s, by) })}
                remove={
                  document.sections.length === 1
                    ? null
                    : () => {
                        sections.remove(s);
                        take(`“${section.title}”`, { ...document, sections: document.sections.filter((_, i) => i !== s) });
                      }
                }
              />
            </div>
            <ConditionControl
              label={`第 ${s + 1} 部分什么时候显示`}
              document={document}
              before={[s, 0]}
              value={section.when}
              set={(when) => {
                const { when: _, ...rest } = section;
                set({
                  ...document,
                  sections: document.sections.map((x, i) => (i === s ? (when === undefined ? rest : { ...rest, when }) : x)),
                });
              }}
              problems={problems}
              path={['sections', s, 'when']}
            />
            <ol className="fe-fields">
              {section.fields.map((field, f) => {
                const wrong = problemsAt(problems, ['sections', s, 'fields', f], true).length;
                const isOpen = open === field.key;
                return (
                  <li key={field.key} data-row={field.key}>
                    <div className="fe-head">
                      <button
                        type="button"
                        className="fe-name"
                        aria-expanded={isOpen}
                        onClick={() => setOpen(isOpen ? null : field.key)}
                        onKeyDown={(e) => {
                          if (!e.altKey || (e.key !== 'ArrowUp' && e.key !== 'ArrowDown')) return;
                          e.preventDefault();
                          move(s, f, e.key === 'ArrowUp' ? -1 : 1, 'head');
                        }}
                      >
                        {field.label || '（没有名称）'}
                        {field.required === true ? ' *' : ''}
                      </button>
                      <span className="rd-quiet">
                        {formKindLabels[field.kind]}
                        {field.when === undefined ? '' : `　${conditionWords(document, field.when)}时显示`}
                      </span>
                      {wrong === 0 ? null : <span className="rd-error">{wrong} 处不对</span>}
                      <RowButtons
                        name={`“${field.label}”`}
                        first={s === 0 && f === 0}
                        last={s === document.sections.length - 1 && f === section.fields.length - 1}
                        move={(by) => move(s, f, by, by === 1 ? 'down' : 'up')}
                        remove={() => {
                          const beside = section.fields[f + 1] ?? section.fields[f - 1];
                          if (beside !== undefined) focus.current = { field: beside.key, on: 'head' };
                          take(`“${field.label}”`, removeField(document, s, f));
                        }}
                      />
                    </div>
                    {isOpen ? (
                      <FieldEditor
                        document={document}
                        place={[s, f]}
                        field={field}
                        set={(next) => set(setField(document, s, f, next))}
                        rename={(key) => {
                          setOpen(key);
                          set(renameField(document, field.key, key));
                        }}
                        problems={problems}
                      />
                    ) : null}
                  </li>
                );
              })}
            </ol>
            <Wrong found={problemsAt(problems, ['sections', s, 'fields'])} />
            <div className="fe-row fe-adds">
              <select
                className="fm-input fm-short"
                aria-label={`第 ${s + 1} 部分新栏目的种类`}
                value={kind}
                onChange={(e) => setKind(e.target.value as FormFieldKind)}
              >
                {Object.entries(formKindLabels).map(([key, words]) => (
                  <option key={key} value={key}>
                    {words}
                  </option>
                ))}
              </select>
              <button
                type="button"
                className="fe-small"
                aria-label={`在第 ${s + 1} 部分加一栏`}
                onClick={() => {
                  const field = newField(document, kind);
                  focus.current = { field: field.key, on: 'head' };
                  setOpen(field.key);
                  set(addField(document, s, field));
                }}
              >
                加一栏
              </button>
            </div>
          </div>
        </Card>
      ))}
      <Wrong found={problemsAt(problems, ['sections'])} />
      <p className="fe-ticks">
        {document.sections.length < 20 ? (
          <button
            type="button"
            className="fe-small"
            onClick={() => set({ ...document, sections: [...document.sections, newSection(document)] })}
          >
            加一个部分
          </button>
        ) : null}
        {(document.scales ?? []).length < 6 ? (
          <button
            type="button"
            className="fe-small"
            onClick={() => set({ ...document, scales: [...(document.scales ?? []), newScale(document)] })}
          >
            加一个量表
          </button>
        ) : null}
      </p>
      {(document.scales ?? []).map((scale, at) => (
        <ScaleEditor key={scale.key} document={document} set={set} problems={problems} at={at} scale={scale} />
      ))}
      <Wrong found={problemsAt(problems, ['scales'])} />
      <Alerts document={document} set={set} problems={problems} />
    </div>
  );
}
