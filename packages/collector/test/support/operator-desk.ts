// A collector in memory, a stand-in Binom and an operator who types commands.
import { startBinom, type Binom } from '@clickback/sandbox';
import { expect } from 'vitest';
import { runCommand } from '../../src/cli/run-command.ts';
import { readConfig, startCollector, type Collector } from '../../src/index.ts';
import { recordingTerminal } from './recording-terminal.ts';

export const ADMIN_TOKEN = 'an-admin-token-for-tests';
/** The only click the Binom knows. */
export const CLICK = '81e60haa86o0b7';

export interface Desk {
  readonly binom: Binom;
  readonly collector: Collector;
  run(...argv: string[]): Promise<Ran>;
  /** The shop's server tells of an order. */
  order(news: Readonly<Record<string, string>>, key?: string): Promise<Response>;
  close(): Promise<void>;
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function openDesk(): Promise<Desk> {
  const binom = await startBinom({ clicks: [CLICK], unknownClickStatus: 404 });
  const collector = await startCollector(
    readConfig({
      ...{ LEDGER_URL: 'memory:', PORT: '0', ADMIN_TOKEN, SHOP_API_KEY: 'a-shop-key-for-tests' },
      ...{ TRACKER_ALLOW_HOSTS: binom.host, RETRY_SCHEDULE: '0,1h' },
    }),
  );
  return {
    binom,
    collector,
    run: (...argv) =>
      runWith({ CLICKBACK_URL: collector.url, ADMIN_TOKEN, TRACKER_ALLOW_HOSTS: binom.host }, ...argv),
    order: (news, key = collector.keys.SHOP_API_KEY) =>
      fetch(`${collector.url}/v1/shops/main/orders`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ status: 'paid', amount: '49.90', currency: 'EUR', ...news }),
      }),
    close: async () => {
      await collector.close();
      await binom.close();
    },
  };
}

export async function runWith(env: Readonly<Record<string, string>>, ...argv: string[]): Promise<Ran> {
  const terminal = recordingTerminal(env, 'an-api-key-of-binom\n');
  const code = await runCommand(argv, terminal);
  return { code, ...terminal.written };
}

export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(holds, { timeout: 5_000, interval: 20 }).toBe(true);
}

/** Lines that do not fit a window of 80 columns. */
export function tooWide(text: string): string[] {
  return text.split('\n').filter((line) => line.length > 80);
}
