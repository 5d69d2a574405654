/** Puts `name=value` into a URL, once, and leaves every other byte as it stands; `URLSearchParams` would write all anew. */
export const withParameter = (url: string, name: string, value: string): string =>
  url.replace(/^([^?#]*)\??([^#]*)/, (_, path: string, query: string) => {
    const key = '&' + name + '=';
    let pair = key + value;
    const rest = (query && '&' + query).replace(/&[^&]*/g, (part) =>
      (part + '=').startsWith(key) ? ([pair, (pair = '')] as const)[0] : part,
    );
    return path + '?' + (rest + pair).slice(1);
  });
