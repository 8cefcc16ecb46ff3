/**
 * The data set *birds*: pictures of invented birds whose classes differ in their parts alone.
 *
 * After FunnyBirds (Hesse et al., ICCV 2023), in two dimensions: beak, eye, crest, wing, tail and leg
 * tell the class; trunk, pose, light and background do not.
 *
 * @module
 */
import { UsageError } from "../../harness/base/mod.ts";
import type { LabelledImages } from "../labelled_images.ts";
import { classTable } from "./class_table.ts";
import { drawScene } from "./draw_scene.ts";
import { type BirdTruth, renderPixels, requireSize, truthOf } from "./render_scene.ts";
import type { BirdScene, Split } from "./scene.ts";

/** Changes whenever the same options give other scenes or pixels: part of every cell's key. */
export const BIRDS_VERSION = 1;

const MOST_BYTES = 2 ** 30;
const MOST_PER_CLASS = 10_000;

/** Which pictures. */
export interface BirdsOptions {
  readonly seed: number;
  /** Width and height in pixels, 32 to 224. */
  readonly size: number;
  /** Number of classes: 20 or 50. */
  readonly classes: number;
  /** Splits share no scene. */
  readonly split: Split;
  /** Pictures of each class, at most 10,000. */
  readonly perClass: number;
  /** Probability in [0, 1] that the background's motif is the class's own. */
  readonly spurious: number;
}

/** Pictures with the truth about each. */
export interface BirdImages {
  readonly images: LabelledImages;
  /** Of each image, whether the bird has all its parts. */
  readonly complete: readonly boolean[];
  /** @throws {RangeError} When there is no such image. */
  scene(index: number): BirdScene;
  /**
   * Made anew at each call.
   *
   * @throws {RangeError} When there is no such image.
   */
  truth(index: number): BirdTruth;
}

/**
 * Renders classes x perClass RGB images, class by class; image `test-07-0031` is number 31 of class 7
 * in the split `test`. A scene depends on (seed, classes, split, class, index, spurious) alone, its
 * picture on the size too.
 *
 * @throws {UsageError} When an option is out of range or the images exceed 1 GiB.
 */
export function renderBirds(options: BirdsOptions): BirdImages {
  const { seed, size, classes, split, perClass, spurious } = options;
  const table = classTable(classes);
  requireSize(size);
  requireInteger("seed", seed, 0, Number.MAX_SAFE_INTEGER);
  requireInteger("images a class", perClass, 1, MOST_PER_CLASS);
  if (!(spurious >= 0 && spurious <= 1)) {
    throw new UsageError(`Cannot render birds: spurious ${spurious}, wanted a number from 0 to 1`);
  }
  const bytes = size * size * 3;
  const count = classes * perClass;
  if (count * bytes > MOST_BYTES) {
    throw new UsageError(
      `Cannot render birds: ${count} images of ${bytes} bytes, wanted at most ${MOST_BYTES} bytes`,
    );
  }
  const scene = (at: number) => {
    if (!Number.isInteger(at) || at < 0 || at >= count) {
      throw new RangeError(`Cannot draw bird ${at}: wanted 0 to ${count - 1}`);
    }
    const [label, index] = [Math.floor(at / perClass), at % perClass];
    return drawScene({ seed, table, split, label, index, spurious });
  };
  const pixels = new Uint8Array(count * bytes);
  const complete = Array.from({ length: count }, (_, at) => {
    const drawn = scene(at);
    renderPixels(drawn, size, pixels.subarray(at * bytes, (at + 1) * bytes));
    return drawn.variants.every((variant) => variant !== null);
  });
  const images: LabelledImages = {
    width: size,
    height: size,
    channels: 3,
    classes: table.classes.map(({ name }) => name),
    labels: Int32Array.from({ length: count }, (_, at) => Math.floor(at / perClass)),
    names: Array.from({ length: count }, (_, at) => {
      const label = String(Math.floor(at / perClass)).padStart(2, "0");
      return `${split}-${label}-${String(at % perClass).padStart(4, "0")}`;
    }),
    pixels,
  };
  return { images, complete, scene, truth: (at) => truthOf(scene(at), size) };
}

function requireInteger(name: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw new UsageError(
    `Cannot render birds: ${name} ${value}, wanted an integer from ${low} to ${high}`,
  );
}
