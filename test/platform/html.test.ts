import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html } from '../../src/platform/html.ts';

test('values are escaped, templates in templates and lists of them are not', () => {
  const name = `<script>'"&\``;
  const escaped = '&#60;script&#62;&#39;&#34;&#38;&#96;';
  assert.equal(html`<p title="${name}">${name}</p>`.text, `<p title="${escaped}">${escaped}</p>`);
  const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`);
  assert.equal(html`<ul>${items}</ul>`.text, '<ul><li>a</li><li>&#60;b&#62;</li></ul>');
  assert.equal(html`${undefined}${false}${0}${['<', [html`<br>`]]}`.text, '0&#60;<br>');
});
