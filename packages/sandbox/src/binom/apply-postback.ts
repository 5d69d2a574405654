// What one postback does to the one row Binom keeps per click id. Pure, so that property tests can use it without HTTP.
// What is certain and what is believed: docs/binom.md; the vendor's page on repeated updates is
// https://docs.binom.org/update-conv.php
import { addDecimals } from './add-decimals.ts';

/** A postback as read from the URL; what the URL leaves out is absent here, and leaves the row as it was. */
export interface Postback {
  readonly clickId: string;
  readonly payout?: string;
  readonly currency?: string;
  readonly status?: string;
  readonly status2?: string;
  /** `disable_postback=1`: the ad network is not told. */
  readonly quiet?: boolean;
  /** `event3=…` sets; keys are `event1` … `event30`. */
  readonly events?: Readonly<Record<string, string>>;
  /** `add_event3=…` adds; keys are `event1` … `event30`. */
  readonly addEvents?: Readonly<Record<string, string>>;
  /** Every other parameter: Binom keeps them where they name a token of the traffic source. */
  readonly tokens?: Readonly<Record<string, string>>;
}

export interface Conversion {
  readonly clickId: string;
  /** A decimal in major units. Amounts of different currencies are added as plain numbers: there are no rates here. */
  readonly payout: string;
  /** As sent last; null when no postback named one. */
  readonly currency: string | null;
  readonly status: string | null;
  readonly status2: string | null;
  readonly events: Readonly<Record<string, string>>;
  readonly tokens: Readonly<Record<string, string>>;
  /** How many postbacks made this row what it is. */
  readonly postbacks: number;
}

/** `upsell` is the offer's checkbox: ticked, payouts add up; unticked, the last one stands. */
export function applyPostback(
  row: Conversion | undefined,
  postback: Postback,
  { upsell }: { readonly upsell: boolean },
): Conversion {
  const before = row ?? emptyRow(postback.clickId);
  const { payout } = postback;
  return {
    clickId: before.clickId,
    payout: payout === undefined ? before.payout : addDecimals(upsell ? before.payout : '0', payout),
    currency: postback.currency ?? before.currency,
    status: postback.status ?? before.status,
    status2: postback.status2 ?? before.status2,
    events: addEach({ ...before.events, ...postback.events }, postback.addEvents ?? {}),
    tokens: { ...before.tokens, ...postback.tokens },
    postbacks: before.postbacks + 1,
  };
}

function emptyRow(clickId: string): Conversion {
  return {
    clickId,
    payout: '0',
    currency: null,
    status: null,
    status2: null,
    events: {},
    tokens: {},
    postbacks: 0,
  };
}

function addEach(events: Record<string, string>, added: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(added)) events[name] = addDecimals(events[name] ?? '0', value);
  return events;
}
