import { once } from 'node:events';
import { createServer } from 'node:net';

/** The port if nobody has it, else 0: any free one. */
export async function freePort(wanted: number): Promise<number> {
  const server = createServer();
  try {
    server.listen(wanted, '127.0.0.1');
    await once(server, 'listening');
    return wanted;
  } catch {
    return 0;
  } finally {
    server.close();
  }
}
