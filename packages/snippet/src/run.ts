import { carry } from './carry.ts';
import { fillFields } from './fields.ts';
import { watchForms } from './forms.ts';
import { watchLinks } from './links.ts';
import { listen } from './listen.ts';
import { granted, page } from './page.ts';
import { waiting } from './queue.ts';
import { safely } from './safely.ts';
import { sendLeaving } from './send.ts';
import { readSettings } from './settings.ts';
import { openShelf } from './shelf.ts';
import { arrive, capture, consent, join } from './visit.ts';
import { watchWindows } from './windows.ts';

/** Begins, unless a second tag has begun already. */
export const run = (): void => {
  if (window.clickback) return;
  window.clickback = page;
  page.carry = carry;
  page.consent = consent;
  page.capture = capture;
  page.join = join;
  readSettings();
  openShelf();
  watchLinks();
  watchForms();
  watchWindows();
  listen('DOMContentLoaded load', fillFields);
  addEventListener(
    'pagehide',
    safely(() => {
      if (granted) waiting().map(sendLeaving);
    }),
  );
  arrive();
};
