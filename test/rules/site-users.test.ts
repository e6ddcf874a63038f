import { test } from 'node:test';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer()).url);

test('site-users.max: 1 to 1000', async () => {
  const path = '/v1/admin/meetingPreferences/users';
  for (const max of ['0', '-1', '1001', '10000', '1.5', 'all', ''])
    assertRefused(await request({ path: `${path}?max=${max}`, as: 'admin' }), 400, 'site-users.max');
  for (const max of ['1', '1000']) {
    const { status } = await request({ path: `${path}?max=${max}`, as: 'admin' });
    if (status !== 200) throw new Error(`${max} is refused with ${status}`);
  }
});
