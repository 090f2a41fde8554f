import { joinsPartners } from '@jieyou/core/recipients/drawing.ts';
import { bondLabels, ecoBondLabels, ecoSystemLabels, flowLabels, kinLabels } from '@jieyou/core/texts/recipientLabels.ts';
import type { HouseholdData } from './queries.ts';

export type Member = HouseholdData['members'][number];
export type Tie = HouseholdData['ties'][number];

/** A member's name as far as it is in reach. */
export const nameOf = (m: Member): string => m.name ?? '另一位服务对象（不在您的范围）';

/** A system with its own name. */
export const systemWords = (t: Pick<Tie, 'system' | 'systemName'>): string =>
  `${t.system === null ? '' : ecoSystemLabels[t.system]}${t.systemName === null ? '' : ` ${t.systemName}`}`;

/** What a line says, in a sentence that needs no drawing. */
export const tieWords = (of: HouseholdData, t: Tie): { between: string; how: string } => {
  const called = (id: string | null) => {
    const m = of.members.find((x) => x.id === id);
    return m === undefined ? '' : nameOf(m);
  };
  if (t.kin !== null)
    return {
      between: `${called(t.fromMember)} ${joinsPartners(t.kin) ? '—' : '→'} ${called(t.toMember)}`,
      how: joinsPartners(t.kin) ? kinLabels[t.kin] : `${kinLabels[t.kin]}子女`,
    };
  const bond = t.bond ?? 'ordinary';
  if (t.system === null) return { between: `${called(t.fromMember)} — ${called(t.toMember)}`, how: bondLabels[bond] };
  return {
    between: `${called(t.fromMember)} — ${systemWords(t)}`,
    how: `${ecoBondLabels[bond]}${t.flow === null ? '' : `，${flowLabels[t.flow]}`}`,
  };
};
