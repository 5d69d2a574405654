/** Connects a shop to its tracker, or changes how; a pause and an open breaker end, for they judged the old settings. */
import { type Connection, type Health, HEALTHY } from '../../core/connection.ts';
import type { ConnectionSaved, SaveConnection } from '../../core/ports.ts';
import { connectionRow } from './accounts.ts';
import { audit } from './audit.ts';
import { changeMode } from './change-mode.ts';
import { raise, withdraw } from './notices.ts';
import { number, textOrNull } from './rows.ts';
import { wake } from './settle.ts';
import { first, put, type Table, type Tx } from './sql.ts';

const CONNECTIONS: Table = {
  name: 'connections',
  keys: ['shop', 'tracker'],
  columns: ['settings', 'secret', 'health', 'connected'],
};

/** What is said of the settings as they were; what is still so comes back with the next postback. */
const ABOUT_SETTINGS = [
  'tracker-paused',
  'web-page-answer',
  'currency-not-listed',
  'status-rejects',
] as const;

export async function saveConnection(tx: Tx, ask: SaveConnection): Promise<ConnectionSaved> {
  const { shop, tracker, settings, now } = ask;
  const stored = await first(tx, 'SELECT * FROM connections WHERE shop = $1 AND tracker = $2', shop, tracker);
  await put(tx, CONNECTIONS, {
    shop,
    tracker,
    settings: JSON.stringify(settings),
    secret: secretOf(tx, ask.apiKey, textOrNull(stored?.['secret'])),
    health: JSON.stringify(HEALTHY),
    connected: 1,
  });
  const connection: Connection = { shop, tracker, settings, health: HEALTHY };
  for (const code of ABOUT_SETTINGS) await withdraw(tx, { shop, code, subject: `tracker:${tracker}` });
  if (stored !== null) await followUp(tx, connection, { before: connectionRow(stored), now });
  await audit(tx, ask, { action: 'save-connection', tracker, ...auditable(ask) });
  return {
    connection,
    clicksKeepingMode: await clicksKeepingMode(tx, connection),
    sharedWith: await sharedWith(tx, connection, now),
    skippedBefore: await skippedBefore(tx, connection),
  };
}

function secretOf(tx: Tx, apiKey: string | null | undefined, stored: string | null): string | null {
  if (apiKey === undefined) return stored;
  return apiKey === null ? null : tx.seal(apiKey);
}

async function followUp(
  tx: Tx,
  connection: Connection,
  { before, now }: { before: Connection; now: number },
): Promise<void> {
  await changeMode(tx, connection, { before: before.settings.repeats, now });
  if (wasFailing(before.health)) await wake(tx, connection, now);
}

function wasFailing({ failures, openUntil, pausedAt }: Health): boolean {
  return failures > 0 || openUntil !== null || pausedAt !== null;
}

/** Extra parameters may carry an operator's own token, so only their names are written down. */
function auditable({ settings, apiKey }: SaveConnection): Readonly<Record<string, unknown>> {
  const shown = { ...settings, extraParams: Object.keys(settings.extraParams) };
  return { settings: shown, apiKey: apiKey === undefined ? 'kept' : apiKey === null ? 'removed' : 'set' };
}

async function clicksKeepingMode(tx: Tx, { shop, tracker, settings }: Connection): Promise<number> {
  const row = await first(
    tx,
    'SELECT COUNT(*) AS clicks FROM reported_clicks WHERE shop = $1 AND tracker = $2 AND repeats <> $3',
    shop,
    tracker,
    settings.repeats ?? '',
  );
  return number(row?.['clicks']);
}

/** Where payouts replace each other, two shops that share a tracker's clicks would overwrite each other's totals. */
async function sharedWith(tx: Tx, { shop, tracker, settings }: Connection, now: number): Promise<string[]> {
  const rows = await tx.sql.all(
    'SELECT * FROM connections WHERE tracker = $1 AND shop <> $2 AND connected = 1 ORDER BY shop',
    tracker,
    shop,
  );
  const domain = settings.trackingDomain.toLowerCase();
  const others = rows
    .map(connectionRow)
    .filter((each) => each.settings.trackingDomain.toLowerCase() === domain);
  const shops = others.map((each) => each.shop);
  const notice = { shop, code: 'shared-domain', subject: `tracker:${tracker}` } as const;
  await withdraw(tx, notice);
  if (shops.length === 0 || settings.repeats !== 'replaces') return shops;
  const detail =
    `${shops.join(', ')} also reports to ${settings.trackingDomain}. Where payouts replace each other, a click that ` +
    'brought orders in both shops shows only the total that came last.';
  await raise(tx, { ...notice, detail }, now);
  return shops;
}

async function skippedBefore(tx: Tx, { shop, tracker }: Connection): Promise<number> {
  const row = await first(
    tx,
    `SELECT COUNT(*) AS skipped FROM postbacks WHERE shop = $1 AND tracker = $2 AND state = 'skipped'
      AND (reason = 'no-tracker' OR reason = 'disconnected')`,
    shop,
    tracker,
  );
  return number(row?.['skipped']);
}
