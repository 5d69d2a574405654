import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordingTerminal } from '../../../test/support/recording-terminal.ts';
import { lookAtMachine } from './look-at-machine.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clickback-doctor-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('a look at the machine', () => {
  it('sees keys that others can read', async () => {
    const keys = join(folder, 'keys.txt');
    writeFileSync(keys, '', { mode: 0o600 });
    const env = { LEDGER_URL: `sqlite:${folder}/c.db` };
    expect(await lookAtMachine(recordingTerminal(env))).toContainEqual({
      mark: 'fine',
      what: `${keys} can be read by its owner only`,
    });

    chmodSync(keys, 0o644);

    expect(await lookAtMachine(recordingTerminal(env))).toContainEqual({
      mark: 'broken',
      what: `${keys} can be read by others`,
      cure: `chmod 600 ${keys}`,
    });
  });

  it('sees a Node that is too old, and a folder that is not here', async () => {
    const terminal = recordingTerminal({ LEDGER_URL: 'sqlite:/nowhere/c.db' });

    expect(await lookAtMachine({ ...terminal, nodeVersion: '20.20.2' })).toMatchObject([
      { mark: 'broken', what: 'Node 20.20.2 is too old' },
      { mark: 'look', what: 'There is no folder /nowhere here' },
    ]);
  });
});
