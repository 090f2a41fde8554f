/** Files that are not what they say. All are made here, none is larger than the largest that may be sent, and none unpacks to more than 100 MB at once. */
import { deflateRawSync, gzipSync } from 'node:zlib';
import { zip } from '../../apps/server/src/platform/zip.ts';

/** A hostile file. `taken` says whether the platform may keep it: only as what its content is, and only to be saved by its reader. */
export type HostileFile = { readonly name: string; readonly content: () => Buffer; readonly taken: boolean };

const AT = new Date('2026-03-05T02:00:00Z');
const text = (s: string): Buffer => Buffer.from(s, 'utf8');
const PDF = '%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF';
const PNG = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  Buffer.from('00000001000000010806000000', 'hex'),
  Buffer.from('1f15c489', 'hex'),
  Buffer.from('0000000a49444154789c6360000000020001e221bc330000000049454e44ae426082', 'hex'),
]);
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
const GIF = Buffer.from('GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;', 'latin1');
const SCRIPT = '<script>alert(1)</script>';
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${SCRIPT}</svg>`;
const XXE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
const LAUGHS = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "ha">${Array.from({ length: 12 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('')}]>`;

const TYPES = (main: string): string =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="${main}" ContentType="application/vnd.openxmlformats-officedocument.${main.includes('word') ? 'wordprocessingml.document' : 'spreadsheetml.sheet'}.main+xml"/></Types>`;
const RELS = (main: string): string =>
  `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="${main}"/></Relationships>`;

const docx = (body: string, more: { name: string; content: Buffer }[] = []): Buffer =>
  zip(
    [
      { name: '[Content_Types].xml', content: text(TYPES('/word/document.xml')) },
      { name: '_rels/.rels', content: text(RELS('word/document.xml')) },
      { name: 'word/document.xml', content: text(body) },
      ...more,
    ],
    AT,
  );
const xlsx = (sheet: string | Buffer, more: { name: string; content: Buffer }[] = []): Buffer =>
  zip(
    [
      { name: '[Content_Types].xml', content: text(TYPES('/xl/workbook.xml')) },
      { name: '_rels/.rels', content: text(RELS('xl/workbook.xml')) },
      {
        name: 'xl/workbook.xml',
        content: text(
          '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        ),
      },
      {
        name: 'xl/_rels/workbook.xml.rels',
        content: text(
          '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        ),
      },
      { name: 'xl/worksheets/sheet1.xml', content: typeof sheet === 'string' ? text(sheet) : sheet },
      ...more,
    ],
    AT,
  );
const sheetOf = (rows: string): string =>
  `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`;

/** A zip whose directory says another size than its part has. */
const lying = (content: Buffer, says: number): Buffer => {
  const made = zip([{ name: 'a.txt', content }], AT);
  for (let at = 0; at < made.length - 4; at += 1) {
    const sign = made.readUInt32LE(at);
    if (sign === 0x04034b50) made.writeUInt32LE(says, at + 22);
    if (sign === 0x02014b50) made.writeUInt32LE(says, at + 24);
  }
  return made;
};

const MEGABYTE = 1024 * 1024;
const zeros = (megabytes: number): Buffer => Buffer.alloc(megabytes * MEGABYTE);

/** What people attach that they should not. */
export const hostileFiles = (): readonly HostileFile[] => {
  // What takes a moment to make is made when it is needed.
  const bomb = () => zip([{ name: 'a', content: zeros(100) }], AT);
  const nested = () => {
    const content = bomb();
    return zip(
      Array.from({ length: 8 }, (_, i) => ({ name: `${i}.zip`, content })),
      AT,
    );
  };
  const no = (name: string, content: Buffer | string | (() => Buffer)): HostileFile => ({
    name,
    content: typeof content === 'function' ? content : () => (typeof content === 'string' ? text(content) : content),
    taken: false,
  });
  const yes = (name: string, content: Buffer | string | (() => Buffer)): HostileFile => ({ ...no(name, content), taken: true });
  return [
    no('空.pdf', ''),
    no('只有空格.txt', Buffer.alloc(0)),
    no('网页.pdf', `<!DOCTYPE html><html>${SCRIPT}</html>`),
    no('网页.txt', `<html>${SCRIPT}</html>`),
    no('网页前有空行.txt', `\n\n  <HTML>${SCRIPT}</HTML>`),
    no('脚本.txt', SCRIPT),
    no('图.svg', SVG),
    no('图.png', SVG),
    no('图.xml', `<?xml version="1.0"?>${SVG}`),
    no('带标记.svg', `\ufeff${SVG}`),
    no('实体.xml', `${XXE}<a>&x;</a>`),
    no('大笑.xml', `${LAUGHS}<a>&a12;</a>`),
    no('程序.pdf', Buffer.from('MZ\u0090\u0000\u0003\u0000\u0000\u0000', 'latin1')),
    no('程序.sh.txt', '#!/bin/sh\nid\n'),
    no('程序.elf.jpg', Buffer.from('7f454c4602010100', 'hex')),
    no('类.pdf', Buffer.from('cafebabe00000034', 'hex')),
    no('宏.docx', docx('<w:document xmlns:w="x"/>', [{ name: 'word/vbaProject.bin', content: text('x') }])),
    no('宏.xlsx', xlsx(sheetOf(''), [{ name: 'xl/vbaProject.bin', content: text('x') }])),
    no('炸弹.zip', bomb),
    no('层层炸弹.zip', nested),
    no('假大小.zip', () => lying(zeros(50), 10)),
    no('往上爬.zip', zip([{ name: '../../../../etc/cron.d/x', content: text('x') }], AT)),
    no('压缩.gz', () => gzipSync(zeros(20))),
    no('压缩.docx', gzipSync(text('x'))),
    no('归档.tar', Buffer.concat([text('a.txt'.padEnd(257, '\0')), text('ustar\u000000'), Buffer.alloc(512)])),
    no('七.7z', Buffer.from('377abcaf271c0004', 'hex')),
    no('包.rar', Buffer.from('526172211a070100', 'hex')),
    no('盘.iso', Buffer.concat([Buffer.alloc(32_769), text('CD001')])),
    no('库.sqlite', text('SQLite format 3\u0000')),
    no('网络.swf', text('FWS\u0005')),
    no('快捷.lnk', Buffer.from('4c0000000114020000000000c000000000000046', 'hex')),
    no('字体.woff2', text('wOF2')),
    no('半个文字.txt', Buffer.from([0xe5, 0xad])),
    no('宽文字.txt', Buffer.from('\ufeff字', 'utf16le')),
    no('有空字节.txt', Buffer.from('a\u0000b', 'latin1')),
    no('乱.bin', Buffer.from(Array.from({ length: 512 }, (_, i) => (i * 197) & 255))),
    no('图只有头.png', PNG.subarray(0, 8)),
    no('影.mp4', Buffer.concat([Buffer.from('00000018', 'hex'), text('ftypmp42'), Buffer.alloc(16)])),
    no('声.mp3', Buffer.from('49443303000000000000', 'hex')),
    no('程序.wasm', Buffer.from('0061736d01000000', 'hex')),
    no('书.epub', zip([{ name: 'mimetype', content: text('application/epub+zip') }], AT)),
    no('应用.apk', zip([{ name: 'AndroidManifest.xml', content: text('x') }], AT)),
    no('包.jar', zip([{ name: 'META-INF/MANIFEST.MF', content: text('x') }], AT)),
    no('图.psd', text('8BPS\u0000\u0001')),
    no('画.eps', '%!PS-Adobe-3.0 EPSF-3.0\n(x) run'),
    no('旧.doc', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)])),
    no('注册.reg.txt\u0000.pdf', PDF),
    no('路\r\n径.pdf', PDF),
    no('双后缀.pdf.exe', PDF),
    // What the content is decides, and its name must end alike; the rest of the name is a name only, and the reader saves the file.
    yes('双后缀.exe.pdf', PDF),
    yes('../../../../etc/passwd.pdf', PDF),
    yes('..\\..\\windows\\win.pdf', PDF),
    yes('a";filename="b.pdf', PDF),
    yes("a';filename*=UTF-8''b.pdf", PDF),
    yes('CON.pdf', PDF),
    yes('.htaccess.pdf', PDF),
    yes('倒\u202efdp.exe.pdf', PDF),
    no('\u202efdp.exe', PDF),
    yes('倒着\u2067读\u2069.pdf', PDF),
    no('../../../../etc/passwd', PDF),
    no('..\\..\\windows\\win.ini', PDF),
    no('a";filename="b.html', PDF),
    no("a';filename*=UTF-8''b.html", PDF),
    yes('%0d%0aSet-Cookie: a=b.pdf', PDF),
    no('CON', PDF),
    no('.htaccess', PDF),
    yes('图里有网页.png', Buffer.concat([PNG, text(`<html>${SCRIPT}`)])),
    yes('图里有包.jpg', () => Buffer.concat([JPEG, bomb().subarray(0, 2000)])),
    yes('纸里有脚本.pdf', `%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\ntrailer<<>>\n%%EOF`),
    yes('纸里有网页.pdf', `%PDF-1.7\n%${SCRIPT}\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF`),
    no('纸.html', PDF),
    no('纸.svg', PDF),
    yes('实体.docx', docx(`${XXE}<w:document xmlns:w="x">&x;</w:document>`)),
    yes('大笑.docx', docx(`${LAUGHS}<w:document xmlns:w="x">&a12;</w:document>`)),
    yes(
      '外链.docx',
      docx('<w:document xmlns:w="x"/>', [
        {
          name: 'word/_rels/document.xml.rels',
          content: text('<Relationships><Relationship TargetMode="External" Target="http://x.example/a"/></Relationships>'),
        },
      ]),
    ),
    yes('炸弹.docx', () => docx('<w:document xmlns:w="x"/>', [{ name: 'word/a.xml', content: zeros(100) }])),
  ];
};

const WORKBOOKS: readonly (readonly [string, Buffer | (() => Buffer)])[] = [
  ['nothing', Buffer.alloc(0)],
  ['no workbook', text(PDF)],
  ['an empty zip', zip([], AT)],
  ['a zip without a workbook', zip([{ name: 'a.txt', content: text('x') }], AT)],
  ['a sheet of zeros', () => xlsx(zeros(100))],
  ['a sheet of blanks', () => xlsx(Buffer.alloc(100 * MEGABYTE, 0x20))],
  ['a part of zeros beside', () => xlsx(sheetOf(''), [{ name: 'xl/media/a.bin', content: zeros(100) }])],
  [
    'a thousand parts',
    () =>
      xlsx(
        sheetOf(''),
        Array.from({ length: 1_000 }, (_, i) => ({ name: `xl/${i}.xml`, content: text('x') })),
      ),
  ],
  ['sizes that lie', () => lying(zeros(100), 100)],
  ['an outer entity', xlsx(`${XXE}<worksheet><sheetData><row><c t="inlineStr"><is><t>&x;</t></is></c></row></sheetData></worksheet>`)],
  [
    'entities in entities',
    xlsx(`${LAUGHS}<worksheet><sheetData><row><c t="inlineStr"><is><t>&a12;</t></is></c></row></sheetData></worksheet>`),
  ],
  ['a row far below', xlsx(sheetOf('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'))],
  ['a cell far to the right', xlsx(sheetOf('<row r="1"><c r="XFD1"><v>1</v></c></row>'))],
  ['a cell nowhere', xlsx(sheetOf('<row r="0"><c r="A0"><v>1</v></c></row>'))],
  [
    'too many rows',
    () => xlsx(sheetOf(Array.from({ length: 60_000 }, (_, i) => `<row r="${i + 1}"><c r="A${i + 1}"><v>1</v></c></row>`).join(''))),
  ],
  ['formulas', xlsx(sheetOf(`<row r="1"><c r="A1"><f>cmd|' /C calc'!A0</f><v>1</v></c></row>`))],
  ['no shared string', xlsx(sheetOf('<row r="1"><c r="A1" t="s"><v>99999999</v></c></row>'))],
  ['half a file', xlsx(sheetOf('')).subarray(0, 400)],
  [
    'a directory that points outside',
    (() => {
      const made = xlsx(sheetOf(''));
      made.writeUInt32LE(0xfffffff0, made.length - 6);
      return made;
    })(),
  ],
  [
    'more parts than there are',
    (() => {
      const made = xlsx(sheetOf(''));
      made.writeUInt16LE(499, made.length - 12);
      return made;
    })(),
  ],
  [
    'a broken stream',
    (() => {
      const made = xlsx(sheetOf(''));
      made.fill(0xff, 60, 90);
      return made;
    })(),
  ],
  ['a stream without end', () => Buffer.concat([xlsx(sheetOf('')).subarray(0, 30), deflateRawSync(zeros(10)), xlsx(sheetOf(''))])],
  ['a picture', PNG],
  ['another picture', GIF],
];

/** Workbooks that must never be read in, each for its own reason. */
export const hostileWorkbooks = (): readonly (readonly [string, () => Buffer])[] =>
  WORKBOOKS.map(([name, content]) => [name, typeof content === 'function' ? content : () => content]);
