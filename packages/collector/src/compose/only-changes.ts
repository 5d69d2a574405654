import { isDeepStrictEqual } from 'node:util';
import type { Ledger } from '../core/ports.ts';

type Connections = Pick<Ledger, 'connections' | 'saveConnection'>;

/** Saving what stands already is no change: it ends no pause and leaves no mark in the audit log. */
export function onlyChanges(ledger: Connections): Connections {
  return {
    connections: (shop) => ledger.connections(shop),
    saveConnection: async (ask) => {
      const known = (await ledger.connections(ask.shop)).find(({ tracker }) => tracker === ask.tracker);
      if (known === undefined || !isDeepStrictEqual({ ...known.settings }, ask.settings)) {
        return ledger.saveConnection(ask);
      }
      return { connection: known, clicksKeepingMode: 0, sharedWith: [], skippedBefore: 0 };
    },
  };
}
