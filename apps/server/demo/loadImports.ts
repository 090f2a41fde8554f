/** Ledgers that the head's station took over before: a register whose people have no case yet, and a file in which no heading was found. */
import { addDays, type Day, type Instant, instantAt } from '@jieyou/core/shared/day.ts';
import { sealRecipient } from '../src/cases/index.ts';
import type { CryptoProvider } from '../src/platform/crypto/crypto.ts';
import type { District } from './loadDistrict.ts';
import { idOf, type Rows } from './loadRows.ts';
import type { DemoTime } from './loadTime.ts';

const REGISTER = [
  ['公冶望舒', 'female', '1944-02-11', 'elder-alone'],
  ['闻人既白', 'male', '1951-07-23', 'subsistence'],
  ['濮阳采薇', 'female', '1939-10-05', 'elder-alone'],
  ['澹台清如', 'female', '1958-03-30', 'subsistence-margin'],
  ['钟离见山', 'male', '1947-12-19', 'special-care'],
  ['令狐知夏', 'female', '1962-05-08', 'subsistence'],
] as const;

/** Adds the imports of the demo. */
export const importRows = (rows: Rows, district: District, crypto: CryptoProvider, time: DemoTime): void => {
  const { head, worker } = district.named;
  const accountId = rows.of('account').find((a) => a.personId === head.personId)?.id;
  if (accountId === undefined || head.stationId === null) return;
  const stationId = head.stationId;
  const districtId = district.id;
  const at = (days: number, hour: number): Instant => time.notAfter(instantAt(addDays(time.today, -days), hour * 3_600_000), 45) as Instant;
  const made = at(40, 10);
  const one = (status: string, fileName: string, on: Instant) => ({
    districtId,
    id: idOf(on),
    kind: 'recipients',
    status,
    stationId,
    personId: head.personId,
    accountId,
    workerId: head.personId,
    fileName,
    format: 'xlsx',
    bytes: 14_336,
    sha256: '',
    keptUntil: addDays(on.slice(0, 10) as Day, 30),
    madeAt: on,
    touchedAt: on,
  });
  const register = one('done', '社区老人名册.xlsx', made);
  rows.add('ledgerImport', {
    ...register,
    sheets: ['名册'],
    headRow: 3,
    rowsRead: REGISTER.length + 2,
    rowsNew: REGISTER.length,
    rowsWrong: 2,
    rowsSkipped: 1,
    rowsAdded: REGISTER.length,
    appliedRow: REGISTER.length + 5,
    confirmedAt: made,
    finishedAt: made,
  });
  for (const [rowNo, column, code] of [
    [5, 'idNumber', 'id-lost'],
    [9, 'birthOn', 'date-incomplete'],
  ] as const)
    rows.add('ledgerImportRow', {
      districtId,
      id: idOf(made),
      importId: register.id,
      rowNo,
      state: 'wrong',
      problems: JSON.stringify([{ column, code, row: null }]),
    });
  for (const [i, [name, gender, birthOn, category]] of REGISTER.entries()) {
    const id = idOf(made);
    const draft = { name, gender, birthOn, idNumber: null, phone: null, address: null } as const;
    rows.add('recipient', {
      districtId,
      id,
      stationId,
      workerId: i % 2 === 0 && worker.stationId === stationId ? worker.personId : head.personId,
      onRegister: true,
      ...sealRecipient(crypto, id, draft, time.today),
    });
    const categoryId = idOf(made);
    rows.add('recipientCategory', {
      districtId,
      id: categoryId,
      recipientId: id,
      category,
      fromDay: made.slice(0, 10),
      toDay: null,
      source: '台账导入',
      recordedBy: head.personId,
      recordedAt: made,
    });
    rows.add('ledgerImportRow', {
      districtId,
      id: idOf(made),
      importId: register.id,
      rowNo: 20 + i,
      state: 'added',
      madeId: id,
      withIds: [categoryId],
      fingerprint: crypto.mark(`${stationId}\u0002${name}`, 'ledgerImport.row'),
    });
  }
  rows.add('ledgerImport', { ...one('failed', '各项统计.xlsx', at(41, 9)), sheets: ['汇总'], failure: 'no-head' });
};
