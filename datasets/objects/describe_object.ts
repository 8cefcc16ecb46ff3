/**
 * A name for an object that a person would use.
 *
 * @module
 */
import { nameOfColour } from "./colour.ts";
import type { Part } from "./draw_object.ts";
import type { Solid } from "./intersect.ts";

/** Stretched solids have homelier names. */
const NOUN: Readonly<Record<Solid, string>> = {
  sphere: "ball",
  cube: "box",
  cylinder: "cylinder",
  cone: "cone",
};

/** Parts that are named. */
const MOST = 3;

/** The largest parts, largest first: `striped red cylinder, pale green box, dotted blue cone`. */
export function describeObject(parts: readonly Part[]): string {
  const extent = ({ axes }: Part) => axes[0] * axes[1] * axes[2];
  return parts
    .toSorted((a, b) => extent(b) - extent(a))
    .slice(0, MOST)
    .map(({ solid, colour, texture: { pattern } }) =>
      `${pattern === "plain" ? "" : `${pattern} `}${nameOfColour(colour)} ${NOUN[solid]}`
    )
    .join(", ");
}
