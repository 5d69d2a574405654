import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { asking, claim, connect, MINUTE, newsOf, NOW } from '../../../test/contracts/ledger-samples.ts';
import { openInTest, scratchFolder } from '../../../test/support/sqlite-file.ts';

const CHILD = fileURLToPath(new URL('../../../test/support/sqlite-child.ts', import.meta.url));
const folder = scratchFolder();
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

type Line = { opened?: true; problems?: string[]; click?: string; order?: string };

/** A process on the same file, and what it says. */
function start(path: string, job: 'hold' | 'write') {
  const child = spawn(process.execPath, [CHILD, path, job], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse(String((await lines.next()).value)) as Line;
  return { child, lines, next };
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

describe('a process that is killed (kill -9)', { timeout: 60_000 }, () => {
  it('has lost nothing it acknowledged, and its file is sound', async () => {
    const path = join(folder, 'killed.db');
    const acknowledged: Line[] = [];
    for (const lines of [300, 1, 700]) {
      const writer = start(path, 'write');
      expect(await writer.next()).toEqual({ opened: true });
      for (let heard = 0; heard < lines; heard += 1) acknowledged.push(await writer.next());
      await kill(writer.child);
      for await (const line of writer.lines) acknowledged.push(JSON.parse(line) as Line);
    }
    const ledger = await openInTest(path);
    for (const line of acknowledged) {
      if (line.click !== undefined) expect(await ledger.click('main', line.click)).not.toBeNull();
      if (line.order === undefined) continue;
      const story = await ledger.order('main', line.order);
      expect(story?.order.verdict.clickId).toBe(line.order);
      expect(story?.postbacks).toHaveLength(1);
    }
    await ledger.close();
    expect(integrityOf(path)).toBe('ok');
  });

  it('lets go of the lock, which another process could not have', async () => {
    const path = join(folder, 'held.db');
    const holder = start(path, 'hold');
    expect(await holder.next()).toEqual({ opened: true });
    const { problems = [] } = await start(path, 'hold').next();
    expect(problems.join()).toContain(`process ${holder.child.pid ?? ''} on `);
    expect(problems.join()).toContain('Stop that one first');
    await expect(openInTest(path)).rejects.toThrow('another process has');
    await kill(holder.child);
    await (await openInTest(path)).close();
  });

  it('leaves what it was sending to be settled at once by the next one', async () => {
    const path = join(folder, 'sending.db');
    const before = await openInTest(path);
    await connect(before);
    await before.receiveOrder(newsOf('click-1'));
    const [held] = await claim(before);
    await before.close();

    const after = await openInTest(path);
    expect(await after.claimDue(asking({ now: NOW + 1 }))).toEqual({ claims: [], nextAt: NOW + 1 + MINUTE });
    expect(await after.postback('main', held!.postbackId)).toMatchObject({
      state: 'due',
      mayHaveCounted: true,
      tries: [{ outcome: 'unknown' }],
    });
    await after.close();
  });
});

function integrityOf(path: string): unknown {
  const db = new DatabaseSync(path, { readOnly: true });
  const answer = db.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
  db.close();
  return answer;
}
