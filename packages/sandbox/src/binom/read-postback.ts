// The postback URL as Binom documents it (https://docs.binom.org/postback-url.php, https://docs.binom.org/events-v2.php).
// Stricter than a live Binom may be: what no page promises (a negative payout, an exponent, a comma) is not counted, so
// that a test which sends it fails.
import { isDecimal } from './add-decimals.ts';
import type { Postback } from './apply-postback.ts';

export type ReadPostback = { readonly postback: Postback } | { readonly problem: string };

export function readPostback(query: URLSearchParams): ReadPostback {
  const clickId = query.get('cnv_id') ?? '';
  if (clickId === '') return { problem: 'cnv_id is empty' };
  const payout = query.get('payout') ?? '';
  if (payout !== '' && (!isDecimal(payout) || payout.startsWith('-'))) {
    return { problem: 'payout is not a number' };
  }
  return {
    postback: {
      clickId,
      ...given('payout', query.get('payout')),
      ...given('currency', query.get('cnv_currency')),
      ...given('status', query.get('cnv_status')),
      ...given('status2', query.get('cnv_status2')),
      quiet: query.get('disable_postback') === '1',
      events: numbers(query, /^(event\d+)$/),
      addEvents: numbers(query, /^add_(event\d+)$/),
      tokens: Object.fromEntries([...query].filter(([name]) => !isOurs(name))),
    },
  };
}

// Whether an empty value differs from none on a live Binom is not known (docs/binom.md); here it does not.
function given<Name extends string>(name: Name, value: string | null): Partial<Record<Name, string>> {
  return value === null || value === '' ? {} : ({ [name]: value } as Record<Name, string>);
}

function numbers(query: URLSearchParams, name: RegExp): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [key, value] of query) {
    const event = name.exec(key)?.[1];
    if (event !== undefined && isEvent(event) && isDecimal(value)) found[event] = value;
  }
  return found;
}

function isEvent(name: string): boolean {
  return /^event(?:[1-9]|[12]\d|30)$/.test(name);
}

const NAMES = new Set([
  'cnv_id',
  'payout',
  'cnv_currency',
  'cnv_status',
  'cnv_status2',
  'disable_postback',
  'to_offer',
]);

function isOurs(name: string): boolean {
  return NAMES.has(name) || isEvent(name.replace(/^add_/, ''));
}
