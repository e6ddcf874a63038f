/** SCIM is not among the operations of the API, and has the same callers: who may provision, and who may not. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { injectClientOf } from '../helpers/inject.ts';
import { openDatabase } from '../helpers/server.ts';
import { dumpOf } from './matrix/dump.ts';
import { createMatrix, type NamedCaller } from './matrix/facts.ts';

const database = await openDatabase();
const matrix = await createMatrix(database);
const request = injectClientOf(database);
const marcus = matrix.ids.get('marcus.hoffmann@example.com')!;
const olga = matrix.ids.get('olga@other.example')!;

const user = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'] };
const group = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'] };
const patch = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', path: 'displayName', value: 'Renamed by matrix' }],
};

interface Question {
  readonly method: string;
  readonly path: string;
  readonly body?: () => object;
}

const reads: Question[] = ['ServiceProviderConfig', 'Schemas', 'ResourceTypes', 'Users', 'Groups'].map(
  (path) => ({ method: 'GET', path }),
);
const writes: Question[] = [
  { method: 'POST', path: 'Users', body: () => ({ ...user, userName: `${randomUUID()}@marks.example` }) },
  { method: 'POST', path: 'Groups', body: () => ({ ...group, displayName: randomUUID() }) },
  { method: 'PATCH', path: `Users/${marcus}`, body: () => patch },
];
/** Asked for by administrators of the organization that it is not in: as if it did not exist. */
const foreign: Question[] = [
  { method: 'GET', path: `Users/${olga}` },
  { method: 'PATCH', path: `Users/${olga}`, body: () => patch },
  { method: 'DELETE', path: `Users/${olga}` },
  { method: 'DELETE', path: `Users/${randomUUID()}` },
];

function expected({ scopes, person }: NamedCaller, method: string): 'allowed' | 401 | 403 {
  if (scopes === undefined) return 401;
  const mayRead = scopes.has('identity:people_read') || scopes.has('identity:people_rw');
  const mayWrite = scopes.has('identity:people_rw');
  const isGranted = method === 'GET' ? mayRead : mayWrite;
  return isGranted && person.fullAdministrator ? 'allowed' : 403;
}

const send = ({ method, path, body }: Question, { token: as, headers = {} }: NamedCaller) =>
  request({ method, path: `/scim/v2/${path}`, as, headers, ...(body && { body: body() }) });

test('whoever may not provision is refused in the form of SCIM, and changes nothing', async () => {
  const before = await dumpOf(database);
  let refusals = 0;
  for (const caller of matrix.callers) {
    for (const question of [...reads, ...writes, ...foreign]) {
      const status = expected(caller, question.method);
      if (status === 'allowed') continue;
      const answer = await send(question, caller);
      assert.equal(
        answer.status,
        status,
        `${caller.name}: ${question.method} ${question.path} ${answer.text}`,
      );
      assert.equal(answer.body.status, String(status));
      refusals += 1;
    }
  }
  assert.ok(refusals > 400, String(refusals));
  assert.deepEqual(await dumpOf(database), before);
});

const administrators = matrix.callers.filter(
  ({ person, scopes }) =>
    person.organization === 'Example' && scopes !== undefined && person.fullAdministrator,
);

test('another organization has nobody, and what is there looks like what is not', async () => {
  const before = await dumpOf(database);
  for (const caller of administrators) {
    const answers = [];
    for (const question of foreign.filter(({ method }) => expected(caller, method) === 'allowed')) {
      answers.push(await send(question, caller));
    }
    assert.deepEqual(
      [...new Set(answers.map(({ status }) => status))].filter((status) => status !== 404),
      [],
    );
    assert.ok(answers.every(({ text }) => !text.includes('olga')));
  }
  assert.deepEqual(await dumpOf(database), before);
});

test('whoever may provision is let in', async () => {
  const allowed = administrators.filter((caller) => expected(caller, 'PATCH') === 'allowed');
  assert.ok(allowed.length > 0);
  for (const caller of allowed) {
    for (const question of [...reads, ...writes]) {
      const answer = await send(question, caller);
      assert.ok(answer.status < 300, `${caller.name}: ${question.method} ${question.path} ${answer.text}`);
    }
  }
});
