import type { Tx } from './sql.ts';

/** About what a beacon with its index entries needs, and a little more. */
const FILLER = '-'.repeat(16_384);

/** Writes something, takes it away again and leaves the commit to prove that the disk takes it. */
export async function probe(tx: Tx): Promise<void> {
  const id = tx.newId();
  await tx.sql.run(
    `INSERT INTO audit (shop, id, at, actor, action, detail) VALUES ('', $1, 0, '', 'probe', $2)`,
    id,
    FILLER,
  );
  await tx.sql.run(`DELETE FROM audit WHERE shop = '' AND id = $1`, id);
}
