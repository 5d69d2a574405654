import { v7 } from 'uuid';
import { sealWith } from './seal.ts';
import type { Surroundings } from './sql.ts';

/** What a ledger is opened with, whatever the engine. */
export interface LedgerSettings {
  /** 32 bytes: encrypts secrets at rest, keys digests. */
  readonly secretKey: Uint8Array;
  /** The tracker postbacks are planned for: `binom`. */
  readonly tracker: string;
}

export function surroundingsOf({ secretKey, tracker }: LedgerSettings): Surroundings {
  return { ...sealWith(secretKey), newId: () => v7(), tracker };
}
