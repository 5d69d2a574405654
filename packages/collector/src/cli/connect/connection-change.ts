/** What a person said on the command line, laid over the settings that stand. */
import type { Shared } from '../explained.ts';
import type { ConnectionRow } from '../rows.ts';

export interface ConnectOptions extends Shared {
  readonly domain?: string;
  readonly clickPath?: string;
  readonly conversionType?: string;
  readonly fixedPayout?: string;
  readonly fixedPayoutCurrency?: string;
  readonly percent?: string;
  readonly repeats?: 'adds' | 'replaces' | 'unknown';
  readonly status?: Readonly<Record<string, string>>;
  readonly extra?: Readonly<Record<string, string>>;
  readonly inFlight?: string;
  readonly enable?: true;
  readonly disable?: true;
  readonly apiKeyStdin?: true;
  readonly resume?: true;
  readonly test?: string;
}

/** The whole connection as it should be; null when nothing was said that changes it. */
export function connectionChange(
  known: ConnectionRow | null,
  options: ConnectOptions,
  apiKey: string | undefined,
): Record<string, unknown> | null {
  const said = { ...placeOf(options), ...payoutOf(options), ...restOf(known, options), api_key: apiKey };
  const stated = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  if (Object.keys(stated).length === 0) return null;
  // A bare host of TRACKER_ALLOW_HOSTS means http; with its scheme it stays what it is.
  const before =
    known === null ? {} : { ...known, tracking_domain: `${known.scheme}://${known.tracking_domain}` };
  const merged: Record<string, unknown> = { ...before, ...stated };
  // A pasted address that has a path of its own brings it along.
  if (hasPath(options.domain) && options.clickPath === undefined) delete merged['click_path'];
  return merged;
}

function placeOf({ domain, clickPath, conversionType }: ConnectOptions) {
  return { tracking_domain: domain, click_path: clickPath, conversion_type: conversionType };
}

/** Fixed payout and percent exclude each other: saying one takes the other back. */
function payoutOf({ fixedPayout, fixedPayoutCurrency, percent }: ConnectOptions) {
  const isFixed = fixedPayout !== undefined && fixedPayout !== 'none';
  const isPercent = percent !== undefined && percent !== 'none';
  const noFixed = fixedPayout === 'none' || isPercent;
  return {
    fixed_payout: isFixed ? fixedPayout : noFixed ? null : undefined,
    fixed_payout_currency: fixedPayoutCurrency ?? (noFixed ? null : undefined),
    payout_percent: isPercent ? percent : percent === 'none' || isFixed ? null : undefined,
  };
}

function restOf(known: ConnectionRow | null, options: ConnectOptions) {
  const { repeats, status, extra, inFlight, enable, disable } = options;
  return {
    repeats: repeats === 'unknown' ? null : repeats,
    statuses: status === undefined ? undefined : { ...known?.statuses, ...emptied(status) },
    extra_params: extra === undefined ? undefined : withoutEmpty({ ...known?.extra_params, ...extra }),
    in_flight: inFlight === undefined ? undefined : Number(inFlight),
    enabled: enable ?? (disable ? false : undefined),
  };
}

/** `refunded=` takes a status back. */
function emptied(statuses: Readonly<Record<string, string>>): Record<string, string | null> {
  return Object.fromEntries(Object.entries(statuses).map(([name, text]) => [name, text || null]));
}

function withoutEmpty(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, text]) => text !== ''));
}

function hasPath(pasted: string | undefined): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/)?[^/?#]+\/[^/?#]/i.test(pasted?.trim() ?? '');
}
