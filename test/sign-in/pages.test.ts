import assert from 'node:assert/strict';
import { test } from 'node:test';
import { directoryChanged } from '../../src/platform/database.ts';
import { addUser, demoUserId } from '../helpers/people.ts';
import { openDatabase, startServer } from '../helpers/server.ts';
import { signedInAs, Visitor } from '../helpers/visitor.ts';

const { url, database } = await startServer();
const john = demoUserId('john.andersen@example.com');

test('the page of development mode offers the users by organization, at most fifty', async () => {
  const { status, headers, text } = await new Visitor(url).visit('/sign-in');
  assert.equal(status, 200);
  assert.equal(headers.get('content-type'), 'text/html;charset=UTF-8');
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.equal(
    headers.get('content-security-policy'),
    "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  );
  assert.deepEqual(
    [...text.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, name]) => name),
    ['Example', 'Other'],
  );
  assert.match(text, new RegExp(`value="${john}"><strong>John Andersen</strong>`));
  assert.doesNotMatch(text, /<script|style=|undefined/);
  for (let number = 0; number < 60; number += 1) {
    await addUser(database!, { email: `u${number}@example.com`, sites: [] });
  }
  const more = (await new Visitor(url).visit('/sign-in')).text;
  assert.equal(more.split('<button').length - 1, 50);
});

test('outside of development nobody is offered, and nobody is let in by that form', async () => {
  const { url: production } = await startServer({
    database: await openDatabase(),
    acceptDevelopmentTokens: false,
  });
  const browser = new Visitor(production);
  const page = await browser.visit('/sign-in');
  assert.equal(page.status, 200);
  assert.doesNotMatch(page.text, /John|<form/);
  const served = await new Visitor(url).visit('/sign-in');
  const cookies = new Visitor(production, { anteroom_form: 'A'.repeat(43) });
  assert.equal((await cookies.submit(served, '/sign-in', { user: john })).status, 403);
});

test('a name is text, whatever it is made of', async () => {
  const own = await openDatabase();
  const { url: there } = await startServer({ database: own });
  await own.write([
    { sql: "update users set display_name = '<img src=x onerror=alert(1)>' where id = ?", values: [john] },
    directoryChanged,
  ]);
  const { text } = await new Visitor(there).visit('/sign-in');
  assert.doesNotMatch(text, /<img/);
  assert.match(text, /&#60;img src=x onerror=alert\(1\)&#62;/);
});

test('the stylesheet has a path of its own, and may be kept', async () => {
  const { text } = await new Visitor(url).visit('/sign-in');
  const path = /<link rel="stylesheet" href="([^"]+)">/.exec(text)![1]!;
  const { status, headers } = await new Visitor(url).visit(path);
  assert.deepEqual([status, headers.get('content-type')], [200, 'text/css;charset=UTF-8']);
  assert.match(headers.get('cache-control')!, /immutable/);
});

const elsewhere = [
  ...['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '', 'a'],
  ...['/\t/evil.example', '\\/evil.example', '/a\\b', '/%0d\n', ' /', '/ü'],
];

test('after signing in, a browser goes on within this server', async () => {
  const targets: (readonly [string, string])[] = [
    ['/preferences?site=a&b=c', '/preferences?site=a&b=c'],
    ['/#/rooms', '/#/rooms'],
    ...elsewhere.map((target) => [target, '/'] as const),
  ];
  for (const [wanted, reached] of targets) {
    const browser = new Visitor(url);
    const page = await browser.visit(`/sign-in?return=${encodeURIComponent(wanted)}`);
    const answer = await browser.submit(page, '/sign-in', { user: john });
    assert.deepEqual([answer.status, answer.location], [303, reached], wanted);
    const forged = await browser.submit(page, '/sign-in', { user: john, return: wanted });
    assert.equal(forged.location, reached, wanted);
  }
});

test('towards an integration, a page of its own ends the chain of redirects from the form', async () => {
  const browser = new Visitor(url);
  const page = await browser.visit('/sign-in?return=/oauth/interaction/abc');
  const answer = await browser.submit(page, '/sign-in', { user: john });
  assert.equal(answer.status, 200);
  assert.match(answer.text, /<meta http-equiv="refresh" content="0;url=\/oauth\/interaction\/abc">/);
});

test('who is signed in', async () => {
  const read = async (email: string) => {
    const { headers, text } = await (await signedInAs(url, demoUserId(email))).visit('/session');
    assert.equal(headers.get('content-type'), 'application/json;charset=UTF-8');
    return JSON.parse(text);
  };
  const { scopes, sites, ...facts } = await read('john.andersen@example.com');
  assert.deepEqual(facts, {
    personId: 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS8yNWJiZjgzMS01YmU5LTRjMjUtYjRiMC05YjU5MmM4YTA4NmI',
    email: 'john.andersen@example.com',
    displayName: 'John Andersen',
    organization: { id: '1f8a1c52-6d3e-4d0b-9f57-2f6f0f3f8a01', name: 'Example' },
    roles: { fullAdministrator: false, siteAdministrator: [] },
    development: true,
  });
  assert.deepEqual(scopes, ['meeting:preferences_read', 'meeting:preferences_write', 'spark:people_read']);
  assert.equal(sites.length, 5);
  assert.deepEqual(
    sites.filter((site: { default: boolean }) => site.default),
    [{ siteUrl: 'site4-example.webex.com', default: true }],
  );
  const admin = await read('admin@example.com');
  assert.equal(admin.roles.fullAdministrator, true);
  assert.equal(admin.scopes.length, 14);
  const siteAdmin = await read('site-admin@example.com');
  assert.deepEqual(siteAdmin.roles, {
    fullAdministrator: false,
    siteAdministrator: ['site4-example.webex.com'],
  });
});

test('a form with characters that no database keeps is refused', async () => {
  const visitor = new Visitor(url);
  const page = await visitor.visit('/sign-in');
  assert.equal((await visitor.submit(page, '/sign-in', { user: `${john}\0` })).status, 400);
  assert.equal((await visitor.submit(page, '/sign-in', { user: '\ud800 \u{10ffff} %' })).status, 403);
});
