// What a test may ask of a page in its query. The shop's own links hand it on, so that a whole visit stays as it began.

export interface PageOptions {
  /** `nosnippet=1`: the page comes without the snippet. */
  readonly snippet: boolean;
  /** `beacons=blocked`: the snippet runs, but its beacons go nowhere. */
  readonly beacons: boolean;
}

export function readPageOptions(query: URLSearchParams): PageOptions {
  return { snippet: query.get('nosnippet') !== '1', beacons: query.get('beacons') !== 'blocked' };
}

/** The path with the options, and whatever else is given, as its query. */
export function withOptions(path: string, options: PageOptions, more: Record<string, string> = {}): string {
  const query = new URLSearchParams(more);
  if (!options.snippet) query.set('nosnippet', '1');
  if (!options.beacons) query.set('beacons', 'blocked');
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}
