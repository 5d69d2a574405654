/** Who may call what. A failed log-in counts against the caller's address. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Rejected } from '../core/errors.ts';
import { addressOf, type Trust } from './client.ts';
import { bearerOf, digestOf, isSecret } from './credentials.ts';
import type { AppNeeds } from './needs.ts';
import type { Limiter } from './rate-limit.ts';

/** `shop` is whoever has one of the shop's keys; an order is news from the shop, so the operator's token cannot post one. */
export type Who = 'operator' | 'shop' | 'shop-or-operator';

export interface Gate {
  /** Tells who called, for the audit log; rejects whoever may not. */
  admit(who: Who, caller: Caller): Promise<string>;
}

export interface Caller {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** The shop the address names. */
  readonly shop: string | null;
}

export interface GateNeeds extends Pick<AppNeeds, 'adminToken' | 'directory'> {
  readonly trust: Trust;
  /** Of failed log-ins. */
  readonly limiter: Limiter | null;
}

export function createGate({ adminToken, directory, trust, limiter }: GateNeeds): Gate {
  const isOperator = isSecret(adminToken);
  const refuse = async (who: Who, { req, res }: Caller, why: string): Promise<never> => {
    await limiter?.count(addressOf(req, trust), res);
    throw new Rejected('unauthorized', `${why} ${KEYS[who]}`);
  };
  return {
    async admit(who, caller) {
      const { req, res, shop } = caller;
      const token = bearerOf(req);
      if (token === null) return refuse(who, caller, 'send Authorization: Bearer with');
      // A shop's key is asked for first and freely: guesses of others behind the same proxy must not hold up orders.
      if (who !== 'operator' && shop !== null) {
        // A shop's server that misspelled its shop should hear that, not that its key is wrong.
        directory.shop(shop);
        if (directory.opens(shop, digestOf(token))) return 'shop';
      }
      await limiter?.refuseSpent(addressOf(req, trust), res);
      if (who !== 'shop' && isOperator(token)) return 'operator';
      return refuse(who, caller, 'this is not');
    },
  };
}

const KEYS: Readonly<Record<Who, string>> = {
  operator: 'the operator token (ADMIN_TOKEN)',
  shop: 'an API key of this shop',
  'shop-or-operator': 'an API key of this shop, or the operator token',
};
