/**
 * Two classes that each share other parts with an image's class (Hesse et al. 2023, target sensitivity).
 *
 * @module
 */
import type { RandomStream } from "../base/mod.ts";

/** Parts that a class has in common with the image's class for the test to use it. */
const SHARED_PARTS = 2;

/** A class and the parts that it shares with the image's class. */
export interface SharingClass {
  readonly label: number;
  readonly parts: readonly number[];
}

/** Two classes that share different parts. */
export type ContrastPair = readonly [SharingClass, SharingClass];

/**
 * Draws a pair of classes that share exactly two parts each with class `label`, all four different and
 * visible; null when there is none.
 */
export function drawContrastPair(
  variants: readonly (readonly number[])[],
  label: number,
  visible: ReadonlySet<number>,
  random: RandomStream,
): ContrastPair | null {
  const own = variants[label]!;
  const sharing = variants.flatMap((row, other): SharingClass[] => {
    const parts = own.flatMap((variant, part) => row[part] === variant ? [part] : []);
    const usable = other !== label && parts.length === SHARED_PARTS &&
      parts.every((part) => visible.has(part));
    return usable ? [{ label: other, parts }] : [];
  });
  const pairs = sharing.flatMap((a, at) =>
    sharing.slice(at + 1).filter((b) => !b.parts.some((part) => a.parts.includes(part)))
      .map((b): ContrastPair => [a, b])
  );
  return pairs.length === 0 ? null : pairs[random.integer(pairs.length)]!;
}
