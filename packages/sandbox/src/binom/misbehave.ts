// Carries a fault out on a real socket.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { Misbehaviour } from './fault.ts';

export async function misbehave(fault: Misbehaviour, res: Response): Promise<void> {
  switch (fault.kind) {
    case 'status':
      if (fault.retryAfter !== undefined) res.set('Retry-After', fault.retryAfter);
      res
        .status(fault.status)
        .type('text')
        .send(fault.body ?? `The sandbox was told to answer ${fault.status}`);
      return;
    case 'hang':
      return;
    case 'reset':
      res.req.socket.resetAndDestroy();
      return;
    case 'drip':
      drip(res, fault.everyMs ?? 1_000);
      return;
    case 'redirect':
      res.redirect(302, fault.to ?? '/');
      return;
    case 'page':
      res.type('html').send(WELCOME_PAGE);
      return;
    case 'endless':
      await endless(res);
  }
}

const WELCOME_PAGE = `<!doctype html><html lang="en"><head><title>Welcome</title></head>
<body><h1>Welcome</h1><p>This server is new and has no site yet.</p></body></html>`;

function drip(res: Response, everyMs: number): void {
  const body = Buffer.from('OK'.padEnd(64));
  let sent = 0;
  res.type('text').flushHeaders();
  const timer = setInterval(() => {
    res.write(body.subarray(sent, sent + 1));
    sent += 1;
    if (sent < body.length) return;
    clearInterval(timer);
    res.end();
  }, everyMs);
  res.on('close', () => clearInterval(timer));
}

async function endless(res: Response): Promise<void> {
  res.type('text');
  // The client ends this by going away, which the pipeline reports as an error.
  await pipeline(Readable.from(forever()), res).catch(() => undefined);
}

function* forever(): Generator<Buffer> {
  const chunk = Buffer.alloc(16_384, 'x');
  for (;;) yield chunk;
}
