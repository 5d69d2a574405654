// A ledger of its own with postbacks that are due, and nobody who sends them yet.
import { randomBytes } from 'node:crypto';
import { DEFAULT_CONNECTION_SETTINGS } from '../../src/core/connection.ts';
import type { OrderNews } from '../../src/core/order.ts';
import type { Ledger } from '../../src/core/ports.ts';
import { openSqlite } from '../../src/ledgers/sqlite.ts';

export interface LedgerAsk {
  readonly path: string;
  readonly trackerPort: number;
  readonly inFlight: number;
}

/** An embedded ledger whose shop `main` reports to a tracker on this machine. */
export async function openConnected({ path, trackerPort, inFlight }: LedgerAsk): Promise<Ledger> {
  const onDeath = (error: Error) => {
    throw error;
  };
  const ledger = await openSqlite({ path, secretKey: randomBytes(32), tracker: 'binom', onDeath });
  const settings = {
    ...DEFAULT_CONNECTION_SETTINGS,
    trackingDomain: `127.0.0.1:${trackerPort}`,
    scheme: 'http' as const,
    inFlight,
  };
  await ledger.saveConnection({ shop: 'main', tracker: 'binom', settings, actor: 'bench', now: Date.now() });
  return ledger;
}

/** Paid orders, each with a click of its own. */
export async function owe(ledger: Ledger, round: number, count: number): Promise<void> {
  const receivedAt = Date.now();
  const orders = Array.from({ length: count }, (_, index) =>
    ledger.receiveOrder(paid(`${round}-${index}`, clickIdOf(round, index), receivedAt)),
  );
  await Promise.all(orders);
}

export function clickIdOf(round: number, index: number): string {
  return `81e60ha${round}x${index.toString(36)}`;
}

function paid(orderId: string, clickId: string, receivedAt: number): OrderNews {
  return {
    shop: 'main',
    orderId,
    source: 'api',
    status: 'paid',
    amount: 4990n,
    refunded: null,
    currency: 'EUR',
    kind: null,
    test: false,
    placedAt: null,
    occurredAt: null,
    receivedAt,
    found: [{ via: 'order.click_id', value: clickId }],
    visitorIds: [],
    joinKeys: [],
    customerId: null,
    subscriptionId: null,
  };
}
