/**
 * A valid address: dot-atom and a domain of at least two labels (RFC 5321 section 4.1.2), ASCII only so that two
 * spellings that look alike are never two keys.
 */
export const emailPattern =
  "^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$";

/** RFC 5321 section 4.5.3.1.3, less the angle brackets. */
export const emailMaxLength = 254;

const pattern = new RegExp(emailPattern);

export function isEmail(text: string): boolean {
  return text.length <= emailMaxLength && pattern.test(text);
}

/**
 * Addresses, site URLs and room ids compare without case: this is what is compared. Beyond ASCII, lower case would make
 * one key of two texts: the Kelvin sign becomes a k.
 */
export function keyOf(text: string): string {
  return /[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;
}
