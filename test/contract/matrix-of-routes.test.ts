/** Every route, every kind of caller, every kind of target: generated from the routes that are mounted. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../helpers/client.ts';
import { assertRefused } from '../helpers/client.ts';
import { injectClientOf } from '../helpers/inject.ts';
import { buildTestApp, openDatabase } from '../helpers/server.ts';
import { dumpOf } from './matrix/dump.ts';
import { createMatrix, lookAlikes, type NamedCaller, type Target } from './matrix/facts.ts';
import type { Status } from './matrix/judges.ts';
import { type Row, rows } from './matrix/rows.ts';

const database = await openDatabase();
const matrix = await createMatrix(database);
const request = injectClientOf(database);
const description = (await request({ path: '/openapi.json' })).body;

interface Route {
  readonly id: string;
  readonly method: string;
}

const routes: Route[] = Object.values<Record<string, { operationId: string }>>(description.paths).flatMap(
  (methods) =>
    Object.entries(methods).map(([method, { operationId: id }]) => ({ id, method: method.toUpperCase() })),
);

/**
 * What takes no token of the API: pages for browsers, OAuth with its own credentials, what is said of the server. SCIM does,
 * and has a matrix of its own; the router draws its last resort without what stands before it.
 */
const withoutToken =
  /^\/(scim\/|\*$|v1\/(authorize|access_token|device|userinfo|revoke|jwks)|oauth\/|\.well-known\/|$|pages\.css|preferences|session|sign-in|sign-out|livez|readyz|openapi\.json|admin($|\*)|assets\/|docs)/;

test('every operation has a row, and every row an operation', () => {
  assert.deepEqual(routes.map(({ id }) => id).sort(), Object.keys(rows).sort());
});

test('every route is an operation, or is known to ask for no token', async () => {
  const app = buildTestApp(database);
  await app.ready();
  const described = new Set(Object.keys(description.paths).map((path) => path.replace(/\{(\w+)\}/g, ':$1')));
  const found = pathsIn(app.printRoutes({ commonPrefix: false }));
  assert.ok(found.length > described.size);
  assert.deepEqual(
    found.filter((path) => !described.has(path) && !withoutToken.test(path)),
    [],
  );
  await app.close();
});

/** The paths in the router's drawing of itself, where each level is four characters further in. */
function pathsIn(drawing: string): string[] {
  const parts: string[] = [];
  return drawing.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods] = /^([│ ]*[├└]── )(\S+)(?: \((.*)\))?$/.exec(line) ?? [];
    if (part === '') return [];
    const level = indent.length / 4 - 1;
    parts.splice(level, parts.length, part);
    return methods === undefined ? [] : [parts.join('')];
  });
}

interface Cell {
  readonly caller: NamedCaller;
  readonly target: Target;
  readonly expected: Status;
}

function cellsOf({ judge, targets }: Row): Cell[] {
  return matrix.callers.flatMap((caller) =>
    targets.map((target) => ({ caller, target, expected: judge({ caller, target, matrix }) })),
  );
}

const nameOf = ({ caller, target }: Cell): string => `${caller.name} for ${target}`;

async function ask({ method }: Route, row: Row, { caller, target }: Cell): Promise<Answer> {
  const { token: as, headers = {} } = caller;
  return request({ method, as, headers, ...row.ask(caller, target, matrix) });
}

/** An answer apart from what differs between any two, and from what the request itself named. */
function appearance({ status, headers, text }: Answer): string {
  const kept = [...headers].filter(([name]) => !['date', 'trackingid', 'content-length'].includes(name));
  return JSON.stringify({ status, kept, text: text.replace(/"trackingId":"[^"]*"/, '') });
}

/** Asks each cell, some at a time. */
async function answersOf(route: Route, row: Row, cells: readonly Cell[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let start = 0; start < cells.length; start += 16) {
    answers.push(...(await Promise.all(cells.slice(start, start + 16).map((cell) => ask(route, row, cell)))));
  }
  return answers;
}

const cellsByRoute = routes
  .filter(({ id }) => Object.hasOwn(rows, id))
  .map((route) => ({ route, row: rows[route.id]!, cells: cellsOf(rows[route.id]!) }));

// All refusals come first: what is let in changes who there is, and is told to the audit log a moment later.
for (const { route, row, cells } of cellsByRoute) {
  test(`${route.id} refuses whom it must, and changes nothing`, async () => {
    const denied = cells.filter(({ expected }) => expected >= 400);
    const before = await dumpOf(database);
    const refusals = await answersOf(route, row, denied);
    for (const [index, cell] of denied.entries()) {
      const refusal = refusals[index]!;
      assert.equal(refusal.status, cell.expected, `${nameOf(cell)}: ${refusal.text}`);
      assertRefused(refusal, cell.expected);
    }
    assert.deepEqual(await dumpOf(database), before);
    assertNothingLeaks(row, denied, refusals);
  });
}

for (const { route, row, cells } of cellsByRoute) {
  test(`${route.id} lets in whom it may`, async () => {
    const allowed = cells.filter(({ expected }) => expected < 400);
    for (const cell of allowed) {
      const answer = await ask(route, row, cell);
      assert.ok([200, 204].includes(answer.status), `${nameOf(cell)}: ${answer.status} ${answer.text}`);
    }
    const isForNobody = ['revertMeetingPreferenceChange', 'deletePerson', 'deleteApplication'].includes(
      route.id,
    );
    assert.equal(allowed.length === 0, isForNobody);
  });
}

function assertNothingLeaks({ targets }: Row, cells: readonly Cell[], answers: readonly Answer[]): void {
  const found = new Map(cells.map((cell, index) => [nameOf(cell), answers[index]!]));
  for (const { caller } of cells) {
    for (const [foreign, unknown] of lookAlikes) {
      if (!targets.includes(foreign)) continue;
      const [one, other] = [
        found.get(`${caller.name} for ${foreign}`),
        found.get(`${caller.name} for ${unknown}`),
      ];
      assert.equal(one === undefined, other === undefined, caller.name);
      if (one !== undefined) assert.equal(appearance(one), appearance(other!), caller.name);
    }
  }
}

test('a search for people of another organization finds what one for nobody finds', async () => {
  for (const caller of matrix.callers) {
    const answers = await Promise.all(
      (['foreign', 'unknown'] as const).map((target) =>
        ask({ id: 'listPeople', method: 'GET' }, rows.listPeople!, { caller, target, expected: 200 }),
      ),
    );
    assert.equal(appearance(answers[0]!), appearance(answers[1]!), caller.name);
  }
});

test('the matrix is as large as it is meant to be', () => {
  assert.ok(matrix.callers.length > 60, String(matrix.callers.length));
  const cells = cellsByRoute.reduce((sum, { cells: { length } }) => sum + length, 0);
  assert.ok(cells > 8_000, String(cells));
});
