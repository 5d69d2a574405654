/** What the environment says of shop `main` is written into the ledger at every start, before anybody is listened to. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { BinomVariables, Config } from '../config.ts';
import type { ConnectionSettings } from '../core/connection.ts';
import { Misconfigured, Rejected } from '../core/errors.ts';
import type { Clock, Directory, Ledger, Log } from '../core/ports.ts';
import { DEFAULT_SHOP_SETTINGS } from '../core/shop.ts';
import type { ConnectTracker } from '../flows/connect-tracker.ts';
import { ENVIRONMENT_SHOP, ENVIRONMENT_TRACKER } from './locked-fields.ts';

export interface ApplyNeeds {
  readonly config: Pick<Config, 'binom' | 'shopOrigins'>;
  readonly shopApiKey: string;
  readonly ledger: Pick<Ledger, 'directory' | 'saveShop' | 'addKey' | 'connections'>;
  readonly connect: ConnectTracker;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

const ACTOR = 'environment';
/** Under this id the key of the environment is known; a new one takes its place. */
const KEY_ID = 'SHOP_API_KEY';

export async function applyEnvironment(needs: ApplyNeeds): Promise<void> {
  const directory = await needs.ledger.directory();
  await applyShop(needs, directory);
  await applyKey(needs, directory);
  await applyConnection(needs);
}

async function applyShop({ config, ledger, clock }: ApplyNeeds, { shops }: Directory): Promise<void> {
  const known = shops.find(({ shop }) => shop === ENVIRONMENT_SHOP)?.settings;
  const before = known ?? { ...DEFAULT_SHOP_SETTINGS, name: ENVIRONMENT_SHOP };
  const settings = { ...before, origins: config.shopOrigins ?? before.origins };
  if (known !== undefined && isDeepStrictEqual(known, settings)) return;
  await ledger.saveShop({ shop: ENVIRONMENT_SHOP, settings }, { actor: ACTOR, now: clock.now() });
}

async function applyKey({ shopApiKey, ledger, clock }: ApplyNeeds, { keys }: Directory): Promise<void> {
  const hash = createHash('sha256').update(shopApiKey).digest('hex');
  const known = keys.find(({ shop, id }) => shop === ENVIRONMENT_SHOP && id === KEY_ID);
  if (known?.hash === hash) return;
  const now = clock.now();
  const key = {
    shop: ENVIRONMENT_SHOP,
    id: KEY_ID,
    hash,
    label: 'of the environment or keys.txt',
    createdAt: now,
  };
  await ledger.addKey(key, { actor: ACTOR, now });
}

async function applyConnection({ config, ledger, connect, log }: ApplyNeeds): Promise<void> {
  const stated = statedBy(config.binom);
  if (Object.keys(stated).length === 0) return;
  const connections = await ledger.connections(ENVIRONMENT_SHOP);
  const known = connections.find(({ tracker }) => tracker === ENVIRONMENT_TRACKER)?.settings;
  if (known === undefined && stated.trackingDomain === undefined) {
    log.warn('binom.not-connected', {
      why: 'BINOM_… is set, but neither BINOM_DOMAIN nor the console names a Binom',
    });
    return;
  }
  // The scheme travels in the text, as it would where a person had pasted it.
  const place = known === undefined ? {} : { trackingDomain: `${known.scheme}://${known.trackingDomain}` };
  try {
    const given = { ...known, ...place, ...stated };
    const { warnings } = await connect({
      shop: ENVIRONMENT_SHOP,
      tracker: ENVIRONMENT_TRACKER,
      given,
      actor: ACTOR,
    });
    for (const warning of warnings) log.warn('binom.connected-with-warning', { warning });
  } catch (error) {
    throw error instanceof Rejected ? new Misconfigured([inWords(error)]) : error;
  }
}

function statedBy({ domain, clickPath, conversionType, fixedPayout, repeats }: BinomVariables) {
  const all = { trackingDomain: domain, clickPath, conversionType, fixedPayout, repeats };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as Partial<
    Pick<ConnectionSettings, 'trackingDomain' | 'clickPath' | 'conversionType' | 'fixedPayout' | 'repeats'>
  >;
}

const VARIABLES: Readonly<Record<string, string>> = {
  tracking_domain: 'BINOM_DOMAIN',
  click_path: 'BINOM_CLICK_PATH',
  conversion_type: 'BINOM_CONVERSION_TYPE',
  fixed_payout: 'BINOM_FIXED_PAYOUT',
  repeats: 'BINOM_REPEATS',
};

function inWords({ code, field, message }: Rejected): string {
  const cure = code === 'private-address' ? '; name it in TRACKER_ALLOW_HOSTS if that is meant' : '';
  return `${VARIABLES[field ?? ''] ?? 'BINOM_DOMAIN'}: ${message}${cure}`;
}
