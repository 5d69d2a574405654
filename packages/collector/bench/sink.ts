// A tracker that only says OK, as fast as Node's HTTP server can. Started as a process of its own; its first message is
// its port; asked anything, it tells how many requests it has answered.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

let answered = 0;
const server = createServer((_request, response) => {
  answered += 1;
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 2 }).end('OK');
});
server.keepAliveTimeout = 65_000;
server.listen(0, '127.0.0.1', 1024, () => process.send?.((server.address() as AddressInfo).port));
process.on('message', () => process.send?.(answered));
