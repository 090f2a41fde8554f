/**
 * Letters that can be found again. A font of Chinese draws 风 and the radical ⻛ by one glyph, and Chromium writes down the radical as
 * what the glyph stands for: whoever searches the printed file for 风险 finds nothing. Here the tables that say what glyphs stand
 * for (ToUnicode) are written anew at the end of the file, as PDF provides for changes (ISO 32000, 7.5.6); nothing else moves.
 */
import { deflateSync, inflateSync } from 'node:zlib';

// What Unicode itself does not fold (2E80–2EF3) although it is drawn as the sign beside it.
const RADICALS: ReadonlyMap<string, string> = new Map(
  (
    '⺁厂⺃乚⺅亻⺆冂⺇几⺉刂⺊卜⺌小⺎兀⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫罒⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒' +
    '⺶羊⺷羊⺸羊⺹耂⺺聿⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞飠⻟飠⻠饣⻡首⻢马' +
    '⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟'
  )
    .match(/../gu)
    ?.map((pair) => [[...pair][0] as string, [...pair][1] as string] as const),
);

/** A sign as people type it: radicals and doubles of compatibility become the sign itself. */
export const asTyped = (text: string): string =>
  text.replace(/[\u2e80-\u2fdf\uf900-\ufaff]/g, (sign) => RADICALS.get(sign) ?? sign.normalize('NFKC'));

const unhex = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');
const hexed = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase();
const next = (hex: string, by: number): string => (Number.parseInt(hex, 16) + by).toString(16).padStart(hex.length, '0');

// What each glyph of a font stands for, in the table's order.
const lettersOf = (table: string): [glyph: string, letter: string][] => {
  const letters: [string, string][] = [];
  for (const [, kind, block = ''] of table.matchAll(/beginbf(char|range)([\s\S]*?)endbf\1/g)) {
    if (kind === 'char') for (const [, g = '', to = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>/g)) letters.push([g, unhex(to)]);
    else
      for (const [, from = '', last = '', to = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g)) {
        const many = Number.parseInt(last, 16) - Number.parseInt(from, 16);
        for (let i = 0; i <= many; i += 1) letters.push([next(from, i), unhex(i === 0 ? to : next(to, i))]);
      }
  }
  return letters;
};

const MOST_IN_BLOCK = 100;

/** The table with every sign as people type it; undefined where it says so already. */
export const repairedTable = (table: string): string | undefined => {
  const letters = lettersOf(table);
  if (!letters.some(([, letter]) => asTyped(letter) !== letter)) return undefined;
  const blocks: string[] = [];
  for (let at = 0; at < letters.length; at += MOST_IN_BLOCK) {
    const block = letters.slice(at, at + MOST_IN_BLOCK);
    const lines = block.map(([glyph, letter]) => `<${glyph.toUpperCase()}> <${hexed(asTyped(letter))}>`);
    blocks.push(`${block.length} beginbfchar\n${lines.join('\n')}\nendbfchar`);
  }
  const first = table.search(/\d+\s+beginbf(?:char|range)/);
  const end = Math.max(table.lastIndexOf('endbfchar'), table.lastIndexOf('endbfrange'));
  const rest = table.slice(end).replace(/^endbf(?:char|range)/, '');
  return `${table.slice(0, first)}${blocks.join('\n')}${rest}`;
};

/** A file of Chromium's whose words can be searched. A file that is built otherwise is left as it is. */
export const searchable = (pdf: Buffer): Buffer => {
  const text = pdf.toString('latin1');
  const xrefAt = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1]);
  const trailer = /trailer\s*<<([\s\S]*?)>>\s*startxref\s+\d+\s+%%EOF\s*$/.exec(text)?.[1];
  const head = /^xref\s+0 (\d+)\s+/.exec(text.slice(xrefAt, xrefAt + 40));
  if (!Number.isInteger(xrefAt) || trailer === undefined || head === null) return pdf;
  const LINE = 20;
  const offsetOf = (number: number): number => {
    const at = xrefAt + head[0].length + number * LINE;
    return Number(text.slice(at, at + 10));
  };
  const written: { number: number; at: number }[] = [];
  const parts: Buffer[] = [pdf];
  let length = pdf.length;
  const add = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  const numbers = new Set([...text.matchAll(/\/ToUnicode (\d+) 0 R/g)].map(([, number]) => Number(number)));
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const at = offsetOf(number);
    const object = /^\d+ 0 obj\s*<<([^>]*)>>\s*stream\r?\n/.exec(text.slice(at, at + 400));
    const bytes = Number(/\/Length (\d+)/.exec(object?.[1] ?? '')?.[1]);
    if (object === null || !Number.isInteger(bytes)) continue;
    const packed = pdf.subarray(at + object[0].length, at + object[0].length + bytes);
    const table = (/FlateDecode/.test(object[1] ?? '') ? inflateSync(packed) : packed).toString('latin1');
    const repaired = repairedTable(table);
    if (repaired === undefined) continue;
    const stream = deflateSync(Buffer.from(repaired, 'latin1'));
    written.push({ number, at: length + 1 });
    add(Buffer.from(`\n${number} 0 obj\n<</Filter /FlateDecode\n/Length ${stream.length}>> stream\n`, 'latin1'));
    add(stream);
    add(Buffer.from('\nendstream\nendobj', 'latin1'));
  }
  if (written.length === 0) return pdf;
  const lines = written.map(({ number, at }) => `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`);
  const from = length + 1;
  add(Buffer.from(`\nxref\n${lines.join('')}trailer\n<<${trailer.trim()}\n/Prev ${xrefAt}>>\nstartxref\n${from}\n%%EOF\n`, 'latin1'));
  return Buffer.concat(parts);
};
