/**
 * Names and roles that the reference component leaves out or gets wrong, put right as it draws: it has no setting for
 * them. Whatever it mends itself one day is not found here any more.
 */

type Repair = (element: HTMLElement) => void;

const attribute =
  (name: string, value: string): Repair =>
  (element) =>
    element.setAttribute(name, value);

const without =
  (...names: string[]): Repair =>
  (element) => {
    for (const name of names) element.removeAttribute(name);
  };

/** Each selector finds only what is still to be repaired. */
const repairs: readonly (readonly [selector: string, repair: Repair])[] = [
  ['button.group\\/copy-button:not([aria-label])', attribute('aria-label', 'Copy')],
  ['ul.endpoints:not([tabindex])', attribute('tabindex', '0')],
  // There is one for every operation, and a landmark has to be the only one of its name.
  ['.response-card[role="region"]', attribute('role', 'group')],
  ['section[aria-label^="Notifications"]:not([role])', attribute('role', 'status')],
  ['button[role="none"]', without('role')],
  ['.cm-content:not([aria-label])', attribute('aria-label', 'JSON')],
  ['.code-input-lite__editor[role="combobox"]:not([aria-expanded])', asTextField],
];

function asTextField(element: HTMLElement): void {
  element.setAttribute('role', 'textbox');
  element.removeAttribute('aria-autocomplete');
}

/** Goes on for as long as the page is there; at most once a frame. */
export function repairAccessibility(root: HTMLElement): void {
  let isPlanned = false;
  const run = (): void => {
    isPlanned = false;
    for (const [selector, repair] of repairs) {
      for (const element of root.querySelectorAll<HTMLElement>(selector)) repair(element);
    }
    leaveToDialog(root);
    for (const element of root.querySelectorAll<HTMLElement>('button[aria-controls]'))
      pointNowhereElse(element);
  };
  new MutationObserver(() => {
    if (!isPlanned) requestAnimationFrame(run);
    isPlanned = true;
  }).observe(root, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['role', 'style', 'aria-controls'],
  });
}

/** What is controlled may not be drawn yet, or no more. */
function pointNowhereElse(element: HTMLElement): void {
  if (document.getElementById(element.getAttribute('aria-controls')!) === null)
    element.removeAttribute('aria-controls');
}

/** While a dialog is open, what it covers is not there for anybody: only then is its content the main one. */
function leaveToDialog(root: HTMLElement): void {
  const isOpen = root.querySelector('[role="dialog"] main')?.checkVisibility() === true;
  for (const main of root.querySelectorAll<HTMLElement>('main.references-rendered')) main.inert = isOpen;
}
