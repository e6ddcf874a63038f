import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import {
  Secrets,
  sealedUnit,
  secretKey,
  UnopenedSecret,
  withoutCiphers,
} from '../../src/platform/secrets.ts';

const [first, second] = [secretKey(randomBytes(32)), secretKey(randomBytes(32))];
const old = new Secrets([first]);
const both = new Secrets([second, first]);
const next = new Secrets([second]);

test('what is sealed can be opened, is another text each time and says nothing', () => {
  const sealed = old.seal('43254325', 'row');
  assert.match(sealed, /^sealed:[0-9a-f]{12}:[\w-]{16}:[\w-]+$/);
  assert.notEqual(old.seal('43254325', 'row'), sealed);
  assert.doesNotMatch(sealed, /43254325/);
  for (const text of ['43254325', '', 'é\u{1f600}\n', 'x'.repeat(10_000)]) {
    assert.equal(old.open(old.seal(text, 'row'), 'row'), text);
  }
});

test('a sealed text opens in its place alone, unchanged, and with its key', () => {
  const sealed = old.seal('4325', 'row 1');
  assert.throws(() => old.open(sealed, 'row 2'), UnopenedSecret);
  assert.throws(() => next.open(sealed, 'row 1'), UnopenedSecret);
  assert.throws(() => new Secrets([]).open(sealed, 'row 1'), UnopenedSecret);
  const start = sealed.lastIndexOf(':') + 1;
  for (let index = start; index < sealed.length; index += 1) {
    const other = sealed[index] === 'A' ? 'w' : 'A';
    const changed = `${sealed.slice(0, index)}${other}${sealed.slice(index + 1)}`;
    // The last character has bits that say nothing.
    if (Buffer.from(changed.slice(start), 'base64url').equals(Buffer.from(sealed.slice(start), 'base64url')))
      continue;
    assert.throws(() => old.open(changed, 'row 1'), UnopenedSecret);
  }
  for (const broken of ['sealed:', `sealed:${first.id}::`, `${sealed.slice(0, start)}AA`]) {
    assert.throws(() => old.open(broken, 'row 1'), UnopenedSecret);
  }
});

test('a new key seals what an old one sealed, or what was in clear, and then once only', () => {
  const sealed = old.seal('4325', 'row');
  const resealed = both.reseal(sealed, 'row');
  assert.equal(next.open(resealed, 'row'), '4325');
  assert.equal(both.reseal(resealed, 'row'), resealed);
  assert.equal(withoutCiphers(resealed), withoutCiphers(sealed));
  assert.notEqual(withoutCiphers(resealed), withoutCiphers(both.seal('4325', 'row')));
  assert.equal(next.open(both.reseal('4325', 'row'), 'row'), '4325');
  assert.throws(() => next.reseal(sealed, 'row'), UnopenedSecret);
});

test('without a key everything stays as it is; what is in clear is read with a key as well', () => {
  const none = new Secrets([]);
  assert.equal(none.seal('4325', 'row'), '4325');
  assert.equal(none.reseal('4325', 'row'), '4325');
  assert.equal(old.open('4325', 'row'), '4325');
});

test('a unit is sealed where its statements say, whether it is a list or made as it goes', () => {
  const plain = { sql: 'a', values: ['1', '2'] };
  const secret = { sql: 'b', values: ['1', '2'], changes: 1, secret: { index: 1, context: 'row' } };
  const unit = [plain, secret];
  for (const given of [unit, unit.values()]) {
    const [one, other] = [...sealedUnit(given, old)];
    assert.equal(one, plain);
    assert.deepEqual([other!.sql, other!.values[0], other!.changes], ['b', '1', 1]);
    assert.equal(old.open(other!.values[1] as string, 'row'), '2');
  }
  assert.equal(sealedUnit(unit, new Secrets([])), unit);
  assert.equal(secret.values[1], '2');
});
