import { addressProblem, allowsOf } from '../wire/address.ts';

/**
 * Why the collector would not call a tracker, in words; null where it would. By the wire's own rule, for the doctor: the
 * wire itself judges the open socket.
 */
export function refusalToCall(
  url: URL,
  addresses: readonly string[],
  allowHosts: readonly string[],
): string | null {
  const isPlain = url.protocol === 'http:';
  if (allowsOf(allowHosts)(url.hostname, url.port || (isPlain ? '80' : '443'))) return null;
  if (isPlain) return 'http is not used for a host on the internet';
  const problems = addresses.map(addressProblem);
  return problems.includes(null) ? null : (problems[0] ?? null);
}
