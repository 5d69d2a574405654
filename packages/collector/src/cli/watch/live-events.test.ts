import { expect, it } from 'vitest';
import { liveEvents } from './live-events.ts';

it('events are read however the bytes are cut, and beats are passed over', async () => {
  const bytes = Buffer.from(
    ': beat\n\nevent: click\ndata: {"page":"é"}\n\n: beat\n\nevent: order\ndata: {}\n\nevent: cut',
  );

  for (let size = 1; size <= bytes.length; size += 1) {
    const events: string[] = [];
    for await (const event of liveEvents(inPieces(bytes, size))) events.push(event);
    expect(events).toEqual(['{"page":"é"}', '{}']);
  }
});

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
