/**
 * Scales on which the noise of a metric is about equally large whatever its value.
 *
 * @module
 */
import type { Scale } from "./measured.ts";

/** Half of this stands for a share of 0 when nothing is known of its resolution. */
const FINEST = 1e-9;

/**
 * A value on its scale. Shares of 0 and 1 are taken half a step of the resolution inside, where a logit
 * exists.
 *
 * @throws {RangeError} When a logarithm is wanted of a number that has none.
 */
export function toScale(value: number, scale: Scale, resolution: number | null): number {
  switch (scale) {
    case "linear":
      return value;
    case "log":
      if (value > 0) return Math.log(value);
      throw new RangeError(`Cannot take a logarithm: found ${value}, wanted a positive number`);
    case "logit": {
      if (!(value >= 0 && value <= 1)) {
        throw new RangeError(`Cannot take a logit: found ${value}, wanted a share from 0 to 1`);
      }
      const edge = Math.min((resolution ?? FINEST) / 2, 0.5);
      const share = Math.min(1 - edge, Math.max(edge, value));
      return Math.log(share / (1 - share));
    }
  }
}

/** How fast the scale runs at a value: turns errors of the value into errors on the scale. */
export function scaleSlope(value: number, scale: Scale, resolution: number | null): number {
  switch (scale) {
    case "linear":
      return 1;
    case "log":
      return 1 / value;
    case "logit": {
      const edge = Math.min((resolution ?? FINEST) / 2, 0.5);
      const share = Math.min(1 - edge, Math.max(edge, value));
      return 1 / (share * (1 - share));
    }
  }
}
