// The collector as a process of its own, ended at the end of the test whatever it does.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const ENTRY = join(import.meta.dirname, '../../bin/clickback.js');

export interface CollectorProcess {
  readonly child: ChildProcess;
  readonly written: { out: string; err: string };
  /** Its address, once it listens. Rejects with what it said if it ends before. */
  readonly listening: Promise<string>;
  readonly ended: Promise<number | null>;
}

export function collectorProcess(env: Record<string, string>): CollectorProcess {
  const child = spawn(process.execPath, [ENTRY, 'serve'], {
    // Nothing of the machine's own settings but what Node and the system need.
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { out: '', err: '' };
  child.stderr.setEncoding('utf8').on('data', (text: string) => (written.err += text));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const listening = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      written.out += text;
      const url = /"url":"([^"]+)".*"event":"collector\.started"/.exec(written.out)?.[1];
      if (url !== undefined) resolve(url);
    });
    void ended.then(() => reject(new Error(`it ended: ${written.err}`)));
  });
  // A test that is about the end does not ask for the address.
  listening.catch(() => undefined);
  return { child, written, listening, ended };
}
