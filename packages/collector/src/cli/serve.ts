import type { Command } from 'commander';
import { explained } from './explained.ts';
import { serveUntilAsked } from './serve-until-asked.ts';
import type { Tools } from './tools.ts';

export function defineServe(program: Command, { terminal }: Tools): void {
  explained(program.command('serve'), {
    summary: 'run the collector',
    about:
      'Runs the collector until Ctrl-C or SIGTERM: it then takes nothing more in, finishes what is under way and ends ' +
      'within 10 seconds. Settings come from the environment; one that cannot be read stops the start, and all such ' +
      'problems are listed. The log goes to standard output, one JSON line for each event.',
    examples: [
      ['clickback serve', 'listen on 127.0.0.1:8787 and keep everything in data/'],
      ['PORT=9000 PUBLIC_URL=https://c.shop.example clickback serve', 'behind a proxy'],
      ['LEDGER_URL=memory: clickback serve', 'to try it out: forget everything at the end'],
    ],
    more: ENVIRONMENT,
  }).action(async () => {
    const code = await serveUntilAsked(terminal);
    terminal.exit(code);
  });
}

const ENVIRONMENT = `Environment, all optional; a variable that is set wins at every start:
  PORT, HOST            where it listens             8787, 127.0.0.1
  LEDGER_URL            where it keeps everything    sqlite:data/clickback.db
  ADMIN_TOKEN           for operators and commands   made, in data/keys.txt
  SHOP_API_KEY          for the server of shop main  made, in data/keys.txt
  SECRET_KEY            seals secrets in the ledger  made, in data/secret.key
  PUBLIC_URL            the address browsers use
  TRUST_PROXY           proxies in front of it       loopback
  BINOM_DOMAIN          the Binom of shop main
  BINOM_CLICK_PATH      its click path               /click.php
  BINOM_CONVERSION_TYPE the status of a sale         1
  BINOM_FIXED_PAYOUT    instead of the amount
  BINOM_REPEATS         adds or replaces             not stated
  SHOP_ORIGINS          whose pages may send beacons any
  TRACKER_ALLOW_HOSTS   trackers in your own network
  RETRY_SCHEDULE        waits before each attempt    0,5s,30s,2m,10m,...
  UNCERTAIN_WAIT        least wait after no answer   60s
  CLICK_RETENTION_DAYS  clicks without an order go   90
  ORDER_RETENTION_DAYS  orders go but for their sums never
  RATE_LIMIT            beacons from one address     300/10s
  METRICS_TOKEN         opens /metrics to others
  LOG_LEVEL             trace to error, or silent    info`;
