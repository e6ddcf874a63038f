import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RuleId } from '../../src/rules.ts';
import { applications, register } from '../helpers/applications.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { each, notBooleans, notTexts } from '../helpers/section-rules.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer()).url);

interface Cases {
  readonly refused: readonly object[];
  readonly accepted: readonly object[];
}

/** A rule of one field: what breaks it breaks it alone. */
function rule(title: string, { refused, accepted }: Cases): void {
  test(title, async () => {
    const id = title.split(':')[0] as RuleId;
    for (const fields of refused) {
      const answer = await register(request, fields);
      const broken = Object.values(fields)[0] === undefined ? 'body.required-field' : id;
      assertRefused(answer, 400, broken);
    }
    for (const fields of accepted) {
      const answer = await register(request, fields);
      assert.equal(answer.status, 200, `${JSON.stringify(fields)} ${answer.text}`);
    }
  });
}

const given = (values: readonly unknown[]) => values.filter((value) => value !== undefined && value !== null);

test('application.administrator: administers the whole organization', async () => {
  const path = applications;
  assertRefused(await request({ path, as: 'site-admin' }), 403, 'application.administrator');
  assert.equal((await request({ path, as: 'admin' })).status, 200);
});

test('application.known: is one of the own organization', async () => {
  const { id } = (await register(request, {}, 'other-admin')).body;
  const path = `${applications}/${id}`;
  assertRefused(await request({ path, as: 'admin' }), 404, 'application.known');
  assert.equal((await request({ path, as: 'other-admin' })).status, 200);
});

rule('application.type: is an integration', {
  refused: each('type', [...given(notTexts), 'bot', 'Integration', '']),
  accepted: each('type', ['integration', null, undefined]),
});
rule('application.name: is a text that people can read', {
  refused: each('name', [...given(notTexts), '', '  ', 'x'.repeat(129)]),
  accepted: each('name', ['x', 'x'.repeat(128), 'Заметки 📝']),
});
rule('application.description: is a text', {
  refused: each('description', [...given(notTexts), 'x'.repeat(1025)]),
  accepted: each('description', ['', 'x'.repeat(1024), null]),
});
rule('application.contact-email: is an address', {
  refused: each('contactEmail', [...given(notTexts), 'x', 'a@b', 'a b@c.de']),
  accepted: each('contactEmail', ['', 'a@b.de', null]),
});
rule('application.redirect-urls: is a list of texts', {
  refused: each('redirectUrls', [
    'https://a.example/',
    {},
    [1],
    Array.from({ length: 21 }, (_, index) => `https://a.example/${index}`),
  ]),
  accepted: each('redirectUrls', [
    [],
    Array.from({ length: 20 }, (_, index) => `https://a.example/${index}`),
  ]),
});
rule('application.redirect-url: is where users may be sent', {
  refused: each('redirectUrls', [
    ['http://a.example/'],
    ['https://*.example.com/'],
    ['javascript:alert(1)'],
    ['com.example.app:/back'],
  ]),
  accepted: [
    ...each('redirectUrls', [['https://a.example/b?c=d'], ['http://localhost:3000/back']]),
    { isNative: true, redirectUrls: ['com.example.app:/back', 'http://127.0.0.1/back'] },
  ],
});
rule('application.scopes: are scopes of the API', {
  refused: each('scopes', [[], 'meeting:preferences_read', ['x'], [''], ['meeting:preferences_read ']]),
  accepted: each('scopes', [['meeting:preferences_read'], ['audit:events_read', 'audit:events_read']]),
});
rule('application.native: is a boolean', {
  refused: each('isNative', given(notBooleans)),
  accepted: each('isNative', [true, false, null]),
});
rule('application.public: is a boolean', {
  refused: each('isPublic', given(notBooleans)),
  accepted: each('isPublic', [true, false, null]),
});
