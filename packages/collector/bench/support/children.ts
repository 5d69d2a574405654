// Processes that a run starts. Whatever way the run ends, they end with it.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

const started = new Set<ChildProcess>();

process.once('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

export function watchOver<Child extends ChildProcess>(child: Child): Child {
  started.add(child);
  child.once('exit', () => started.delete(child));
  return child;
}

export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Ends it with a signal, and with the last one when it has not gone in time. */
export async function end(child: ChildProcess, signal: NodeJS.Signals, patience: number): Promise<void> {
  if (hasEnded(child)) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), patience);
  await gone;
  clearTimeout(timer);
}

export interface Helper {
  /** The port it listens on. */
  readonly port: number;
  /** Asks it for a number. */
  readonly ask: (question: string) => Promise<number>;
  readonly stop: () => Promise<void>;
}

const HELPER_DEADLINE = 20_000;

/** Starts one of our own servers in a process of its own; its first message is its port. */
export async function startHelper(
  file: string,
  { cwd, env }: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Helper> {
  const child = watchOver(fork(file, { cwd, env: { ...process.env, NODE_ENV: 'production', ...env } }));
  return {
    port: await nextNumber(child),
    ask: (question) => {
      const answer = nextNumber(child);
      child.send(question);
      return answer;
    },
    stop: () => end(child, 'SIGKILL', 1000),
  };
}

function nextNumber(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`${child.spawnargs.at(-1) ?? 'a helper'} ended or does not answer`));
    const deadline = setTimeout(fail, HELPER_DEADLINE);
    child.once('exit', fail);
    child.once('message', (message) => {
      clearTimeout(deadline);
      child.off('exit', fail);
      resolve(Number(message));
    });
  });
}
