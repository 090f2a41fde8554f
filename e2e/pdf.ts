/** Reads back what a browser printed: the words and the size of the sheets. Enough for files that Chromium writes; no reader of all PDF. */
import { inflateSync } from 'node:zlib';

// Fonts draw 见 and the radical ⻅ by one glyph, and Chromium writes down the radical; NFKC leaves these as they are.
const RADICALS: ReadonlyMap<string, string> = new Map(
  '⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟⻄西⺟母⺠民'
    .match(/../g)
    ?.map((pair) => [pair.slice(0, 1), pair.slice(1)] as const),
);

/** Words as they can be compared with what a file tells: one form of each sign, no blanks. */
export const plainWords = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\u2e80-\u2eff]/g, (sign) => RADICALS.get(sign) ?? sign)
    .replace(/\s/g, '');

type Letters = ReadonlyMap<string, string>;

const unhex = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

const next = (hex: string, by: number): string => (Number.parseInt(hex, 16) + by).toString(16).padStart(hex.length, '0');

/** What the glyphs of a font stand for, from its ToUnicode table. */
const lettersOf = (table: string): Letters => {
  const letters = new Map<string, string>();
  for (const [, block = ''] of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, glyph = '', letter = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>/g)) letters.set(glyph.toLowerCase(), unhex(letter));
  }
  for (const [, block = ''] of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from = '', to = '', letter = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g)) {
      const many = Number.parseInt(to, 16) - Number.parseInt(from, 16);
      for (let i = 0; i <= many; i += 1) letters.set(next(from.toLowerCase(), i), unhex(next(letter, i)));
    }
  }
  return letters;
};

/** The words of a printed file in the order in which they were drawn, without blanks, and the size of each sheet in points. */
export const readPdf = (file: Buffer): { words: string; sheets: { width: number; height: number }[] } => {
  const text = file.toString('latin1');
  const objects = new Map<string, { head: string; stream: string }>();
  for (const [, number = '', body = ''] of text.matchAll(/(?:^|\n)(\d+) 0 obj\b([\s\S]*?)\bendobj/g)) {
    const at = body.indexOf('stream\n');
    const head = at < 0 ? body : body.slice(0, at);
    const packed = at < 0 ? '' : body.slice(at + 'stream\n'.length, body.lastIndexOf('\nendstream'));
    // Pictures and fonts are packed, too; only what holds text is read as text.
    const stream =
      /FlateDecode/.test(head) && !/\/Length1|\/Subtype/.test(head)
        ? inflateSync(Buffer.from(packed, 'latin1')).toString('latin1')
        : packed;
    objects.set(number, { head, stream });
  }
  const pages = [...objects.values()].filter((o) => /\/Type \/Page\b/.test(o.head));
  const fonts = new Map<string, Letters>();
  for (const { head } of objects.values()) {
    for (const [, name = '', number = ''] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(number)?.head ?? '')?.[1];
      if (table !== undefined) fonts.set(name, lettersOf(objects.get(table)?.stream ?? ''));
    }
  }
  const words = pages
    .map((page) => {
      const drawn = objects.get(/\/Contents (\d+) 0 R/.exec(page.head)?.[1] ?? '')?.stream ?? '';
      let letters: Letters = new Map();
      let width = 4;
      let said = '';
      for (const [, font, shown] of drawn.matchAll(/\/(F\d+) [\d.]+ Tf|(\[[^\]]*\] ?TJ|<\w+> ?Tj)/g)) {
        if (font !== undefined) {
          letters = fonts.get(font) ?? new Map();
          width = [...letters.keys()][0]?.length ?? 4;
        }
        for (const [, hex = ''] of (shown ?? '').matchAll(/<(\w+)>/g)) {
          for (let at = 0; at < hex.length; at += width) said += letters.get(hex.slice(at, at + width).toLowerCase()) ?? '';
        }
      }
      return said;
    })
    .join('\n');
  const sheets = pages.map((page) => {
    const [, width = '', height = ''] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(page.head) ?? [];
    return { width: Number(width), height: Number(height) };
  });
  return { words: plainWords(words), sheets };
};
