/**
 * Puts off what would move things on the page until a click that is under way has arrived: leaving a field shows its
 * fault, which pushes down the button that the pointer is about to release.
 */
let isPressed = false;
const press = (event: Event): void => {
  isPressed = event.type === 'pointerdown';
};
for (const type of ['pointerdown', 'pointerup', 'pointercancel']) window.addEventListener(type, press, true);

/** Calls `then` now, or after the click that is under way. */
export function afterClick(then: () => void): void {
  if (!isPressed) {
    then();
    return;
  }
  // The click follows the release, in the same turn.
  window.addEventListener('pointerup', () => setTimeout(then), { once: true });
}
