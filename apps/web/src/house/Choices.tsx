import './choices.css';

/** One of a few choices, all visible, each as high as a thumb. */
export function Choices<T extends string>({
  name,
  options,
  value,
  onChange,
  urgent,
  wide = false,
}: {
  readonly name: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly value: T | null;
  readonly onChange: (value: T) => void;
  /** The choice that asks for something at once. */
  readonly urgent?: T;
  /** Longer words: fewer in a row. */
  readonly wide?: boolean;
}) {
  return (
    <div className={wide ? 'jy-choices jy-thumbs jy-wide-words' : 'jy-choices jy-thumbs'}>
      {options.map((o) => (
        <label key={o.value} className={o.value === urgent ? 'jy-urgent' : undefined}>
          <input type="radio" name={name} checked={value === o.value} onChange={() => onChange(o.value)} />
          {o.label}
        </label>
      ))}
    </div>
  );
}
