/** Every call of the operator's side; docs/operator-api.md tells them to people. */
import type { AppNeeds } from '../needs.ts';
import type { Route } from '../route.ts';
import { clickRoutes } from './clicks.ts';
import { connectionTestRoutes } from './connection-test.ts';
import { connectionRoutes } from './connections.ts';
import { eraseRoutes } from './erase.ts';
import { keyRoutes } from './keys.ts';
import { operatorOrderRoutes } from './orders.ts';
import { postbackRoutes } from './postbacks.ts';
import { replayRoutes } from './replays.ts';
import { shopRoutes } from './shops.ts';

export function operatorRoutes(needs: AppNeeds): Route[] {
  const families = [
    shopRoutes,
    keyRoutes,
    connectionRoutes,
    connectionTestRoutes,
    operatorOrderRoutes,
    clickRoutes,
    replayRoutes,
    postbackRoutes,
    eraseRoutes,
  ];
  return families.flatMap((family) => family(needs));
}
