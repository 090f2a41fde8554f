/** Tags of an XML text as it comes in pieces. Entities beyond the five of XML and those by number are none, and a DOCTYPE ends it. */
import { Damaged } from './parts.ts';

/** A document that declares entities. */
export class DeclaresEntities extends Error {}

/** A tag with the text before it: `name` without prefix, `/` before it where it closes. */
export type Tag = {
  readonly before: string;
  readonly name: string;
  readonly closes: boolean;
  readonly empty: boolean;
  readonly attributes: string;
};

const LONGEST_TAG = 64 * 1024;

/** Tags of a stream of bytes in UTF-8, with the text that stands before each. */
export async function* tagsOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<Tag[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const chunk of bytes) {
    try {
      rest += decoder.decode(chunk, { stream: true });
    } catch (error) {
      throw new Damaged('not UTF-8', { cause: error });
    }
    const tags: Tag[] = [];
    let at = 0;
    for (;;) {
      const open = rest.indexOf('<', at);
      if (open < 0) break;
      if (rest.startsWith('<!', open)) {
        // A comment or CDATA ends in its own way; everything else that begins so declares something.
        if (rest.length - open < 9) break;
        const [mark, end] = rest.startsWith('<!--', open) ? [4, '-->'] : rest.startsWith('<![CDATA[', open) ? [9, ']]>'] : [0, ''];
        if (mark === 0) throw new DeclaresEntities('a DOCTYPE');
        const close = rest.indexOf(end, open + mark);
        if (close < 0) break;
        const inner = mark === 9 ? rest.slice(open + 9, close).replaceAll('&', '&amp;') : '';
        rest = `${rest.slice(0, open)}${inner.replaceAll('<', '&lt;')}${rest.slice(close + 3)}`;
        continue;
      }
      const close = rest.indexOf('>', open);
      if (close < 0) {
        if (rest.length - open > LONGEST_TAG) throw new Damaged('a tag without end');
        break;
      }
      let from = open + 1;
      const closes = rest.charCodeAt(from) === 47;
      if (closes) from += 1;
      const empty = rest.charCodeAt(close - 1) === 47;
      const until = empty ? close - 1 : close;
      let nameEnd = from;
      while (nameEnd < until && rest.charCodeAt(nameEnd) > 32) nameEnd += 1;
      const colon = rest.indexOf(':', from);
      const name = rest.slice(colon >= 0 && colon < nameEnd ? colon + 1 : from, nameEnd);
      tags.push({ before: open === at ? '' : rest.slice(at, open), name, closes, empty, attributes: rest.slice(nameEnd, until) });
      at = close + 1;
    }
    rest = rest.slice(at);
    if (rest.length > MOST_TEXT) throw new Damaged('a text without end');
    yield tags;
  }
}

const MOST_TEXT = 4 * 1024 * 1024;

// Names of ours only: a handful.
const patterns = new Map<string, RegExp>();

/** The value of an attribute; undefined where the tag has none of that name. */
export const attribute = (tag: Tag, name: string): string | undefined => {
  let pattern = patterns.get(name);
  if (pattern === undefined) {
    pattern = new RegExp(`(?:^|\\s)(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
    patterns.set(name, pattern);
  }
  const found = pattern.exec(tag.attributes);
  return found === null ? undefined : textOf(found[1] ?? found[2] ?? '');
};

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const pointOf = (code: number): string =>
  code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';

/** Text without its entities. */
export const textOf = (raw: string): string =>
  raw.includes('&')
    ? raw.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,10}));/gi, (_, hex?: string, decimal?: string, name?: string) => {
        if (hex !== undefined) return pointOf(Number.parseInt(hex, 16));
        if (decimal !== undefined) return pointOf(Number(decimal));
        const known = NAMED[name ?? ''];
        if (known === undefined) throw new DeclaresEntities(name);
        return known;
      })
    : raw;
