/** Clicks that no order needed go after a while: what is not kept cannot be lost or asked for. */
import type { Clock, Ledger, Log } from '../core/ports.ts';
import type { Directory } from '../flows/directory.ts';

export interface ForgetClicksNeeds {
  readonly ledger: Pick<Ledger, 'forgetClicks'>;
  readonly directory: Pick<Directory, 'shops'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly days: number;
}

const DAY = 86_400_000;
/** Rows a verb: an order that arrives meanwhile waits for no more than these. */
const AT_ONCE = 500;

/** Never forgets a click that a shop's attribution window still reaches. */
export async function forgetClicks({
  ledger,
  directory,
  clock,
  log,
  days,
}: ForgetClicksNeeds): Promise<void> {
  const kept = Math.max(days, ...directory.shops().map(({ settings }) => settings.windowDays));
  const before = clock.now() - kept * DAY;
  let forgotten = 0;
  for (;;) {
    const some = await ledger.forgetClicks(before, AT_ONCE);
    forgotten += some;
    if (some < AT_ONCE) break;
  }
  if (forgotten > 0) log.info('clicks.forgotten', { clicks: forgotten, olderThanDays: kept });
}
