/** From the click id on the page to its beacon: what happens, in order, once the visitor allows it. */
import { findClickId, type Found } from './click-id.ts';
import { fillFields } from './fields.ts';
import { keepCookie, readCookie } from './keep.ts';
import { grant, granted, page } from './page.ts';
import { enqueue, waiting } from './queue.ts';
import { safely } from './safely.ts';
import { send } from './send.ts';
import { entries, settings } from './settings.ts';
import { drop, openShelf, put, shelf } from './shelf.ts';
import { uuid } from './uuid.ts';

/** Held in memory only, so that a late consent finds what the URL held. */
let found: Found = {};
let keys: string[] = [];

export const arrive = (): void => {
  found = findClickId(entries(settings.params || 'clickid,click_id'), (name) =>
    new URL(location.href).searchParams.getAll(name),
  );
  if (!settings.consent) consent(true);
};

export const consent = (yes: boolean): void => {
  grant(yes);
  if (yes) {
    waiting().map(send);
    proceed();
  } else forget();
};

export const capture = (id: unknown): void => {
  const captured = findClickId(['capture'], () => [String(id)]);
  if (captured.click_id) found = captured;
  proceed();
};

export const join = (key: string): void => {
  keys.push(key);
  proceed();
};

const proceed = safely(() => {
  if (!granted) return;
  if (found.bad && !sessionStorage['clickback']) {
    sessionStorage['clickback'] = 1;
    enqueue(found);
  }
  // What we keep is read back, whatever other names the page lists.
  if (!found.click_id) {
    found = findClickId(entries([settings.cookies || '_binom,binom', '_binom']), (name) => [
      readCookie(name) || '',
    ]);
  }
  const { click_id, via } = found;
  page.clickId = click_id || null;
  if (click_id) keepCookie('_binom', click_id);
  const visitor = (page.visitorId = readCookie('_cbv') || page.visitorId || (click_id ? uuid() : null));
  if (visitor) {
    keepCookie('_cbv', visitor);
    const click = { click_id, via, visitor };
    if (click_id && shelf['clickback'] !== click_id + visitor) {
      put('clickback', click_id + visitor);
      enqueue(click);
    }
    keys.map((join) => enqueue({ ...click, join }));
    keys = [];
  }
  fillFields();
});

const forget = (): void => {
  page.clickId = page.visitorId = null;
  openShelf();
  waiting().map(drop);
  drop('clickback');
  keepCookie('_binom', '', -1);
  keepCookie('_cbv', '', -1);
};
