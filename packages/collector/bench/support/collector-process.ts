// The collector as people run it: `clickback serve` in a process of its own, told everything by its environment.
import { type ChildProcess, spawn } from 'node:child_process';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { end, hasEnded, watchOver } from './children.ts';

const CLI = join(import.meta.dirname, '../../bin/clickback.js');
const START_DEADLINE = 20_000;
const STOP_DEADLINE = 20_000;
const LOOK_EVERY = 2;
const KEEP_WORDS = 20_000;

export const ADMIN_TOKEN = 'admin-token-of-a-test-run';
export const SHOP_API_KEY = 'shop-api-key-of-a-test-run';

export interface CollectorOptions {
  /** Its working directory; the ledger lies in it. */
  readonly folder: string;
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Collector {
  readonly port: number;
  readonly pid: number;
  /** From the start of the process to the first `/readyz` that says so. */
  readonly readyMs: number;
  /** Rejects nothing: tells how the process ended. */
  readonly ended: Promise<string>;
  hasEnded(): boolean;
  /** The end of what it printed. */
  said(): string;
  /** kill -9. */
  kill(): Promise<void>;
  /** SIGTERM, and the exit code. */
  stop(): Promise<number | null>;
}

export function ledgerFile(folder: string): string {
  return join(folder, 'clickback.db');
}

/** Starts it and waits until it is ready; throws with its own words when it is not. */
export async function startCollector(options: CollectorOptions): Promise<Collector> {
  const startedAt = performance.now();
  const child = launch(options);
  const said = listenTo(child);
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
  });
  while (!(await isReady(options.port))) {
    const isLate = performance.now() - startedAt > START_DEADLINE;
    if (isLate) child.kill('SIGKILL');
    if (isLate || hasEnded(child)) throw new Error(`the collector did not get ready:\n${said()}`);
    await wait(LOOK_EVERY);
  }
  return {
    port: options.port,
    pid: child.pid ?? 0,
    readyMs: performance.now() - startedAt,
    ended,
    hasEnded: () => hasEnded(child),
    said,
    kill: () => end(child, 'SIGKILL', STOP_DEADLINE),
    stop: async () => {
      await end(child, 'SIGTERM', STOP_DEADLINE);
      return child.exitCode;
    },
  };
}

/** Starts it without waiting for anything. */
export function launch(options: CollectorOptions): ChildProcess {
  const { folder: cwd } = options;
  const env = environmentOf(options);
  return watchOver(spawn(process.execPath, [CLI, 'serve'], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] }));
}

/** Nothing of our own environment but the path: what is measured is said here. */
export function environmentOf({ folder, port, env = {} }: CollectorOptions): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    NODE_ENV: 'production',
    PORT: String(port),
    LEDGER_URL: `sqlite:${ledgerFile(folder)}`,
    ADMIN_TOKEN,
    SHOP_API_KEY,
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'warn',
    ...env,
  };
}

/** Keeps the end of what a process prints. */
export function listenTo(child: ChildProcess): () => string {
  let words = '';
  const keep = (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-KEEP_WORDS);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => words.trim();
}

function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const asking = get(
      { host: '127.0.0.1', port, path: '/readyz', agent: false, timeout: 2000 },
      (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    asking.on('timeout', () => asking.destroy()).on('error', () => resolve(false));
  });
}
