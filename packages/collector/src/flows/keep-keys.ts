/** A shop's API keys: added and taken away by an operator. Whoever calls made the key and keeps only its hash. */
import { Rejected } from '../core/errors.ts';
import type { ApiKey, Clock, Ledger } from '../core/ports.ts';
import type { Directory } from './directory.ts';

export interface KeepKeysNeeds {
  readonly ledger: Pick<Ledger, 'addKey' | 'removeKey'>;
  readonly directory: Pick<Directory, 'refresh'>;
  readonly clock: Clock;
  readonly newId: () => string;
}

export interface KeepKeys {
  add(ask: { shop: string; hash: string; label: string; actor: string }): Promise<ApiKey>;
  remove(ask: { shop: string; id: string; actor: string }): Promise<void>;
}

export function keepKeys({ ledger, directory, clock, newId }: KeepKeysNeeds): KeepKeys {
  return {
    async add({ actor, ...key }) {
      const added = { ...key, id: newId(), createdAt: clock.now() };
      await ledger.addKey(added, { actor, now: added.createdAt });
      await directory.refresh();
      return added;
    },
    async remove({ shop, id, actor }) {
      const isRemoved = await ledger.removeKey(shop, id, { actor, now: clock.now() });
      await directory.refresh();
      if (!isRemoved) throw new Rejected('not-found', 'this shop has no such key', 'id');
    },
  };
}
