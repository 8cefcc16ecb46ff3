/**
 * Values that are made when they are first asked for.
 *
 * @module
 */

/** Makes the value at the first call and returns the same one ever after. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
