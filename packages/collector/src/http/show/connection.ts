/** A shop's connection to its tracker, as the API shows it. Its secret is never shown, only whether there is one. */
import type { Connection, Health } from '../../core/connection.ts';
import type { RaisedNotice } from '../../core/stories.ts';
import { isoOf } from './iso-of.ts';
import { showNotice } from './notice.ts';

export interface Around {
  readonly hasSecret: boolean;
  /** Names of fields the environment fixes. */
  readonly readOnly: readonly string[];
  readonly notices: readonly RaisedNotice[];
}

export function showConnection({ shop, tracker, settings, health }: Connection, around: Around) {
  return {
    shop,
    tracker,
    tracking_domain: settings.trackingDomain,
    scheme: settings.scheme,
    click_path: settings.clickPath,
    conversion_type: settings.conversionType,
    fixed_payout: settings.fixedPayout,
    fixed_payout_currency: settings.fixedPayoutCurrency,
    payout_percent: settings.payoutPercent,
    repeats: settings.repeats,
    statuses: settings.statuses,
    extra_params: settings.extraParams,
    enabled: settings.enabled,
    in_flight: settings.inFlight,
    api_key_set: around.hasSecret,
    read_only: around.readOnly,
    health: showHealth(health),
    notices: around.notices.map(showNotice),
  };
}

export function showHealth(health: Health) {
  const { pausedAt, pauseReason, failures, openUntil } = health;
  return {
    state: pausedAt !== null ? 'paused' : openUntil !== null ? 'failing' : 'ok',
    failures,
    next_probe_at: isoOf(openUntil),
    paused_at: isoOf(pausedAt),
    pause_reason: pauseReason,
    refused_clicks: health.refusedClicks,
  };
}
