/**
 * What can be important in an image: its visible parts and background objects, as sets of pixels.
 *
 * @module
 */
import {
  objectRegion,
  partRegion,
  type PartTruth,
  type RegionMap,
} from "../../datasets/part_truth.ts";
import { RunError } from "../base/mod.ts";

/** Pixels that a part is widened by in an image of 256 pixels, as FunnyBirds does for maps. */
const DILATION = 2 / 256;

/** A visible part, or a background object that can be seen. */
export interface Target {
  readonly kind: "part" | "object";
  /** Number of the part or object. */
  readonly id: number;
  /** Its pixels, as row-major indices. */
  readonly pixels: Int32Array;
  /** The same, widened to every side by 2 / 256 of the image, at least one pixel. */
  readonly widened: Int32Array;
}

/**
 * The targets of an image, parts first. A part counts when its truth says that it is visible (for the
 * data sets here: at least 5 % of it), an object when it has a pixel.
 *
 * @throws {RunError} When the truth has no regions of the image's size.
 */
export function targetsOf(
  { points, regions }: PartTruth,
  objects: readonly number[],
  size: number,
): Target[] {
  if (regions === null || regions.width !== size || regions.height !== size) {
    const found = regions ? `regions of ${regions.width} x ${regions.height}` : "no regions";
    throw new RunError(`interventions: found ${found} pixels, wanted ${size} x ${size}`);
  }
  const target = (kind: Target["kind"], id: number): Target => {
    const region = kind === "part" ? partRegion(id) : objectRegion(id);
    const pixels = pixelsOf(regions, region);
    return { kind, id, pixels, widened: widened(pixels, size) };
  };
  return [
    ...points.flatMap(({ visible }, part) => visible ? [target("part", part)] : []),
    ...objects.map((object) => target("object", object)),
  ].filter(({ pixels }) => pixels.length > 0);
}

function pixelsOf({ data }: RegionMap, region: number): Int32Array {
  const pixels: number[] = [];
  for (let at = 0; at < data.length; at++) if (data[at] === region) pixels.push(at);
  return Int32Array.from(pixels);
}

function widened(pixels: Int32Array, size: number): Int32Array {
  const reach = Math.max(1, Math.round(DILATION * size));
  const marked = new Set<number>();
  for (const at of pixels) {
    const [x, y] = [at % size, Math.floor(at / size)];
    for (let row = Math.max(0, y - reach); row <= Math.min(size - 1, y + reach); row++) {
      for (let column = Math.max(0, x - reach); column <= Math.min(size - 1, x + reach); column++) {
        marked.add(row * size + column);
      }
    }
  }
  return Int32Array.from(marked);
}
