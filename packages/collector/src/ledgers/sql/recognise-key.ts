import { Misconfigured } from '../../core/errors.ts';
import { first, type Tx } from './sql.ts';

/**
 * Notes at the first start which SECRET_KEY this ledger is kept with, and refuses another: with a wrong one no secret
 * opens, and a repeated webhook or an erased order would be taken for a new one.
 */
export async function recogniseKey(tx: Tx): Promise<void> {
  const mark = tx.digest('the key of this ledger');
  await tx.sql.run(`INSERT INTO facts (name, value) VALUES ('key', $1) ON CONFLICT (name) DO NOTHING`, mark);
  const known = await first(tx, `SELECT value FROM facts WHERE name = 'key'`);
  if (known?.['value'] === mark) return;
  throw new Misconfigured([
    'SECRET_KEY is not the one this ledger was written with. Set that one, or restore it from a backup (by default it ' +
      'is secret.key, beside the SQLite file): no other key opens this ledger and its secrets. Clicks, orders and ' +
      'postbacks are not sealed: any tool for the database reads them.',
  ]);
}
