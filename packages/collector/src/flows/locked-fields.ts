/** Fields the environment fixes: they are read-only, so that a restart never undoes what an operator changed. */
import type { ConnectionSettings } from '../core/connection.ts';
import { Rejected } from '../core/errors.ts';
import type { ShopSettings } from '../core/shop.ts';
import { apiName } from './api-name.ts';

export interface LockedFields {
  shop(shop: string): readonly (keyof ShopSettings)[];
  connection(shop: string, tracker: string): readonly (keyof ConnectionSettings)[];
}

/** Refuses a change of a locked field; saying again what it is changes nothing. */
export function refuseLocked<Settings extends object>(
  locked: readonly (keyof Settings & string)[],
  before: Settings,
  after: Settings,
): void {
  const changed = locked.find((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  if (changed === undefined) return;
  const field = apiName(changed);
  throw new Rejected('read-only', `${field} is set in the collector's environment; change it there`, field);
}
