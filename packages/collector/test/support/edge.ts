// The whole edge on a real socket: real flows, the ledger in memory, a clock set by hand, a wire that only writes down.
import { createHash } from 'node:crypto';
import type { Clock, Happening, Ledger, Log, Wire, WireReply } from '../../src/core/ports.ts';
import { DEFAULT_SHOP_SETTINGS } from '../../src/core/shop.ts';
import { Directory } from '../../src/flows/directory.ts';
import { operate } from '../../src/flows/operate.ts';
import { receiveOrder } from '../../src/flows/receive-order.ts';
import { recordClick } from '../../src/flows/record-click.ts';
import { createApp } from '../../src/http/app.ts';
import { listen, type ListenLimits } from '../../src/http/listen.ts';
import type { AppNeeds } from '../../src/http/needs.ts';
import { openMemory } from '../../src/ledgers/memory.ts';
import { binom } from '../../src/trackers/binom.ts';
import { HandClock } from './hand-clock.ts';

export const ADMIN = 'admin-token-of-the-tests';
export const SHOP_KEY = 'cbk_key-of-shop-main';
export const OTHER_KEY = 'cbk_key-of-shop-other';
export const SNIPPET = { old: '0ld0ld', current: 'c0ffee' };

export interface EdgeOptions {
  readonly needs?: Partial<AppNeeds>;
  readonly limits?: Partial<ListenLimits>;
  /** Replaces verbs of the ledger. */
  readonly ledger?: (ledger: Ledger) => Partial<Ledger>;
  readonly locked?: AppNeeds['locked'];
}

export type Edge = Awaited<ReturnType<typeof startEdge>>;

/** Shops `main` and `other`, one key each. */
export async function startEdge(options: EdgeOptions = {}) {
  const memory = openMemory({ secretKey: new Uint8Array(32).fill(7), tracker: 'binom' });
  const ledger = { ...memory, ...options.ledger?.(memory) };
  const clock = new HandClock();
  const log = new RecordingLog();
  const wire = new RecordingWire();
  const hearers = new Set<(happening: Happening) => void>();
  const woken = { times: 0 };
  const directory = new Directory(ledger);
  await seed(memory, clock);
  await directory.refresh();
  const shared = { ledger, directory, clock, ...surroundings(hearers, woken) };
  const locked = options.locked ?? { shop: () => [], connection: () => [] };
  const app = createApp({
    adminToken: ADMIN,
    clock,
    log,
    directory,
    locked,
    reads: ledger,
    recordClick: recordClick(shared),
    receiveOrder: receiveOrder(shared),
    operate: operate({ ...shared, locked, wire, trackers: new Map([['binom', binom]]), ...addresses }),
    snippet: snippetFiles(),
    metrics: { token: null, render: async () => ({ type: 'text/plain; version=0.0.4', text: 'clicks 1\n' }) },
    subscribe(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    rateLimit: null,
    trustProxy: 'loopback',
    ...options.needs,
  });
  const listening = await listen(app.handle, { host: '127.0.0.1', port: 0, ...options });
  const close = async (patience = 1000) => {
    app.drain();
    await listening.close(patience);
    await memory.close();
  };
  return {
    ...listening,
    app,
    ledger,
    directory,
    clock,
    log,
    wire,
    hearers,
    woken,
    close,
    ...callsTo(listening.url),
  };
}

const addresses = {
  addressProblem: (host: string) =>
    /^(?:10\.|localhost)/.test(host) ? `${host} is a private address` : null,
  allowsHost: (host: string) => host.startsWith('127.0.0.1'),
};

function surroundings(hearers: Set<(happening: Happening) => void>, woken: { times: number }) {
  let ids = 0;
  return {
    newId: () => `id-${(ids += 1)}`,
    happen: (happening: Happening) => hearers.forEach((hear) => hear(happening)),
    wake: () => void (woken.times += 1),
  };
}

async function seed(ledger: Ledger, clock: Clock): Promise<void> {
  const audited = { actor: 'seed', now: clock.now() };
  for (const [shop, key] of [
    ['main', SHOP_KEY],
    ['other', OTHER_KEY],
  ] as const) {
    await ledger.saveShop({ shop, settings: DEFAULT_SHOP_SETTINGS }, audited);
    const hash = createHash('sha256').update(key).digest('hex');
    await ledger.addKey({ shop, id: `key-${shop}`, hash, label: '', createdAt: audited.now }, audited);
  }
}

function snippetFiles(): AppNeeds['snippet'] {
  const code = (word: string) => Buffer.from(`"${word}";`.repeat(200));
  const byHash = new Map([
    [SNIPPET.old, code('old')],
    [SNIPPET.current, code('current')],
  ]);
  return { current: SNIPPET.current, byHash };
}

export interface Call {
  readonly method?: string;
  readonly token?: string | null;
  /** Sent as JSON, unless it is text already. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

function callsTo(url: string) {
  const call = async (path: string, { method, token = ADMIN, body, headers = {} }: Call = {}) => {
    const sent = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${url}${path}`, {
      method: method ?? (sent === null ? 'GET' : 'POST'),
      redirect: 'manual',
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(sent === null ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: sent,
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: jsonOf(text) };
  };
  return {
    call,
    /** News about an order, with the key of shop `main`. */
    order: (body: unknown, more: Call & { query?: string } = {}) =>
      call(`/v1/shops/main/orders${more.query ?? ''}`, { token: SHOP_KEY, body, ...more }),
    beacon: (body: unknown, headers: Record<string, string> = {}) =>
      call('/b', { body, token: null, headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers } }),
  };
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape
function jsonOf(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

class RecordingLog implements Log {
  readonly lines: { level: string; event: string; fields: Readonly<Record<string, unknown>> }[] = [];
  info = this.#at('info');
  warn = this.#at('warn');
  error = this.#at('error');

  #at(level: string): Log['info'] {
    return (event, fields) => void this.lines.push({ level, event, fields });
  }
}

class RecordingWire implements Wire {
  readonly urls: string[] = [];
  reply: WireReply = { kind: 'answer', status: 200, headers: {}, body: 'OK', ms: 12 };

  async get(url: string): Promise<WireReply> {
    this.urls.push(url);
    return this.reply;
  }

  async close(): Promise<void> {}
}
