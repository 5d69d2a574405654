import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { ADMIN_TOKEN, CLICK, openDesk, until, type Desk } from '../../test/support/operator-desk.ts';
import { recordingTerminal } from '../../test/support/recording-terminal.ts';
import { readConfig, startCollector } from '../index.ts';
import { runCommand } from './run-command.ts';

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
});

afterEach(() => desk.close());

describe('watch', () => {
  it('shows what happens as it happens, until Ctrl-C', async () => {
    await desk.run('connect', 'binom', '--domain', desk.binom.url);
    const terminal = recordingTerminal({ CLICKBACK_URL: desk.collector.url, ADMIN_TOKEN });
    const watching = runCommand(['watch'], terminal);
    await until(() => terminal.written.err.includes('Watching'));

    const beacon = { v: 1, click_id: CLICK, via: 'clickid', url: 'https://lander.example/p?x=1' };
    await fetch(`${desk.collector.url}/b`, { method: 'POST', body: JSON.stringify(beacon) });
    await desk.order({ order_id: '1001', click_id: CLICK });
    await until(() => terminal.written.out.includes('postback'));
    terminal.interrupt();

    expect(await watching).toBe(0);
    expect(terminal.written.out).toMatch(/click +81e60haa86o0b7 {2}lander\.example\/p \("clickid"\)\n/);
    expect(terminal.written.out).toMatch(/order +1001 {2}paid 49\.90 EUR {2}click 81e60haa86o0b7\n/);
    expect(terminal.written.out).toMatch(
      /postback {2}1001 {2}49\.90 EUR {2}try 1: accepted \(200 in \d+ ms\)\n/,
    );
  });

  it('waits for a collector that went away, and goes on', async () => {
    const terminal = recordingTerminal({ CLICKBACK_URL: desk.collector.url, ADMIN_TOKEN });
    const watching = runCommand(['watch', '--json'], terminal);
    await until(() => terminal.written.err.includes('Watching http'));

    await desk.collector.close();
    await until(() => terminal.written.err.includes('The collector went away; waiting for it.'));
    const { port } = new URL(desk.collector.url);
    const next = await startCollector(
      readConfig({ LEDGER_URL: 'memory:', PORT: port, ADMIN_TOKEN, SHOP_API_KEY: 'a-shop-key-for-tests' }),
    );
    onTestFinished(() => next.close());
    await until(() => terminal.written.err.includes('Watching again.'));
    await desk.order({ order_id: '1002' });
    await until(() => terminal.written.out.includes('1002'));
    terminal.interrupt();

    expect(await watching).toBe(0);
    expect(JSON.parse(terminal.written.out)).toMatchObject({ what: 'order', order_id: '1002' });
  });
});
