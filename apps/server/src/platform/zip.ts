import { crc32, deflateRawSync } from 'node:zlib';

/** One file of an archive; names may hold Chinese (flag 11: UTF-8) and folders with `/`. */
export type ZipEntry = { readonly name: string; readonly content: Buffer };

const UTF8 = 0x0800;
const DEFLATE = 8;

/** Moment as MS-DOS date and time, in Asia/Shanghai. */
const dosTime = (at: Date): { date: number; time: number } => {
  const local = new Date(at.getTime() + 8 * 3_600_000);
  return {
    date: ((local.getUTCFullYear() - 1980) << 9) | ((local.getUTCMonth() + 1) << 5) | local.getUTCDate(),
    time: (local.getUTCHours() << 11) | (local.getUTCMinutes() << 5) | (local.getUTCSeconds() >> 1),
  };
};

/** A zip archive (APPNOTE 6.3, without zip64: below 4 GB and 65,535 files). */
export const zip = (entries: readonly ZipEntry[], at: Date): Buffer => {
  const { date, time } = dosTime(at);
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const bytes = Buffer.from(name, 'utf8');
    const packed = deflateRawSync(content);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(UTF8, 2);
    head.writeUInt16LE(DEFLATE, 4);
    head.writeUInt16LE(time, 6);
    head.writeUInt16LE(date, 8);
    head.writeUInt32LE(crc32(content), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(content.length, 18);
    head.writeUInt16LE(bytes.length, 22);
    parts.push(Buffer.from('PK\u0003\u0004', 'latin1'), head, bytes, packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), head, tail, bytes);
    offset += 4 + head.length + bytes.length + packed.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listing, end]);
};
