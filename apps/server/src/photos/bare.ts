/**
 * A photograph without what a camera or a program writes beside it: place, moment, device, thumbnails, a short film behind the picture.
 * The pages send pictures that are drawn anew; this holds for whoever sends another way.
 */

/** A picture that is only a picture, with its size in pixels. */
export type BarePicture = {
  readonly mime: 'image/jpeg' | 'image/png';
  readonly content: Buffer;
  readonly width: number;
  readonly height: number;
};

/** The picture of a file that is a JPEG or a PNG from its first byte to its end; null for anything else. */
export const bareOf = (file: Buffer): BarePicture | null => jpeg(file) ?? png(file);

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
// Start of frame: all kinds of coding, but not the tables that stand between their numbers.
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;
const COLOURS = Buffer.from('ICC_PROFILE\0', 'latin1');
const ADOBE = Buffer.from('Adobe', 'latin1');
// APP0 to APP15 and comments: of these only what colours need is kept.
const isBeside = (marker: number): boolean => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;
const isOfColours = (marker: number, body: Buffer): boolean =>
  (marker === 0xe2 && body.subarray(0, COLOURS.length).equals(COLOURS)) ||
  (marker === 0xee && body.subarray(0, ADOBE.length).equals(ADOBE));

const jpeg = (file: Buffer): BarePicture | null => {
  if (file.length < 4 || file[0] !== 0xff || file[1] !== SOI) return null;
  const kept: Buffer[] = [file.subarray(0, 2)];
  let size: { width: number; height: number } | null = null;
  let drawn = false;
  let at = 2;
  while (at + 1 < file.length) {
    const marker = file[at + 1] as number;
    if (file[at] !== 0xff) return null;
    // Bytes that only fill.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === EOI) {
      if (size === null || !drawn) return null;
      // What stands behind the picture, a short film for instance, is left.
      return { mime: 'image/jpeg', content: Buffer.concat([...kept, file.subarray(at, at + 2)]), ...size };
    }
    const length = at + 4 <= file.length ? file.readUInt16BE(at + 2) : 0;
    const next = at + 2 + length;
    if (length < 2 || next > file.length) return null;
    const body = file.subarray(at + 4, next);
    if (isFrame(marker)) {
      if (body.length < 6) return null;
      size = { height: body.readUInt16BE(1), width: body.readUInt16BE(3) };
      if (size.width === 0 || size.height === 0) return null;
    }
    let end = next;
    if (marker === SOS) {
      drawn = true;
      // The drawn part ends at the next marker; a zero behind ff is part of it, and so are restarts.
      while (end + 1 < file.length && !(file[end] === 0xff && file[end + 1] !== 0 && !isRestart(file[end + 1] as number))) end += 1;
    }
    if (!isBeside(marker) || isOfColours(marker, body)) kept.push(file.subarray(at, end));
    at = end;
  }
  return null;
};

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
// What draws the picture and its colours; texts, moments, Exif and films are left.
const DRAWS = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT']);

const png = (file: Buffer): BarePicture | null => {
  if (!file.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return null;
  const kept: Buffer[] = [SIGNATURE];
  let size: { width: number; height: number } | null = null;
  let drawn = false;
  for (let at = SIGNATURE.length; at + 12 <= file.length; ) {
    const length = file.readUInt32BE(at);
    const kind = file.toString('latin1', at + 4, at + 8);
    const next = at + 12 + length;
    if (next > file.length || (size === null) !== (kind === 'IHDR')) return null;
    if (kind === 'IHDR') {
      if (length < 13) return null;
      size = { width: file.readUInt32BE(at + 8), height: file.readUInt32BE(at + 12) };
      if (size.width === 0 || size.height === 0) return null;
    }
    if (kind === 'IDAT') drawn = true;
    if (DRAWS.has(kind)) kept.push(file.subarray(at, next));
    if (kind === 'IEND') return size === null || !drawn ? null : { mime: 'image/png', content: Buffer.concat(kept), ...size };
    at = next;
  }
  return null;
};
