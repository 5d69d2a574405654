/** A real Chromium for tests: Debian's, or the one `CHROMIUM` names. */
import { existsSync } from 'node:fs';
import { type Browser, launch } from 'puppeteer-core';

/** Where Chromium is, or null where there is none. */
export const CHROMIUM =
  [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (path) => path !== undefined && existsSync(path),
  ) ?? null;

export function openBrowser(): Promise<Browser> {
  if (CHROMIUM === null) throw new Error('no Chromium: install it, or name it in the variable CHROMIUM');
  return launch({ executablePath: CHROMIUM, headless: true, args: ['--no-sandbox'] });
}
