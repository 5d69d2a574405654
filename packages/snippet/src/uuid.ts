/**
 * A UUIDv7 (https://www.rfc-editor.org/rfc/rfc9562#section-5.7), so that ids sort by time. `crypto.randomUUID` is missing
 * on plain-http pages, `getRandomValues` is not. The random digits are decimal: shorter to write, 60 bits of chance.
 */
export const uuid = (): string =>
  ('0' + Date.now().toString(16) + crypto.getRandomValues(new Uint32Array(4)).join('')).replace(
    /(.{8})(....)(...)(...)(.{12}).*/,
    '$1-$2-7$3-8$4-$5',
  );
