import { connect } from 'node:tls';
import { isIP } from 'node:net';

const LONGEST_HANDSHAKE = 10_000;

/** For how many days the certificate of a host still holds; rejects where it does not. */
export function certificateDays(url: URL): Promise<number> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: Number(url.port || 443),
      // RFC 6066 allows no address as a server name.
      ...(isIP(host) === 0 ? { servername: host } : {}),
    });
    socket.setTimeout(LONGEST_HANDSHAKE, () => socket.destroy(new Error('it took too long')));
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      const ends = Date.parse(socket.getPeerCertificate().valid_to);
      socket.end();
      resolve(Math.floor((ends - Date.now()) / 86_400_000));
    });
  });
}
