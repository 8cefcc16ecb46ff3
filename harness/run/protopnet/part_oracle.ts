/**
 * The part oracle: it is shown where each part is, finds out which variant it is, and looks the class up.
 * What reasoning over parts can reach where parts are given.
 *
 * @module
 */
import { imageAt } from "../../../datasets/labelled_images.ts";
import { partRegion, type PartTruth } from "../../../datasets/part_truth.ts";
import { UsageError } from "../../base/mod.ts";
import { tightBox } from "../../prototypes/mod.ts";
import type { TrainingImages } from "../../train/mod.ts";
import type { ModelImages } from "./model_images.ts";

/** Sides that cut-out parts are brought to, in pixels. */
const SIDE = 12;

/** A cut-out of a part: SIDE x SIDE RGB, grey where something else is. */
interface Cutout {
  readonly pixels: Float32Array;
  /** Known for training images. */
  readonly variant: number;
}

/**
 * Classifies the test images: each visible part takes the variant of the most similar cut-out of the
 * training images, and the class with the fewest other variants wins, of equal ones the first.
 *
 * @returns By test image: minus the number of other variants of each class, [N, K].
 * @throws {UsageError} When the images tell nothing of parts and variants.
 */
export function partOracleLogits({ train, test, parts, scenes }: ModelImages): Float32Array {
  if (!parts || !scenes) {
    throw new UsageError("part-oracle: found images without known parts, wanted some");
  }
  const { names } = train.images;
  const known = parts.names.map((_, part) =>
    names.flatMap((name, at): Cutout[] => {
      const variant = scenes.variantsOf(name)[part]!;
      const pixels = variant === null ? null : cutOut(train, at, parts.truth(name), part);
      return pixels ? [{ pixels, variant }] : [];
    })
  );
  const classes = scenes.variants.length;
  const logits = new Float32Array(test.images.names.length * classes);
  for (const [at, name] of test.images.names.entries()) {
    const truth = parts.truth(name);
    for (const part of parts.names.keys()) {
      const pixels = cutOut(test, at, truth, part);
      if (!pixels) continue;
      const variant = mostSimilar(pixels, known[part]!);
      for (const [label, variants] of scenes.variants.entries()) {
        if (variants[part] !== variant) logits[at * classes + label]! -= 1;
      }
    }
  }
  return logits;
}

function mostSimilar(pixels: Float32Array, cutouts: readonly Cutout[]): number | undefined {
  let best: Cutout | undefined;
  let least = Infinity;
  for (const cutout of cutouts) {
    let distance = 0;
    for (let i = 0; i < pixels.length && distance < least; i++) {
      distance += (pixels[i]! - cutout.pixels[i]!) ** 2;
    }
    if (distance < least) [best, least] = [cutout, distance];
  }
  return best?.variant;
}

/** Null for a part that cannot be seen. */
function cutOut(
  { images }: TrainingImages,
  at: number,
  { regions, points }: PartTruth,
  part: number,
): Float32Array | null {
  if (!regions || !points[part]!.visible) return null;
  const { width, height, data } = regions;
  const region = partRegion(part);
  const box = tightBox(width, height, (pixel) => data[pixel] === region);
  if (!box) return null;
  const source = imageAt(images, at);
  const cut = new Float32Array(SIDE * SIDE * 3).fill(0.5);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const row = box.top + Math.floor((y + 0.5) * (box.bottom - box.top) / SIDE);
      const column = box.left + Math.floor((x + 0.5) * (box.right - box.left) / SIDE);
      const pixel = row * width + column;
      if (data[pixel] !== region) continue;
      for (let c = 0; c < 3; c++) cut[(y * SIDE + x) * 3 + c] = source[3 * pixel + c]! / 255;
    }
  }
  return cut;
}
