import { carry } from './carry.ts';
import { listen } from './listen.ts';

/** Links get the click id when they are used: the page may have put them there, or changed them, a moment ago. */
export const watchLinks = (): void => {
  listen('click auxclick contextmenu', (event) => {
    // All of the path: the target may be an image in the link, and the link in a shadow root
    // (https://github.com/snowplow/snowplow-javascript-tracker/issues/1002).
    (event.composedPath() as HTMLAnchorElement[]).map((node) => {
      const url = node.href && carry(node.href);
      if (url !== node.href) node.href = url;
    });
  });
};
