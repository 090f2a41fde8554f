import type { RuleDraftFile } from '@jieyou/core/rulepacks/schema.ts';
import { Input, InputNumber } from 'antd';

/** A figure of a draft. */
export type DraftFigure = RuleDraftFile['values'][number];
type Weighed = { key: string; label: string; weight: number };

/** The input of one figure, as its schema asks. */
export function RuleFigure({
  of,
  value,
  wrong,
  onChange,
}: {
  readonly of: DraftFigure;
  readonly value: unknown;
  readonly wrong: boolean;
  readonly onChange: (value: unknown) => void;
}) {
  const name = `${of.label}的新值`;
  const status = wrong ? { status: 'error' as const } : {};
  const bounds = {
    ...(of.input.min === null ? {} : { min: of.input.min }),
    ...(of.input.max === null ? {} : { max: of.input.max }),
  };
  switch (of.input.kind) {
    case 'integer':
    case 'decimal':
      return (
        <InputNumber
          aria-label={name}
          value={value as number}
          {...(of.input.kind === 'integer' ? { precision: 0 } : { step: 0.05 })}
          {...bounds}
          {...status}
          suffix={of.unit ?? ''}
          onChange={(v) => onChange(v ?? of.value)}
        />
      );
    case 'list':
      // What is typed stands until it reads as whole numbers: 1、5、30.
      return (
        <Input
          aria-label={name}
          value={Array.isArray(value) ? value.join('、') : String(value)}
          suffix={of.unit ?? ''}
          {...status}
          onChange={(e) => {
            const parts = e.target.value.split(/[、,，\s]+/);
            onChange(parts.every((p) => /^\d+$/.test(p)) ? parts.map(Number) : e.target.value);
          }}
        />
      );
    case 'time':
      return <Input type="time" aria-label={name} value={String(value)} {...status} onChange={(e) => onChange(e.target.value)} />;
    case 'text':
      return (
        <Input.TextArea
          aria-label={name}
          autoSize
          value={String(value)}
          maxLength={of.input.max ?? 200}
          {...status}
          onChange={(e) => onChange(e.target.value)}
        />
      );
    case 'weights':
      return (
        <ul className="rd-plain">
          {(value as Weighed[]).map((item, i, all) => (
            <li key={item.key} className="rd-answer">
              <span>{item.label}</span>
              <InputNumber
                aria-label={`${item.label}的权重`}
                size="small"
                min={0}
                max={100}
                precision={0}
                value={item.weight}
                onChange={(w) => onChange(all.map((x, k) => (k === i ? { ...x, weight: w ?? x.weight } : x)))}
              />
            </li>
          ))}
        </ul>
      );
    case 'fixed':
      return <span className="jy-secondary">照文件原文，不在这里修改</span>;
  }
}
