import assert from "node:assert/strict";

/** Fails unless two numbers agree to a relative error, or to that absolute error where 0 is wanted. */
export function assertClose(actual: number, wanted: number, relative: number, what = ""): void {
  const error = Math.abs(actual - wanted) / (wanted === 0 ? 1 : Math.abs(wanted));
  assert.ok(error <= relative, `${what}: found ${actual}, wanted ${wanted} to ${relative}`);
}
