/** What the signs of a family tree and of an eco-map mean, each drawn around the point (0, 0), 56 wide. */

import { bondStroke, crossOf, ecoStroke, type Line, partnerStroke, shapeOf } from '../recipients/drawing.ts';
import { Bond, Flow, Kin, type PictureView } from '../recipients/schema.ts';
import { bondLabels, ecoBondLabels, flowLabels, kinLabels } from './recipientLabels.ts';

export type Sign =
  | { readonly kind: 'shape'; readonly words: string; readonly paths: readonly string[] }
  | { readonly kind: 'line'; readonly words: string; readonly line: Line };

const A = { x: -26, y: 0 };
const B = { x: 26, y: 0 };
const HALF = 12;

const shape = (words: string, ...paths: string[]): Sign => ({ kind: 'shape', words, paths });
const line = (words: string, stroke: Omit<Line, 'id' | 'kind' | 'implied'>): Sign => ({
  kind: 'line',
  words,
  line: { id: words, kind: 'bond', implied: false, ...stroke },
});

/** The signs that one of the two drawings uses. */
export const legendOf = (view: PictureView): Sign[] => {
  const living = 'living' as const;
  const people = [
    shape('男', shapeOf({ gender: 'male', vital: living }, HALF)),
    shape('女', shapeOf({ gender: 'female', vital: living }, HALF)),
    shape('性别不详', shapeOf({ gender: 'unknown', vital: living }, HALF)),
    shape('服务对象', shapeOf({ gender: 'female', vital: living }, HALF), shapeOf({ gender: 'female', vital: living }, HALF - 4)),
    shape('已故', shapeOf({ gender: 'male', vital: living }, HALF), crossOf(HALF)),
    shape('未出生', shapeOf({ gender: 'unknown', vital: 'unborn' }, HALF)),
  ];
  if (view === 'eco')
    return [
      ...people,
      ...Bond.options.map((bond) => line(ecoBondLabels[bond], bondStroke(bond, A, B))),
      ...Flow.options.map((flow) => line(flowLabels[flow], ecoStroke('ordinary', flow, A, B))),
    ];
  const descent = (kin: Kin): Omit<Line, 'id' | 'kind' | 'implied'> => ({
    strokes: ['M0 -15V15'],
    heads: [],
    dash: kin === 'adopted' ? '7 5' : kin === 'foster' ? '2 6' : null,
    weight: 2,
    tone: 'plain',
    middle: { x: 0, y: 0 },
  });
  return [
    ...people,
    ...Kin.options.map((kin) =>
      line(kinLabels[kin], kin === 'child' || kin === 'adopted' || kin === 'foster' ? descent(kin) : partnerStroke(kin, A, B)),
    ),
    ...Bond.options.map((bond) => line(bondLabels[bond], bondStroke(bond, A, B))),
  ];
};
