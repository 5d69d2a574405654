import { carry } from './carry.ts';

/** `window.open` takes the click id along. */
export const watchWindows = (open = window.open): void => {
  window.open = (url, ...rest) => open(url && carry(String(url)), ...rest);
};
