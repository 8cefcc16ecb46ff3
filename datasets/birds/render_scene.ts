/**
 * From a scene to its picture and to the truth about its parts.
 *
 * @module
 */
import { UsageError } from "../../harness/base/mod.ts";
import { type PartPoint, partRegion, type PartTruth, type RegionMap } from "../part_truth.ts";
import { paintObject } from "./background_objects.ts";
import { Canvas } from "./canvas.ts";
import { paintLandscape, paintPerch } from "./landscapes.ts";
import { feetOf, paintBird } from "./paint_bird.ts";
import { PARTS } from "./parts.ts";
import type { BirdScene } from "./scene.ts";

/** Sizes of pictures in pixels. */
const [LEAST, MOST] = [32, 224];

/** Share of a part that must be seen for it to count as visible. */
export const LEAST_VISIBILITY = 0.05;

/** How much of a part a picture shows. */
export interface PartExtent {
  /** Pixels that show it. */
  readonly visiblePixels: number;
  /** Pixels inside the picture that would show it if nothing hid it. */
  readonly ownArea: number;
  /** Their ratio; 0 for a part that the bird lacks. */
  readonly visibility: number;
}

/** Truth about the parts of a rendered bird. */
export interface BirdTruth extends PartTruth {
  readonly regions: RegionMap;
  /** By part, in the order of `PARTS`. */
  readonly extents: readonly PartExtent[];
}

/** A rendered scene. */
export interface RenderedBird {
  /** size x size RGB, 8 bits, row by row from the top. */
  readonly pixels: Uint8Array;
  readonly truth: BirdTruth;
}

/**
 * Picture and truth of a scene, from the same calls; a pure function.
 *
 * @param size Width and height in pixels, 32 to 224.
 * @throws {UsageError} When the size is out of range.
 */
export function renderScene(scene: BirdScene, size: number): RenderedBird {
  const canvas = painted(scene, size);
  const pixels = new Uint8Array(size * size * 3);
  canvas.develop(pixels);
  return { pixels, truth: readTruth(canvas) };
}

/**
 * The picture alone.
 *
 * @param out size x size RGB.
 * @throws {UsageError} When the size is out of range.
 */
export function renderPixels(scene: BirdScene, size: number, out: Uint8Array): void {
  painted(scene, size).develop(out);
}

/**
 * The truth alone. Points are means of pixel indices.
 *
 * @throws {UsageError} When the size is out of range.
 */
export function truthOf(scene: BirdScene, size: number): BirdTruth {
  return readTruth(painted(scene, size));
}

function painted(scene: BirdScene, size: number): Canvas {
  requireSize(size);
  const canvas = new Canvas(size, scene.light);
  paintLandscape(canvas, scene.backdrop);
  for (const object of scene.objects) paintObject(canvas, object);
  paintPerch(canvas, scene.backdrop, feetOf(scene.pose));
  paintBird(canvas, scene);
  return canvas;
}

/** @throws {UsageError} When a picture cannot have this size. */
export function requireSize(size: number): void {
  if (Number.isInteger(size) && size >= LEAST && size <= MOST) return;
  throw new UsageError(
    `Cannot render birds: size ${size}, wanted an integer from ${LEAST} to ${MOST}`,
  );
}

function readTruth(canvas: Canvas): BirdTruth {
  const regions = canvas.regions();
  const sums = PARTS.map(() => ({ x: 0, y: 0, count: 0 }));
  regions.data.forEach((region, at) => {
    const sum = sums[region - partRegion(0)];
    if (!sum) return;
    sum.x += at % regions.width;
    sum.y += Math.floor(at / regions.width);
    sum.count++;
  });
  const extents = sums.map(({ count }, part): PartExtent => {
    const ownArea = canvas.coveredBy(part);
    return { visiblePixels: count, ownArea, visibility: ownArea === 0 ? 0 : count / ownArea };
  });
  const points = sums.map(({ x, y, count }, part): PartPoint => ({
    x: count === 0 ? 0 : x / count,
    y: count === 0 ? 0 : y / count,
    visible: extents[part]!.visibility >= LEAST_VISIBILITY,
  }));
  return { points, regions, extents };
}
