/** What a storage engine gives the verbs: statements with `$1`, `$2` … inside one transaction, and a few tools. */

export type SqlValue = string | number | bigint | null;
export type Row = Readonly<Record<string, SqlValue>>;

export interface Sql {
  /** Runs a statement and gives its rows. */
  all(statement: string, ...values: SqlValue[]): Row[] | Promise<Row[]>;
  /** Runs a statement and tells how many rows it changed. */
  run(statement: string, ...values: SqlValue[]): number | Promise<number>;
}

/** A verb's surroundings besides the database. */
export interface Surroundings {
  /** A fresh UUIDv7. */
  readonly newId: () => string;
  /** Encrypts and decrypts secrets at rest. */
  readonly seal: (text: string) => string;
  readonly unseal: (sealed: string) => string;
  /** A keyed digest: recognises a value without keeping it. */
  readonly digest: (text: string) => string;
  /** The tracker postbacks are planned for. */
  readonly tracker: string;
}

/** One open transaction and its surroundings; what every verb takes first. */
export interface Tx extends Surroundings {
  readonly sql: Sql;
}

/** The only row, or null. */
export async function first(tx: Tx, statement: string, ...values: SqlValue[]): Promise<Row | null> {
  return (await tx.sql.all(statement, ...values))[0] ?? null;
}

export interface Table {
  readonly name: string;
  readonly keys: readonly string[];
  readonly columns: readonly string[];
}

/** Inserts a row, or overwrites the one with the same key. Safe to run twice. */
export async function put(tx: Tx, table: Table, row: Row): Promise<void> {
  const all = [...table.keys, ...table.columns];
  await tx.sql.run(upsertOf(table, all), ...all.map((column) => row[column] ?? null));
}

/** Overwrites these columns of the row with these keys; false when there is none. */
export async function patch(tx: Tx, table: Table, row: Row): Promise<boolean> {
  const all = [...table.columns, ...table.keys];
  return (await tx.sql.run(updateOf(table), ...all.map((column) => row[column] ?? null))) > 0;
}

const updates = new WeakMap<Table, string>();

function updateOf(table: Table): string {
  const known = updates.get(table);
  if (known !== undefined) return known;
  const sets = table.columns.map((column, index) => `${column} = $${index + 1}`);
  const keys = table.keys.map((key, index) => `${key} = $${table.columns.length + index + 1}`);
  const statement = `UPDATE ${table.name} SET ${sets.join(', ')} WHERE ${keys.join(' AND ')}`;
  updates.set(table, statement);
  return statement;
}

const upserts = new Map<string, string>();

function upsertOf(table: Table, all: readonly string[]): string {
  const known = upserts.get(table.name);
  if (known !== undefined) return known;
  const places = all.map((_, index) => `$${index + 1}`).join(', ');
  const sets = table.columns.map((column) => `${column} = excluded.${column}`).join(', ');
  const statement =
    `INSERT INTO ${table.name} (${all.join(', ')}) VALUES (${places}) ` +
    `ON CONFLICT (${table.keys.join(', ')}) DO UPDATE SET ${sets}`;
  upserts.set(table.name, statement);
  return statement;
}
