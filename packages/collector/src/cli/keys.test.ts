import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLICK, openDesk, type Desk } from '../../test/support/operator-desk.ts';

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
});

afterEach(() => desk.close());

describe('an operator', () => {
  it('makes a key that works until it is revoked', async () => {
    const [key = '', , told = ''] = (await desk.run('keys', 'create', '--label', 'checkout')).out.split('\n');
    const id = / its id is (\S+)\.$/i.exec(told)?.[1] ?? '';
    expect((await desk.order({ order_id: '1' }, key)).status).toBe(200);
    expect((await desk.run('keys')).out).toMatch(new RegExp(`^${id} .* checkout$`, 'm'));

    expect((await desk.run('keys', 'revoke', id)).out).toContain('opens nothing any more');

    expect((await desk.order({ order_id: '2' }, key)).status).toBe(401);
    expect((await desk.run('keys')).out).toContain('Admin token: ADMIN_TOKEN of the environment');
  });

  it('erases a person only with a second word', async () => {
    await desk.order({ order_id: '1001', click_id: CLICK });

    const asked = await desk.run('erase', '--order', '1001');
    expect(asked).toMatchObject({ code: 1, out: '' });
    expect(asked.err).toContain('There is no way back: add --yes');

    expect((await desk.run('erase', '--order', '1001', '--yes')).out).toContain('the person behind 1 orders');
    expect((await desk.run('orders')).out).not.toContain(CLICK);
  });
});
