/** Our cookies, on the widest domain the browser allows. */
import Cookies from 'js-cookie';
import { safely } from './safely.ts';
import { settings } from './settings.ts';

/** The domain our cookies stand on; undefined where only this very host will do. */
export let domain: string | undefined;

/** Undefined as well where cookies may not be read: a sandboxed frame throws. */
export const readCookie = safely((name: string) => Cookies.get(name));

/**
 * Keeps a cookie, or with a negative number of days erases it. An unchanged one stays as it is, because Safari shortens
 * the life of what scripts write, not of what the collector has set (https://github.com/js-cookie/js-cookie/issues/642).
 */
export const keepCookie = safely(
  (name: string, value: string, days: number = Number(settings.days) || 30) => {
    findDomain();
    if (readCookie(name) !== value) write(name, value, days, domain);
    // No domain will do, or a cookie of this host alone hides ours.
    if (readCookie(name) !== value) write(name, value, days);
  },
);

/**
 * Asks the browser, not a suffix list, with a cookie for a trial; from the second-last label up, because a bare suffix is
 * refused with noise in the console (https://github.com/snowplow/snowplow-javascript-tracker/issues/1162).
 */
const findDomain = (): void => {
  location.hostname.split('.').reduceRight((suffix, label) => {
    const wider = label + '.' + suffix;
    if (!domain) {
      write('clickback', '1', 1, wider);
      if (readCookie('clickback')) domain = wider;
      write('clickback', '', -1, wider);
    }
    return wider;
  });
};

// eslint-disable-next-line @typescript-eslint/max-params -- named, these cost c.js 15 bytes
const write = (name: string, value: string, expires: number, domain?: string): void => {
  Cookies.set(name, value, { expires, sameSite: 'Lax', secure: location.protocol === 'https:', domain });
};
