/**
 * Lets the reference component keep to a Content-Security-Policy without `unsafe-inline` and `unsafe-eval`: what it
 * writes into the page itself carries the nonce of the page, and attributes become properties. Nothing here lets in
 * markup from elsewhere: both ways are open to the page's own scripts alone.
 */

const { nonce } = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')!;

const createElement = document.createElement;
document.createElement = function (this: Document, name: string, options?: ElementCreationOptions) {
  const element = createElement.call(this, name, options);
  if (element instanceof HTMLStyleElement) element.nonce = nonce;
  return element;
} as Document['createElement'];

const setAttribute = Element.prototype.setAttribute;
Element.prototype.setAttribute = function (name: string, value: string) {
  if (name === 'style' && this instanceof HTMLElement) this.style.cssText = value;
  else setAttribute.call(this, name, value);
};

/** A library tries whether it may make functions of text, which the policy would report. */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
