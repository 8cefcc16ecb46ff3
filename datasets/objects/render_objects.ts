/**
 * The data set *objects*: pictures of random solids, many views of each, on black.
 *
 * It stands in for the rendered set of Ansuini et al. 2019, Figure 2 (40 objects x 36 views), which is
 * not public. The distributions of its parameters are those of an exploratory study that had another
 * generator of random numbers: equal seeds give other pictures. Where the study's record leaves a
 * choice open, this module takes: solids with equal probability; textures in the part's turned but not
 * stretched frame; noise and dots on a lattice of spacing 1 / frequency, dots of radius 0.38 spacings;
 * the half field 0.36 as a tangent; azimuth first, then elevation, then roll; colours clipped after
 * the average over a pixel's rays, without gamma. None of these was chosen by what a network or an
 * estimate of dimension makes of the pictures.
 *
 * @module
 */
import { UsageError } from "../../harness/base/mod.ts";
import type { LabelledImages } from "../labelled_images.ts";
import { describeObject } from "./describe_object.ts";
import { drawObject } from "./draw_object.ts";
import { drawView } from "./draw_view.ts";
import { Renderer } from "./render_view.ts";

/** Changes whenever the same options give other pixels, plain or veiled: part of every cell's key. */
export const OBJECTS_VERSION = 1;

/** As many as the rendered set of Ansuini et al. 2019, Figure 2. */
export const DEFAULT_OBJECTS = 40;

const MOST_BYTES = 2 ** 30;

/** Which pictures. */
export interface ObjectsOptions {
  readonly seed: number;
  /** Width and height in pixels, 8 to 512. */
  readonly size: number;
  /** Number of objects, each a class. */
  readonly objects?: number;
  /** Pictures of each object. */
  readonly views: number;
}

/**
 * Renders objects x views RGB images, view by view, object by object; image `07-031` is view 31 of
 * object 7.
 *
 * Object k in view v depends on (seed, k, v, size, views) alone, never on the number of objects.
 *
 * @throws {UsageError} When an option is out of range or the images exceed 1 GiB.
 */
export function renderObjects(options: ObjectsOptions): LabelledImages {
  const { seed, size, objects = DEFAULT_OBJECTS, views } = options;
  requireInteger("seed", seed, 0, Number.MAX_SAFE_INTEGER);
  requireInteger("size", size, 8, 512);
  requireInteger("objects", objects, 1, 10_000);
  requireInteger("views", views, 1, 10_000);
  const bytes = size * size * 3;
  const count = objects * views;
  if (count * bytes > MOST_BYTES) {
    throw new UsageError(
      `Cannot render objects: ${count} images of ${bytes} bytes, wanted at most ${MOST_BYTES} bytes`,
    );
  }
  const renderer = new Renderer(size);
  const pixels = new Uint8Array(count * bytes);
  const classes: string[] = [];
  const names: string[] = [];
  for (let object = 0; object < objects; object++) {
    const parts = drawObject(seed, object);
    const number = String(object).padStart(2, "0");
    classes.push(`object ${number}: ${describeObject(parts)}`);
    for (let view = 0; view < views; view++) {
      const at = names.length * bytes;
      renderer.draw(parts, drawView(seed, object, view, views), pixels.subarray(at, at + bytes));
      names.push(`${number}-${String(view).padStart(3, "0")}`);
    }
  }
  const labels = Int32Array.from(names, (_, at) => Math.floor(at / views));
  return { width: size, height: size, channels: 3, classes, labels, names, pixels };
}

function requireInteger(name: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw new UsageError(
    `Cannot render objects: ${name} ${value}, wanted an integer from ${low} to ${high}`,
  );
}
