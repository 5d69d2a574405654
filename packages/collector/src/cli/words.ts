/** Our states in words for the people whose money it is. */

export interface Told {
  readonly state: string;
  readonly reason?: string | null;
}

const NOT_SENT: Readonly<Record<string, string>> = {
  'test-order': 'it is a test order',
  'no-tracker': 'no tracker was connected',
  disconnected: 'the tracker was disconnected',
  'mixed-currency': 'the click has orders in another currency',
  superseded: 'later news took its place',
  'pending-before-sending': 'the order went back to pending first',
  'refunded-before-sending': 'the order was refunded first',
  'cancelled-before-sending': 'the order was cancelled first',
  'disputed-before-sending': 'the order was disputed first',
  erased: 'the person was erased',
  'status-not-reported': 'this kind of news has no status in the settings',
};

/** The state of a postback. */
export function stateWords({ state, reason = null }: Told): string {
  switch (state) {
    case 'due':
      return reason === null ? 'waiting' : `waiting: ${reason}`;
    case 'sending':
      return 'on its way';
    case 'refused':
      return reason ?? 'Binom said no';
    case 'uncertain':
      return 'no answer: did Binom count it?';
    case 'abandoned':
      return reason === null ? 'given up' : `given up: ${reason}`;
    case 'skipped':
      return `not sent, because ${NOT_SENT[reason ?? ''] ?? reason ?? 'nobody asked for it'}`;
    default:
      return state;
  }
}

const NO_CLICK: Readonly<Record<string, string>> = {
  'no-click': 'nobody brought a click id: organic, or the snippet is missing there',
  'bad-click-id': 'the click id that came is unusable',
  'click-after-order': 'the only click was made after the order',
  'click-too-old': 'the only click is too old',
  'ambiguous-join-key': 'several clicks claim this order',
  erased: 'the person was erased',
};

/** Why an order has no click. */
export function noClickWords(reason: string): string {
  return NO_CLICK[reason] ?? reason;
}

const LOST: Readonly<Record<string, string>> = {
  won: 'used',
  'bad-click-id': 'unusable as a click id',
  'click-after-order': 'made after the order',
  'click-too-old': 'too old',
  'ambiguous-join-key': 'several clicks claim this order',
  outranked: 'better evidence won',
  'not-the-last-click': 'a later click won',
  'not-the-first-click': 'an earlier click won',
  'verdict-frozen': 'came after Binom was told',
};

/** What became of one piece of evidence. */
export function evidenceWords(outcome: string): string {
  return LOST[outcome] ?? outcome;
}

const PLACES: Readonly<Record<string, string>> = {
  operator: 'attached by hand',
  'order.click_id': 'sent with the order',
  join_key: 'joined by the order key',
  visitor: 'same visitor',
  subscription: 'same subscription',
  customer: 'same customer',
};

/** Where a click id was found. */
export function placeWords(via: string): string {
  const [place, name] = via.split(/\.(.*)/s);
  if (place === 'url' && name !== undefined) return `checkout address, ${name}`;
  if (place === 'cookie' && name !== undefined) return `cookie ${name}`;
  return PLACES[via] ?? via;
}
