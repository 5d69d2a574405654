import { describeLedger } from '../../test/contracts/ledger.ts';
import { openMemory } from './memory.ts';

describeLedger('memory', async () => openMemory({ secretKey: new Uint8Array(32).fill(7), tracker: 'binom' }));
