/** Every verb the SQL engines share, by the name it has in the Ledger port. */
import { attachClick } from './attach-click.ts';
import { claimDue } from './claim-due.ts';
import { erase } from './erase.ts';
import { forgetClicks } from './forget-clicks.ts';
import { forgetOrders } from './forget-orders.ts';
import { gauges } from './gauges.ts';
import { addKey, removeKey } from './keys.ts';
import { click } from './read-click.ts';
import { connections, connectionSecret } from './read-connections.ts';
import { directory } from './read-directory.ts';
import { notices } from './read-notices.ts';
import { order } from './read-order.ts';
import { orders } from './read-orders.ts';
import { postback } from './read-postback.ts';
import { postbacks } from './read-postbacks.ts';
import { receiveOrder } from './receive-order.ts';
import { countBadClickId, recordClick } from './record-click.ts';
import { removeConnection } from './remove-connection.ts';
import { replay } from './replay.ts';
import { replayMany } from './replay-many.ts';
import { resolve } from './resolve.ts';
import { resumeConnection } from './resume-connection.ts';
import { saveConnection } from './save-connection.ts';
import { saveShop } from './save-shop.ts';
import { giveBack, settle } from './settle.ts';
import { summary } from './summary.ts';

/** Verbs that write; each runs in a transaction of its own (or a savepoint of a shared one). */
export const WRITES = {
  recordClick,
  countBadClickId,
  receiveOrder,
  claimDue,
  settle,
  giveBack,
  saveShop,
  addKey,
  removeKey,
  saveConnection,
  removeConnection,
  resumeConnection,
  attachClick,
  replay,
  replayMany,
  resolve,
  erase,
  forgetClicks,
  forgetOrders,
} as const;

/** Reads of a few rows, which the writing thread can do in passing. */
export const SMALL_READS = {
  directory,
  connections,
  connectionSecret,
  notices,
} as const;

/** Verbs that only read. */
export const READS = {
  ...SMALL_READS,
  order,
  orders,
  click,
  postback,
  postbacks,
  summary,
  gauges,
} as const;
