import { describe, expect, it } from 'vitest';
import { Misconfigured, Unavailable } from '../../core/errors.ts';
import { startThread } from './thread.ts';

const ENTRY = new URL('../../../test/support/echo-worker.ts', import.meta.url);

function start(file = 'here', mostWaiting = 100) {
  const deaths: string[] = [];
  const settings = { file, secretKey: new Uint8Array(32), tracker: 'binom' };
  const onDeath = (error: Error) => deaths.push(error.message);
  return { deaths, started: startThread(ENTRY, { settings, mostWaiting, onDeath }) };
}

describe('a thread of the ledger', () => {
  it('gets what is called in one turn as one message, and answers each call with its own', async () => {
    const thread = await start().started;
    const answers = await Promise.all([1, 2n, 'three'].map((each) => thread.call('echo', [each])));
    expect(answers).toEqual([
      { args: [1], together: 3 },
      { args: [2n], together: 3 },
      { args: ['three'], together: 3 },
    ]);
    expect(await thread.call('echo', [])).toEqual({ args: [], together: 1 });
    await thread.close();
  });

  it('rejects the verb that failed, with the error as it was, and no other', async () => {
    const thread = await start().started;
    const [before, failed, after] = await Promise.allSettled(
      ['echo', 'fail', 'echo'].map((name) => thread.call(name, [])),
    );
    expect([before?.status, after?.status]).toEqual(['fulfilled', 'fulfilled']);
    expect(failed).toMatchObject({ reason: { name: 'TypeError', message: 'a bug', stack: 'where it was' } });
    await thread.close();
  });

  it('refuses at once what is more than it may hold, and takes work again when it has answered', async () => {
    const thread = await start('here', 3).started;
    const calls = await Promise.allSettled(Array.from({ length: 5 }, () => thread.call('echo', [])));
    expect(calls.map((each) => each.status)).toEqual([
      ...Array<string>(3).fill('fulfilled'),
      'rejected',
      'rejected',
    ]);
    expect(calls[4]).toMatchObject({ reason: expect.any(Unavailable) });
    await expect(thread.call('echo', [])).resolves.toMatchObject({ together: 1 });
    await thread.close();
  });

  it('that dies rejects everything that waits, everything after, and says so once', async () => {
    const { deaths, started } = start();
    const thread = await started;
    const calls = await Promise.allSettled(['echo', 'die', 'echo'].map((name) => thread.call(name, [])));
    for (const call of calls) expect(call).toMatchObject({ reason: expect.any(Unavailable) });
    await expect(thread.call('echo', [])).rejects.toBeInstanceOf(Unavailable);
    await thread.close();
    expect(deaths).toEqual(['died on the job']);
  });

  it('answers everything called before it was closed, and refuses what comes after', async () => {
    const { deaths, started } = start();
    const thread = await started;
    const before = thread.call('echo', ['before']);
    const closed = thread.close();
    await expect(thread.call('echo', ['after'])).rejects.toBeInstanceOf(Unavailable);
    await expect(before).resolves.toMatchObject({ args: ['before'] });
    await closed;
    await thread.close();
    expect(deaths).toEqual([]);
  });

  it('that cannot open its file is a problem of the settings', async () => {
    await expect(start('missing').started).rejects.toEqual(new Misconfigured(['LEDGER_URL: no such thing.']));
    await expect(start('broken').started).rejects.toThrow('broken from the start');
  });
});
