// What all commands have in common: help, exit codes, plain words when nobody answers.
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { ADMIN_TOKEN, openDesk, runWith, tooWide, type Desk } from '../../test/support/operator-desk.ts';
import { COMMANDS } from './commands.ts';

/** A port that no system gives out. */
const NOBODY = 'http://127.0.0.1:1023';

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
});

afterEach(() => desk.close());

describe('every command', () => {
  it.each([...COMMANDS.keys()])('%s explains itself within 80 columns, with an example', async (name) => {
    const { code, out } = await desk.run(name, '--help');

    expect(code).toBe(0);
    expect(out).toContain(`Usage: clickback ${name}`);
    if (name !== 'connect') expect(out).toMatch(/Examples:\n {2}# .+\n {2}\$ /);
    expect(tooWide(out)).toEqual([]);
  });

  it.each([
    ...[
      'orders list',
      'orders show',
      'orders attach',
      'postbacks list',
      'postbacks show',
      'postbacks replay',
    ],
    ...['postbacks resolve', 'keys list', 'keys create', 'keys revoke', 'connect binom'],
  ])('%s does so too', async (command) => {
    const { code, out } = await desk.run(...command.split(' '), '--help');

    expect(code).toBe(0);
    expect(out).toMatch(/Examples:\n {2}# .+\n {2}\$ /);
    expect(out).toContain('--json');
    expect(tooWide(out)).toEqual([]);
  });

  it('is on the list that help shows', async () => {
    const { code, out } = await desk.run('--help');

    expect(code).toBe(0);
    for (const name of COMMANDS.keys()) expect(out).toMatch(new RegExp(`^ {2}${name} .*\\w{3}`, 'm'));
    expect(out).toContain('Exit codes: 0 done, 1 failed, 2 wrong usage.');
    expect(tooWide(out)).toEqual([]);
  });

  test.each([
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['orders', '--frob'], "unknown option '--frob'"],
    [['orders', '--status', 'lost'], 'Allowed choices are pending, paid'],
    [['orders', 'show'], "missing required argument 'order_id'"],
    [['postbacks', 'replay'], 'give an id, or --state'],
    [['postbacks', 'resolve', 'x'], "required option '--as <what>'"],
    [['connect', 'binom', '--status', 'lost=1'], 'Expected one of pending, refunded'],
    [['connect', 'binom', '--enable', '--disable'], 'cannot be used with'],
    [['erase'], 'give one of --order, --click and --visitor'],
  ])('%j is wrong usage', async (argv, words) => {
    const { code, err } = await desk.run(...argv);

    expect(code).toBe(2);
    expect(err).toContain(words);
  });

  it('says plainly when no collector answers, or not to this token', async () => {
    const away = await runWith({ CLICKBACK_URL: NOBODY, ADMIN_TOKEN }, 'orders');
    expect(away).toMatchObject({ code: 1, out: '' });
    expect(away.err).toContain(`No collector answers at ${NOBODY} (the connection was`);

    const other = await runWith(
      { CLICKBACK_URL: desk.collector.url, ADMIN_TOKEN: 'somebody-elses-token' },
      'orders',
    );
    expect(other.code).toBe(1);
    expect(other.err).toContain('does not take this admin token');

    const broken = await runWith(
      { CLICKBACK_URL: desk.collector.url, ADMIN_TOKEN: 'hunter2 \n x' },
      'orders',
    );
    expect(broken).toMatchObject({ code: 1, out: '' });
    expect(broken.err).toMatch(/^ADMIN_TOKEN is not usable; expected at least 16/);

    const none = await runWith(
      { CLICKBACK_URL: desk.collector.url, LEDGER_URL: 'sqlite:/nowhere/c.db' },
      'orders',
    );
    expect(none.code).toBe(1);
    expect(none.err).toContain(
      'There is no admin token: ADMIN_TOKEN is not set, and /nowhere/keys.txt has none.',
    );
  });
});
