import type { Command } from 'commander';
import { explained } from './explained.ts';
import { defineList } from './postbacks/list.ts';
import { defineReplay } from './postbacks/replay.ts';
import { defineResolve } from './postbacks/resolve.ts';
import { defineShow } from './postbacks/show.ts';
import type { Tools } from './tools.ts';

export function definePostbacks(program: Command, tools: Tools): void {
  const postbacks = explained(program.command('postbacks'), {
    summary: 'what Binom was told, is told, and was not told',
    about:
      'Lists postbacks, the newest first. States: due (waiting), sending, accepted, refused (Binom said no), uncertain ' +
      '(no answer: nobody knows whether Binom counted it), abandoned (given up), skipped (not sent). What was refused, ' +
      'given up or skipped can be sent again; what got no answer waits for your word.',
    examples: [
      ['clickback postbacks --state due', 'what waits'],
      ['clickback postbacks show <id>', 'every try, with what Binom answered'],
      ['clickback postbacks replay <id>', 'send one again, now'],
      ['clickback postbacks replay --state refused', 'see what would be sent, and how much money it is'],
      ['clickback postbacks replay --state refused --yes', 'send all of that again'],
      ['clickback postbacks resolve <id> --as accepted', 'you looked into Binom: it counted'],
    ],
    more: 'All filters: clickback postbacks list --help',
  });
  defineList(postbacks, tools);
  defineShow(postbacks, tools);
  defineReplay(postbacks, tools);
  defineResolve(postbacks, tools);
}
