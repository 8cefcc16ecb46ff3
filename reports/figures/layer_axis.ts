/**
 * A horizontal axis with the names of layers in their order.
 *
 * @module
 */
import { shortenMiddle } from "./shorten.ts";

/** Longest layer name on the axis, in characters. */
const LONGEST_NAME = 11;

/** More layer names than these stand upright. */
const MOST_SLANTED = 12;

/** More layer names than these do not fit: every second, third ... is written. */
const MOST_NAMES = 30;

/** Pixels that a character of a name needs downwards, slanted and upright. */
const SLANTED = 5.2;
const UPRIGHT = 7;

/** Pixels between the names and the lower edge. */
const BELOW_NAMES = 18;

/** Room below a chart for the names, in pixels. */
export function layerNamesHeight(names: readonly string[]): number {
  const longest = Math.min(LONGEST_NAME, Math.max(0, ...names.map(({ length }) => length)));
  return Math.ceil(BELOW_NAMES + longest * (names.length > MOST_SLANTED ? UPRIGHT : SLANTED));
}

/** The scale on which the n-th layer stands at n. */
export function layerScale(layers: number) {
  return { type: "linear", domain: [-0.5, layers - 0.5] } as const;
}

/** Options of the axis itself. */
export function layerNames(names: readonly string[]) {
  const step = Math.ceil(names.length / MOST_NAMES);
  return {
    label: null,
    ticks: names.map((_, x) => x).filter((x) => x % step === 0),
    tickFormat: (x: number) => shortenMiddle(names[x]!, LONGEST_NAME),
    tickRotate: names.length > MOST_SLANTED ? -90 : -50,
    tickSize: 3,
  };
}
