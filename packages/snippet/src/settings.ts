/* eslint @typescript-eslint/prefer-nullish-coalescing: 'off' -- in es2018 each `??` costs c.js six bytes */
/** What the page asks for, in attributes of the script tag or in `window.clickbackSettings`. */

/** Lists are arrays, or text with commas. */
export interface Settings {
  readonly shop?: string;
  readonly endpoint?: string | URL;
  readonly carry?: string | readonly string[];
  readonly days?: string | number;
  readonly params?: string | readonly string[];
  readonly cookies?: string | readonly string[];
  /** `required`: keep and send nothing until `clickback.consent(true)`. */
  readonly consent?: string;
}

declare global {
  interface Window {
    clickbackSettings?: Settings;
  }
}

/** The settings of this page. */
export let settings: Settings & { readonly endpoint: string | URL };

/** Tag managers strip attributes and empty `currentScript` (https://github.com/umami-software/umami/issues/430). */
export const readSettings = (): void => {
  const script = (document.currentScript ||
    document.querySelector('script[data-shop],script[src*="/c.js"]') ||
    {}) as Partial<HTMLScriptElement>;
  settings = {
    endpoint: new URL('/b', script.src || location.href),
    ...window.clickbackSettings,
    ...script.dataset,
  };
};

/** The entries of a setting that is a list. */
export const entries = (list: unknown): string[] => String(list).match(/[^\s,]+/g) || [];
