/** What every storage engine must do alike. An engine's test calls this with a way to open a fresh, empty ledger. */
import { describe } from 'vitest';
import { describeClaims } from './ledger-claims.ts';
import { describeConnections } from './ledger-connections.ts';
import { describeIntake } from './ledger-intake.ts';
import { describeOperator } from './ledger-operator.ts';
import { describePrivacy } from './ledger-privacy.ts';
import { describeReads } from './ledger-reads.ts';
import type { OpenLedger } from './ledger-samples.ts';
import { describeSettling } from './ledger-settling.ts';

export function describeLedger(name: string, open: OpenLedger): void {
  describe(`the ledger on ${name}`, () => {
    describeIntake(open);
    describeClaims(open);
    describeSettling(open);
    describeConnections(open);
    describeOperator(open);
    describePrivacy(open);
    describeReads(open);
  });
}
