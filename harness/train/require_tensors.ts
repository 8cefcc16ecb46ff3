/**
 * Checks the state that a training run is to go on from.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import type { Weights } from "./engine.ts";

/**
 * @param network Name for errors.
 * @throws {RunError} When one of the tensors is missing or has another shape.
 */
export function requireTensors(
  network: string,
  shapes: ReadonlyMap<string, readonly number[]>,
  given: Weights,
): void {
  for (const [name, shape] of shapes) {
    const found = given.get(name);
    if (String(found?.dims) === String(shape)) continue;
    throw new RunError(
      `Cannot go on training ${network}: "${name}" of the state is ` +
        `${found ? `[${found.dims}]` : "missing"}, wanted [${shape}]`,
    );
  }
}
