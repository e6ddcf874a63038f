import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onlyOwnServer, pathOf, room, sectionOf, site1, site3, site4 } from '../helpers/bodies.ts';
import { clientOf } from '../helpers/client.ts';
import { addPerson, addSite } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);
const name = 'personalMeetingRoom';

test('200 with what was put and the facts of the room', async () => {
  const section = sectionOf(request, name, 'john', site3);
  assert.equal((await section.put(room)).status, 200);
  const { personalMeetingRoomLink, sipAddress, dialInIpAddress, telephony, ...options } =
    await section.read();
  assert.deepEqual(options, room);
  const roomId = personalMeetingRoomLink.slice(`https://${site3}/meet/`.length);
  assert.match(roomId, /^[A-Za-z0-9._-]{1,64}$/);
  assert.equal(personalMeetingRoomLink, `https://${site3}/meet/${roomId}`);
  assert.equal(sipAddress, `${roomId}@${site3}`);
  assert.equal(typeof dialInIpAddress, 'string');
  assert.deepEqual(Object.keys(telephony), ['accessCode', 'callInNumbers', 'links']);
  assert.match(telephony.accessCode, /^\d+$/);
  for (const number of telephony.callInNumbers) {
    assert.deepEqual(Object.keys(number), ['label', 'callInNumber', 'tollType']);
    assert.match(number.callInNumber, /^\+/);
    assert.ok(['toll', 'tollFree'].includes(number.tollType));
  }
  assert.equal(telephony.links.length, 1);
  assert.deepEqual(Object.keys(telephony.links[0]), ['rel', 'href', 'method']);
  assert.equal(telephony.links[0].rel, 'globalCallinNumbers');
  assert.match(telephony.links[0].href, /^\/v1\/meetings\/[0-9a-f]{32}\/globalCallinNumbers$/);
  assert.equal(telephony.links[0].method, 'GET');
});

test('200 with an access code and a meeting for every room, the same at every reading', async () => {
  const rooms = [
    await sectionOf(request, name, 'john', site3).read(),
    await sectionOf(request, name, 'john', site1).read(),
    await sectionOf(request, name, 'marcus', site3).read(),
  ];
  assert.equal(new Set(rooms.map(({ telephony }) => telephony.links[0].href)).size, 3);
  assert.notEqual(rooms[0].telephony.accessCode, rooms[2].telephony.accessCode);
  assert.deepEqual((await sectionOf(request, name, 'john', site3).read()).telephony, rooms[0].telephony);
});

test('200 with valid defaults for somebody who never changed anything; PUT takes them as they are', async () => {
  for (const site of [site1, site3, site4]) {
    const section = sectionOf(request, name, 'brenda', site);
    const initial = await section.read();
    assert.match(initial.hostPin, /^\d{4}$/);
    assert.deepEqual(Object.keys(initial).sort(), [...Object.keys(room), ...facts].sort());
    assert.deepEqual((await section.put(initial)).body, initial);
    assert.deepEqual(await section.read(), initial);
  }
});

const facts = ['personalMeetingRoomLink', 'sipAddress', 'dialInIpAddress', 'telephony'];

test(
  '200 with what the site decides: PIN length, numbers, address and SIP domain',
  onlyOwnServer,
  async () => {
    const siteUrl = 'long-pins-example.webex.com';
    const callInNumbers = [{ label: 'DE', callInNumber: '+4930123456', tollType: 'tollFree' as const }];
    const settings = {
      hostPinLength: 8,
      callInNumbers,
      dialInIpAddress: '192.0.2.7',
      sipDomain: 'sip.example',
    };
    await addSite(server.database!, siteUrl, settings);
    await addPerson(server.database!, 'pia', { sites: [siteUrl], roomId: 'pia' });
    const section = sectionOf(request, name, 'pia', siteUrl);
    const initial = await section.read();
    assert.match(initial.hostPin, /^\d{8}$/);
    assert.deepEqual(initial.telephony.callInNumbers, callInNumbers);
    assert.equal(initial.dialInIpAddress, '192.0.2.7');
    assert.equal(initial.sipAddress, 'pia@sip.example');
    assert.equal((await section.put(initial)).status, 200);
  },
);

test('200 with the documented values for John', onlyOwnServer, async () => {
  const { body } = await request({ path: pathOf(name), as: 'john' });
  assert.equal(body.topic, "John's PMR");
  assert.equal(body.personalMeetingRoomLink, 'https://site4-example.webex.com/meet/john');
  assert.equal(body.sipAddress, 'john@site4-example.webex.com');
  assert.deepEqual(body.coHosts, [{ email: 'john.andersen@example.com', displayName: 'John Andersen' }]);
});
