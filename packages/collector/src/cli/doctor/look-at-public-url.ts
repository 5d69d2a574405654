/** The address browsers use. */
import type { Terminal } from '../terminal.ts';
import { broken, fine, type Finding, look } from './finding.ts';
import { errorWords } from '../error-words.ts';

export async function lookAtPublicUrl(env: Terminal['env']): Promise<Finding[]> {
  const url = env['PUBLIC_URL']?.trim().replace(/\/+$/, '');
  if (!url) {
    return [
      look('PUBLIC_URL is not set here', 'Set it to the https address at which browsers reach the collector'),
    ];
  }
  const isPlain = url.startsWith('http:') && !/^http:\/\/(?:localhost|127\.|\[::1\])/.test(url);
  return [
    ...(isPlain
      ? [broken(`${url} is not https`, 'On an https page browsers load no http script: use https')]
      : []),
    await snippet(url),
  ];
}

async function snippet(url: string): Promise<Finding> {
  const cure = 'Let your proxy pass everything under this address on to the collector';
  try {
    const response = await fetch(`${url}/c.js`, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
    await response.body?.cancel();
    const isScript = response.headers.get('content-type')?.includes('javascript') ?? false;
    if (response.status === 200 && isScript) return fine(`${url}/c.js is served`);
    return broken(`${url}/c.js answers ${response.status}${isScript ? '' : ', and no script'}`, cure);
  } catch (error) {
    return broken(`${url} cannot be reached from here: ${errorWords(error)}`, cure);
  }
}
