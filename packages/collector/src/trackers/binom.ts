// Binom, in both versions. v1 documents `/click.php`, v2 `/click`; the parameters are the same.
// https://docs.binom.org/postback-url.php https://docs.binom.org/update-click-v2.php
import type { ConnectionSettings } from '../core/connection.ts';
import type { Tracker } from '../core/ports.ts';
import type { Report } from '../core/postback.ts';
import { binomNotices } from './binom/notices.ts';
import { readAnswer } from './binom/read-answer.ts';
import { readDomain } from './binom/read-domain.ts';

export const binom: Tracker = {
  name: 'binom',
  url: postbackUrl,
  read: readAnswer,
  notices: binomNotices,
  readDomain,
};

function postbackUrl(settings: ConnectionSettings, report: Report): string {
  const parameters: [name: string, value: string][] = [
    ['cnv_id', report.clickId],
    ['payout', report.payout],
    ['cnv_status', report.status],
    ['cnv_currency', report.currency],
  ];
  // Else Binom would tell the ad network of a second sale.
  if (report.correction) parameters.push(['disable_postback', '1']);
  const ours = new Set(parameters.map(([name]) => name));
  for (const [name, value] of Object.entries(settings.extraParams)) {
    // PHP takes the last of two parameters with one name: an extra one must not replace what we report.
    if (!ours.has(name)) parameters.push([name, filledIn(value, report)]);
  }
  const query = parameters.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
  return `${settings.scheme}://${settings.trackingDomain}${settings.clickPath}?${query}`;
}

/** In one pass, so that an order id that looks like a macro stays what it is. */
function filledIn(value: string, { orderId, kind }: Report): string {
  return value.replace(/\{(order_id|kind)\}/g, (_macro, name) => (name === 'kind' ? kind : orderId));
}

function encoded(text: string): string {
  // Half a character (a lone surrogate) cannot be written in a URL and would throw.
  return encodeURIComponent(text.toWellFormed());
}
