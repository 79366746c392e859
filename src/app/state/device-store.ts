import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";

/** One piece of work as it lies in the browser's storage. */
export interface KeptRecord<Content> {
  readonly kind: string;
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly content: Content;
}

interface Schema extends DBSchema {
  records: { key: [kind: string, id: string]; value: KeptRecord<unknown> };
}
type Database = IDBPDatabase<Schema>;

const NAME = "trendloom";
const VERSION = 1;

/**
 * What the user agreed to keep on this device, in IndexedDB, by kind and id. The database itself is the consent: it is made
 * when the user agrees and deleted when everything is to be forgotten, so that nothing is ever written without it, in no tab.
 * Each write is one transaction: of two tabs that write the same record, one is there as a whole.
 */
export class DeviceStore {
  private database: Database | null = null;

  /** `onGone`: everything was forgotten in another tab, or the browser took the storage away. */
  constructor(private readonly onGone: () => void) {}

  /** Whether the user has agreed, now or on an earlier visit. Creates nothing. @throws DOMException where storage is refused */
  async isThere(): Promise<boolean> {
    return (await this.open(false)) !== null;
  }

  /** The user agrees. @throws DOMException where storage is refused, as in some private windows */
  async create(): Promise<void> {
    await this.open(true);
  }

  /** Writes a record over an earlier one of the same id; false where nothing may be kept. @throws DOMException when storage is full */
  async put(record: KeptRecord<unknown>): Promise<boolean> {
    const database = await this.open(false);
    await database?.put("records", record);
    return database !== null;
  }

  async get<Content>(kind: string, id: string): Promise<KeptRecord<Content> | null> {
    const database = await this.open(false);
    return ((await database?.get("records", [kind, id])) as KeptRecord<Content> | undefined) ?? null;
  }

  /** All records of a kind, the latest first. */
  async all<Content>(kind: string): Promise<KeptRecord<Content>[]> {
    const database = await this.open(false);
    const records = (await database?.getAll("records", IDBKeyRange.bound([kind], [kind, []]))) ?? [];
    return (records as KeptRecord<Content>[]).sort((a, b) => b.savedAt - a.savedAt);
  }

  async remove(kind: string, id: string): Promise<void> {
    const database = await this.open(false);
    await database?.delete("records", [kind, id]);
  }

  /** Deletes everything, the consent included. Other tabs let go of it by themselves. */
  async forget(): Promise<void> {
    this.close();
    await deleteDB(NAME);
  }

  private async open(mayCreate: boolean): Promise<Database | null> {
    if (this.database) return this.database;
    let isAbsent = false;
    try {
      this.database = await openDB<Schema>(NAME, VERSION, {
        upgrade(database, oldVersion, _newVersion, transaction) {
          if (oldVersion === 0 && !mayCreate) {
            isAbsent = true;
            // A database whose first transaction is aborted was never there.
            transaction.done.catch(() => {});
            transaction.abort();
          } else if (oldVersion === 0) database.createObjectStore("records", { keyPath: ["kind", "id"] });
        },
        blocking: () => this.leave(),
        terminated: () => this.leave(),
      });
    } catch (error) {
      if (isAbsent) return null;
      throw error;
    }
    return this.database;
  }

  private leave(): void {
    this.close();
    this.onGone();
  }

  private close(): void {
    this.database?.close();
    this.database = null;
  }
}
