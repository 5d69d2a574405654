/**
 * JSON from elsewhere as it may be shown: without characters that move a terminal's cursor or turn text around. Order
 * ids and what a tracker answered are other people's text. Undefined where it is not JSON.
 */
export function shownJson(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown) =>
      typeof value === 'string' ? value.replace(UNSEEN, ' ') : value,
    );
  } catch {
    return undefined;
  }
}

// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;
