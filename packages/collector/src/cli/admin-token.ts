import { dirname } from 'node:path';
import { keysFileIn, readKeys } from '../config/key-files.ts';
import { readLedgerUrl } from '../config/ledger-url.ts';
import { readKey } from '../config/secrets.ts';
import { Expected } from '../config/variable.ts';
import { Failed } from './failed.ts';
import type { Terminal } from './terminal.ts';

/** Where a collector with this environment keeps its keys and its ledger. */
export function dataFolderOf(env: Terminal['env']): string {
  const place = readLedgerUrl(env['LEDGER_URL']?.trim() || 'sqlite:data/clickback.db');
  return place instanceof Expected || place.engine !== 'sqlite' ? 'data' : dirname(place.path);
}

/** Of the environment, else of the file the collector made. */
export function adminToken(env: Terminal['env']): string {
  const given = env['ADMIN_TOKEN']?.trim();
  if (given) return usable(given);
  const folder = dataFolderOf(env);
  const kept = readKeys(folder).ADMIN_TOKEN;
  if (kept !== undefined) return kept;
  throw new Failed(
    `There is no admin token: ADMIN_TOKEN is not set, and ${keysFileIn(folder)} has none. Run this in the ` +
      "collector's folder, or set ADMIN_TOKEN.",
  );
}

function usable(given: string): string {
  const token = readKey(given);
  if (!(token instanceof Expected)) return token;
  throw new Failed(`ADMIN_TOKEN is not usable; expected ${token.words}.`);
}
