/**
 * A guard before values are spelled as JSON: what JSON would lose silently is refused.
 *
 * @module
 */

/**
 * Checks that a value survives JSON. A member that is undefined counts as absent, and -0 as 0.
 *
 * @param place Where the value is, for the message.
 * @throws {TypeError} Naming the place, for instance of a typed array, a Map or a NaN.
 */
export function requireJson(value: unknown, place: string): void {
  switch (typeof value) {
    case "string":
    case "boolean":
      return;
    case "number":
      if (!Number.isFinite(value)) break;
      return;
    case "object":
      if (value === null) return;
      if (Array.isArray(value)) {
        for (let at = 0; at < value.length; at++) requireJson(value[at], `${place}[${at}]`);
        return;
      }
      if (!isPlain(value)) break;
      for (const [name, member] of Object.entries(value)) {
        if (member !== undefined) requireJson(member, `${place}.${name}`);
      }
      return;
  }
  throw new TypeError(`Cannot spell ${describe(value)} at ${place} as JSON`);
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function describe(value: unknown): string {
  if (typeof value !== "object" || value === null) return `${String(value)} (${typeof value})`;
  return `an instance of ${value.constructor.name}`;
}
