/** Forms that never lose what was typed: checked beside the field, drafts by themselves, refusals in words. */
import { outcomeSentences } from '@jieyou/core/texts/outcomes.ts';
import { Button, Form, type FormInstance } from 'antd';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { z } from 'zod';
import { ApiError } from './client.ts';
import { enterStays } from './enter.ts';
import { clockTime, now } from './format.ts';
import { useAtLeaving } from './kept.ts';
import { forget, recall, remember } from './memory.ts';
import { RefusalNotice } from './RefusalNotice.tsx';
import { useSessionState } from './session.tsx';

type Path = readonly (string | number)[];
type Values = Record<string, unknown>;

type FormContext = { readonly issuesAt: (path: Path) => string | null; readonly isNeeded: (path: Path, ticked: boolean) => boolean };
const Context = createContext<FormContext>({ issuesAt: () => null, isNeeded: () => false });

const shapeOf = (schema: z.ZodType): Record<string, z.ZodType> | null =>
  schema instanceof z.ZodObject ? (schema.shape as Record<string, z.ZodType>) : null;

const inner = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault
    ? inner(schema.unwrap() as z.ZodType)
    : schema;

/** A field of an object, or of the first kind of a union that knows it. */
const partOf = (schema: z.ZodType, key: string): z.ZodType | undefined =>
  schema instanceof z.ZodDiscriminatedUnion
    ? (schema.options as readonly z.ZodType[]).map((option) => shapeOf(option)?.[key]).find((part) => part !== undefined)
    : shapeOf(schema)?.[key];

/** Empty fields as the contract wants them: null where null is allowed, left out where it may be left out. */
const settle = (schema: z.ZodType, values: Values): Values => {
  const shape = shapeOf(inner(schema));
  if (shape === null) return values;
  const out: Values = {};
  for (const [key, value] of Object.entries(values)) {
    const part = shape[key];
    if (part === undefined) continue;
    const emptied = value === '' || value === undefined;
    if (emptied && part.safeParse(null).success) out[key] = null;
    else if (emptied && part instanceof z.ZodOptional) continue;
    else if (value !== null && typeof value === 'object' && !Array.isArray(value)) out[key] = settle(part, value as Values);
    else out[key] = value;
  }
  // A nullable field that the form never touched is null as well; the contract asks for it by name.
  for (const [key, part] of Object.entries(shape)) {
    if (!(key in out) && !(part instanceof z.ZodOptional) && part.safeParse(null).success) out[key] = null;
  }
  return out;
};

const same = (a: Path, b: Path) => a.length === b.length && a.every((p, i) => String(p) === String(b[i]));

/**
 * A form over antd's. `validateWith` is the body of the endpoint: the same schema that the server checks. `extra` holds what
 * the body needs and nobody types, such as the version.
 */
export function RecordForm<S extends z.ZodType>({
  validateWith,
  initial,
  extra,
  submit,
  submitWords = '保存',
  onCancel,
  draftKey,
  columns = 2,
  form: given,
  onValuesChange,
  footer,
  final = false,
  children,
}: {
  readonly validateWith: S;
  readonly initial?: Partial<z.input<S>> | undefined;
  readonly extra?: Partial<z.input<S>> | undefined;
  readonly submit: (values: z.output<S>) => Promise<unknown>;
  readonly submitWords?: string;
  readonly onCancel?: (() => void) | undefined;
  /** Name under which this device keeps what was typed until it is sent. */
  readonly draftKey?: string | undefined;
  readonly columns?: 1 | 2;
  readonly form?: FormInstance;
  readonly onValuesChange?: (values: Partial<z.input<S>>) => void;
  /** More buttons at the left of the footer. */
  readonly footer?: ReactNode;
  /** What is sent cannot be taken back: Enter in a field does not send it. */
  readonly final?: boolean;
  readonly children: ReactNode;
}) {
  const [own] = Form.useForm();
  const form = given ?? own;
  const { session } = useSessionState();
  const draftName = draftKey === undefined ? null : `draft.${session?.account.id ?? ''}.${draftKey}`;
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const [noSpace, setNoSpace] = useState(false);
  const [restored, setRestored] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const notice = useRef<HTMLDivElement>(null);

  const whole = () => settle(validateWith, { ...(form.getFieldsValue(true) as Values), ...(extra as Values | undefined) });
  const wholeRef = useRef(whole);
  wholeRef.current = whole;

  const context = useMemo<FormContext>(
    () => ({
      issuesAt: (path) => {
        const checked = validateWith.safeParse(wholeRef.current());
        if (checked.success) return null;
        return (
          checked.error.issues.find(
            (i) => same(i.path as Path, path) || (i.path.length > path.length && same(i.path.slice(0, path.length) as Path, path)),
          )?.message ?? null
        );
      },
      isNeeded: (path, ticked) => {
        let at: z.ZodType | undefined = validateWith;
        for (const step of path) at = at === undefined ? undefined : partOf(inner(at), String(step));
        if (at === undefined) return false;
        // A box that may stay empty is answered as it stands.
        if (ticked) return !at.safeParse(false).success;
        return !at.safeParse(undefined).success && !at.safeParse(null).success && !at.safeParse('').success && !at.safeParse([]).success;
      },
    }),
    [validateWith],
  );

  // What an earlier visit left unsent comes back by itself.
  useEffect(() => {
    if (draftName === null) return;
    const kept = recall<{ at: string; values: Values }>(draftName);
    if (kept === null) return;
    form.setFieldsValue(kept.values as never);
    setSavedAt(kept.at);
    setRestored(true);
  }, [draftName, form]);
  const keepDraft = useRef<() => void>(() => {});
  keepDraft.current = () => {
    timer.current = null;
    if (draftName === null) return;
    const at = now();
    const kept = remember(draftName, { at, values: form.getFieldsValue(true) });
    setNoSpace(!kept);
    if (kept) setSavedAt(at);
  };
  const writeNow = useCallback(() => {
    if (timer.current === null) return;
    clearTimeout(timer.current);
    keepDraft.current();
  }, []);
  useAtLeaving(writeNow);

  const show = (e: unknown) => {
    setError(e);
    setTimeout(() => notice.current?.scrollIntoView({ block: 'nearest' }), 0);
  };

  return (
    <Context.Provider value={context}>
      <Form
        form={form}
        layout="vertical"
        requiredMark
        scrollToFirstError={{ block: 'center', focus: true }}
        {...(final ? { onKeyDown: enterStays } : {})}
        initialValues={initial as Values}
        onValuesChange={(changed: Values) => {
          if (draftName !== null) {
            if (timer.current !== null) clearTimeout(timer.current);
            timer.current = setTimeout(() => keepDraft.current(), 800);
          }
          // A message goes as soon as its cause does.
          const wrong = Object.keys(changed).filter((name) => form.getFieldError(name).length > 0);
          if (wrong.length > 0) void form.validateFields(wrong).catch(() => undefined);
          onValuesChange?.(form.getFieldsValue(true) as Partial<z.input<S>>);
        }}
        onFinish={async () => {
          setError(null);
          const checked = validateWith.safeParse(whole());
          if (!checked.success) {
            show(
              new ApiError({
                kind: 'invalid',
                sentence: outcomeSentences.invalid,
                fields: checked.error.issues.map((i) => ({ path: i.path.join('.'), message: i.message })),
              }),
            );
            return;
          }
          setBusy(true);
          try {
            await submit(checked.data as z.output<S>);
            if (timer.current !== null) clearTimeout(timer.current);
            timer.current = null;
            if (draftName !== null) forget(draftName);
            setSavedAt(null);
            setRestored(false);
          } catch (e) {
            if (e instanceof ApiError && e.fields.length > 0) {
              form.setFields(
                e.fields.map((f) => ({
                  name: f.path
                    .replace(/^body\./, '')
                    .split('.')
                    .map((p) => (/^\d+$/.test(p) ? Number(p) : p)),
                  errors: [f.message],
                })) as never,
              );
            }
            show(e);
          } finally {
            setBusy(false);
          }
        }}
      >
        {restored && (
          <div className="jy-restored" role="status">
            已恢复您 {savedAt === null ? '' : clockTime(savedAt)} 没有提交的内容。
            <Button
              type="link"
              size="small"
              onClick={() => {
                if (draftName !== null) forget(draftName);
                form.resetFields();
                setRestored(false);
                setSavedAt(null);
              }}
            >
              不要了，重新填
            </Button>
          </div>
        )}
        <div className={columns === 2 ? 'jy-form-two' : 'jy-form-one'}>{children}</div>
        <div ref={notice}>
          <RefusalNotice error={error} />
        </div>
        <div className="jy-form-foot">
          <Button type="primary" htmlType="submit" loading={busy}>
            {submitWords}
          </Button>
          {onCancel !== undefined && <Button onClick={onCancel}>返回</Button>}
          {footer}
          <span className="jy-secondary" aria-live="polite">
            {noSpace ? '本机没有空间，无法暂存' : savedAt !== null && `已暂存 ${clockTime(savedAt)}`}
          </span>
        </div>
      </Form>
    </Context.Provider>
  );
}

/** One field: its label, its input, and what is wrong with it once it was left. */
export function Field({
  name,
  label,
  hint,
  wide = false,
  valueProp,
  children,
}: {
  readonly name: string | readonly (string | number)[];
  readonly label: string;
  readonly hint?: ReactNode;
  /** Over both columns. */
  readonly wide?: boolean;
  /** 'checked' for a single checkbox or switch. */
  readonly valueProp?: string;
  readonly children: ReactNode;
}) {
  const { issuesAt, isNeeded } = useContext(Context);
  const path: Path = typeof name === 'string' ? [name] : name;
  return (
    <Form.Item
      name={typeof name === 'string' ? name : [...name]}
      label={label}
      required={isNeeded(path, valueProp === 'checked')}
      className={wide ? 'jy-wide' : ''}
      validateTrigger="onBlur"
      extra={hint}
      {...(valueProp === undefined ? {} : { valuePropName: valueProp })}
      rules={[
        {
          validator: async () => {
            const message = issuesAt(path);
            if (message !== null) throw new Error(message);
          },
        },
      ]}
    >
      {children}
    </Form.Item>
  );
}

/** A group of fields with its heading, over both columns. */
export function FieldGroup({ title, id, children }: { readonly title: string; readonly id?: string; readonly children: ReactNode }) {
  return (
    <fieldset className="jy-field-group" id={id}>
      <legend>{title}</legend>
      <div className="jy-form-two">{children}</div>
    </fieldset>
  );
}
