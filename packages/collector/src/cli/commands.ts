import type { Command } from 'commander';
import type { Tools } from './tools.ts';

/** Adds a command to the program. */
export type Define = (program: Command, tools: Tools) => void;

/** Every command, loaded when it is asked for. */
export const COMMANDS: ReadonlyMap<string, () => Promise<Define>> = new Map([
  ['serve', async () => (await import('./serve.ts')).defineServe],
  ['demo', async () => (await import('./demo.ts')).defineDemo],
  ['doctor', async () => (await import('./doctor.ts')).defineDoctor],
  ['connect', async () => (await import('./connect-binom.ts')).defineConnect],
  ['keys', async () => (await import('./keys.ts')).defineKeys],
  ['watch', async () => (await import('./watch.ts')).defineWatch],
  ['orders', async () => (await import('./orders.ts')).defineOrders],
  ['postbacks', async () => (await import('./postbacks.ts')).definePostbacks],
  ['erase', async () => (await import('./erase.ts')).defineErase],
]);
