/** Answers what Node could not read as a request, with a problem like all others; then the connection ends. */
import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { problem, type Problem } from './problem.ts';

export function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable || isBeingAnswered(socket))
    return void socket.destroy();
  const answer = problemOf(error.code);
  const body = JSON.stringify(answer);
  const head = [
    `HTTP/1.1 ${answer.status} ${answer.title}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

function problemOf(code: string | undefined): Problem {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return problem(431, 'too-large', { detail: 'the headers are too large' });
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return problem(413, 'too-large', { detail: 'the chunk extensions are too large' });
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return problem(408, 'too-slow', { detail: 'the request did not arrive in time' });
    default:
      return problem(400, 'unreadable', { detail: 'this is not an HTTP request' });
  }
}

/** Half of another answer would be spoilt. Node's own default asks its private field too; there is no public one. */
function isBeingAnswered(socket: Duplex & { _httpMessage?: ServerResponse | null }): boolean {
  return socket._httpMessage?.headersSent ?? false;
}
