import { Agent, request } from 'undici';
import { clickIdOf } from './owed-postbacks.ts';

/** Requests a second of undici alone: the same requests, as many at once, and nothing written down. */
export async function bareLoop(
  port: number,
  { count, atOnce }: { count: number; atOnce: number },
): Promise<number> {
  const dispatcher = new Agent({ connections: atOnce, pipelining: 1 });
  const startedAt = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const clickId = clickIdOf(0, next++);
      const path = `/click.php?cnv_id=${clickId}&payout=49.90&cnv_status=1&cnv_currency=EUR`;
      const { body } = await request(`http://127.0.0.1:${port}${path}`, { dispatcher });
      await body.text();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const perSecond = (count * 1000) / (performance.now() - startedAt);
  await dispatcher.close();
  return perSecond;
}
