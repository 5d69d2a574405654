/** A URL without its query and fragment, which may hold what is none of our business. */
export const plain = (url: string) => url.replace(/[?#].*/, '');
