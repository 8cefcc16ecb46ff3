/**
 * McNemar's exact test: do two classifiers err equally often on the same images (McNemar 1947)?
 *
 * @module
 */
import { signTestGreater } from "./signs.ts";

/** How often two classifiers disagree about an image. */
export interface McNemar {
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Two-sided, exact. */
  readonly pValue: number;
}

/**
 * @param first Whether the first classifier is right, image by image; `second` for the same images.
 * @throws {RangeError} When the lengths differ, or more than 1000 images are judged differently.
 */
export function mcNemarTest(first: readonly boolean[], second: readonly boolean[]): McNemar {
  if (first.length !== second.length) {
    throw new RangeError(
      `Cannot compare classifiers: ${first.length} and ${second.length} images, wanted the same`,
    );
  }
  const differences = first.map((right, at) => Number(right) - Number(second[at]));
  const onlyFirst = differences.filter((difference) => difference > 0).length;
  const onlySecond = differences.filter((difference) => difference < 0).length;
  const sign = onlyFirst >= onlySecond ? 1 : -1;
  const { pValue } = signTestGreater(differences.map((difference) => sign * difference), 0);
  return { onlyFirst, onlySecond, pValue: Math.min(1, 2 * pValue) };
}
