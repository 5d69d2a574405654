import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN_TOKEN, openDesk, runWith, tooWide, type Desk } from '../../test/support/operator-desk.ts';

/** A port that no system gives out. */
const NOBODY = 'http://127.0.0.1:1023';

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
});

afterEach(() => desk.close());

describe('the doctor', () => {
  it('finds nothing broken where nothing is, and says what is not stated', async () => {
    await desk.run('connect', 'binom', '--domain', desk.binom.url);

    const { code, out } = await desk.run('doctor');

    expect(code).toBe(0);
    expect(out).toContain(`✓ The collector at ${desk.collector.url} can store`);
    expect(out).toContain('! Shop main: nobody said whether a second payout adds or replaces');
    expect(out).toContain('✓ Nothing waits');
    expect(tooWide(out)).toEqual([]);
  });

  it('names what is broken, with its cure, and fails', async () => {
    await desk.run('connect', 'binom', '--domain', desk.binom.url, '--conversion-type', '3');
    await fetch(`${desk.collector.url}/b`, { method: 'POST', body: '{"v":1,"bad":"macro"}' });
    await desk.binom.close();

    const { code, out, err } = await desk.run('doctor');

    expect(code).toBe(1);
    expect(out).toMatch(/✗ http:\/\/\S+ does not answer: the connection was refused\n {2}→ See whether/);
    expect(out).toContain('! Shop main: sales are sent with status "3"');
    expect(out).toContain('! 1 visits since its start came with an unusable click id (macro)');
    expect(err).toBe('1 broken.\n');
  });

  it('does not call what the collector may not call', async () => {
    await desk.run('connect', 'binom', '--domain', desk.binom.url);

    const env = { CLICKBACK_URL: desk.collector.url, ADMIN_TOKEN, TRACKER_ALLOW_HOSTS: 'track.example' };
    const { code, out } = await runWith(env, 'doctor');

    expect(code).toBe(1);
    expect(out).toMatch(/✗ The collector does not call 127\.0\.0\.1/);
    expect(out).toMatch(new RegExp(`→ [^✗]*TRACKER_ALLOW_HOSTS=${desk.binom.host}`));
    expect(tooWide(out)).toEqual([]);
  });

  it('looks as far as it can where no collector runs', async () => {
    const { code, out } = await runWith({ CLICKBACK_URL: NOBODY }, 'doctor', '--json');

    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      findings: expect.arrayContaining([
        { mark: 'fine', what: `Node ${process.versions.node}` },
        expect.objectContaining({ mark: 'broken', what: `Nobody answers at ${NOBODY}` }),
      ]) as unknown,
    });
  });
});
