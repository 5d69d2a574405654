/** A shop's connection to its tracker: what a person pasted, cleaned and checked, then saved. */
import { type ConnectionSettings, DEFAULT_CONNECTION_SETTINGS } from '../core/connection.ts';
import { Rejected } from '../core/errors.ts';
import type { Clock, ConnectionSaved, Ledger, Tracker } from '../core/ports.ts';
import { type LockedFields, refuseLocked } from './locked-fields.ts';
import { refuseReserved } from './refuse-reserved.ts';
import { type Given, stated } from './stated.ts';
import { trackerNamed } from './tracker-named.ts';

export interface ConnectNeeds {
  readonly ledger: Pick<Ledger, 'connections' | 'saveConnection'>;
  readonly trackers: ReadonlyMap<string, Tracker>;
  readonly clock: Clock;
  readonly locked: LockedFields;
  /** Why postbacks may not go to this `host[:port]`, in words; null when they may. */
  readonly addressProblem: (hostAndPort: string) => string | null;
  /** Whether the environment allows this `host[:port]` by name, and with it plain http. */
  readonly allowsHost: (hostAndPort: string) => boolean;
  readonly wake: () => void;
}

export interface ConnectAsk {
  readonly shop: string;
  readonly tracker: string;
  /** What is not given gets its default; `trackingDomain` as it was pasted. */
  readonly given: Given<Omit<ConnectionSettings, 'scheme'>>;
  readonly apiKey?: string | null | undefined;
  readonly actor: string;
}

export type ConnectTracker = (ask: ConnectAsk) => Promise<ConnectionSaved & { warnings: readonly string[] }>;

export function connectTracker(needs: ConnectNeeds): ConnectTracker {
  return async ({ shop, tracker: name, given, apiKey, actor }) => {
    const tracker = trackerNamed(needs.trackers, name);
    const known = (await needs.ledger.connections(shop)).find((each) => each.tracker === name);
    const before = known?.settings ?? null;
    const { settings, isDowngraded } = settingsFrom(given, { needs, tracker, shop, before });
    refuseReserved(tracker, settings);
    const problem = needs.addressProblem(settings.trackingDomain);
    if (problem !== null) throw new Rejected('private-address', problem, 'tracking_domain');
    const saved = await needs.ledger.saveConnection({
      shop,
      tracker: name,
      settings,
      ...(apiKey === undefined ? {} : { apiKey }),
      actor,
      now: needs.clock.now(),
    });
    needs.wake();
    const plain = `${settings.trackingDomain} is called by https: plain http is only for hosts in TRACKER_ALLOW_HOSTS`;
    return { ...saved, warnings: [...(isDowngraded ? [plain] : []), ...warningsOf(saved)] };
  };
}

interface Making {
  readonly needs: ConnectNeeds;
  readonly tracker: Tracker;
  readonly shop: string;
  readonly before: ConnectionSettings | null;
}

function settingsFrom(given: ConnectAsk['given'], { needs, tracker, shop, before }: Making) {
  const locked = before === null ? [] : needs.locked.connection(shop, tracker.name);
  const kept = Object.fromEntries(
    locked.map((field) => [field, before?.[field]]),
  ) as Partial<ConnectionSettings>;
  const pasted = given.trackingDomain ?? kept.trackingDomain;
  if (pasted === undefined) {
    throw new Rejected('invalid', 'tracking_domain is missing: the host of your tracker', 'tracking_domain');
  }
  const place = placeOf(pasted, tracker, needs);
  const settings: ConnectionSettings = {
    ...DEFAULT_CONNECTION_SETTINGS,
    ...kept,
    ...(place.clickPath === null ? {} : { clickPath: place.clickPath }),
    ...stated<Omit<ConnectionSettings, 'scheme'>>(given),
    trackingDomain: place.trackingDomain,
    scheme: locked.includes('trackingDomain') && before !== null ? before.scheme : place.scheme,
  };
  if (before !== null) refuseLocked(locked, before, settings);
  return { settings, isDowngraded: place.isDowngraded };
}

/** The place a person pasted. For hosts the environment allows, a bare `host:port` means http. */
function placeOf(pasted: string, tracker: Tracker, { allowsHost }: ConnectNeeds) {
  const place = tracker.readDomain(pasted);
  if ('problem' in place) throw new Rejected('invalid', place.problem, 'tracking_domain');
  const mayBePlain = allowsHost(place.trackingDomain);
  const scheme = mayBePlain ? (place.scheme ?? 'http') : 'https';
  return { ...place, scheme, isDowngraded: place.scheme === 'http' && scheme === 'https' } as const;
}

function warningsOf({ connection, clicksKeepingMode, sharedWith, skippedBefore }: ConnectionSaved): string[] {
  const { repeats, trackingDomain } = connection.settings;
  const warnings: string[] = [];
  if (clicksKeepingMode > 0) {
    warnings.push(`${clicksKeepingMode} clicks were reported before and keep the mode they were reported in`);
  }
  if (sharedWith.length > 0 && repeats === 'replaces') {
    warnings.push(
      `${sharedWith.join(', ')} also reports to ${trackingDomain}: where payouts replace each other, ` +
        'a click with orders in both shops shows only the total that came last',
    );
  }
  if (skippedBefore > 0) {
    warnings.push(
      `${skippedBefore} postbacks were not sent because no tracker was connected; replay the skipped ones to send them`,
    );
  }
  return warnings;
}
