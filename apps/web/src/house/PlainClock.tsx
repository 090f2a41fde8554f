const SHAPES: Readonly<Record<string, string>> = { 'on-track': '○', 'at-risk': '◐', overdue: '●', paused: '‖', none: '' };

/** A clock that says its own words, with its state by shape. */
export function PlainClock({ clock }: { readonly clock: { readonly state: string; readonly words: string } }) {
  if (clock.words === '') return <span className="jy-clock">—</span>;
  return (
    <span className={`jy-clock jy-clock-${clock.state}`}>
      <i aria-hidden="true">{SHAPES[clock.state]}</i>
      {clock.words}
    </span>
  );
}
