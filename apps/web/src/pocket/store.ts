/** The rows on the phone: enciphered, but for what is needed to ask for the PIN and to count hours. */
import { POCKET_DATABASE } from '../house/pocket.ts';
import type { Lock, Sealed } from './seal.ts';

/** What stands open: how to try a PIN, and the times by which everything is forgotten. Nothing of a person. */
export type Meta = {
  readonly lock: Lock;
  readonly wrong: number;
  /** The highest time that this phone's clock ever showed. */
  readonly seen: number;
  /** When the platform last answered somebody signed in. */
  readonly contact: number;
  readonly hours: number;
  readonly tries: number;
  readonly lockMinutes: number;
};

export type Store = {
  readonly meta: () => Promise<Meta | undefined>;
  /** Changes it in one transaction: two tabs count wrong PINs together. */
  readonly changeMeta: (change: (meta: Meta | undefined) => Meta) => Promise<Meta>;
  readonly rows: () => Promise<ReadonlyMap<string, Sealed>>;
  readonly put: (id: string, sealed: Sealed) => Promise<void>;
  readonly row: (id: string) => Promise<Sealed | undefined>;
  readonly drop: (...ids: string[]) => Promise<void>;
  /** Empties every table at once, then takes the database away; another tab that holds it open lets go by itself. */
  readonly wipe: () => Promise<void>;
};

const META = 'meta';
const ROWS = 'rows';

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const ended = (tx: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error);
    tx.onerror = () => reject(tx.error);
  });

/** Opens the rows of this phone; `gone` is called when another tab takes them away. */
export const openStore = async (gone: () => void): Promise<Store> => {
  const opening = indexedDB.open(POCKET_DATABASE, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(META);
    opening.result.createObjectStore(ROWS);
  };
  const db = await done(opening);
  db.onversionchange = () => {
    db.close();
    gone();
  };
  const write = async (name: string, work: (rows: IDBObjectStore) => void): Promise<void> => {
    const tx = db.transaction(name, 'readwrite', { durability: 'strict' });
    const end = ended(tx);
    work(tx.objectStore(name));
    await end;
  };
  return {
    meta: () => done(db.transaction(META).objectStore(META).get(META)),
    changeMeta: async (change) => {
      const tx = db.transaction(META, 'readwrite', { durability: 'strict' });
      const end = ended(tx);
      const rows = tx.objectStore(META);
      const next = change(await done(rows.get(META)));
      rows.put(next, META);
      await end;
      return next;
    },
    rows: async () => {
      const rows = db.transaction(ROWS).objectStore(ROWS);
      const [ids, sealed] = await Promise.all([done(rows.getAllKeys()), done(rows.getAll())]);
      return new Map(ids.map((id, at) => [String(id), sealed[at] as Sealed]));
    },
    put: (id, sealed) => write(ROWS, (rows) => rows.put(sealed, id)),
    row: (id) => done(db.transaction(ROWS).objectStore(ROWS).get(id)),
    drop: (...ids) =>
      write(ROWS, (rows) => {
        for (const id of ids) rows.delete(id);
      }),
    wipe: async () => {
      const tx = db.transaction([META, ROWS], 'readwrite', { durability: 'strict' });
      const end = ended(tx);
      tx.objectStore(META).clear();
      tx.objectStore(ROWS).clear();
      await end;
      db.close();
      indexedDB.deleteDatabase(POCKET_DATABASE);
    },
  };
};
