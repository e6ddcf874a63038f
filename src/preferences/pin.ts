/** What makes a PIN easy to guess (contract section 3). */

/** Consecutive digits over the whole length, up or down: 1234, 4321. */
export function isRun(pin: string): boolean {
  return hasStep(pin, 1) || hasStep(pin, -1);
}

/** One digit over the whole length: 7777. */
export function isRepetition(pin: string): boolean {
  return hasStep(pin, 0);
}

function hasStep(pin: string, step: number): boolean {
  for (let index = 1; index < pin.length; index += 1) {
    if (pin.charCodeAt(index) - pin.charCodeAt(index - 1) !== step) return false;
  }
  return pin.length > 1;
}
