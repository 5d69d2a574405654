/** Where a person knows more than we do: the click of an order, the fate of a postback, whose data must go. */
import { Rejected } from '../core/errors.ts';
import type { Order } from '../core/order.ts';
import type { Clock, Erased, ErasedPerson, Ledger } from '../core/ports.ts';

export interface DecideByHandNeeds {
  readonly ledger: Pick<Ledger, 'attachClick' | 'resolve' | 'erase'>;
  readonly clock: Clock;
  readonly wake: () => void;
}

interface By {
  readonly shop: string;
  readonly actor: string;
}

export interface DecideByHand {
  attach(ask: By & { orderId: string; clickId: string }): Promise<Order>;
  resolve(ask: By & { postbackId: string; as: 'accepted' | 'abandoned' }): Promise<void>;
  erase(ask: By & { person: ErasedPerson }): Promise<Erased>;
}

export function decideByHand({ ledger, clock, wake }: DecideByHandNeeds): DecideByHand {
  return {
    async attach(ask) {
      const attached = await ledger.attachClick({ ...ask, now: clock.now() });
      if (attached.outcome === 'attached') {
        wake();
        return attached.order;
      }
      if (attached.outcome === 'not-found') {
        throw new Rejected('not-found', `there is no order ${ask.orderId}`, 'order_id');
      }
      const why = 'the tracker was told of this order already, so its click stands';
      throw new Rejected('already-reported', why, 'order_id');
    },
    async resolve(ask) {
      const resolved = await ledger.resolve({ ...ask, now: clock.now() });
      if (resolved === 'not-found') throw new Rejected('not-found', 'there is no such postback', 'id');
      if (resolved === 'wrong-state') {
        throw new Rejected('wrong-state', 'only an uncertain postback can be settled by hand', 'id');
      }
      wake();
    },
    erase: (ask) => ledger.erase({ ...ask, now: clock.now() }),
  };
}
