// The command as it is typed: a process with arguments, an environment and an exit code.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { collectorProcess } from '../test/support/collector-process.ts';

const BIN = join(import.meta.dirname, '../bin/clickback.js');
const ADMIN_TOKEN = 'an-admin-token-for-tests';

describe('clickback', { timeout: 30_000 }, () => {
  it('ends with 0 when done, 1 when it failed, 2 when it was used wrongly', async () => {
    const collector = collectorProcess({
      ADMIN_TOKEN,
      SHOP_API_KEY: 'a-shop-key-for-tests',
      LEDGER_URL: 'memory:',
    });
    const env = { CLICKBACK_URL: await collector.listening, ADMIN_TOKEN };

    const [done, failed, wrong] = await Promise.all([
      clickback(['keys', '--json'], env),
      clickback(['orders', 'show', 'none'], env),
      clickback(['orders', 'show'], env),
    ]);

    expect(done).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(done.out)).toMatchObject({ api_keys: [{ id: 'SHOP_API_KEY' }] });
    expect(failed).toEqual({ code: 1, out: '', err: 'This shop told us of no such order.\n' });
    expect(wrong).toMatchObject({ code: 2, out: '' });
  });

  it('without a command shows what there is', async () => {
    const { code, out, err } = await clickback([], {});

    expect(code).toBe(2);
    expect(out + err).toContain('Usage: clickback [options] [command]');
  });

  it('bears that its reader leaves early', async () => {
    const child = spawn(process.execPath, [BIN, 'serve', '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();

    const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);

    expect(code).toBe(0);
    expect(err).toBe('');
  });
});

async function clickback(argv: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [BIN, ...argv], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code: code as number | null, out, err };
}
