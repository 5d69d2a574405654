import { Option, type Command } from 'commander';
import { explained, withJson, withShop, type Shared } from '../explained.ts';
import type { PostbackStoryRow } from '../rows.ts';
import type { Tools } from '../tools.ts';
import { titledStory } from './postback-story.ts';

export function defineResolve(postbacks: Command, { client, paint, answer }: Tools): void {
  const resolve = explained(postbacks.command('resolve'), {
    summary: 'say what became of one that got no answer',
    about:
      'Settles a postback of which nobody knows whether Binom counted it: look for its click in Binom, then say. To send ' +
      'it again instead, replay it.',
    examples: [['clickback postbacks resolve 0192c5a1-... --as accepted', 'Binom shows the conversion']],
  });
  withJson(withShop(resolve))
    .argument('<id>')
    .addOption(
      new Option('--as <what>', 'accepted: Binom counted it; abandoned: it did not, and it is not sent again')
        .choices(['accepted', 'abandoned'])
        .makeOptionMandatory(),
    )
    .action(async (id: string, { as, ...options }: Shared & { as: string }) => {
      const path = `/v1/shops/${encodeURIComponent(options.shop)}/postbacks/${encodeURIComponent(id)}/resolve`;
      const { raw, body } = await client.call<PostbackStoryRow>('POST', path, { as });
      answer(options, raw, () => titledStory(body, paint));
    });
}
