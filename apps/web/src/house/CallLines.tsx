import { EMERGENCY_LINES } from '@jieyou/core/texts/alarmLabels.ts';
import { pocket } from './pocket.ts';
import './callLines.css';

type Line = { readonly number: string; readonly says: string };

/** Numbers of the moment, to be called with one tap; all that the phone carries where nothing else reaches anybody. */
export function CallLines({ all = false }: { readonly all?: boolean }) {
  const carried: readonly Line[] = all ? (pocket()?.lines() ?? []) : [];
  const lines = [...EMERGENCY_LINES.filter((l) => !carried.some((c) => c.number === l.number)), ...carried];
  // Police and ambulance stand first, whatever a district keeps.
  const first = lines.filter((l) => l.number === '110' || l.number === '120').sort((a, b) => (a.number < b.number ? -1 : 1));
  return (
    <ul className="al-lines" aria-label="马上可以打的电话">
      {[...first, ...lines.filter((l) => !first.includes(l))].map((l) => (
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
