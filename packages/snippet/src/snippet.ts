/** c.js, the entry of the script tag: starts by itself. */
import { run } from './run.ts';

try {
  run();
} catch {
  // The page goes on without us.
}
