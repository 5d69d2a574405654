/** Everything an operator can do, ready to be handed to the edge. */
import { connectTracker, type ConnectNeeds, type ConnectTracker } from './connect-tracker.ts';
import { decideByHand, type DecideByHand, type DecideByHandNeeds } from './decide-by-hand.ts';
import { editShops, type EditShops, type EditShopsNeeds } from './edit-shops.ts';
import { keepKeys, type KeepKeys, type KeepKeysNeeds } from './keep-keys.ts';
import { replayPostbacks, type ReplayPostbacks, type ReplayPostbacksNeeds } from './replay-postbacks.ts';
import { steerConnection, type SteerConnection, type SteerConnectionNeeds } from './steer-connection.ts';
import { testConnection, type TestConnection, type TestConnectionNeeds } from './test-connection.ts';

export type OperateNeeds = ConnectNeeds &
  DecideByHandNeeds &
  EditShopsNeeds &
  KeepKeysNeeds &
  ReplayPostbacksNeeds &
  SteerConnectionNeeds &
  TestConnectionNeeds;

export interface Operate {
  readonly shops: EditShops;
  readonly keys: KeepKeys;
  readonly connect: ConnectTracker;
  readonly connection: SteerConnection;
  readonly test: TestConnection;
  readonly replay: ReplayPostbacks;
  readonly byHand: DecideByHand;
}

export function operate(needs: OperateNeeds): Operate {
  return {
    shops: editShops(needs),
    keys: keepKeys(needs),
    connect: connectTracker(needs),
    connection: steerConnection(needs),
    test: testConnection(needs),
    replay: replayPostbacks(needs),
    byHand: decideByHand(needs),
  };
}
