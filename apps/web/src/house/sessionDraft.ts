/** A session of a group as it is being written, and what stands on the platform beside it. */
import type { Dynamics, GroupSession, Presence, Reached } from '@jieyou/core/groups/schema.ts';
import { dynamicsLabels, presenceLabels, reachedLabels } from '@jieyou/core/texts/groupLabels.ts';
import { formatDay, today } from './format.ts';

/** The record as it stands in the form. `base` is the version of the session that it was begun upon. */
export type SessionDraft = {
  readonly base: number;
  readonly heldOn: string;
  readonly minutes: number | string;
  readonly told: Readonly<Record<string, Presence>>;
  readonly guests: number | string;
  readonly helpers: number | string;
  readonly process: string;
  readonly dynamics: Dynamics | null;
  readonly dynamicsSays: string;
  readonly reached: Reached | null;
  readonly reachedSays: string;
  readonly next: string;
};

const USUAL_MINUTES = 90;

/** What a session begins with: its record, or nothing but the day. */
export const sessionBegun = (s: GroupSession): SessionDraft => ({
  base: s.version,
  heldOn: s.heldOn ?? (s.plannedOn <= today() ? s.plannedOn : today()),
  minutes: s.minutes ?? USUAL_MINUTES,
  told: Object.fromEntries(s.attendance.flatMap((a) => (a.presence === null ? [] : [[a.memberId, a.presence]]))),
  guests: s.guests ?? 0,
  helpers: s.helpers ?? 0,
  process: s.process,
  dynamics: s.dynamics,
  dynamicsSays: s.dynamicsSays,
  reached: s.reached,
  reachedSays: s.reachedSays,
  next: s.next,
});

/** One thing that was told, in words. */
type SessionFact = { readonly key: string; readonly label: string; readonly text: string };

/** A record in words, in the order of the form. */
export const sessionFacts = (d: SessionDraft, people: GroupSession['attendance']): SessionFact[] => [
  { key: 'heldOn', label: '哪天开的', text: formatDay(d.heldOn) },
  { key: 'minutes', label: '多长时间', text: `${d.minutes} 分钟` },
  ...people
    .filter((p) => !p.still)
    .map((p) => {
      const presence = d.told[p.memberId];
      return { key: `told.${p.memberId}`, label: `${p.name} 出席`, text: presence === undefined ? '' : presenceLabels[presence] };
    }),
  { key: 'guests', label: '其他到场的人', text: `${d.guests} 人` },
  { key: 'helpers', label: '志愿者人数', text: `${d.helpers} 人` },
  { key: 'process', label: '过程', text: d.process },
  { key: 'dynamics', label: '小组动力', text: d.dynamics === null ? '' : dynamicsLabels[d.dynamics] },
  { key: 'dynamicsSays', label: '看到了什么', text: d.dynamicsSays },
  { key: 'reached', label: '目标达成', text: d.reached === null ? '' : reachedLabels[d.reached] },
  { key: 'reachedSays', label: '依据', text: d.reachedSays },
  { key: 'next', label: '下一节跟进', text: d.next },
];

/** Where what is written here and what stands on the platform are not the same; nothing where nobody recorded the session there yet. */
export const sessionSides = (mine: SessionDraft, s: GroupSession) => {
  if (s.status !== 'held') return [];
  const theirs = new Map(sessionFacts(sessionBegun(s), s.attendance).map((f) => [f.key, f.text]));
  return sessionFacts(mine, s.attendance)
    .map((f) => ({ key: f.key, label: f.label, mine: f.text, theirs: theirs.get(f.key) ?? '' }))
    .filter((f) => f.mine !== f.theirs);
};

/** One record of both: mine, but for what was chosen of theirs. */
export const sessionTogether = (mine: SessionDraft, s: GroupSession, chosen: Readonly<Record<string, boolean>>): SessionDraft => {
  const theirs = sessionBegun(s);
  const takes = (key: string) => chosen[key] === false;
  const told = Object.fromEntries(
    s.attendance.flatMap(({ memberId }) => {
      const presence = (takes(`told.${memberId}`) ? theirs : mine).told[memberId];
      return presence === undefined ? [] : [[memberId, presence]];
    }),
  );
  const fields = Object.fromEntries(Object.keys(mine).flatMap((key) => (takes(key) ? [[key, theirs[key as keyof SessionDraft]]] : [])));
  return { ...mine, ...fields, told, base: s.version };
};
