/** Beacons go by `fetch`, whose answer is the acknowledgement; what has none when the page goes, by `sendBeacon` as well. */
import { keepCookie } from './keep.ts';
import { granted } from './page.ts';
import { safely } from './safely.ts';
import { settings } from './settings.ts';
import { drop, shelf } from './shelf.ts';

/** Where a kept beacon holds its time of capture, the one sent holds its age. */
const bodyNow = (key: string): string =>
  (shelf[key] || '').replace(/-\d+(?=\}$)/, (captured) => String(Date.now() + parseInt(captured)));

/** Sends the beacon under this key. */
export const send = safely((key: string) => {
  fetch(settings.endpoint, {
    method: 'POST',
    // Text is sent as text/plain, which needs no preflight (https://github.com/w3c/beacon/issues/10).
    body: bodyNow(key),
    credentials: 'include',
    // Outlives the page; its 64 KiB are shared by all of it (https://github.com/grafana/faro-web-sdk/issues/1898).
    keepalive: true,
  })
    .then(({ status }) => {
      // Refused for good: said again by the next page, but not from here.
      const refused = /^4(?!29)/.test(status as unknown as string);
      if (refused) drop('clickback');
      if (refused || status < 300) drop(key);
      // The answer has set a cookie that was erased meanwhile.
      if (!granted) keepCookie('_binom', '', -1);
    })
    .catch(() => undefined);
});

/** No answer tells whether this arrives (https://github.com/w3c/beacon/issues/10), so it stays on the shelf. */
export const sendLeaving = (key: string) => navigator.sendBeacon(settings.endpoint, bodyNow(key));
