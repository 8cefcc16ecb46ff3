/**
 * Whether there are enough images for the prototypes of a class.
 *
 * @module
 */
import { UsageError } from "../../harness/base/mod.ts";

/** Images of each class, by its name. */
export function imagesPerClass(
  { classes, labels }: { readonly classes: readonly string[]; readonly labels: Iterable<number> },
): Map<string, number> {
  const counts = new Map(classes.map((name) => [name, 0]));
  for (const label of labels) counts.set(classes[label]!, counts.get(classes[label]!)! + 1);
  return counts;
}

/**
 * Lets classes pass that have at least as many training images as prototypes: with fewer, two prototypes
 * of a class are bound to be projected onto the same image.
 *
 * @throws {UsageError} Naming the class with the fewest images.
 */
export function requirePrototypeImages(
  counts: ReadonlyMap<string, number>,
  perClass: number,
): void {
  const few = [...counts].filter(([, count]) => count < perClass).sort((a, b) => a[1] - b[1]);
  const [fewest] = few;
  if (!fewest) return;
  const more = few.length > 1 ? ` (and ${few.length - 1} more such classes)` : "";
  throw new UsageError(
    `class "${fewest[0]}": ${
      fewest[1]
    } training images${more}, wanted at least ${perClass}, one for ` +
      "each of its prototypes",
  );
}
