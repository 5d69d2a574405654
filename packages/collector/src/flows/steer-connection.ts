/** What an operator does with a connection that stands: take it away, end its pause. */
import type { Health } from '../core/connection.ts';
import { Rejected } from '../core/errors.ts';
import type { Clock, Ledger } from '../core/ports.ts';
import type { LockedFields } from './locked-fields.ts';

export interface SteerConnectionNeeds {
  readonly ledger: Pick<Ledger, 'removeConnection' | 'resumeConnection'>;
  readonly clock: Clock;
  readonly locked: LockedFields;
  readonly wake: () => void;
}

interface Ask {
  readonly shop: string;
  readonly tracker: string;
  readonly actor: string;
}

export interface SteerConnection {
  disconnect(ask: Ask): Promise<void>;
  resume(ask: Ask): Promise<Health>;
}

export function steerConnection({ ledger, clock, locked, wake }: SteerConnectionNeeds): SteerConnection {
  return {
    async disconnect({ shop, tracker, actor }) {
      if (locked.connection(shop, tracker).includes('trackingDomain')) {
        throw new Rejected(
          'read-only',
          "this connection is set in the collector's environment; remove it there, or hold it with enabled: false",
          'tracking_domain',
        );
      }
      const isRemoved = await ledger.removeConnection(shop, tracker, { actor, now: clock.now() });
      if (!isRemoved) throw notConnected(shop, tracker);
    },
    async resume({ shop, tracker, actor }) {
      const health = await ledger.resumeConnection(shop, tracker, { actor, now: clock.now() });
      if (health === null) throw notConnected(shop, tracker);
      wake();
      return health;
    },
  };
}

export function notConnected(shop: string, tracker: string): Rejected {
  return new Rejected('not-found', `shop ${shop} is not connected to ${tracker}`, 'tracker');
}
