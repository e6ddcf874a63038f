/** What a list becomes when people are added to it, removed from it, or put in its place. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wantedOf, without } from '../../web/src/admin/change/new-value.ts';

const before = ['anna@example.com', 'Bob@example.com'];

test('adding keeps who is there, in any case, and puts the others after them', () => {
  const value = { how: 'add', emails: ['bob@example.com', 'carla@example.com'] } as const;
  const wanted = wantedOf('delegateEmails', before, value);
  assert.deepEqual(wanted, ['anna@example.com', 'Bob@example.com', 'carla@example.com']);
  assert.deepEqual([without(wanted, before), without(before, wanted)], [['carla@example.com'], []]);
});

test('removing passes over who is not there', () => {
  const value = { how: 'remove', emails: ['BOB@example.com', 'carla@example.com'] } as const;
  assert.deepEqual(wantedOf('delegateEmails', before, value), ['anna@example.com']);
  assert.deepEqual(wantedOf('delegateEmails', undefined, value), []);
});

test('replacing keeps the names of co-hosts who stay, and may leave nobody', () => {
  const coHosts = [
    { email: 'anna@example.com', displayName: 'Anna' },
    { email: 'bob@example.com', displayName: 'Bob' },
  ];
  const value = { how: 'replace', emails: ['carla@example.com', 'Anna@example.com'] } as const;
  assert.deepEqual(wantedOf('coHosts', coHosts, value), [
    { email: 'carla@example.com', displayName: '' },
    { email: 'anna@example.com', displayName: 'Anna' },
  ]);
  assert.deepEqual(wantedOf('coHosts', coHosts, { how: 'replace', emails: [] }), []);
});

test('a choice is the same for everybody', () => {
  assert.equal(wantedOf('enabledAutoLock', true, { choice: false }), false);
});
