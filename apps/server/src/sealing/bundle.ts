import { randomBytes } from 'node:crypto';
import type { SealedPart } from '@jieyou/core/sealing/schema.ts';
import { formatInstant, type Instant } from '@jieyou/core/shared/day.ts';
import { openField } from '../cases/index.ts';
import { type CryptoProvider, Sm4Provider } from '../platform/crypto/crypto.ts';

type Row = Readonly<Record<string, unknown>>;

/** Everything that was taken out for one sealed file, as the database gave it: columns in its own spelling. */
export type Bundle = {
  readonly rows: Readonly<Record<string, readonly Row[] | null>>;
  readonly depths: Readonly<Record<string, number>>;
  readonly recipient: Row | null;
  readonly history: readonly Row[];
};

const keyPlace = (fileId: string) => ({ table: 'sealed_content', row: fileId, field: 'key' });
const bodyPlace = (fileId: string) => ({ table: 'sealed_content', row: fileId, field: 'body' });

/** A key of the file's own, wrapped by the platform's key. */
export const newKey = (platform: CryptoProvider, fileId: string): { keyId: string; keyCt: string; provider: CryptoProvider } => {
  const secret = randomBytes(32);
  const keyId = `seal-${randomBytes(6).toString('hex')}`;
  return {
    keyId,
    keyCt: platform.encrypt(secret.toString('base64url'), keyPlace(fileId)),
    provider: new Sm4Provider(new Map([[keyId, secret]]), keyId),
  };
};

/** The file's own key, unwrapped. */
export const keyOf = (platform: CryptoProvider, fileId: string, keyId: string, keyCt: string): CryptoProvider =>
  new Sm4Provider(new Map([[keyId, Buffer.from(platform.decrypt(keyCt, keyPlace(fileId)), 'base64url')]]), keyId);

export const sealBundle = (provider: CryptoProvider, fileId: string, bundle: Bundle): string =>
  provider.encrypt(JSON.stringify(bundle), bodyPlace(fileId));

export const openBundle = (provider: CryptoProvider, fileId: string, bodyCt: string): Bundle =>
  JSON.parse(provider.decrypt(bodyCt, bodyPlace(fileId))) as Bundle;

const text = (row: Row, column: string): string => (typeof row[column] === 'string' ? (row[column] as string) : '');
const rowsOf = (bundle: Bundle, table: string): readonly Row[] => bundle.rows[table] ?? [];
const moment = (at: string): string => (at === '' ? '' : formatInstant(new Date(at).toISOString() as Instant));

type Entry = { title: string; text: string };

/** One part of a sealed file in words. Only what the letter names is put into words at all. */
const partOf = (crypto: CryptoProvider, bundle: Bundle, part: SealedPart): Entry[] => {
  switch (part) {
    case 'identity': {
      const person = bundle.recipient;
      if (person === null) return [];
      const sealed = {
        nameCt: text(person, 'name_ct'),
        idNumberCt: (person.id_number_ct as string | null) ?? null,
        phoneCt: (person.phone_ct as string | null) ?? null,
        addressCt: (person.address_ct as string | null) ?? null,
      };
      const open = (title: string, field: 'name' | 'idNumber' | 'phone' | 'address'): Entry[] => {
        const value = openField(crypto, text(person, 'id'), sealed, field);
        return value === null ? [] : [{ title, text: value }];
      };
      return [...open('姓名', 'name'), ...open('证件号码', 'idNumber'), ...open('电话', 'phone'), ...open('住址', 'address')];
    }
    case 'summary':
      return rowsOf(bundle, 'case_content').flatMap((row) => [
        { title: '摘要', text: text(row, 'summary') },
        { title: '家庭情况', text: text(row, 'household') },
      ]);
    case 'notes':
      return rowsOf(bundle, 'case_note').map((row) => ({
        title: `个案记录 ${text(row, 'happened_on')}`,
        text: ['body', 'place', 'goal', 'state', 'reflection', 'next_plan']
          .map((column) => text(row, column))
          .filter((said) => said !== '')
          .join('\n'),
      }));
    case 'requests':
      return [
        ...rowsOf(bundle, 'support_content').flatMap((row) => [
          { title: '求助：经过', text: text(row, 'story') },
          { title: '求助：已做过什么', text: text(row, 'tried') },
          { title: '求助：希望得到的支持', text: text(row, 'asks') },
        ]),
        ...rowsOf(bundle, 'support_statement').map((row) => ({ title: `办理 ${moment(text(row, 'at'))}`, text: text(row, 'says') })),
        ...rowsOf(bundle, 'support_opinion').map((row) => ({
          title: '专家意见',
          text: `判断：${text(row, 'judgement')}\n建议：${text(row, 'advice')}\n风险：${text(row, 'risk')}`,
        })),
        ...rowsOf(bundle, 'support_minutes').map((row) => ({
          title: '会诊纪要',
          text: `${text(row, 'minutes')}\n共识：${text(row, 'consensus')}`,
        })),
        ...rowsOf(bundle, 'support_closing').map((row) => ({ title: '结束评估', text: text(row, 'evaluation') })),
      ];
    case 'files':
      return [];
  }
};

/** The parts that a letter names, in words. */
export const partsOf = (crypto: CryptoProvider, bundle: Bundle, scope: readonly SealedPart[]) =>
  scope.map((part) => ({ part, entries: partOf(crypto, bundle, part).filter((entry) => entry.text !== '') }));

/** The attachments of a sealed file. */
export const filesOf = (bundle: Bundle): { id: string; name: string; mime: string }[] =>
  rowsOf(bundle, 'attachment')
    .filter((row) => row.removed_at === null)
    .map((row) => ({ id: text(row, 'id'), name: text(row, 'name'), mime: text(row, 'mime') }));

/** Names of all files on disk that the rows point to. */
export const storedOf = (bundle: Bundle): { id: string; storedAs: string }[] =>
  rowsOf(bundle, 'attachment')
    .filter((row) => row.removed_at === null)
    .map((row) => ({ id: text(row, 'id'), storedAs: text(row, 'stored_as') }));

/** Files that were only lent for some hours and go with the sealing: archives that somebody took of a request. */
export const lentOf = (bundle: Bundle): string[] =>
  rowsOf(bundle, 'request_archive').flatMap((row) => (typeof row.stored_as === 'string' ? [row.stored_as] : []));

/** The same rows without those files: who took an archive and its hash stay. */
export const withoutLent = (bundle: Bundle): Bundle => ({
  ...bundle,
  rows: {
    ...bundle.rows,
    ...(bundle.rows.request_archive == null
      ? {}
      : {
          request_archive: bundle.rows.request_archive.map((row) => ({
            ...row,
            stored_as: null,
            status: row.status === 'failed' ? 'failed' : 'expired',
          })),
        }),
  },
});

/** The same rows with files under other names: what goes back after unsealing. */
export const withStored = (bundle: Bundle, names: ReadonlyMap<string, string>): Bundle => ({
  ...bundle,
  rows: {
    ...bundle.rows,
    ...(bundle.rows.attachment == null
      ? {}
      : { attachment: bundle.rows.attachment.map((row) => ({ ...row, stored_as: names.get(text(row, 'id')) ?? row.stored_as })) }),
  },
});
