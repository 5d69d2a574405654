import type { Command } from 'commander';
import { explained, withJson, withShop, type Shared } from '../explained.ts';
import type { PostbackStoryRow } from '../rows.ts';
import type { Tools } from '../tools.ts';
import { titledStory } from './postback-story.ts';

export function defineShow(postbacks: Command, { client, paint, answer }: Tools): void {
  const show = explained(postbacks.command('show'), {
    summary: 'one, with every try',
    about: 'Tells one postback: each try with the address that was called, and what came back.',
    examples: [['clickback postbacks show 0192c5a1-...', 'the id is in --json and in orders show']],
  });
  withJson(withShop(show))
    .argument('<id>')
    .action(async (id: string, options: Shared) => {
      const path = `/v1/shops/${encodeURIComponent(options.shop)}/postbacks/${encodeURIComponent(id)}`;
      const { raw, body } = await client.call<PostbackStoryRow>('GET', path);
      answer(options, raw, () => titledStory(body, paint));
    });
}
