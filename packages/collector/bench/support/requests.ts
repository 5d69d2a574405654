// What the load generator sends, laid out in bytes before the clock runs; between two requests only the ids are written
// anew, in place. Size and headers are those of a browser on a lander, and of a shop's server.

/**
 * Bytes to send next. Each slot has bytes of its own: what is on its way in one is not touched by another.
 * A slot that was not laid out gets new bytes at every call.
 */
export type NextRequest = (slot: number) => Buffer;

const HOST = 'c.lander.example';
const BROWSER_HEADERS = [
  'User-Agent: Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  'Accept: */*',
  'Accept-Language: en-GB,en;q=0.9',
  'Origin: https://lander.example',
  'Referer: https://lander.example/',
  'Sec-Fetch-Dest: empty',
  'Sec-Fetch-Mode: cors',
  'Sec-Fetch-Site: same-site',
  'Cookie: _cbv=0192c5a0-7b3c-7000-8000-000000000000',
  'Content-Type: text/plain;charset=UTF-8',
];
const SERIAL = '#'.repeat(12);
const SCATTERED = '@'.repeat(8);

/** Beacons, each with an id, a visitor and a click id of its own, counted from `first`. */
export function beaconRequests(slots: number, first = 1): NextRequest {
  const body = JSON.stringify({
    v: 1,
    id: `0192c5a1-7b3c-7000-8000-${SERIAL}`,
    shop: 'main',
    click_id: `81e60ha${SCATTERED}`,
    via: 'clickid',
    visitor: `0192c5a0-7b3c-7000-8000-${SERIAL}`,
    url: 'https://lander.example/offers/autumn/wireless-headphones',
    ref: 'https://l.instagram.example/',
    age: 1240,
    dom: 'lander.example',
  });
  const template = request('POST /b', BROWSER_HEADERS, body);
  const serials = placesOf(template, SERIAL);
  const [scattered = 0] = placesOf(template, SCATTERED);
  const buffers = Array.from({ length: slots }, () => Buffer.from(template));
  let serial = first;
  return (slot) => {
    const buffer = buffers[slot] ?? Buffer.from(template);
    const id = serial.toString(16).padStart(12, '0');
    for (const place of serials) buffer.write(id, place, 'latin1');
    buffer.write(scatter(serial), scattered, 'latin1');
    serial += 1;
    return buffer;
  };
}

/** A click id that follows from a serial and, like real ones, does not arrive in the order an index would like. */
function scatter(serial: number): string {
  return (Math.imul(serial, 2_654_435_761) >>> 0).toString(16).padStart(8, '0');
}

export interface OrderAsk {
  readonly shop: string;
  readonly key: string;
  readonly orderId: string;
  readonly clickId: string;
}

/** A paid order with its click id, as a shop's server sends it. */
export function orderRequest({ shop, key, orderId, clickId }: OrderAsk): Buffer {
  const order = {
    order_id: orderId,
    status: 'paid',
    amount: '49.90',
    currency: 'EUR',
    click_id: clickId,
    occurred_at: new Date().toISOString(),
  };
  return jsonRequest(`POST /v1/shops/${shop}/orders`, key, order);
}

export function jsonRequest(line: string, key: string, value: unknown): Buffer {
  const headers = [`Authorization: Bearer ${key}`, 'Content-Type: application/json'];
  return request(line, headers, JSON.stringify(value));
}

function request(line: string, headers: readonly string[], body: string): Buffer {
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  const head = [`${line} HTTP/1.1`, `Host: ${HOST}`, ...headers, ...length].join('\r\n');
  return Buffer.from(`${head}\r\n\r\n${body}`);
}

function placesOf(buffer: Buffer, mark: string): number[] {
  const places: number[] = [];
  for (let at = buffer.indexOf(mark); at >= 0; at = buffer.indexOf(mark, at + mark.length)) places.push(at);
  return places;
}
