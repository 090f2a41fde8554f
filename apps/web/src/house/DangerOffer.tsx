import { readDangerWords } from '@jieyou/core/alarms/endpoints.ts';
import type { Danger } from '@jieyou/core/alarms/schema.ts';
import { dangersIn } from '@jieyou/core/alarms/signals.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queryOf } from './ask.ts';

type Found = readonly { readonly danger: Danger; readonly word: string }[];
type Way = { readonly says: string; readonly short?: string; readonly to: string; readonly search: Readonly<Record<string, string>> };

const useDangers = (text: string): Found => {
  const lists = useQuery({ ...queryOf(readDangerWords), staleTime: Number.POSITIVE_INFINITY, enabled: text.length > 1 }).data;
  return lists === undefined ? [] : dangersIn(text, lists);
};

const waysOf = (found: Found, caseId: string | null, source: 'note' | 'visit'): readonly Way[] => {
  const speaks = (danger: Danger): boolean => found.some((f) => f.danger === danger);
  const alarm = (kind: 'crisis' | 'violence') => ({
    to: '/alarms/new',
    search: { ...(caseId === null ? {} : { case: caseId }), kind, ...(source === 'note' ? {} : { source }) },
  });
  return [
    ...(caseId !== null && speaks('crisis') ? [{ says: '登记危机', ...alarm('crisis') }] : []),
    ...(caseId !== null && speaks('violence') ? [{ says: '登记家暴', ...alarm('violence') }] : []),
    ...(speaks('child') || speaks('violence')
      ? [
          {
            says: speaks('child') ? '强制报告' : '未成年人：强制报告',
            short: '强制报告',
            to: '/reports/new',
            search: caseId === null ? {} : { from: `/cases/${caseId}` },
          },
        ]
      : []),
  ];
};

const onPhone = (): boolean => location.pathname.startsWith('/m/');
const quoted = (found: Found): string => found.map((f) => `“${f.word}”`).join('');
const ONLY_A_HINT = '只是提醒，要不要登记由您判断。';

type Given = { readonly text: string; readonly caseId: string | null; readonly source?: 'note' | 'visit' };

/**
 * Beside what is written or read: where the words speak of danger, the way to a record or a report. Whoever reads decides; nothing is kept,
 * and nobody is told that a word stood here.
 */
export function DangerOffer({ text, caseId, source = 'note' }: Given) {
  const found = useDangers(text);
  if (onPhone()) return found.length === 0 ? null : <Ways found={found} ways={waysOf(found, caseId, source)} />;
  if (found.length === 0) return null;
  return (
    <div className="jy-danger-offer" role="status">
      这里写到{quoted(found)}。有生命危险先打 110、120。
      {waysOf(found, caseId, source).map((way) => (
        // What is being written stays as it is: the way opens beside it.
        <a key={way.says} href={`${way.to}?${new URLSearchParams(way.search)}`} target="_blank" rel="noopener">
          {way.says}
        </a>
      ))}
      <span className="rd-quiet">{ONLY_A_HINT}</span>
    </div>
  );
}

/**
 * On the phone: the heading of what is being written, and in its place, in a row of the same height, the ways out of danger. It stands right
 * above the words that are being typed, clear of the keyboard, and nothing below it moves.
 */
export function DangerHeading({ heading, text, caseId }: Given & { readonly heading: string }) {
  const found = useDangers(text);
  return (
    <div className="jy-danger-heading">
      {found.length === 0 ? <h2>{heading}</h2> : <Ways found={found} ways={waysOf(found, caseId, 'note')} />}
    </div>
  );
}

/** One row for the thumb. What is being written is kept on this phone: the way leads on within the page, also without network. */
function Ways({ found, ways }: { readonly found: Found; readonly ways: readonly Way[] }) {
  return (
    <div className="jy-danger-ways">
      <span className="rd-hidden" role="status">
        这里写到{quoted(found)}。有生命危险先打 110、120。{ONLY_A_HINT}
      </span>
      {/* Beside three ways there is no room for the word. */}
      <b aria-hidden="true">{ways.length < 3 ? quoted(found.slice(0, 1)) : ''}</b>
      <a href="tel:110">110</a>
      {ways.map((way) => (
        <Link key={way.says} to={way.to as never} search={way.search as never} aria-label={way.says}>
          {way.short ?? way.says}
        </Link>
      ))}
    </div>
  );
}
