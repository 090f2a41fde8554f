/** The parts of a zip file from outside: named, bounded, unpacked as a stream and never whole. */
import { createInflateRaw } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const MOST_PARTS = 500;
const ENCRYPTED_FLAG = 1;

/** One part: where it lies and what it says of its size, which may be a lie. */
export type Part = {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly from: number;
};

/** Why the parts of a file are not read. */
export type PartsRefusal = 'damaged' | 'encrypted' | 'unsafe-parts' | 'macros' | 'unpacks-too-large';

/** A file that says more than it may hold while it is unpacked. */
export class TooMuch extends Error {}
/** A file whose bytes do not make sense. */
export class Damaged extends Error {}

const NESTED = /\.(zip|rar|7z|gz|tgz|jar|xlsx|xlsm|xlsb|docx|docm|pptx|exe|dll|js|vbs|bat|cmd|ps1|scr|hta|lnk|bin)$/i;
// Printer settings are the one binary part of honest workbooks.
const PRINTER = /^xl\/printerSettings\/printerSettings\d*\.bin$/i;
const UNSAFE = /(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[a-z]:|\u0000|\\/i;

/** Reads the directory of a zip file and refuses what no ledger holds, before a byte is unpacked. */
export const partsOf = (
  file: Buffer,
  bounds: { readonly unpackedBytes: number; readonly ratio: number },
): { readonly parts: ReadonlyMap<string, Part> } | { readonly refused: PartsRefusal } => {
  const refused = (why: PartsRefusal) => ({ refused: why });
  let end = file.length - 22;
  const stop = Math.max(0, end - 65_535);
  while (end >= stop && file.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  if (end < stop || end < 0) return refused('damaged');
  const count = file.readUInt16LE(end + 10);
  if (count === 0 || count > MOST_PARTS) return refused('damaged');
  const parts = new Map<string, Part>();
  let at = file.readUInt32LE(end + 16);
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== DIRECTORY_ENTRY) return refused('damaged');
    const flags = file.readUInt16LE(at + 8);
    const method = file.readUInt16LE(at + 10);
    const packed = file.readUInt32LE(at + 20);
    const unpacked = file.readUInt32LE(at + 24);
    const nameLength = file.readUInt16LE(at + 28);
    const start = file.readUInt32LE(at + 42);
    const name = file.subarray(at + 46, at + 46 + nameLength).toString('utf8');
    if ((flags & ENCRYPTED_FLAG) !== 0) return refused('encrypted');
    if (UNSAFE.test(name)) return refused('unsafe-parts');
    if (/vbaProject|^xl\/macrosheets\//i.test(name)) return refused('macros');
    if (NESTED.test(name) && !PRINTER.test(name)) return refused('unsafe-parts');
    if (method !== 0 && method !== 8) return refused('damaged');
    if (start + 30 > file.length || file.readUInt32LE(start) !== LOCAL_ENTRY) return refused('damaged');
    const from = start + 30 + file.readUInt16LE(start + 26) + file.readUInt16LE(start + 28);
    if (from + packed > file.length || parts.has(name)) return refused('damaged');
    sum += unpacked;
    parts.set(name, { name, method, packed, unpacked, from });
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  // A small honest workbook repeats itself much: some megabytes do no harm whatever the ratio.
  const fits = sum <= bounds.unpackedBytes && sum <= Math.max(SMALL, file.length * bounds.ratio);
  return fits ? { parts } : refused('unpacks-too-large');
};

const SMALL = 8 * 1024 * 1024;

/** The bytes of a part as they are unpacked; more than `most` of them end it, whatever its directory said. */
export async function* bytesOf(file: Buffer, part: Part, most: number): AsyncGenerator<Buffer> {
  const packed = file.subarray(part.from, part.from + part.packed);
  if (part.method === 0) {
    if (packed.length > most) throw new TooMuch(part.name);
    yield packed;
    return;
  }
  const inflate = createInflateRaw({ chunkSize: 64 * 1024 });
  inflate.end(packed);
  let seen = 0;
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      seen += chunk.length;
      if (seen > most) throw new TooMuch(part.name);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof TooMuch) throw error;
    throw new Damaged(part.name, { cause: error });
  } finally {
    inflate.destroy();
  }
}
