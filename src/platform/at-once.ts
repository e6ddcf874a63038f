/** Values that are nearly always at hand and now and then have to be waited for. */

/**
 * What `next` makes of `value`: at once when it is at hand, else as soon as it is. A promise that nobody has to wait for
 * costs a read a fiftieth, and reads pass through several places that might have to wait. What `next` throws is thrown or
 * rejected with.
 */
export function andThen<T, R>(value: T | Promise<T>, next: (value: T) => R | Promise<R>): R | Promise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}
