/** GET /c.js and /c.<hash>.js: the snippet, compressed once at the start. */
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Express, Request, Response } from 'express';
import { Rejected } from '../core/errors.ts';
import { refuseMethod } from './refuse-method.ts';

export interface SnippetFiles {
  /** The hash of the one that `/c.js` serves. */
  readonly current: string;
  /** Earlier ones included: a page that pins one must go on working. */
  readonly byHash: ReadonlyMap<string, Uint8Array>;
}

type Encoding = 'br' | 'gzip' | 'identity';
type Encoded = Readonly<Record<Encoding, Buffer>>;

const ONE_HOUR = 'public, max-age=3600, stale-while-revalidate=86400';
const FOR_EVER = 'public, max-age=31536000, immutable';

export function serveSnippet(app: Express, { current, byHash }: SnippetFiles): void {
  const encoded = new Map([...byHash].map(([hash, bytes]) => [hash, encode(bytes)]));
  const serve = (hash: string, caching: string) => (req: Request, res: Response) => {
    const file = encoded.get(hash);
    if (file === undefined) throw new Rejected('not-found', 'there is no snippet with this hash');
    send(file, hash, { req, res: res.set('Cache-Control', caching) });
  };
  const refuse = refuseMethod(['get']);
  app.route('/c.js').get(serve(current, ONE_HOUR)).all(refuse);
  app
    .route('/c.:hash.js')
    .get((req, res) => serve(req.params.hash, FOR_EVER)(req, res))
    .all(refuse);
}

/** Express answers HEAD and If-None-Match by itself. */
function send(file: Encoded, hash: string, { req, res }: { req: Request; res: Response }): void {
  const encoding = ENCODINGS.find((each) => req.acceptsEncodings(each) === each) ?? 'identity';
  if (encoding !== 'identity') res.set('Content-Encoding', encoding);
  res.set({
    'Content-Type': 'text/javascript; charset=utf-8',
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ETag: `"${hash}-${encoding}"`,
    Vary: 'Accept-Encoding',
  });
  res.send(file[encoding]);
}

/** The smallest first. */
const ENCODINGS = ['br', 'gzip'] as const;

function encode(bytes: Uint8Array): Encoded {
  return { br: brotliCompressSync(bytes), gzip: gzipSync(bytes, { level: 9 }), identity: Buffer.from(bytes) };
}
