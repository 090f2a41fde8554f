import {
  crossOf,
  ecoLines,
  familyLines,
  frameOf,
  type Line,
  type Point,
  placeEco,
  placeFamily,
  SYMBOL,
  SYSTEM,
  shapeOf,
  systemsOf,
} from '@jieyou/core/recipients/drawing.ts';
import type { HouseholdMember, PictureView } from '@jieyou/core/recipients/schema.ts';
import { legendOf } from '@jieyou/core/texts/pictureLegend.ts';
import { drawnWords, ecoSystemLabels, pictureLabels } from '@jieyou/core/texts/recipientLabels.ts';
import type { Ctx } from '../platform/http/context.ts';
import { sendPaper, stationOn } from '../platform/print/index.ts';
import * as store from './store.ts';
import { householdsByIds } from './views.ts';

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const plain = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? '');

const FONT = `font-family="'Noto Sans CJK SC', SimHei, sans-serif"`;
const INK = { plain: '#000', good: '#14532d', bad: '#9b1c1c' } as const;

const text = (at: Point, words: string, size: number, more = ''): string =>
  `<text x="${at.x}" y="${at.y}" font-size="${size}" text-anchor="middle" ${FONT} ${more}>${plain(words)}</text>`;

const lineSvg = (line: Line): string => {
  const ink = INK[line.tone];
  const dash = line.dash === null ? '' : ` stroke-dasharray="${line.dash}"`;
  const faint = line.implied ? ' stroke-opacity="0.55"' : '';
  return (
    line.strokes.map((d) => `<path d="${d}" fill="none" stroke="${ink}" stroke-width="${line.weight}"${dash}${faint}/>`).join('') +
    line.heads.map((d) => `<path d="${d}" fill="${ink}"/>`).join('')
  );
};

const personSvg = (m: HouseholdMember, at: Point): string => {
  const half = SYMBOL / 2;
  const words = drawnWords(m);
  return `<g transform="translate(${at.x} ${at.y})"><path d="${shapeOf(m)}" fill="#fff" stroke="#000" stroke-width="2"/>${
    m.kind === 'recipient' ? `<path d="${shapeOf(m, half - 5)}" fill="none" stroke="#000" stroke-width="1"/>` : ''
  }${m.vital === 'deceased' ? `<path d="${crossOf(half)}" stroke="#000" stroke-width="1.2"/>` : ''}${
    words.inside === '' ? '' : text({ x: 0, y: 6 }, words.inside, 16, 'stroke="#fff" stroke-width="4" paint-order="stroke"')
  }${text({ x: 0, y: half + 17 }, words.name, 14, 'stroke="#fff" stroke-width="4" paint-order="stroke"')}${text(
    { x: 0, y: half + 34 },
    words.under,
    12,
    'stroke="#fff" stroke-width="4" paint-order="stroke" fill="#333"',
  )}</g>`;
};

type House = Awaited<ReturnType<typeof householdsByIds>>[number];

// On A4 between the margins: 156 mm wide, and the legend needs room below on the same page.
const WIDE = 156;
const HIGH = 112;

/** One of the two drawings as SVG: the same places and lines as on the screen. */
export const pictureSvg = (house: House, view: PictureView): string => {
  const members = house.members.filter((m) => m.leftOn === null);
  const points =
    view === 'family' ? placeFamily(members, house.ties, house.picture.family) : placeEco(members, house.ties, house.picture.eco);
  const frame = frameOf(points.values());
  const lines = view === 'family' ? familyLines(members, house.ties, points) : ecoLines(house.ties, points);
  const systems = view === 'family' ? [] : systemsOf(house.ties);
  const scale = Math.min(WIDE / frame.width, HIGH / frame.height, 0.3);
  const inside = members.flatMap((m) => points.get(m.id) ?? []);
  const ring = view === 'eco' && inside.length > 0 ? frameOf(inside) : null;
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${pictureLabels[view]}" overflow="visible" viewBox="${frame.left} ${frame.top} ${frame.width} ${frame.height}" width="${(frame.width * scale).toFixed(1)}mm" height="${(frame.height * scale).toFixed(1)}mm">${
    ring === null
      ? ''
      : `<rect x="${ring.left + 6}" y="${ring.top + 16}" width="${ring.width - 12}" height="${ring.height - 16}" rx="40" fill="none" stroke="#000" stroke-width="1.5"/>`
  }${lines.map(lineSvg).join('')}${systems
    .map((s) => {
      const at = points.get(s.node) ?? { x: 0, y: 0 };
      return `<g transform="translate(${at.x} ${at.y})"><circle r="${SYSTEM}" fill="#fff" stroke="#000" stroke-width="1.5"/>${text({ x: 0, y: s.name === null ? 5 : -2 }, ecoSystemLabels[s.system], 14)}${
        s.name === null ? '' : text({ x: 0, y: 16 }, s.name.length > 6 ? `${s.name.slice(0, 6)}…` : s.name, 11)
      }</g>`;
    })
    .join('')}${members.map((m) => personSvg(m, points.get(m.id) ?? { x: 0, y: 0 })).join('')}</svg>`;
};

const IN_ROW = 5;
const SIGN = { wide: 150, high: 34 } as const;

/** What the signs of a drawing mean, five in a row. */
const legendSvg = (view: PictureView): string => {
  const signs = legendOf(view);
  const box = { wide: IN_ROW * SIGN.wide, high: Math.ceil(signs.length / IN_ROW) * SIGN.high + 6 };
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="图例" viewBox="0 0 ${box.wide} ${box.high}" width="${WIDE}mm" height="${((WIDE * box.high) / box.wide).toFixed(1)}mm">${signs
    .map((sign, i) => {
      const x = (i % IN_ROW) * SIGN.wide;
      const y = Math.floor(i / IN_ROW) * SIGN.high + SIGN.high / 2 + 3;
      return `<g transform="translate(${x + 28} ${y})">${
        sign.kind === 'line'
          ? lineSvg(sign.line)
          : sign.paths.map((d) => `<path d="${d}" fill="none" stroke="#000" stroke-width="1.5"/>`).join('')
      }<text x="36" y="5" font-size="14" ${FONT}>${plain(sign.words)}</text></g>`;
    })
    .join('')}</svg>`;
};

/** The family tree or the eco-map on A4, masked names, with a legend; who printed it stands in the trail. */
export const printHousehold = async (ctx: Ctx<'print.no-browser'>, id: string, query: { view: PictureView; format: 'html' | 'pdf' }) => {
  const reached = (await store.householdIn(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  const [house] = await householdsByIds(ctx as Ctx, [reached.id]);
  if (house === undefined) return ctx.notFound();
  ctx.saw('household', id, { kind: 'export', outcome: 'household-printed' });
  const title = pictureLabels[query.view];
  const implied =
    query.view === 'family' &&
    familyLines(
      house.members.filter((m) => m.leftOn === null),
      house.ties,
      placeFamily(
        house.members.filter((m) => m.leftOn === null),
        house.ties,
      ),
    ).some((l) => l.implied);
  return sendPaper(ctx, query.format, `${title}${ctx.today}`, {
    title,
    number: '',
    issuer: await stationOn(ctx as Ctx<never>),
    secrecy: '内部资料　注意保密',
    parts: [
      { kind: 'drawing', svg: pictureSvg(house, query.view), caption: implied ? '浅色的线按与户主的关系推定' : '姓名已打码' },
      { kind: 'drawing', svg: legendSvg(query.view), caption: '图例' },
    ],
  });
};
