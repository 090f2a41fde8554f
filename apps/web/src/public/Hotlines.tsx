import type { District } from './ask.ts';

type Line = District['hotlines'][number];

/** Numbers that every page shows, even before the platform has answered. */
const ALWAYS: readonly Line[] = [
  { number: '110', name: '公安报警', helps: '正在被打、被威胁，或有人身危险', hours: '24 小时', urgent: true },
  { number: '120', name: '医疗急救', helps: '受伤、服药、昏迷，需要马上送医', hours: '24 小时', urgent: true },
];

const linesOf = (district: District | undefined): readonly Line[] =>
  district === undefined || district.hotlines.length === 0 ? ALWAYS : district.hotlines;

/** One number to call. */
function CallLine({ line }: { readonly line: Line }) {
  return (
    <li>
      <a href={`tel:${line.number}`} className={line.urgent ? 'p-call p-call-urgent' : 'p-call'}>
        <b>{line.number}</b>
        <span>
          {line.name}
          <small>
            {line.helps}
            {line.hours === '' ? '' : `（${line.hours}）`}
          </small>
        </span>
      </a>
    </li>
  );
}

/** Whom one may call at once; `urgentOnly` where somebody is in danger. */
export function Hotlines({ district, urgentOnly = false }: { readonly district: District | undefined; readonly urgentOnly?: boolean }) {
  const lines = linesOf(district).filter((line) => !urgentOnly || line.urgent);
  return (
    <>
      {!urgentOnly && <h2>想马上找人说，请直接打电话</h2>}
      <ul className="p-calls">
        {lines.map((line) => (
          <CallLine key={line.number} line={line} />
        ))}
        {!urgentOnly && district?.centrePhone != null && (
          <CallLine
            line={{ number: district.centrePhone, name: district.centreName, helps: '社工为您找到合适的人', hours: '', urgent: false }}
          />
        )}
      </ul>
    </>
  );
}
