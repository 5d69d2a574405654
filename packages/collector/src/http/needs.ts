/** Everything the edge is given. It names no adapter and reads no environment. */
import type { Clock, Happening, Ledger, Log } from '../core/ports.ts';
import type { Directory } from '../flows/directory.ts';
import type { LockedFields } from '../flows/locked-fields.ts';
import type { Operate } from '../flows/operate.ts';
import type { ReceiveOrder } from '../flows/receive-order.ts';
import type { RecordClick } from '../flows/record-click.ts';
import type { RateLimit } from './rate-limit.ts';
import type { SnippetFiles } from './snippet.ts';

/** What is read back, without a rule in between. */
export type Reads = Pick<
  Ledger,
  | 'connections'
  | 'connectionSecret'
  | 'notices'
  | 'order'
  | 'orders'
  | 'click'
  | 'postback'
  | 'postbacks'
  | 'ready'
>;

export interface Metrics {
  /** Null: only callers on this machine may read them. */
  readonly token: string | null;
  readonly render: () => Promise<{ readonly type: string; readonly text: string }>;
}

export interface AppNeeds {
  readonly adminToken: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly directory: Pick<Directory, 'has' | 'shop' | 'shops' | 'keys' | 'opens'>;
  readonly recordClick: RecordClick;
  readonly receiveOrder: ReceiveOrder;
  readonly operate: Operate;
  readonly reads: Reads;
  readonly locked: LockedFields;
  readonly snippet: SnippetFiles;
  readonly metrics: Metrics;
  /** Calls with everything that happens from now on; the returned function ends it. */
  readonly subscribe: (hear: (happening: Happening) => void) => () => void;
  /** Null where a proxy does it. */
  readonly rateLimit: RateLimit | null;
  /** Express's `trust proxy`: https://expressjs.com/en/guide/behind-proxies.html */
  readonly trustProxy: boolean | number | string | readonly string[];
}
