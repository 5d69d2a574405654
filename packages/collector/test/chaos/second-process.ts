// One process per SQLite file: while one lives, a second one is refused, in words, and harms nothing.
import { once } from 'node:events';
import { type CollectorOptions, launch, listenTo } from '../../bench/support/collector-process.ts';
import { end } from '../../bench/support/children.ts';
import { freePort } from '../../bench/support/free-port.ts';

const PATIENCE = 10_000;

/** What is wrong with the refusal; empty when it is as promised. */
export async function refusesASecond(options: Omit<CollectorOptions, 'port'>): Promise<string[]> {
  const second = launch({ ...options, port: await freePort() });
  const said = listenTo(second);
  const timer = setTimeout(() => second.kill('SIGKILL'), PATIENCE);
  const [code] = (await once(second, 'exit')) as [number | null];
  clearTimeout(timer);
  await end(second, 'SIGKILL', 1000);
  if (code === null) return ['a second process on the same file was not refused'];
  if (code === 0) return ['a second process on the same file ended as if all were well'];
  if (!said().includes('another process has'))
    return [`a second process was refused without a reason: ${said()}`];
  return [];
}
