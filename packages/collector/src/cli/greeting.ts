import type { Collector } from '../compose.ts';
import type { Config } from '../config.ts';

/** What a person who starts it in a terminal wants to know. */
export function greeting(config: Config, { url, keysFile }: Collector): string {
  const address = config.publicUrl ?? url;
  const isKept = config.adminToken === null || config.shopApiKey === null;
  const keys = isKept ? keysFile : 'ADMIN_TOKEN and SHOP_API_KEY of the environment';
  const place = config.ledger.engine === 'sqlite' ? config.ledger.path : 'memory, and gone when it ends';
  return `
  Clickback listens at ${url}

  keys     ${keys}
  ledger   ${place}
  on your lander
           <script async src="${address}/c.js"></script>
  next     npx clickback doctor

  Ctrl-C ends it.

`;
}
