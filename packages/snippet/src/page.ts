/** `window.clickback`: what this page knows, and what it may be asked. */
export interface Clickback {
  readonly clickId: string | null;
  readonly visitorId: string | null;
  /** With `data-consent="required"`, true starts everything; false erases id, visitor and queue, in any case. */
  consent(granted: boolean): void;
  /** The URL with the click id where it belongs there; for navigations no browser tells us of. */
  carry(url: string): string;
  /** Takes a click id the page has got from elsewhere. */
  capture(id: string): void;
  /** Tells which order key this visitor's order has. */
  join(key: string): void;
}

/** Whether the visitor lets us keep and send. */
export let granted = false;

export const grant = (yes: boolean): void => {
  granted = yes;
};

/** Written by us, read by all. */
export const page = { clickId: null, visitorId: null } as {
  -readonly [Field in keyof Clickback]: Clickback[Field];
};

declare global {
  interface Window {
    clickback?: Clickback;
  }
}
