/** The entry of the package for bundlers; importing it does nothing yet, also where there is no window. */
import type { Clickback } from './page.ts';
import { run } from './run.ts';
import type { Settings } from './settings.ts';

export type { Clickback, Settings };

/** Starts the snippet, unless it runs on this page already. */
export const start = (settings?: Settings): Clickback | undefined => {
  window.clickbackSettings = { ...window.clickbackSettings, ...settings };
  run();
  return window.clickback;
};
