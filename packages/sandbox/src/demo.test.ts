// `npm run demo` as a person runs it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';

const DEMO = join(import.meta.dirname, 'demo.ts');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clickback-demo-test-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('the demo', { timeout: 30_000 }, () => {
  it('tells its story in 80 columns, ends well and leaves nothing behind', async () => {
    const { written, ended } = demo('--once');

    expect(await ended).toBe(0);
    const steps = [...written.out.matchAll(/^ (\d) {2}/gm)].map(([, step]) => step);
    expect(steps).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(written.out).toMatch(
      /GET http:\/\/127\.0\.0\.1:\d+\/click\.php\n +\?cnv_id=\w+&payout=49\.90&cnv_status=1/,
    );
    expect(written.out).toContain("in this visitor's beacon of step 2");
    expect(written.out).toContain('The order found its way home');
    expect(written.err).toBe('');
    expect(written.out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('works where the usual ports are taken, and stays up until Ctrl-C', async () => {
    await Promise.all([8787, 8788, 8789].map(take));
    const { child, written, ended } = demo();
    await expect.poll(() => written.out, { timeout: 20_000 }).toContain('Ctrl-C ends it all.');
    const campaign = /(http:\S+)\/c\/demo/.exec(written.out)?.[1] ?? '';
    expect(campaign).not.toMatch(/:878[789]$/);

    const next = await fetch(`${campaign}/c/demo`, { redirect: 'manual' });
    expect(next.headers.get('location')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?clickid=/);
    child.kill('SIGINT');

    expect(await ended).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });
});

/** Whoever has the port, it is not free. */
async function take(port: number): Promise<void> {
  const server = createServer().listen(port, '127.0.0.1');
  onTestFinished(() => void server.close());
  await Promise.race([once(server, 'listening'), once(server, 'error').catch(() => undefined)]);
}

function demo(...argv: string[]) {
  const child = spawn(process.execPath, [DEMO, ...argv], {
    env: { PATH: process.env['PATH'] ?? '', TMPDIR: folder, TEMP: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (written.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (written.err += text));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, written, ended };
}
