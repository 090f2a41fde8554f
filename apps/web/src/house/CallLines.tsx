import { EMERGENCY_LINES } from '@jieyou/core/texts/alarmLabels.ts';

/** Numbers of the moment, to be called with one tap. */
export function Lines() {
  return (
    <ul className="al-lines" aria-label="马上可以打的电话">
      {EMERGENCY_LINES.map((l) => (
        <li key={l.number}>
          <a href={`tel:${l.number}`}>
            <b>{l.number}</b>
            {l.says}
          </a>
        </li>
      ))}
    </ul>
  );
}
