/** What stands in place of a click id or an order id that was erased: unique, and it leads nowhere. */
import type { Tx } from './sql.ts';

export function erasedId(tx: Tx): string {
  return `erased-${tx.newId()}`;
}

export function isErasedId(id: string): boolean {
  return /^erased-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(id);
}
