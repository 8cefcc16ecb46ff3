/**
 * Random streams whose numbers a test chooses, and small images.
 *
 * @module
 */
import type { RandomStream } from "../../../harness/base/mod.ts";
import type { Augmentation, ImageShape } from "../augmentation.ts";

/** Gives these integers in turn; anything else that is drawn is an error. */
export function chosen(...integers: number[]): RandomStream {
  const refuse = () => {
    throw new Error("wanted only integers to be drawn");
  };
  return {
    uniform: refuse,
    normal: refuse,
    integer(bound) {
      const next = integers.shift();
      if (next === undefined || next >= bound) throw new Error(`no integer below ${bound} left`);
      return next;
    },
  };
}

/** An image in which all bytes differ, from 1 on. */
export function countingImage({ width, height, channels }: ImageShape): Uint8Array {
  return Uint8Array.from({ length: width * height * channels }, (_, at) => at + 1);
}

/** The image after an augmentation, as plain numbers; checks that the source stays. */
export function applied(
  augmentation: Augmentation,
  source: Uint8Array,
  random: RandomStream,
): number[] {
  const before = source.slice();
  const target = new Uint8Array(source.length).fill(255);
  augmentation.apply(source, target, random);
  if (before.some((value, at) => source[at] !== value)) throw new Error("the source was changed");
  return [...target];
}
