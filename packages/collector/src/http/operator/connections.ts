/** A shop's connection to its tracker: show, save, take away, end its pause. */
import { apiName } from '../../flows/api-name.ts';
import { notConnected } from '../../flows/steer-connection.ts';
import type { Connection } from '../../core/connection.ts';
import type { AppNeeds } from '../needs.ts';
import type { Answer, Ask, Route } from '../route.ts';
import { showConnection, showHealth } from '../show/connection.ts';
import { connectionFields } from './connection-fields.ts';

type Needs = Pick<AppNeeds, 'operate' | 'reads' | 'locked'>;

export function connectionRoutes(needs: Needs): Route[] {
  const { operate } = needs;
  const path = '/v1/shops/:shop/trackers/:tracker';
  return [
    {
      method: 'get',
      path,
      who: 'operator',
      async answer({ params: { shop = '', tracker = '' } }) {
        const connection = (await needs.reads.connections(shop)).find((each) => each.tracker === tracker);
        if (connection === undefined) throw notConnected(shop, tracker);
        return { body: await shown(connection, needs) };
      },
    },
    {
      method: 'put',
      path,
      who: 'operator',
      answer: (ask) => save(needs, ask),
    },
    {
      method: 'delete',
      path,
      who: 'operator',
      async answer({ params: { shop = '', tracker = '' }, actor }) {
        await operate.connection.disconnect({ shop, tracker, actor });
        return {};
      },
    },
    {
      method: 'post',
      path: `${path}/resume`,
      who: 'operator',
      async answer({ params: { shop = '', tracker = '' }, actor }) {
        return { body: { health: showHealth(await operate.connection.resume({ shop, tracker, actor })) } };
      },
    },
  ];
}

async function save(
  needs: Needs,
  { params: { shop = '', tracker = '' }, body, actor }: Ask,
): Promise<Answer> {
  const saved = await needs.operate.connect({ shop, tracker, actor, ...connectionFields(body) });
  return {
    body: {
      ...(await shown(saved.connection, needs)),
      warnings: saved.warnings,
      clicks_keeping_mode: saved.clicksKeepingMode,
      shared_with: saved.sharedWith,
      skipped_before: saved.skippedBefore,
    },
  };
}

async function shown(connection: Connection, { reads, locked }: Needs) {
  const { shop, tracker } = connection;
  const [notices, secret] = await Promise.all([reads.notices(shop), reads.connectionSecret(shop, tracker)]);
  return showConnection(connection, {
    hasSecret: secret !== null,
    readOnly: locked.connection(shop, tracker).map(apiName),
    notices: notices.filter((each) => each.subject === `tracker:${tracker}`),
  });
}
