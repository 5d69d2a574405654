// The ledger's own books, read from the file as any outsider could: while the collector runs, or after its death.
import { DatabaseSync } from 'node:sqlite';

export interface OrderRow {
  readonly order_id: string;
  readonly status: string;
  readonly amount: number;
  readonly click_id: string | null;
}

export interface PostbackRow {
  readonly id: string;
  readonly order_id: string | null;
  readonly click_id: string;
  readonly purpose: string;
  readonly state: string;
  readonly wanted: number;
  readonly sent: number;
}

export interface AttemptRow {
  readonly postback_id: string;
  readonly attempt: number;
  readonly outcome: string;
}

export interface Books {
  readonly beacons: ReadonlySet<string>;
  readonly orders: readonly OrderRow[];
  readonly postbacks: readonly PostbackRow[];
  readonly attempts: readonly AttemptRow[];
  /** Codes of the notices raised. */
  readonly notices: ReadonlySet<string>;
}

export function readBooks(file: string): Books {
  return reading(file, (rows) => ({
    beacons: new Set(
      rows<{ beacon_id: string }>('SELECT beacon_id FROM beacons').map((row) => row.beacon_id),
    ),
    orders: rows<OrderRow>('SELECT order_id, status, amount, click_id FROM orders'),
    postbacks: rows<PostbackRow>(
      'SELECT id, order_id, click_id, purpose, state, wanted, sent FROM postbacks ORDER BY created_at, id',
    ),
    attempts: rows<AttemptRow>(
      'SELECT postback_id, attempt, outcome FROM attempts ORDER BY postback_id, attempt',
    ),
    notices: new Set(rows<{ code: string }>('SELECT DISTINCT code FROM notices').map((row) => row.code)),
  }));
}

/** How many postbacks still wait or are on their way. */
export function stillOpen(file: string): number {
  return reading(file, (rows) => {
    const [row] = rows<{ open: number }>(
      `SELECT COUNT(*) AS open FROM postbacks WHERE state IN ('due', 'sending')`,
    );
    return row?.open ?? 0;
  });
}

/** SQLite's own check of the whole file: `ok`, or what is wrong. */
export function integrityOf(file: string): string {
  return reading(file, (rows) =>
    rows<{ integrity_check: string }>('PRAGMA integrity_check')
      .map((row) => row.integrity_check)
      .join('; '),
  );
}

type Rows = <Row>(statement: string) => Row[];

function reading<Result>(file: string, read: (rows: Rows) => Result): Result {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  try {
    return read(<Row>(statement: string) => db.prepare(statement).all() as Row[]);
  } finally {
    db.close();
  }
}
