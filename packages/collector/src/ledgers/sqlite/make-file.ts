/** Makes the ledger's file and folder where they are missing, readable by nobody else, and says in words why it cannot. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Misconfigured } from '../../core/errors.ts';

/** The file's one true path: whichever link leads to it, its lock is the same. */
export function makeFile(path: string): string {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const file = existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
    makePrivate(file);
    return file;
  } catch (error) {
    if (error instanceof Misconfigured) throw error;
    throw new Misconfigured([cannot(path, error)]);
  }
}

/**
 * Never opens a file that exists: closing any handle of it would drop the locks SQLite holds on it in this process
 * (https://sqlite.org/howtocorrupt.html, "POSIX advisory locks canceled").
 */
export function makePrivate(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'wx', 0o600));
  if (!statSync(file).isFile()) throw new Misconfigured([`LEDGER_URL: ${file} is not a file.`]);
  accessSync(file, constants.R_OK | constants.W_OK);
  accessSync(dirname(file), constants.W_OK);
}

function cannot(path: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  return `LEDGER_URL: ${path} cannot be written (${code}). Give the collector's user the right to write this file and its folder, or name another place.`;
}
