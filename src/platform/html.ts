/** HTML made of templates in which every value is escaped, unless it is HTML already. */

/** Text that is safe to stand in a page. Made by {@link html} alone. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template; undefined and false stand for nothing, a list for its items one after the other. */
export type HtmlValue = string | number | Html | undefined | false | readonly HtmlValue[];

/**
 * A template: `` html`<p class="${name}">${text}</p>` ``. A value in an attribute needs quotes around it, as here, and
 * no value belongs into the name of a tag, a script or a style.
 */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(parts.map((part, index) => part + textOf(values[index])).join(''));
}

function textOf(value: HtmlValue): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(textOf).join('');
  return String(value).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
