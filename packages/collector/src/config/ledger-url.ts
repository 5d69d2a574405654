/** Where the ledger is: `sqlite:path` or `memory:`. */
import { Expected } from './variable.ts';

export type LedgerPlace =
  { readonly engine: 'sqlite'; readonly path: string } | { readonly engine: 'memory' };

export function readLedgerUrl(text: string): LedgerPlace | Expected {
  const url = text.trim();
  if (url === 'memory:') return { engine: 'memory' };
  if (/^postgres(?:ql)?:/i.test(url)) {
    return new Expected('sqlite:path or memory: (PostgreSQL is not in this version)');
  }
  const path = /^sqlite:(?:\/\/)?(.*)$/i.exec(url)?.[1] ?? '';
  // `:memory:` and `file:…?…` mean something to SQLite that would not survive a restart.
  if (path === '' || path.endsWith('/') || /^(?::|file:)/i.test(path)) {
    return new Expected('sqlite: and the path of a file, or memory:');
  }
  return { engine: 'sqlite', path };
}
